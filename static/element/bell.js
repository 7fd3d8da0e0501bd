// The program's bell, which reads from the element what the page has set.

import { Bell as ProgramBell } from "./glue.js";
import { shared } from "./providers.js";
import { localeUrl } from "./locales.js";
import { linksOf } from "./portal-links.js";
import { endPreview, foretells } from "./preview.js";
import { dress } from "./styles.js";

/** What is there or not: of all other attributes the value counts. */
const FLAGS = ["open", "title-badge", "desktop-alerts", "toasts"];

/** Nothing is hidden for longer than this (milliseconds): a year, and a day for leap years. */
const LONGEST = 366 * 86_400_000;

/** How far lists are scrolled, by what scrolls. */
const scrolled = new WeakMap();
// What is out of the document is at its top.
const scroll = ({ target }) => target.clientHeight && scrolled.set(target, target.scrollTop);

/** What has the focus in a bell, by what that is drawn in. */
const focused = new WeakMap();
const focus = ({ target, currentTarget }) => focused.set(currentTarget, target);
const blur = ({ currentTarget: root }) =>
  // What leaves the document loses the focus, too, and is to have it again.
  queueMicrotask(() => root.isConnected && !root.getRootNode().activeElement && focused.delete(root));

export class Bell extends ProgramBell {
  #element;
  #focused;
  #read;
  #settle;
  #language;
  #page;
  /** The preview says more than the program's panel would, until that has read the early answer. */
  #isForetold;

  constructor(root, emit, element) {
    const focused = element.shadowRoot.activeElement;
    let settle;
    const read = new Promise((done) => (settle = done));
    // What the page has seen of the early answer, it may speak of before the program has read that.
    if (element.notifications.length === 0) {
      settle();
    }
    dress(element.shadowRoot);
    super(root, news(element, emit, settle), localeUrl);
    this.#read = read;
    this.#settle = settle;
    this.root.addEventListener("scroll", scroll, true);
    this.root.addEventListener("focusin", focus);
    this.root.addEventListener("focusout", blur);
    this.#element = element;
    this.#focused = focused;
    // As if it were an attribute of the element's own.
    this.#language = new MutationObserver(() => element.attributeChangedCallback("lang"));
  }

  /** Any element around the bell may say another language, through shadow roots. */
  #watchLanguage() {
    this.#language.disconnect();
    for (let node = this.#element; node?.nodeType; node = node.parentNode ?? node.host) {
      this.#language.observe(node, { attributeFilter: ["lang"] });
    }
  }

  /**
   * Takes the painted bell's place: resolves once it is drawn. `page` is what stands in no attribute: `token`,
   * `tokenProvider`, `labels`, `preferences`, `locale`, `portal`, `early` (the count that is painted), `waited` (milliseconds).
   */
  async appear(page) {
    const { shadowRoot } = this.#element;
    this.#isForetold = foretells(shadowRoot);
    this.root.classList.add("appearing");
    if (!this.#isForetold) {
      endPreview(shadowRoot);
    }
    this.update(page);
    await this.drawn();
    if (this.#isForetold) {
      await this.#read;
      this.#isForetold = false;
      endPreview(shadowRoot);
      // It may have been taken down while it was drawn.
      if (this.#element) {
        this.update(this.#page);
        await this.drawn();
      }
    }
    requestAnimationFrame(() => requestAnimationFrame(() => this.root.classList.remove("appearing")));
    if (this.#focused && this.#element && !this.#element.open) {
      shadowRoot.querySelector("[part=bell]")?.focus();
    }
    this.#focused = undefined;
  }

  /**
   * What leaves the document, if only to come back, is taken out of the top layer by the browser, scrolled to its top,
   * and loses the focus.
   */
  moved() {
    const { root } = this;
    dress(this.#element.shadowRoot);
    const popover = root.querySelector("[popover]");
    if (this.#element.open && popover && !popover.matches(":popover-open")) {
      popover.showPopover();
    }
    const scroller = root.querySelector(".scroller");
    if (scrolled.has(scroller)) {
      scroller.scrollTop = scrolled.get(scroller);
    }
    const { activeElement, body } = root.ownerDocument;
    if (!activeElement || activeElement === body) {
      focused.get(root)?.focus({ preventScroll: true });
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

  async snooze(id, until) {
    const wait = Number(until) - Date.now();
    if (!(wait > 0 && wait <= LONGEST)) {
      throw new RangeError(`snooze: ${until} is no time between now and in a year`);
    }
    await this.#once("snooze", id, Number(until));
  }

  async #once(what, ...values) {
    await this.#read;
    // Nothing is left to ask of a bell that was taken down meanwhile.
    await (this.#element && super[what](...values));
  }

  unmount() {
    this.#element = undefined;
    this.#language.disconnect();
    this.#settle();
    // The row that had the focus holds the whole tree: Chromium may keep both for as long as one names the other here.
    focused.delete(this.root);
    super.unmount();
  }

  update(page) {
    this.#page = page;
    this.#watchLanguage();
    const said = settings(this.#element, page);
    if (!said.open) {
      endPreview(this.#element.shadowRoot);
    }
    super.update({ ...said, open: said.open && !this.#isForetold }, source(page));
  }
}

/** Passes on what the program tells the page. */
function news(element, emit, settle) {
  return (name, detail, cancelable) => {
    if (name === "cn-ready" || name === "cn-error") {
      settle();
    }
    if (name === "cn-open" || name === "cn-close") {
      element.open = name === "cn-open";
    }
    if (name === "view") {
      element.view = detail.view;
      return false;
    }
    return emit(name, detail, cancelable);
  };
}

function settings(element, { locale, labels, portal, preferences, early, waited }) {
  const settings = {};
  for (const name of element.constructor.observedAttributes) {
    settings[name] = FLAGS.includes(name) ? element.hasAttribute(name) : element.getAttribute(name);
  }
  return {
    ...settings,
    links: linksOf(settings.links),
    locale,
    labels,
    "portal-coworker": portal,
    "early-count": early,
    waited,
    preferences,
  };
}

/** Without a tokenProvider the token counts. */
function source({ token, tokenProvider }) {
  return tokenProvider ? shared(tokenProvider) : token;
}
