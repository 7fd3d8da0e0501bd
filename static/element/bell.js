// The program's bell. It reads the page's settings from the element.

import { Bell as ProgramBell } from "./glue.js";
import { shared } from "./providers.js";
import { localeUrl } from "./locales.js";
import { linksOf } from "./portal-links.js";
import { endPreview, foretells } from "./preview.js";
import { dress } from "./styles.js";

/** The boolean attributes. All others have a value. */
const FLAGS = ["open", "title-badge", "desktop-alerts", "toasts"];

/** The longest snooze, in milliseconds: a year, and a day for leap years. */
const LONGEST = 366 * 86_400_000;

/** How far each list is scrolled, by its scroller. */
const scrolled = new WeakMap();
// A scroller outside the document has no height and always reports its top, so it is not recorded.
const scroll = ({ target }) => target.clientHeight && scrolled.set(target, target.scrollTop);

/** The element that has the focus in a bell, by the bell's root. */
const focused = new WeakMap();
const focus = ({ target, currentTarget }) => focused.set(currentTarget, target);
const blur = ({ currentTarget: root }) =>
  // An element that leaves the document loses the focus, too, but gets it back when it returns.
  queueMicrotask(() => root.isConnected && !root.getRootNode().activeElement && focused.delete(root));

/** Keys in the panel's field are the field's. To the page they seem to come from the element, which is no field. */
const type = (event) => event.target.id === "cn-until" && event.key !== "Escape" && event.stopPropagation();

/** The space bar scrolls the list. A button or a summary around the bell would take it for a press. */
const space = (event) =>
  event.key === " " &&
  !event.target.closest("button, input, slot") &&
  event.currentTarget.getRootNode().host.closest("button, summary") &&
  event.preventDefault();

/** A press on a label is one on its field. The browser's own action would reach what is around the bell, too. */
const label = (event) => {
  const field = event.target.closest("label")?.control;
  if (field && event.target !== field) {
    event.preventDefault();
    field.click();
  }
};

export class Bell extends ProgramBell {
  #element;
  #focused;
  #read;
  #settle;
  #language;
  #page;
  /** The preview shows messages, and the program has not read the early answer yet: its panel would show less. */
  #isForetold;

  constructor(root, emit, element) {
    const focused = element.shadowRoot.activeElement;
    let settle;
    const read = new Promise((done) => (settle = done));
    // The page may already name notifications of the early answer, so methods wait until the program has read it.
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
    for (const name of ["keydown", "keypress", "keyup"]) {
      this.root.addEventListener(name, type);
      this.root.addEventListener(name, space);
    }
    this.root.addEventListener("click", label);
    this.#element = element;
    this.#focused = focused;
    // A changed language is handled like a changed attribute of the element.
    this.#language = new MutationObserver(() => element.attributeChangedCallback("lang"));
  }

  /**
   * Watches `lang` in the trees around the element, through shadow roots. Whole trees: a form whose field is called
   * `parentNode` does not tell what is around it.
   */
  #watchLanguage() {
    this.#language.disconnect();
    for (let inner = this.#element; inner?.isConnected; ) {
      const root = inner.getRootNode();
      this.#language.observe(root, { attributeFilter: ["lang"], subtree: true });
      inner = root.host;
    }
  }

  /**
   * Replaces the painted bell, and resolves once this one is drawn. `page` holds the settings that are no attributes:
   * `token`, `tokenProvider`, `labels`, `preferences`, `locale`, `portal`, `early` (the painted count) and `waited`
   * (milliseconds).
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
      // The bell may have been unmounted meanwhile.
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
   * Restores the open panel, the scroll position and the focus after the element was moved: the browser drops all three
   * when an element leaves the document.
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
    // The bell may have been unmounted meanwhile.
    await (this.#element && super[what](...values));
  }

  unmount() {
    this.#element = undefined;
    this.#language.disconnect();
    this.#settle();
    // The focused row holds the whole tree: Chromium may keep row and root in memory while this entry names the row.
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

/** Passes the program's events on to the page. */
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

/** The tokenProvider, or the token where there is none. */
function source({ token, tokenProvider }) {
  return tokenProvider ? shared(tokenProvider) : token;
}
