// The element class. It paints the bell at once, forwards the page's settings to the program once that has loaded, and
// fires the events that the program asks for. The program decides how a bell behaves.

import { ATTRIBUTES, adoptCamel, define, reflect } from "./attributes.js";
import { contain } from "./contain.js";
import { ask, forget } from "./early.js";
import { language } from "./language.js";
import { beside, listeners, load } from "./loader.js";
import { OWN } from "./own.js";
import { paint, paintBroken, paintBusy, paintCount, stand } from "./paint.js";
import { watchPortal } from "./portal.js";
import { styleSheet } from "./sheet.js";
import { whenAtRest, whenDue, whenNear } from "./when.js";

export class CoworkerNotifications extends (globalThis.HTMLElement ?? class {}) {
  static observedAttributes = ATTRIBUTES;

  /** The program's address, if it is not beside this module. Set it before the first element is connected. */
  static wasmUrl;

  #root;
  #bell;
  /** Stands for the time from connecting until leaving for good. Work that began in one life stops if another began. */
  #life;
  /** When this life began. */
  #since;
  #leaving;
  /** While the element is out of the document: resolves when the element is back, or has left for good. */
  #away;
  #back;
  #mounting;
  /** Aborting this ends the wait for a reason to fetch the program. */
  #plans;
  /** Starts the fetch of the program. */
  #fetch;
  #isWanted;
  #queued = false;
  #asking;
  #early;
  /** Shows the known part of the list while the program loads. */
  #preview;
  #isBroken = false;
  #updating;
  /** The count in the last `cn-change`. */
  #lastCount;
  /** The properties of `own.js` that the page has set, in the form that the program takes. */
  #own = {};
  #portal;
  #unwatch;

  /** Named here, because a page may have all shadow roots closed. */
  shadowRoot = this.attachShadow({ mode: "open" });

  constructor() {
    super();
    contain(this.shadowRoot);
    this.#stand(stand());
  }

  /** Replaces the root that the bell is drawn in. */
  #stand(root) {
    this.#root?.remove();
    this.#root = root;
    this.shadowRoot.prepend(root);
  }

  /** Adopts the window's style sheet. A move to another document removes it: a sheet belongs to one window. */
  #dress() {
    const sheet = styleSheet(this.ownerDocument.defaultView);
    const { shadowRoot } = this;
    if (sheet && !shadowRoot.adoptedStyleSheets.includes(sheet)) {
      // A new list, because recorders of sessions notice that alone.
      shadowRoot.adoptedStyleSheets = [sheet, ...shadowRoot.adoptedStyleSheets];
    }
  }

  // --- Life ---------------------------------------------------------------------------------------------------------

  connectedCallback() {
    // This is no browser but a test environment (jsdom).
    if (!this.shadowRoot.adoptedStyleSheets) {
      return;
    }
    clearTimeout(this.#leaving);
    this.#back?.();
    this.#dress();
    this.#adoptEarlyProperties();
    if (this.#life) {
      this.connectedMoveCallback();
    } else {
      this.#begin();
    }
  }

  #begin() {
    this.#life = {};
    this.#since = Date.now();
    this.#isBroken = this.#isWanted = false;
    paint(this.#root, this.variant, () => this.toggle());
    listeners.add(this.#broken);
    this.#mounting = this.#mount(new Promise((fetch) => (this.#fetch = fetch)));
    this.#changed();
  }

  /** The element was moved, or was put back before it left for good. */
  connectedMoveCallback() {
    this.#bell?.moved();
    this.#changed();
  }

  /** Routers, view transitions and drag and drop soon put an element back: it leaves for good only after a second. */
  disconnectedCallback() {
    if (this.#life) {
      this.#away = new Promise((done) => (this.#back = done));
      this.#leaving = setTimeout(() => this.#leave(), 1000);
    }
  }

  attributeChangedCallback(name, _, value) {
    if (name === "token") {
      this.#own.token = value;
    }
    this.#changed();
  }

  /** Plans when to fetch the program: at once if the list is to be shown or the page asks for it. */
  #plan() {
    this.#plans?.abort();
    const { signal } = (this.#plans = new AbortController());
    whenNear(this, this.#want, signal);
    if (this.open || this.variant === "inline" || this.loading === "eager") {
      this.#want();
    } else if (this.loading === "idle" || this.titleBadge || this.desktopAlerts) {
      whenAtRest(this.#want, signal);
    }
  }

  /** Fetches the program, again if it failed before; `priority` is that of its fetch. */
  #want = (priority) => {
    if (this.#isBroken && this.#life) {
      this.#begin();
    }
    this.#isWanted = true;
    this.#plans?.abort();
    this.#fetch?.(priority);
  };

  async #mount(wanted) {
    const life = this.#life;
    try {
      const priority = await wanted;
      const loaded = this.#life === life && load(this.constructor.wasmUrl, priority);
      beside()?.then(({ preview }) => this.#foresee(preview), () => {});
      const { Bell } = await loaded;
      await this.#away;
      // A press that began on the painted bell must end there: the program's bell would miss it.
      while (this.#root.querySelector(":active")) {
        await new Promise(requestAnimationFrame);
      }
      if (this.#life !== life) {
        return;
      }
      this.#bell = new Bell(this.#root, this.#emit, this);
      // The root is another one if the program reuses a bell that rested.
      if (this.#root !== this.#bell.root) {
        this.#stand(this.#bell.root);
      }
      await this.#bell.appear({ ...this.#page(), waited: Date.now() - this.#since });
      setTimeout(forget);
      // The early answer stays shown so that the count does not vanish for a moment, but it may be old.
      if (Date.now() - this.#early?.at > 10_000) {
        this.#bell?.refresh();
      }
    } catch (error) {
      if (this.#life === life) {
        const message = `The notification bell could not be loaded: ${error?.message ?? error}`;
        const isFinal = error?.isFinal || !globalThis.WebAssembly;
        this.#broken(message, isFinal ? undefined : () => this.show());
      }
    }
  }

  /** Until the program is ready, an opened bell shows the known part of the list. */
  #foresee(preview = this.#preview) {
    if (!this.#bell && this.#life) {
      this.#preview = preview;
      preview?.(this, this.#early?.records, language(this));
    }
  }

  #leave() {
    const bell = this.#bell;
    if (!bell) {
      forget();
    }
    this.#bell = this.#life = this.#mounting = this.#early = undefined;
    // Ends every wait for this bell.
    this.#fetch();
    this.#back();
    this.#plans.abort();
    listeners.delete(this.#broken);
    this.#unwatch?.();
    this.#unwatch = undefined;
    this.#preview?.(this);
    try {
      bell?.unmount();
    } finally {
      // The old root goes with the bell.
      this.#stand(stand());
    }
  }

  /** The program stopped or did not load: the bell becomes the page's fallback link, or a button that tries again. */
  #broken = (message, retry) => {
    this.#bell = this.#early = undefined;
    this.#isBroken = true;
    this.open = false;
    paintBroken(this.#root, this.fallbackHref, retry);
    this.#emit("cn-error", { kind: "config", status: null, message, retryAt: null });
  };

  // --- Settings -----------------------------------------------------------------------------------------------------

  /** Properties that were set before the element was defined hide the accessors of the class, so they are set again. */
  #adoptEarlyProperties() {
    adoptCamel(this);
    for (const name of Object.keys(this)) {
      if (Object.getOwnPropertyDescriptor(CoworkerNotifications.prototype, name)?.set) {
        const value = this[name];
        delete this[name];
        this[name] = value;
      }
    }
  }

  /** Many changes in a row make one update. */
  #changed() {
    if (!this.#bell) {
      if (this.#life) {
        this.#waiting();
      }
    } else if (!this.#queued) {
      this.#queued = true;
      this.#updating = this.#update();
    }
  }

  async #update() {
    await undefined;
    this.#queued = false;
    this.#watch();
    this.#forgetEarly();
    this.#bell?.update(this.#page());
    await this.#bell?.drawn();
  }

  /** Whether the page has changed these settings since the request. */
  #isOld(asked) {
    return asked && this.#plainly().some((value, index) => value !== asked[index]);
  }

  /** Forgets an early answer that no longer fits the settings. */
  #forgetEarly() {
    const isOld = this.#isOld(this.#early?.asked);
    if (isOld) {
      this.#early = undefined;
    }
    return isOld;
  }

  /** Handles a change while the program is not ready. */
  #waiting() {
    this.#foresee();
    if (this.#isBroken) {
      // Opening a broken bell loads the program again.
      return this.open && this.#want();
    }
    this.#watch();
    paintBusy(this.#root, this.open);
    if (this.#forgetEarly()) {
      paintCount(this.#root, 0, 0, "en");
    }
    clearTimeout(this.#asking);
    // Later, so that the page can first finish setting its properties.
    this.#asking = setTimeout(() => this.#askEarly());
    if (!this.#isWanted) {
      this.#plan();
    }
  }

  /** Requests the count without the program. */
  async #askEarly() {
    if (this.#bell || !this.isConnected) {
      return;
    }
    const { signal } = this.#plans;
    const asked = this.#plainly();
    const early = await ask(...asked);
    // Meanwhile the program may have drawn, or the page may have changed its settings.
    if (this.#bell || this.#isBroken || !this.#life || this.#isOld(asked)) {
      return;
    }
    if (early) {
      this.#early = { asked, at: Date.now(), ...early };
      paintCount(this.#root, early.count, this.maxBadge, language(this));
      this.#emit("cn-change", { count: early.count });
      this.#foresee();
    }
    const seconds = early ? this.pollInterval && Math.max(5, this.pollInterval) : 30;
    if (early === null) {
      whenAtRest(this.#want, signal);
    } else if (seconds && !signal.aborted) {
      whenDue(seconds, this.#want, signal);
    }
  }

  /** The settings of the first request. The token counts only without a tokenProvider. */
  #plainly() {
    const { token, tokenProvider } = this.#own;
    const types = [this.types, ...this.preferences.mutedTypes].join("");
    return [this.apiBase, this.coworkerId || this.#portal, this.pageSize, types, tokenProvider ?? token];
  }

  /** The settings that the program cannot read from the attributes. */
  #page() {
    return { ...this.#own, locale: language(this), portal: this.#portal, early: this.#early?.count };
  }

  /** Asks the portal who is signed in, unless the page sets `coworker-id`. */
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

  static {
    for (const [name, write, read] of OWN) {
      define(this, name, {
        get() {
          return read(this.#own[name] ?? (name === "preferences" ? this.#bell?.chosen : null) ?? null);
        },
        set(value) {
          this.#own[name] = value == null ? undefined : write(value);
          this.#changed();
        },
      });
    }
  }

  // --- Public properties and methods --------------------------------------------------------------------------------

  /** The program's bell, once it knows more than the early answer says. */
  get #knowing() {
    return this.#early && this.status === "loading" ? undefined : this.#bell;
  }

  get unreadCount() {
    return this.#knowing?.unreadCount ?? this.#early?.count ?? 0;
  }

  get notifications() {
    return this.#knowing?.notifications ?? this.#early?.records ?? [];
  }

  get status() {
    return this.#isBroken ? "error" : (this.#bell?.status ?? "loading");
  }

  /** Resolves when the bell is mounted and drawn with all settings. */
  get updateComplete() {
    return this.#complete();
  }

  async #complete() {
    if (this.#isWanted || this.loading !== "intent") {
      await this.#mounting;
    }
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

  /** Calls a method of the program's bell, once that is mounted and has all settings. */
  async #ask(what, ...values) {
    this.#want();
    await this.#complete();
    await this.#bell?.[what](...values);
  }

  snooze(id, until) {
    return this.#ask("snooze", id, until);
  }

  /** Fires an event; `true` if a listener called `preventDefault`. */
  #emit = (name, detail, cancelable) => {
    // A new or resumed feed may begin with the count that the page already knows, which needs no event.
    if (name === "cn-change") {
      if (this.#lastCount === detail.count) {
        return false;
      }
      this.#lastCount = detail.count;
    }
    // The member's choice replaces the preferences that the page has set. The page may set them again.
    if (name === "cn-preferences") {
      this.#own.preferences = undefined;
      this.#bell?.update(this.#page());
    }
    return !this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  };
}

reflect(CoworkerNotifications);
