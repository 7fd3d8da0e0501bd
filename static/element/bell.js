// The program's bell, which reads from the element what the page has set.

import { Bell as ProgramBell } from "./glue.js";
import { shared } from "./providers.js";
import { localeUrl } from "./locales.js";

/** What is there or not: of all other attributes the value counts. */
const FLAGS = ["open", "title-badge", "desktop-alerts"];

/** How far lists are scrolled, by what scrolls. */
const scrolled = new WeakMap();
const remember = ({ target }) => scrolled.set(target, target.scrollTop);

/** The counts that pages were told last, by element. */
const told = new WeakMap();

export class Bell extends ProgramBell {
  #element;
  #focused;

  /** `page` is what stands in no attribute: `token`, `tokenProvider`, `labels`, `locale`, `portal`. */
  constructor(root, emit, element, page) {
    const focused = element.shadowRoot.activeElement;
    super(root, news(element, emit), localeUrl, settings(element, page), source(page));
    this.root.addEventListener("scroll", remember, true);
    this.#element = element;
    this.#focused = focused;
  }

  /** Takes the painted bell's place: resolves once it is drawn. */
  async appear() {
    await this.drawn();
    if (this.#focused && !this.#element.open) {
      this.#element.shadowRoot.querySelector("[part=bell]")?.focus();
    }
    this.#focused = undefined;
  }

  /**
   * What leaves the document, if only to come back elsewhere, is taken out of the top layer by the browser, and scrolled
   * to its top.
   */
  moved() {
    if (this.#element.open) {
      this.#element.shadowRoot.querySelector("[popover]")?.showPopover();
    }
    const scroller = this.root.querySelector(".scroller");
    if (scrolled.has(scroller)) {
      scroller.scrollTop = scrolled.get(scroller);
    }
  }

  update(page) {
    super.update(settings(this.#element, page), source(page));
  }
}

/** Another feed, or the same one taken up again, may begin with the count that the page knows: that is no news. */
function news(element, emit) {
  return (name, detail, cancelable) => {
    if (name !== "cn-change") {
      return emit(name, detail, cancelable);
    }
    if (told.get(element) !== detail.count) {
      told.set(element, detail.count);
      emit(name, detail, cancelable);
    }
    return false;
  };
}

function settings(element, { locale, labels, portal }) {
  const settings = {};
  for (const name of element.constructor.observedAttributes) {
    settings[name] = FLAGS.includes(name) ? element.hasAttribute(name) : element.getAttribute(name);
  }
  return { ...settings, locale, labels, "portal-coworker": portal };
}

/** Without a tokenProvider the token counts. */
function source({ token, tokenProvider }) {
  return tokenProvider ? shared(tokenProvider) : token;
}
