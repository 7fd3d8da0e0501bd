// When the program is wanted. All of this is over when `plans.end()` is called.

import { counted } from "./early.js";

/** A pointer is near at so many CSS pixels from the bell: it will be there in about a quarter of a second. */
const NEAR = 80;

/** What is waited for. */
export class Plans {
  isOver = false;
  #ends = [];

  end() {
    this.isOver = true;
    this.#ends.forEach((end) => end());
  }

  listen(target, name, run) {
    target.addEventListener(name, run);
    this.#ends.push(() => target.removeEventListener(name, run));
  }

  after(seconds, run) {
    const timer = setTimeout(run, seconds * 1000);
    this.#ends.push(() => clearTimeout(timer));
  }
}

/** When a pointer or the focus comes near the element. */
export function whenNear(element, want, plans) {
  const look = ({ clientX, clientY, target }) => {
    const bell = element.getBoundingClientRect();
    const it = clientX === undefined ? target.getBoundingClientRect() : new DOMRect(clientX, clientY);
    const x = Math.max(it.left - bell.right, bell.left - it.right);
    const y = Math.max(it.top - bell.bottom, bell.top - it.bottom);
    if (bell.width && Math.max(x, y) < NEAR) {
      want();
    }
  };
  plans.listen(element.ownerDocument, "pointermove", look);
  plans.listen(element.ownerDocument, "focusin", look);
}

/** When the page has loaded, has its count, and rests; nobody waits for it then. */
export async function whenAtRest(want, plans) {
  await counted();
  const rest = () =>
    (globalThis.requestIdleCallback ?? setTimeout)(() => plans.isOver || want("low"), { timeout: 1000 });
  if (document.readyState === "complete") {
    rest();
  } else if (!plans.isOver) {
    plans.listen(globalThis, "load", rest);
  }
}

/** After so many seconds, once the page is seen. */
export function whenDue(seconds, want, plans) {
  plans.after(seconds, () => {
    if (document.hidden) {
      plans.listen(document, "visibilitychange", () => want());
    } else {
      want();
    }
  });
}
