// A press outside closes the panel, wherever it lands; one inside is inside, also where nobody can look in.

import { Bell, bellOf, test, expect } from "../../support/test.mjs";

/** Puts the bell of this markup into shadow trees, the outermost first; \`window.bell\` is the bell. */
const inTrees = (modes) => `<div id="host"></div>
  <script>
    let place = host;
    for (const mode of ${JSON.stringify(modes)}) {
      const root = place.attachShadow({ mode });
      root.innerHTML = '<p class="beside">Beside</p><div class="place"></div>';
      place = root.querySelector(".place");
    }
    place.innerHTML = ${JSON.stringify(bellOf(1004))};
    window.bell = place.firstElementChild;
    window.beside = place.parentNode.querySelector(".beside");
  </script>
  <p id="outside">Outside</p>`;

/** Where the middle of a part is. */
const middle = (page, selector) =>
  page.evaluate((selector) => {
    const { x, y, width, height } = bell.shadowRoot.querySelector(selector).getBoundingClientRect();
    return [x + width / 2, y + height / 2];
  }, selector);

const isOpen = (page) => page.evaluate(() => bell.open && bell.shadowRoot.querySelector(":popover-open") !== null);

for (const modes of [["closed"], ["open"], ["open", "closed"], ["closed", "open"], ["closed", "closed"]]) {
  test(`in trees that are ${modes.join(", then ")}: inside is inside`, async ({ page, embed }) => {
    await embed(inTrees(modes));
    await expect.poll(() => page.evaluate(() => bell.status)).toBe("ready");
    const press = async (selector) => page.mouse.click(...(await middle(page, selector)));
    const heard = () => page.evaluate(() => window.bellEvents.map(({ type }) => type));

    await press("[part=bell]");
    await expect.poll(() => isOpen(page)).toBe(true);
    await expect.poll(() => page.evaluate(() => bell.shadowRoot.querySelectorAll("[part=item]").length)).toBeGreaterThan(3);
    await press("[part=title]");
    await press("[part=filter]:nth-child(2)");
    await expect
      .poll(() => page.evaluate(() => bell.shadowRoot.querySelector("[part=filter]:nth-child(2)").ariaChecked))
      .toBe("true");
    await press("[part=filter]");
    await press("[part=dismiss]");
    await expect.poll(() => page.evaluate(() => bell.unreadCount)).toBe(14);
    await press("[part=item] [part=message]");
    await expect.poll(async () => (await heard()).filter((type) => type === "cn-select")).toHaveLength(1);
    expect(await isOpen(page)).toBe(true);
    await press("[part=bell]");
    await expect.poll(() => isOpen(page)).toBe(false);
    await press("[part=bell]");
    await expect.poll(() => isOpen(page)).toBe(true);

    // Beside the bell, in the same tree.
    await page.evaluate(() => beside.scrollIntoView());
    const [x, y] = await page.evaluate(() => {
      const { left, top } = beside.getBoundingClientRect();
      return [left + 5, top + 5];
    });
    await page.mouse.click(x, y);
    await expect.poll(() => isOpen(page)).toBe(false);
    await press("[part=bell]");
    await expect.poll(() => isOpen(page)).toBe(true);
    await page.mouse.click(5, 700);
    await expect.poll(() => isOpen(page)).toBe(false);
    expect((await heard()).filter((type) => type === "cn-close")).toHaveLength(3);
  });
}

test("what the page has put into the panel is inside, what it has put into other slots is not", async ({
  page,
  embed,
}) => {
  await embed(`<div id="app"><p id="content">Content of the application</p></div>
    <script>
      app.attachShadow({ mode: "closed" }).innerHTML =
        ${JSON.stringify(bellOf(1004).replace("></", '><p slot="footer" id="own">Own</p></'))} + "<slot></slot>";
    </script>`);
  const events = () => page.evaluate(() => window.bellEvents.map(({ type }) => type));
  await expect.poll(events).toContain("cn-ready");
  await page.mouse.click(20, 20);
  await expect.poll(events).toContain("cn-open");
  await page.locator("#content").click({ position: { x: 400, y: 5 }, force: true });
  await expect.poll(events).toContain("cn-close");
});

for (const [name, frame] of [
  ["a frame", `<iframe srcdoc="<input autofocus style='width: 90%; height: 80px'>"></iframe>`],
  ["a frame of another origin", null],
]) {
  test(`a press in ${name} closes once, and focus stays there`, async ({ browserName, page, bell, embed, sandbox, site }) => {
    const other = site.page("<input style='width: 90%; height: 80px'>", { module: null });
    const markup = frame ?? `<iframe src="${sandbox.url.replace("127.0.0.1", "localhost")}${other}"></iframe>`;
    await embed(`${bellOf(1004)}<div style="position: fixed; right: 10px; bottom: 10px">${markup}</div>`);
    await page.frameLocator("iframe").locator("input").waitFor();
    await bell.openList();
    await page.frameLocator("iframe").locator("input").click();
    await expect(bell.panel).toBeHidden();
    const hasFocus = (input) => input.ownerDocument.activeElement === input;
    // Playwright's Firefox presses fields of another process without giving them focus, also on a page without a bell.
    if (frame || browserName !== "firefox") {
      expect(await page.frameLocator("iframe").locator("input").evaluate(hasFocus)).toBe(true);
    }
    expect(await page.evaluate(() => document.activeElement.localName)).toBe("iframe");
    expect(await bell.heard("cn-close")).toHaveLength(1);
  });
}

test("a press in a frame within a shadow tree of the page's closes, too", async ({ page, bell, embed }) => {
  await embed(`${bellOf(1004)}<div id="host" style="position: fixed; right: 10px; bottom: 10px"></div>
    <script>
      host.attachShadow({ mode: "open" }).innerHTML = '<iframe srcdoc="<input>"></iframe>';
    </script>`);
  await page.frameLocator("iframe").locator("input").waitFor();
  await bell.openList();
  await page.frameLocator("iframe").locator("input").click();
  await expect(bell.panel).toBeHidden();
});

test("a press on a player's own controls closes", async ({ page, bell, embed }) => {
  await embed(`${bellOf(1004)}<audio controls style="position: fixed; left: 10px; bottom: 10px"></audio>`);
  await bell.openList();
  const { x, y, height } = await page.locator("audio").boundingBox();
  await page.mouse.click(x + 25, y + height / 2);
  await expect(bell.panel).toBeHidden();
  expect(await bell.heard("cn-close")).toHaveLength(1);
});

test("Tab may lead into a frame: that is no press", async ({ page, bell, embed }) => {
  await embed(`${bellOf(1002)}<iframe srcdoc="<input>"></iframe>`);
  await page.frameLocator("iframe").locator("input").waitFor();
  await bell.open();
  await expect(bell.panel).toBeFocused();
  const input = page.frameLocator("iframe").locator("input");
  // Past the panel's own buttons.
  await expect(async () => {
    await page.keyboard.press("Tab");
    await expect(input).toBeFocused({ timeout: 100 });
  }).toPass();
  await expect(bell.panel).toBeVisible();
});

test("another window that takes focus closes nothing", async ({ page, context, bell, embed }) => {
  await embed(`${bellOf(1004)}`);
  await bell.openList();
  const other = await context.newPage();
  await other.bringToFront();
  await page.evaluate(() => window.dispatchEvent(new FocusEvent("blur")));
  await page.evaluate(() => new Promise((done) => setTimeout(done, 50)));
  await expect(bell.panel).toBeVisible();
  expect(await bell.heard("cn-close")).toEqual([]);
});

test("in a frame that the page has moved the bell to, a press there closes", async ({ page, bell, embed }) => {
  await embed(`${bellOf(1004)}<iframe srcdoc="<p id='text' style='margin-top: 500px'>A frame</p>" width="600" height="600"></iframe>`);
  await bell.ready();
  const text = page.frameLocator("iframe").locator("#text");
  await text.waitFor();
  await page.evaluate(() => {
    document.querySelector("iframe").contentDocument.body.prepend(document.querySelector("coworker-notifications"));
  });
  const inside = new Bell(page.frameLocator("iframe").locator("coworker-notifications"));
  await inside.open();
  await inside.part("title").click();
  await expect(inside.panel).toBeVisible();
  await text.click({ position: { x: 500, y: 5 } });
  await expect(inside.panel).toBeHidden();
});
