// The element class. It paints the bell at once, forwards what the page sets to the program once that has loaded,
// and fires the events that the program asks for. How a bell behaves is decided there, not here.

import { ATTRIBUTES, PROPERTIES, reflected } from "./attributes.js";
import { bellCss } from "./built.js";
import { ask, forget, shared } from "./early.js";
import { load, onBroken } from "./loader.js";
import { paint, paintBroken, paintCount } from "./paint.js";
import { watchPortal } from "./portal.js";

const sheets = new Map();

/** The same style sheet for all elements; constructed, so that no policy for inline styles applies. */
function styleSheet(css) {
  if (!sheets.has(css)) {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    sheets.set(css, sheet);
  }
  return sheets.get(css);
}

export class CoworkerNotifications extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = ATTRIBUTES;

  /** Where the program is, if not beside this module. Set it before the first element is connected. */
  static wasmUrl;

  #root;
  #bell;
  #mounting;
  #queued = false;
  #asking = false;
  #early;
  #isBroken = false;
  #updating;
  #token;
  #tokenProvider;
  #labels;
  #portal;
  #unwatch;
  #forget;

  constructor() {
    super();
    this.attachShadow({ mode: "open" }).adoptedStyleSheets = [styleSheet(bellCss)];
    this.#stand(document.createElement("div"));
  }

  /** Puts what the bell is drawn in in its place. */
  #stand(root) {
    root.className = "root";
    this.#root = root;
    this.shadowRoot.replaceChildren(root);
  }

  // --- Life ---------------------------------------------------------------------------------------------------------

  connectedCallback() {
    this.#adoptEarlyProperties();
    if (this.#mounting) {
      this.#moved();
      return;
    }
    this.#isBroken = false;
    paint(this.#root, this.getAttribute("variant"), () => this.toggle());
    this.#forget = onBroken((message) => this.#broken(message));
    this.#watch();
    this.#askEarly();
    this.#mounting = this.#mount();
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

  /** What leaves the document, if only to come back elsewhere, is taken out of the top layer by the browser. */
  #moved() {
    if (this.open) {
      this.#root.querySelector("[popover]")?.showPopover();
    }
    this.#changed();
  }

  attributeChangedCallback(name, _, value) {
    if (name === "token") {
      this.#token = value;
    }
    this.#changed();
  }

  async #mount() {
    try {
      const { Bell, panelCss, localeUrl } = await load(this.constructor.wasmUrl);
      if (!this.isConnected || this.#bell) {
        return;
      }
      this.shadowRoot.adoptedStyleSheets = [bellCss, panelCss].map(styleSheet);
      const focused = this.shadowRoot.activeElement;
      this.#bell = new Bell(this.#root, this.#emit, localeUrl, this.#settings(), this.#source());
      // Another one than before, if a bell that rested was woken.
      if (this.#root !== this.#bell.root) {
        this.#stand(this.#bell.root);
      }
      await this.#bell.drawn();
      setTimeout(forget);
      if (focused && !this.open) {
        this.shadowRoot.querySelector("[part=bell]")?.focus();
      }
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
    this.#forget?.();
    this.#unwatch?.();
    this.#forget = this.#unwatch = undefined;
    try {
      bell?.unmount();
    } finally {
      // The old one goes with the bell.
      this.#stand(document.createElement("div"));
    }
  }

  /** The program has stopped or never came: the bell says so and leads elsewhere, if the page says where. */
  #broken(message) {
    this.#bell = this.#early = undefined;
    this.#isBroken = true;
    paintBroken(this.#root, this.getAttribute("fallback-href"));
    this.#emit("cn-error", { kind: "config", status: null, message, retryAt: null }, false);
  }

  // --- Settings -----------------------------------------------------------------------------------------------------

  /** Properties that were set before the element was defined hide the accessors of the class: they are set anew. */
  #adoptEarlyProperties() {
    for (const name of PROPERTIES) {
      if (Object.hasOwn(this, name)) {
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
      return;
    }
    if (this.#queued) {
      return;
    }
    this.#queued = true;
    this.#updating = Promise.resolve().then(() => {
      this.#queued = false;
      this.#watch();
      this.#bell?.update(this.#settings(), this.#source());
      return this.#bell?.drawn();
    });
  }

  /** While the program loads, the count is asked for; not before the page has set all that it sets in one go. */
  #askEarly() {
    if (this.#asking || !this.isConnected) {
      return;
    }
    this.#asking = true;
    setTimeout(() => {
      this.#asking = false;
      if (this.#bell || !this.isConnected) {
        return;
      }
      const settings = {
        base: this.apiBase,
        coworker: this.coworkerId ?? this.#portal,
        size: this.pageSize,
        types: this.types,
      };
      const token = this.#tokenProvider ?? this.#token;
      ask(settings, token, (count, records) => {
        // By then the program may draw, or the page may have changed its mind.
        const same =
          token === (this.#tokenProvider ?? this.#token) &&
          settings.coworker === (this.coworkerId ?? this.#portal) &&
          settings.base === this.apiBase;
        if (same && !this.#bell && !this.#isBroken) {
          this.#early = { count, records };
          paintCount(this.#root, count, this.maxBadge, this.#locale().startsWith("en"));
        }
      });
    });
  }

  #settings() {
    const settings = {};
    for (const name of ATTRIBUTES) {
      settings[name] = this.getAttribute(name);
    }
    for (const name of ["open", "title-badge", "desktop-alerts"]) {
      settings[name] = this.hasAttribute(name);
    }
    return Object.assign(settings, { locale: this.#locale(), labels: this.#labels, "portal-coworker": this.#portal });
  }

  /** Without a tokenProvider the token counts. */
  #source() {
    return this.#tokenProvider ? shared(this.#tokenProvider) : this.#token;
  }

  #locale() {
    return (
      this.getAttribute("locale") ||
      this.closest("[lang]")?.getAttribute("lang") ||
      globalThis.navigator?.language ||
      "en"
    );
  }

  /** Asks the portal who is signed in, as long as the page does not say. */
  #watch() {
    if (this.hasAttribute("coworker-id")) {
      this.#unwatch?.();
      this.#unwatch = this.#portal = undefined;
    } else {
      this.#unwatch ??= watchPortal((coworker) => {
        this.#portal = coworker;
        this.#changed();
      });
    }
  }

  get token() {
    return this.#token ?? null;
  }

  /** Kept out of the attributes: what is in the page's markup is for everybody to read. */
  set token(token) {
    this.#token = token ?? undefined;
    this.#changed();
  }

  get tokenProvider() {
    return this.#tokenProvider ?? null;
  }

  set tokenProvider(provider) {
    this.#tokenProvider = typeof provider === "function" ? provider : undefined;
    this.#changed();
  }

  get labels() {
    return this.#labels === undefined ? null : JSON.parse(this.#labels);
  }

  set labels(labels) {
    this.#labels = labels == null ? undefined : JSON.stringify(labels);
    this.#changed();
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
    return Promise.resolve(this.#mounting)
      .then(() => this.#updating)
      .then(() => undefined);
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

  async refresh() {
    await this.updateComplete;
    await this.#bell?.refresh();
  }

  async loadMore() {
    await this.updateComplete;
    await this.#bell?.loadMore();
  }

  async dismiss(id) {
    await this.updateComplete;
    await this.#bell?.dismiss(Number(id));
  }

  async dismissAll() {
    await this.updateComplete;
    await this.#bell?.dismissAll();
  }

  async restore(id) {
    await this.updateComplete;
    await this.#bell?.restore(Number(id));
  }

  /** Fires an event; `true` if a listener prevented what it announces. */
  #emit = (name, detail, cancelable) => {
    if (name === "cn-open" || name === "cn-close") {
      this.toggleAttribute("open", name === "cn-open");
    }
    return !this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  };
}

for (const [name, descriptor] of reflected()) {
  Object.defineProperty(CoworkerNotifications.prototype, name, descriptor);
}
