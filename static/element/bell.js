// The program's bell, which reads from the element what the page has set.

import { Bell as ProgramBell } from "./glue.js";
import { shared } from "./providers.js";
import { localeUrl } from "./locales.js";
import { panelCss } from "./built.js";

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
  #read;
  #settle;

  /** `page` is what stands in no attribute: `token`, `tokenProvider`, `labels`, `locale`, `portal`. */
  constructor(root, emit, element, page) {
    const focused = element.shadowRoot.activeElement;
    let settle;
    const read = new Promise((done) => (settle = done));
    // What the page has seen of the early answer, it may speak of before the program has read that.
    if (element.notifications.length === 0) {
      settle();
    }
    dress(element.shadowRoot);
    super(root, news(element, emit, settle), localeUrl, settings(element, page), source(page));
    this.#read = read;
    this.#settle = settle;
    this.root.addEventListener("scroll", remember, true);
    this.#element = element;
    this.#focused = focused;
  }

  /** Takes the painted bell's place: resolves once it is drawn. */
  async appear() {
    await this.drawn();
    // It may have been taken down while it was drawn.
    const element = this.#element;
    if (this.#focused && element && !element.open) {
      element.shadowRoot.querySelector("[part=bell]")?.focus();
    }
    this.#focused = undefined;
  }

  /**
   * What leaves the document, if only to come back elsewhere, is taken out of the top layer by the browser, and scrolled
   * to its top.
   */
  moved() {
    dress(this.#element.shadowRoot);
    if (this.#element.open) {
      this.#element.shadowRoot.querySelector("[popover]")?.showPopover();
    }
    const scroller = this.root.querySelector(".scroller");
    if (scrolled.has(scroller)) {
      scroller.scrollTop = scrolled.get(scroller);
    }
  }

  dismiss(id) {
    return this.#once("dismiss", id);
  }

  dismissAll() {
    return this.#once("dismissAll");
  }

  restore(id) {
    return this.#once("restore", id);
  }

  async #once(what, id) {
    await this.#read;
    // Nothing is left to ask of a bell that was taken down meanwhile.
    await (this.#element && super[what](id));
  }

  unmount() {
    this.#element = undefined;
    this.#settle();
    super.unmount();
  }

  update(page) {
    super.update(settings(this.#element, page), source(page));
  }
}

/** Gives an element that has the bell's styles alone the panel's, too: those of the same window, kept with them. */
function dress({ adoptedStyleSheets }) {
  const [bell] = adoptedStyleSheets;
  if (bell && !adoptedStyleSheets.includes(bell.panel)) {
    if (!bell.panel) {
      bell.panel = new bell.constructor();
      bell.panel.replaceSync(panelCss);
    }
    adoptedStyleSheets.splice(1, 0, bell.panel);
  }
}

/** Another feed, or the same one taken up again, may begin with the count that the page knows: that is no news. */
function news(element, emit, settle) {
  return (name, detail, cancelable) => {
    if (name === "cn-ready" || name === "cn-error") {
      settle();
    }
    if (name === "cn-open" || name === "cn-close") {
      element.open = name === "cn-open";
    }
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
