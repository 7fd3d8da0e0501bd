// What a page downloads whose bell waits for somebody to come near (`loading="intent"`), and nobody does.

import { open } from "./browser.mjs";
import { watch } from "./traffic.mjs";

export async function patience(browser, server, contender, profile) {
  const { context, page, client, seen, problems } = await open(browser, server, contender, profile, "few");
  const traffic = watch(client);
  await page.goto(`${server.url}/${contender.id}-patient.html`, { waitUntil: "load" });
  await seen("count");
  await page.waitForLoadState("networkidle");
  const origin = await page.evaluate(() => performance.timeOrigin);
  const { files } = traffic.until(Number.MAX_SAFE_INTEGER, origin);
  await context.close();
  return { files, problems };
}
