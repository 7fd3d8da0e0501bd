// The visible part of a list.

import { expect } from "@playwright/test";

/** The points down the middle of the list's visible part that show neither a row nor a heading. */
export const blanks = (bell) =>
  bell.element.evaluate(({ ownerDocument, shadowRoot }) => {
    const list = shadowRoot.querySelector("[part=list]");
    const { left, right } = list.getBoundingClientRect();
    const blank = [];
    for (let y = 1; y < ownerDocument.defaultView.innerHeight; y += 10) {
      const at = shadowRoot.elementFromPoint((left + right) / 2, y);
      if (at?.matches("[part=list], section, [role=feed], .space")) blank.push(y);
    }
    return blank;
  });

/** Waits until rows fill the visible part of the list. */
export async function expectNoBlanks(bell) {
  await expect(bell.items.first()).toBeAttached();
  await expect.poll(() => blanks(bell)).toEqual([]);
}

/** How many rows are in the DOM. */
export const drawn = (bell) => bell.items.count();

/** The first row that begins below `edge`, and its top in the window. */
export const readingPlace = (bell, edge = 0) =>
  bell.items.evaluateAll(
    (rows, edge) =>
      rows
        .map((row) => ({ id: Number(row.dataset.id), top: row.getBoundingClientRect().top }))
        .find(({ top }) => top > edge),
    edge,
  );

/** The top of a row in the window. */
export const topOf = (bell, id) => bell.item(id).evaluate((row) => row.getBoundingClientRect().top);
