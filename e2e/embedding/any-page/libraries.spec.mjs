// What libraries of pages do with elements: swap, morph, drag, clone, render twice. Each is done here as they do it.

import { bellOf, test, expect } from "../../support/test.mjs";

/** What must not change while a library has its way. */
async function picture(page, sandbox) {
  const told = await page.evaluate(() => window.bellEvents.map(({ type }) => type));
  return { told, lists: (await sandbox.lists()).length, writes: await sandbox.writes() };
}

const frames = (page, count = 2) =>
  page.evaluate(async (count) => {
    for (let frame = 0; frame < count; frame += 1) await new Promise((done) => requestAnimationFrame(done));
  }, count);

test("swapped for new markup of the same, as htmx and Livewire do: one list, and Undo goes on", async ({
  page,
  clock,
  bell,
  embed,
  sandbox,
}) => {
  const markup = bellOf(1004, { "poll-interval": 0 });
  await embed(`<main>${markup}</main>`);
  await bell.openList();
  const [first] = await bell.ids();
  await bell.dismissButton(bell.item(first)).click();
  await expect(bell.badge).toHaveText("14");
  const { lists } = await picture(page, sandbox);
  for (let times = 0; times < 3; times += 1) {
    await page.evaluate((markup) => (document.querySelector("main").innerHTML = markup), markup);
    await frames(page);
    await expect(bell.badge).toHaveText("14");
  }
  await bell.open();
  await expect(bell.item(first)).toHaveCount(0);
  await bell.undoButton.click();
  await expect(bell.item(first)).toBeVisible();
  expect(await bell.ids()).toContain(first);
  await clock.pass(8_000);
  const after = await picture(page, sandbox);
  expect(after.lists).toBe(lists);
  expect(after.writes).toEqual([]);
});

test("its attributes written anew, as morphing does: nothing is asked or told, and the panel stays", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await embed(bellOf(1004, { "poll-interval": 0, links: '{"blog":"#b"}', types: "blog,survey", theme: "dark" }));
  await bell.openList();
  const before = await picture(page, sandbox);
  await bell.element.evaluate(async (element) => {
    for (const { name, value } of [...element.attributes]) element.setAttribute(name, value);
    for (const name of ["types", "links", "token", "coworker-id"]) {
      const value = element.getAttribute(name);
      element.removeAttribute(name);
      element.setAttribute(name, value);
    }
    await new Promise((done) => setTimeout(done, 100));
  });
  await frames(page);
  await expect(bell.panel).toBeVisible();
  await expect(bell.badge).toHaveText("2");
  expect(await picture(page, sandbox)).toEqual(before);
});

for (const [how, drag] of Object.entries({
  "by insertBefore over and over": (element, other) => {
    const parent = element.parentNode;
    parent.insertBefore(element, parent.firstElementChild === element ? other.nextSibling : parent.firstElementChild);
  },
  "from one list to another": (element) => {
    const [one, two] = document.querySelectorAll("ul");
    (one.contains(element) ? two : one).prepend(element.parentNode.localName === "li" ? element.parentNode : element);
  },
})) {
  test(`dragged about in the page ${how}: as if nothing had happened`, async ({ page, bell, embed, sandbox }) => {
    await page.addInitScript(`window.drag = ${drag}`);
    await embed(`<ul><li>${bellOf(1004, { "poll-interval": 0 })}</li><li>Two</li></ul><ul><li>Three</li></ul>`);
    await bell.openList();
    await bell.dismissButton(bell.items.first()).click();
    await expect(bell.undo).toBeVisible();
    const before = await picture(page, sandbox);
    await bell.element.evaluate(async (element) => {
      const item = element.closest("li");
      for (let step = 0; step < 12; step += 1) {
        window.drag(item, item.nextElementSibling ?? item.previousElementSibling);
        await new Promise((done) => setTimeout(done, 20));
      }
    });
    await expect(bell.panel).toBeVisible();
    await expect(bell.undo).toBeVisible();
    expect(await picture(page, sandbox)).toEqual(before);
    const [panel, button] = [await bell.panel.boundingBox(), await bell.button.boundingBox()];
    expect(Math.abs(panel.y - button.y - button.height)).toBeLessThanOrEqual(10);
  });
}

test("a clone that is dragged in its place, and thrown away: no second list, and the bell goes on", async ({
  page,
  bell,
  embed,
  sandbox,
}) => {
  await embed(`<main>${bellOf(1004, { "poll-interval": 0, "title-badge": true })}</main>`);
  await bell.ready();
  const lists = (await sandbox.lists()).length;
  await bell.element.evaluate(async (element) => {
    const ghost = element.cloneNode(true);
    ghost.style.cssText = "position: fixed; opacity: 0.8; pointer-events: none";
    document.body.append(ghost);
    element.style.display = "none";
    await new Promise((done) => setTimeout(done, 400));
    ghost.remove();
    element.style.display = "";
  });
  await expect(bell.badge).toHaveText("15");
  await expect(page).toHaveTitle("(15) A page");
  await bell.openList();
  expect(await sandbox.lists()).toHaveLength(lists);
  expect((await bell.heard("cn-change")).map(({ count }) => count)).not.toContain(0);
});

test("mounted twice, as React's strict mode does: one list, one question for a token", async ({ page, bell, embed, sandbox }) => {
  await embed(`<main></main>`);
  await page.evaluate(async () => {
    window.asked = 0;
    const provider = async () => ((window.asked += 1), "member-1004");
    const element = document.createElement("coworker-notifications");
    element.setAttribute("api-base", "/");
    element.setAttribute("poll-interval", "0");
    element.setAttribute("coworker-id", "1004");
    const mount = () => {
      element.tokenProvider = provider;
      return () => (element.tokenProvider = null);
    };
    document.querySelector("main").append(element);
    const unmount = mount();
    unmount();
    mount();
  });
  await expect(bell.badge).toHaveText("15");
  await bell.ready();
  expect(await sandbox.lists()).toHaveLength(1);
  expect(await page.evaluate("asked")).toBe(1);
  await bell.hears("cn-ready", 1);
});

test("another function for each drawing, as components pass them: nothing is asked again", async ({ page, bell, embed, sandbox }) => {
  await embed(bellOf(1004, { token: null, "poll-interval": 0 }));
  const render = () =>
    bell.element.evaluate((element) => {
      element.tokenProvider = async () => "member-1004";
      element.labels = { title: "News" };
      element.preferences = { mutedTypes: [] };
    });
  await render();
  await bell.openList();
  const before = await picture(page, sandbox);
  for (let times = 0; times < 5; times += 1) {
    await render();
    await frames(page);
  }
  await expect(bell.panel).toBeVisible();
  await expect(bell.badge).toHaveText("15");
  expect(await picture(page, sandbox)).toEqual(before);
});

test("shown by a view transition, the panel stays open and is where it was", async ({ page, bell, embed, sandbox }) => {
  await embed(`<header>${bellOf(1004, { "poll-interval": 0 })}</header><main>One</main>`);
  await bell.openList();
  const before = await picture(page, sandbox);
  await page.evaluate(async () => {
    const change = () => {
      const header = document.querySelector("header");
      document.querySelector("main").textContent = "Two";
      document.body.prepend(header);
    };
    await (document.startViewTransition?.(change).finished ?? change());
  });
  await expect(bell.panel).toBeVisible();
  expect(await picture(page, sandbox)).toEqual(before);
});
