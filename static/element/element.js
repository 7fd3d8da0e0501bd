// The element class. It paints the bell at once, forwards what the page sets to the program once that has loaded,
// and fires the events that the program asks for. How a bell behaves is decided there, not here.

import { ATTRIBUTES, adoptCamel, define, reflect } from "./attributes.js";
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

  /** Where the program is, if not beside this module. Set it before the first element is connected. */
  static wasmUrl;

  #root;
  #bell;
  /** From the first connection until the element has left for good: what is begun in one life is not ended in another. */
  #life;
  /** When that began. */
  #since;
  #leaving;
  /** While the element is out of the document: resolves when it is back, or has left for good. */
  #away;
  #back;
  #mounting;
  /** Ends the waiting for a reason to fetch the program. */
  #plans;
  /** Has the program fetched. */
  #fetch;
  #isWanted;
  #queued = false;
  #asking;
  #early;
  /** Shows what is known of the list, once the program is on its way. */
  #preview;
  #isBroken = false;
  #updating;
  /** The count that the page was told last. */
  #told;
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
    this.#root?.remove();
    this.#root = root;
    this.shadowRoot.prepend(root);
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
    // Not a browser, but what tests have in its place (jsdom).
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
    this.#since = performance.now();
    this.#isBroken = this.#isWanted = false;
    paint(this.#root, this.variant, () => this.toggle());
    listeners.add(this.#broken);
    this.#mounting = this.#mount(new Promise((fetch) => (this.#fetch = fetch)));
    this.#changed();
  }

  /** Moved, or put back in time. */
  connectedMoveCallback() {
    this.#bell?.moved();
    this.#changed();
  }

  /** Pages take elements out and put them back: routers, view transitions, drag and drop. One that stays away ends. */
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

  /** Sees when the program is wanted. Where there is more to see than a count, that is now. */
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

  /** The program is wanted, perhaps once more; `priority` is that of its fetch. */
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
      // A press that has begun on the painted bell ends there: the program's own would never hear of it.
      while (this.#root.querySelector(":active")) {
        await new Promise(requestAnimationFrame);
      }
      if (this.#life !== life) {
        return;
      }
      this.#bell = new Bell(this.#root, this.#emit, this);
      // Another one than before, if a bell that rested was woken.
      if (this.#root !== this.#bell.root) {
        this.#stand(this.#bell.root);
      }
      await this.#bell.appear({ ...this.#page(), waited: performance.now() - this.#since });
      setTimeout(forget);
      // The early answer was shown, so that no count goes for a moment; but it may be from long ago.
      if (performance.now() - this.#early?.at > 10_000) {
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

  /** Until the program is there, who opens the bell sees what is known of the list. */
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
    // Whoever waits for the bell waits no longer.
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
      // The old one goes with the bell.
      this.#stand(stand());
    }
  }

  /** The program has stopped or never came: the bell says so and leads elsewhere, if the page says where. */
  #broken = (message, retry) => {
    this.#bell = this.#early = undefined;
    this.#isBroken = true;
    this.open = false;
    paintBroken(this.#root, this.fallbackHref, retry);
    this.#emit("cn-error", { kind: "config", status: null, message, retryAt: null });
  };

  // --- Settings -----------------------------------------------------------------------------------------------------

  /** Properties that were set before the element was defined hide the accessors of the class: they are set anew. */
  #adoptEarlyProperties() {
    adoptCamel(this);
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

  /** The page has changed its mind since this was asked for. */
  #isOld(asked) {
    return asked && this.#plainly().some((value, index) => value !== asked[index]);
  }

  /** What an early answer says of something else than the page wants by now. */
  #forgetEarly() {
    const isOld = this.#isOld(this.#early?.asked);
    if (isOld) {
      this.#early = undefined;
    }
    return isOld;
  }

  /** What is done until the program is there. */
  #waiting() {
    this.#foresee();
    if (this.#isBroken) {
      // Who opens a broken bell has it tried again.
      return this.open && this.#want();
    }
    this.#watch();
    paintBusy(this.#root, this.open);
    if (this.#forgetEarly()) {
      paintCount(this.#root, 0, 0, "en");
    }
    clearTimeout(this.#asking);
    // Not before the page has set all that it sets in one go.
    this.#asking = setTimeout(() => this.#askEarly());
    if (!this.#isWanted) {
      this.#plan();
    }
  }

  /** The count is asked for without the program. */
  async #askEarly() {
    if (this.#bell || !this.isConnected) {
      return;
    }
    const { signal } = this.#plans;
    const asked = this.#plainly();
    const early = await ask(...asked);
    // By then the program may draw, or the page may have changed its mind.
    if (this.#bell || this.#isBroken || !this.#life || this.#isOld(asked)) {
      return;
    }
    if (early) {
      this.#early = { asked, at: performance.now(), ...early };
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

  /** What decides the first request. Without a tokenProvider the token counts. */
  #plainly() {
    const { token, tokenProvider } = this.#own;
    const types = [this.types, ...this.preferences.mutedTypes].join("");
    return [this.apiBase, this.coworkerId || this.#portal, this.pageSize, types, tokenProvider ?? token];
  }

  /** What the program cannot read from the attributes. */
  #page() {
    return { ...this.#own, locale: language(this), portal: this.#portal, early: this.#early?.count };
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

  // --- What the page can read and do --------------------------------------------------------------------------------

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

  /** Mounted and drawn, with everything that was set. */
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

  /** The bell is asked once it is there and knows all that the page has set. */
  async #ask(what, ...values) {
    this.#want();
    await this.#complete();
    await this.#bell?.[what](...values);
  }

  snooze(id, until) {
    return this.#ask("snooze", id, until);
  }

  /** Fires an event; `true` if a listener prevented what it announces. */
  #emit = (name, detail, cancelable) => {
    // Another feed, or the same one taken up again, may begin with the count that the page knows: that is no news.
    if (name === "cn-change") {
      if (this.#told === detail.count) {
        return false;
      }
      this.#told = detail.count;
    }
    // What the member has chosen takes the place of what the page has said, which may then be said anew.
    if (name === "cn-preferences") {
      this.#own.preferences = undefined;
      this.#bell?.update(this.#page());
    }
    return !this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true, cancelable }));
  };
}

reflect(CoworkerNotifications);
