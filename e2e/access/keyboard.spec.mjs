import { bellOf, test, expect } from "../support/test.mjs";

/** What has focus, through shadow roots: a part's name and a row's id, or an element's id. */
const focus = (page) =>
  page.evaluate(() => {
    let active = document.activeElement;
    while (active?.shadowRoot?.activeElement) active = active.shadowRoot.activeElement;
    return active?.dataset?.id ?? active?.getAttribute("part") ?? active?.id ?? null;
  });

const focused = (page) => expect.poll(() => focus(page));

test("the bell opens by keyboard and focus moves into the panel", async ({ page, bell, embed }) => {
  await embed(`<button id="before">Before</button>${bellOf(1004)}`);
  await bell.ready();
  await page.locator("#before").focus();
  await page.keyboard.press("Tab");
  await focused(page).toBe("bell");
  await page.keyboard.press("Enter");
  await expect(bell.panel).toBeVisible();
  await focused(page).toBe(String((await bell.ids())[0]));
});

/** Keeps the first list back; gives the way to let it come. */
async function keepBack(page) {
  let letCome;
  const come = new Promise((resolve) => (letCome = resolve));
  await page.route("**/api/spaces/coworkernotifications?*", async (route) => {
    await come;
    await route.continue();
  });
  return letCome;
}

test("opened before there is a list, focus waits on the panel and goes to the first row", async ({
  page,
  bell,
  embed,
}) => {
  const letCome = await keepBack(page);
  await embed(bellOf(1004));
  await bell.open();
  await focused(page).toBe("panel");
  letCome();
  await expect(bell.items.first()).toBeFocused();
});

test("focus that has moved on by the time the list comes is left where it is", async ({ page, bell, embed }) => {
  const letCome = await keepBack(page);
  await embed(`${bellOf(1004)}<button id="after">After</button>`);
  await bell.open();
  await focused(page).toBe("panel");
  await page.keyboard.press("Tab");
  await focused(page).toBe("after");
  letCome();
  await expect(bell.items.first()).toBeVisible();
  await focused(page).toBe("after");
});

test("Escape closes and gives focus back to the bell", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  await bell.button.focus();
  await page.keyboard.press("Space");
  await expect(bell.panel).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Escape");
  await expect(bell.panel).toBeHidden();
  await focused(page).toBe("bell");
  await expect(bell.button).toHaveAttribute("aria-expanded", "false");
});

test("arrows, Home and End move between the rows", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.openList();
  const ids = (await bell.ids()).map(String);
  await focused(page).toBe(ids[0]);
  for (const [key, row] of [
    ["ArrowDown", 1],
    ["ArrowDown", 2],
    ["ArrowUp", 1],
    ["End", 14],
    ["ArrowDown", 14],
    ["Home", 0],
    ["ArrowUp", 0],
  ]) {
    await page.keyboard.press(key);
    await focused(page).toBe(ids[row]);
    await expect(bell.item(Number(ids[row]))).toBeInViewport();
  }
});

test("Page Down and Page Up move by what can be seen at once", async ({ page, bell, embed }) => {
  await embed(bellOf(1001, { "page-size": 100 }));
  await bell.openList();
  const ids = (await bell.ids()).map(String);
  const place = async () => ids.indexOf(await focus(page));
  await focused(page).toBe(ids[0]);
  await page.keyboard.press("PageDown");
  await expect.poll(place).toBeGreaterThan(2);
  const down = await place();
  await expect(bell.item(Number(ids[down]))).toBeInViewport({ ratio: 1 });
  await page.keyboard.press("PageDown");
  await expect.poll(place).toBeGreaterThan(down + 2);
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageUp");
  await page.keyboard.press("PageUp");
  await expect.poll(place).toBe(0);
});

test("Control and Z take the latest dismissal back, wherever focus is in the panel", async ({ page, bell, embed }) => {
  await embed(`${bellOf(1004).replace("></", '><input slot="footer" id="own" value="" /></')}`);
  await bell.openList();
  const [first, second] = await bell.ids();
  await page.keyboard.press("Delete");
  await focused(page).toBe(String(second));
  await page.keyboard.press("Delete");
  await expect(bell.undo).toHaveCount(2);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(bell.item(second)).toBeVisible();
  await expect(bell.item(first)).toHaveCount(0);
  await page.keyboard.press("ControlOrMeta+z");
  await expect(bell.item(first)).toBeVisible();
  // A field of the page's own has an undo of its own.
  await bell.dismissButton(bell.item(first)).click();
  await page.locator("#own").focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(bell.undo).toBeVisible();
  await expect(bell.item(first)).toHaveCount(0);
});

test("Enter activates a row", async ({ page, bell, embed }) => {
  await embed(bellOf(1004, { links: '{"*":"#{Id}"}' }));
  await bell.openList();
  const [first, second] = await bell.ids();
  await focused(page).toBe(String(first));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect.poll(() => new URL(page.url()).hash).toBe(`#${second}`);
  expect(await bell.heard("cn-select")).toHaveLength(1);
  await expect(bell.panel).toBeHidden();
});

for (const key of ["Delete", "Backspace"]) {
  test(`${key} dismisses and focus goes to the neighbour`, async ({ page, bell, embed }) => {
    await embed(bellOf(1004));
    await bell.openList();
    const ids = await bell.ids();
    await focused(page).toBe(String(ids[0]));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press(key);
    await expect(bell.item(ids[1])).toHaveCount(0);
    await focused(page).toBe(String(ids[2]));
    await page.keyboard.press("End");
    await focused(page).toBe(String(ids[14]));
    await page.keyboard.press(key);
    await expect(bell.item(ids[14])).toHaveCount(0);
    await focused(page).toBe(String(ids[13]));
  });
}

test("after the last row is dismissed focus stays in the panel", async ({ page, bell, embed, sandbox }) => {
  await sandbox.create(1002, "The only one");
  await embed(bellOf(1002));
  await bell.open();
  await expect(bell.items).toHaveCount(1);
  await focused(page).toBe(String((await bell.ids())[0]));
  await page.keyboard.press("Delete");
  await expect(bell.empty).toBeVisible();
  await focused(page).toBe("panel");
  await page.keyboard.press("Escape");
  await focused(page).toBe("bell");
});

test("Tab goes through the panel in order and leaves it", async ({ page, bell, embed }) => {
  await embed(`<button id="before">Before</button>${bellOf(1004)}<button id="after">After</button>`);
  await bell.openList();
  const [first] = await bell.ids();
  await focused(page).toBe(String(first));
  const seen = [];
  for (let presses = 0; presses < 60 && (await focus(page)) !== "after"; presses += 1) {
    await page.keyboard.press("Tab");
    seen.push(await focus(page));
  }
  expect(seen.at(-1)).toBe("after");
  expect(seen[0]).toBe("dismiss");
  await page.keyboard.press("Shift+Tab");
  expect(await focus(page)).not.toBe("before");
});

test("focus does not move when the page opens the panel", async ({ page, bell, embed }) => {
  await embed(`<input id="writing" autofocus />${bellOf(1004)}`);
  await bell.ready();
  await page.locator("#writing").focus();
  await bell.button.click();
  await expect(bell.panel).toBeVisible();
  await bell.button.click();
  await expect(bell.panel).toBeHidden();
  await focused(page).toBe("bell");
});

test("a click outside closes, and leaves focus where the click put it", async ({ page, bell, embed }) => {
  await embed(`${bellOf(1004)}<button id="outside" style="position: fixed; left: 10px; bottom: 10px">Outside</button>`);
  await bell.openList();
  await page.locator("#outside").click();
  await expect(bell.panel).toBeHidden();
  await focused(page).toBe("outside");
});

test("a click inside does not close", async ({ bell, embed }) => {
  await embed(bellOf(1004));
  await bell.open();
  await bell.part("title").click();
  await bell.messages.first().click();
  await bell.element.locator("[part~=group]").first().click();
  await expect(bell.panel).toBeVisible();
});

test("keys of the page stay the page's while the panel is closed", async ({ page, bell, embed }) => {
  await embed(bellOf(1004));
  await bell.ready();
  const prevented = await page.evaluate(() =>
    ["Escape", "ArrowDown", "Delete", "Enter"].map((key) => {
      const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true });
      document.body.dispatchEvent(event);
      return event.defaultPrevented;
    }),
  );
  expect(prevented).toEqual([false, false, false, false]);
  expect(await bell.get("unreadCount")).toBe(15);
});

test("a click outside closes, also where the page keeps presses to itself", async ({ page, bell, embed }) => {
  await embed(`${bellOf(1004)}<button id="outside" style="position: fixed; left: 10px; bottom: 10px">Outside</button>
    <script>outside.addEventListener("pointerdown", (event) => event.stopPropagation());</script>`);
  await bell.openList();
  await page.locator("#outside").click();
  await expect(bell.panel).toBeHidden();
});

test("Show more keeps focus while it loads, and leaves it at the end of what was there", async ({
  page,
  bell,
  embed,
}) => {
  await embed(bellOf(1004, { "page-size": 6 }));
  await bell.openList();
  await bell.more.focus();
  await expect.poll(async () => (await bell.ids()).length).toBe(12);
  await focused(page).toBe("more");
  await page.keyboard.press("Enter");
  await expect(bell.more).toHaveCount(0);
  const ids = await bell.ids();
  expect(ids).toHaveLength(15);
  await focused(page).toBe(String(ids[11]));
  await page.keyboard.press("ArrowDown");
  await focused(page).toBe(String(ids[12]));
});
