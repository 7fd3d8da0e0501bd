// Several tabs of one browser with the same bell.

import { expect } from "@playwright/test";

import { Bell } from "./bell.mjs";
import { bellOf } from "./markup.mjs";

/** So many tabs with the bell of coworker 1004, who has 15 unread; each with its program loaded. */
export async function tabsOf(context, embed, number, attributes) {
  const tabs = [];
  for (let count = 0; count < number; count += 1) {
    const page = await context.newPage();
    await embed(bellOf(1004, attributes), { on: page });
    const bell = new Bell(page.locator("coworker-notifications"));
    // The count is on the painted bell before the program is there.
    await bell.ready();
    await expect(bell.badge).toHaveText("15");
    tabs.push({ page, bell });
  }
  return tabs;
}
