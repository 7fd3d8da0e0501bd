// The element class. It paints the bell at once, forwards what the page sets to the program once that has loaded,
// and fires the events that the program asks for. How a bell behaves is decided there, not here.

import { bellCss } from "./bell-css.js";
import { ATTRIBUTES, define, reflect } from "./attributes.js";
import { ask, counted, forget } from "./early.js";
import { listeners, load } from "./loader.js";
import { paint, paintBroken, paintCount, stand } from "./paint.js";
import { watchPortal } from "./portal.js";

const sheets = new WeakMap();

/** The style sheet of all painted bells in a window; constructed, so that no policy for inline styles applies. */
function styleSheet(view) {
  let sheet = sheets.get(view);
  if (!sheet && view) {
    sheet = new view.CSSStyleSheet();
    sheet.replaceSync(bellCss);
    sheets.set(view, sheet);
  }
  return sheet;
}

export class CoworkerNotifications extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = ATTRIBUTES;

  /** Where the program is, if not beside this module. Set it before the first element is connected. */
  static wasmUrl;

  #root;
  #bell;
  #mounting;
  #queued = false;
  #asking;
  #early;
  #isBroken = false;
  #updating;
  /** What the page has set that stands in no attribute, as the program takes it. */
  #own = {};
  #portal;
  #unwatch;

  constructor() {
    super();
    this.attachShadow({ mode: "open" });
    this.#stand(stand());
  }

  /** Puts what the bell is drawn in in its place. */
  #stand(root) {
    this.#root = root;
    this.shadowRoot.replaceChildren(root);
  }

  /** Another document than before has taken the styles away: they are of a window, and it has its own, if any. */
  #dress() {
    const sheet = styleSheet(this.ownerDocument.defaultView);
    if (sheet && !this.shadowRoot.adoptedStyleSheets.includes(sheet)) {
      this.shadowRoot.adoptedStyleSheets.unshift(sheet);
    }
  }

  // --- Life ---------------------------------------------------------------------------------------------------------

  connectedCallback() {
    this.#dress();
    this.#adoptEarlyProperties();
    if (this.#mounting) {
      this.#bell?.moved();
      this.#changed();
    } else {
      this.#isBroken = false;
      paint(this.#root, this.variant, () => this.toggle());
      listeners.add(this.#broken);
      this.#watch();
      this.#askEarly();
      this.#mounting = this.#mount();
    }
  }

  disconnectedCallback() {
    // Moving an element disconnects and connects it in one go; then nothing is to be done.
    queueMicrotask(() => {
      if (!this.isConnected) {
        this.#unmount();
      }
    });
  }

  /** Moved by `moveBefore`: nothing has been lost. */
  connectedMoveCallback() {}

  attributeChangedCallback(name, _, value) {
    if (name === "token") {
      this.#own.token = value;
    }
    this.#changed();
  }

  async #mount() {
    try {
      // Where there is more to see than a count, the program is wanted as soon as that.
      if (!this.open && this.variant !== "inline") {
        await counted();
      }
      const { Bell } = await load(this.constructor.wasmUrl);
      if (!this.isConnected || this.#bell) {
        return;
      }
      this.#bell = new Bell(this.#root, this.#emit, this, this.#page());
      // Another one than before, if a bell that rested was woken.
      if (this.#root !== this.#bell.root) {
        this.#stand(this.#bell.root);
      }
      await this.#bell.appear();
      setTimeout(forget);
    } catch (error) {
      this.#broken(`The notification bell could not be loaded: ${error?.message ?? error}`);
    }
  }

  #unmount() {
    const bell = this.#bell;
    if (!bell) {
      forget();
    }
    this.#bell = this.#mounting = this.#early = undefined;
    listeners.delete(this.#broken);
    this.#unwatch?.();
    this.#unwatch = undefined;
    try {
      bell?.unmount();
    } finally {
      // The old one goes with the bell.
      this.#stand(stand());
    }
  }

  /** The program has stopped or never came: the bell says so and leads elsewhere, if the page says where. */
  #broken = (message) => {
    this.#bell = this.#early = undefined;
    this.#isBroken = true;
    paintBroken(this.#root, this.fallbackHref);
    this.#emit("cn-error", { kind: "config", status: null, message, retryAt: null });
  };

  // --- Settings -----------------------------------------------------------------------------------------------------

  /** Properties that were set before the element was defined hide the accessors of the class: they are set anew. */
  #adoptEarlyProperties() {
    for (const name of Object.keys(this)) {
      if (name in CoworkerNotifications.prototype) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  /** Many changes in a row make one update. */
  #changed() {
    if (!this.#bell) {
      this.#askEarly();
    } else if (!this.#queued) {
      this.#queued = true;
      this.#updating = this.#update();
    }
  }

  async #update() {
    await undefined;
    this.#queued = false;
    this.#watch();
    this.#bell?.update(this.#page());
    await this.#bell?.drawn();
  }

  /** The page has changed its mind since this was asked for. */
  #isOld(asked) {
    return asked && this.#plainly().some((value, index) => value !== asked[index]);
  }

  /** While the program loads, the count is asked for; not before the page has set all that it sets in one go. */
  #askEarly() {
    if (this.#isOld(this.#early?.asked)) {
      this.#early = undefined;
      paintCount(this.#root, 0, 0, true);
    }
    clearTimeout(this.#asking);
    this.#asking = setTimeout(() => {
      if (this.#bell || !this.isConnected) {
        return;
      }
      const asked = this.#plainly();
      ask(...asked, (count, records) => {
        // By then the program may draw, or the page may have changed its mind.
        if (!this.#bell && !this.#isBroken && !this.#isOld(asked)) {
          this.#early = { asked, count, records };
          paintCount(this.#root, count, this.maxBadge, this.#locale().startsWith("en"));
        }
      });
    });
  }

  /** What decides the first request. Without a tokenProvider the token counts. */
  #plainly() {
    const { token, tokenProvider } = this.#own;
    return [this.apiBase, this.coworkerId || this.#portal, this.pageSize, this.types, tokenProvider ?? token];
  }

  /** What the program cannot read from the attributes. */
  #page() {
    return { ...this.#own, locale: this.#locale(), portal: this.#portal };
  }

  #locale() {
    return this.locale || this.closest("[lang]")?.getAttribute("lang") || navigator.language;
  }

  /** Asks the portal who is signed in, as long as the page does not say. */
  #watch() {
    if (this.coworkerId?.trim()) {
      this.#unwatch?.();
      this.#unwatch = this.#portal = undefined;
    } else {
      this.#unwatch ??= watchPortal((coworker) => {
        this.#portal = coworker;
        this.#changed();
      });
    }
  }

  /** Kept out of the attributes: what is in the page's markup is for everybody to read. */
  static {
    const same = (value) => value;
    for (const [name, write, read] of [
      ["token", same, same],
      ["tokenProvider", (provider) => (typeof provider === "function" ? provider : null), same],
      ["labels", JSON.stringify, JSON.parse],
    ]) {
      define(this, name, {
        get() {
          return read(this.#own[name] ?? null);
        },
        set(value) {
          this.#own[name] = value == null ? undefined : write(value);
          this.#changed();
        },
      });
    }
  }

  // --- What the page can read and do --------------------------------------------------------------------------------

  get unreadCount() {
    return this.#bell?.unreadCount ?? this.#early?.count ?? 0;
  }

  get notifications() {
    return this.#bell?.notifications ?? this.#early?.records ?? [];
  }

  get status() {
    return this.#isBroken ? "error" : (this.#bell?.status ?? "loading");
  }

  /** Mounted and drawn, with everything that was set. */
  get updateComplete() {
    return this.#complete();
  }

  async #complete() {
    await this.#mounting;
    await this.#updating;
  }

  show() {
    this.open = true;
  }

  hide() {
    this.open = false;
  }

  toggle() {
    this.open = !this.open;
  }

  refresh() {
    return this.#ask("refresh");
  }

  loadMore() {
    return this.#ask("loadMore");
  }

  dismiss(id) {
    return this.#ask("dismiss", id);
  }

  dismissAll() {
    return this.#ask("dismissAll");
  }

  restore(id) {
    return this.#ask("restore", id);
  }

  /** The bell is asked once it is there and knows all that the page has set. */
  async #ask(what, id) {
    await this.#complete();
    await this.#bell?.[what](id);
  }

  /** Fires an event; `true` if a listener prevented what it announces. */
  #emit = (name, detail, cancelable) =>
    !this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
}

reflect(CoworkerNotifications);
