// Elements of a page in WebKit, found and pressed the way Playwright's locators find and press them: as much of that as
// the page objects use.

/** Finds elements, through open shadow roots. Runs in the page. */
const find = (steps) => {
  const deep = (root, selector) => {
    const found = [];
    const walk = (node) => {
      for (const child of node.children) {
        if (child.matches(selector)) found.push(child);
        if (child.shadowRoot) walk(child.shadowRoot);
        walk(child);
      }
    };
    if (root.shadowRoot) walk(root.shadowRoot);
    walk(root);
    return found;
  };
  const text = (element) => element.textContent.replace(/\s+/g, " ").trim();
  return steps.reduce(
    (elements, [kind, value]) => {
      if (kind === "css") return [...new Set(elements.flatMap((element) => deep(element, value)))];
      if (kind === "text") return elements.filter((element) => text(element).includes(value));
      const one = elements.at(value);
      return one ? [one] : [];
    },
    [document],
  );
};

const NO_ELEMENT = "no element";

export class Locator {
  #page;
  #steps;

  constructor(page, steps) {
    this.#page = page;
    this.#steps = steps;
  }

  page() {
    return this.#page;
  }

  #with(kind, value) {
    return new Locator(this.#page, [...this.#steps, [kind, value]]);
  }

  locator(selector) {
    return this.#with("css", selector);
  }

  filter({ hasText }) {
    return this.#with("text", hasText);
  }

  /** Buttons are all that the page objects ask for by role. */
  getByRole(role) {
    return this.#with("css", `${role}, [role=${role}]`);
  }

  first() {
    return this.#with("nth", 0);
  }

  last() {
    return this.#with("nth", -1);
  }

  nth(index) {
    return this.#with("nth", index);
  }

  count() {
    return this.evaluateAll((elements) => elements.length);
  }

  /** Calls a function with the elements there are now. */
  evaluateAll(script, value = null) {
    return this.#page.evaluate(
      `([steps, value]) => (${script})((${find})(steps), value)`,
      [this.#steps, value],
    );
  }

  /** Calls a function with the first element, once there is one. */
  async evaluate(script, value = null) {
    let answer;
    await this.#page.until(`${this} to be there`, async () => {
      answer = await this.evaluateAll(`async ([element], value) =>
        element ? { value: (await (${script})(element, value)) ?? null } : "${NO_ELEMENT}"`, value);
      return answer !== NO_ELEMENT;
    });
    return answer.value;
  }

  boundingBox() {
    return this.evaluate((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      return { x, y, width, height };
    });
  }

  getAttribute(name) {
    return this.evaluate((element, name) => element.getAttribute(name), name);
  }

  textContent() {
    return this.evaluate((element) => element.textContent);
  }

  focus() {
    return this.evaluate((element) => element.focus());
  }

  async isVisible() {
    return this.evaluateAll(([element]) => {
      if (!element) return false;
      const { width, height } = element.getBoundingClientRect();
      return element.checkVisibility({ visibilityProperty: true }) && width > 0 && height > 0;
    });
  }

  /** Waits until the element is seen. */
  waitFor() {
    return this.#page.until(`${this} to be visible`, () => this.isVisible());
  }

  /** Presses the middle of the element, as a mouse does; of another one where that has been drawn anew meanwhile. */
  click() {
    return this.#page.until(`${this} to be pressed`, async () => {
      await this.waitFor();
      try {
        await this.#page.press(await this.#atRest());
        return true;
      } catch (error) {
        if (error.code !== "stale element reference") throw error;
        return false;
      }
    });
  }

  /** The element, in view, when it does not move any more. */
  #atRest() {
    return this.evaluate(async (element) => {
      element.scrollIntoView({ block: "nearest" });
      let before = "";
      for (let frames = 0; frames < 60; frames += 1) {
        await new Promise((resolve) => requestAnimationFrame(resolve));
        const now = JSON.stringify(element.getBoundingClientRect());
        if (before === now) break;
        before = now;
      }
      return element;
    });
  }

  toString() {
    return this.#steps.map((step) => step.join(" ")).join(", ");
  }
}
