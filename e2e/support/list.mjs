// What a reader sees of a list.

import { expect } from "@playwright/test";

/** Where, down the middle of what is seen of the list, there is neither a row nor a heading. */
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

/** Waits until rows are drawn wherever the list is seen. */
export async function expectNoBlanks(bell) {
  await expect(bell.items.first()).toBeAttached();
  await expect.poll(() => blanks(bell)).toEqual([]);
}

/** How many rows are in the DOM. */
export const drawn = (bell) => bell.items.count();

/** The first row that begins in view below `edge`, and where. */
export const readingPlace = (bell, edge = 0) =>
  bell.items.evaluateAll(
    (rows, edge) =>
      rows
        .map((row) => ({ id: Number(row.dataset.id), top: row.getBoundingClientRect().top }))
        .find(({ top }) => top > edge),
    edge,
  );

/** Where the top of a row is in the window. */
export const topOf = (bell, id) => bell.item(id).evaluate((row) => row.getBoundingClientRect().top);
