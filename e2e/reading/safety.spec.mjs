import { bellOf, test, expect } from "../support/test.mjs";

const HOSTILE = [
  `<img src=x onerror="window.hacked=1">`,
  `<script>window.hacked=1</script>`,
  `"><svg onload=window.hacked=1>`,
  `{{constructor.constructor('window.hacked=1')()}}`,
  `</p></div><h1>Big</h1>`,
  `&lt;b&gt; &amp; &#x41;`,
  `\u202Eesrever`,
];

test("messages are text, whatever they contain", async ({ page, bell, embed, sandbox }) => {
  for (const message of HOSTILE) {
    await sandbox.create(1002, message);
  }
  await embed(bellOf(1002, { variant: "inline" }));
  await expect(bell.messages).toHaveText([...HOSTILE].reverse());
  expect(await page.evaluate("window.hacked")).toBeUndefined();
  await expect(bell.element.locator("img, script, h1, [onload], [onerror]")).toHaveCount(0);
});

test("a type is text, too", async ({ page, bell, embed, sandbox }) => {
  const type = `"><img src=x onerror="window.hacked=1">`;
  await sandbox.create(1002, "Hello", { type });
  await embed(bellOf(1002, { variant: "inline" }));
  await expect(bell.items).toHaveAttribute("data-type", type);
  expect(await page.evaluate("window.hacked")).toBeUndefined();
});
