// A picture of each contender: above, closed, with its count; below, open, with its first rows. To see that what is
// measured is there; nothing compares them.

import { writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { open, press } from "./browser.mjs";

const WIDTH = 480;

export async function pictures(browser, server, contender) {
  const { context, page, seen, problems } = await open(browser, server, contender, "desktop", "few");
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  await page.setViewportSize({ width: WIDTH, height: 560 });
  await page.goto(`${server.url}/${contender.id}.html`, { waitUntil: "load" });
  try {
    await seen("count", 10_000);
    await page.waitForLoadState("networkidle");
    const closed = await page.screenshot({ clip: { x: 0, y: 0, width: WIDTH, height: 64 } });
    await press(page, contender);
    await seen("rows", 10_000);
    await page.waitForTimeout(1_000);
    const opened = await page.screenshot();
    const image = (png) => `<img src="data:image/png;base64,${png.toString("base64")}">`;
    await page.goto("about:blank");
    await page.setViewportSize({ width: WIDTH, height: 64 + 8 + 560 });
    await page.setContent(
      `<style>body{margin:0;background:#888}img{display:block;margin-bottom:8px}</style>${image(closed)}${image(opened)}`,
    );
    await page.waitForTimeout(200);
  } catch (error) {
    problems.push(error.message);
  }
  const path = fileURLToPath(new URL(`../pictures/${contender.id}.png`, import.meta.url));
  writeFileSync(path, await page.screenshot());
  await context.close();
  return { problems };
}
