// The page around the bell: whether it is visible, and what a removed bell leaves behind.

/** Tells the page that it is hidden, or visible again, as a browser does when tabs are switched. */
export function setHidden(page, hidden) {
  return page.evaluate((hidden) => {
    Object.defineProperty(document, "hidden", { configurable: true, get: () => hidden });
    Object.defineProperty(document, "visibilityState", {
      configurable: true,
      get: () => (hidden ? "hidden" : "visible"),
    });
    document.dispatchEvent(new Event("visibilitychange"));
  }, hidden);
}

/** Counts what scripts of the page hold: listeners on window and document, timers, observers, locks. An init script. */
export function countHoldings() {
  const held = (window.holdings = { listeners: [], timers: new Set(), observers: new Set(), channels: new Set() });

  for (const target of [window, document]) {
    const { addEventListener, removeEventListener } = target;
    const same = (a) => (b) => a.target === b.target && a.type === b.type && a.listener === b.listener;
    target.addEventListener = function (type, listener, options) {
      const entry = { target, type, listener };
      if (!held.listeners.some(same(entry))) held.listeners.push(entry);
      return addEventListener.call(this, type, listener, options);
    };
    target.removeEventListener = function (type, listener, options) {
      held.listeners = held.listeners.filter((entry) => !same({ target, type, listener })(entry));
      return removeEventListener.call(this, type, listener, options);
    };
  }

  const { setTimeout, clearTimeout } = window;
  window.setTimeout = (callback, time, ...values) => {
    const timer = setTimeout(
      (...values) => {
        held.timers.delete(timer);
        callback(...values);
      },
      time,
      ...values,
    );
    held.timers.add(timer);
    return timer;
  };
  window.clearTimeout = (timer) => {
    held.timers.delete(timer);
    clearTimeout(timer);
  };

  for (const name of ["MutationObserver", "ResizeObserver", "IntersectionObserver"]) {
    window[name] = class extends window[name] {
      observe(...values) {
        held.observers.add(this);
        super.observe(...values);
      }
      disconnect() {
        held.observers.delete(this);
        super.disconnect();
      }
    };
  }

  window.BroadcastChannel = class extends BroadcastChannel {
    constructor(name) {
      super(name);
      held.channels.add(this);
    }
    close() {
      held.channels.delete(this);
      super.close();
    }
  };
}

/** What the page's scripts hold now. */
export function holdings(page) {
  return page.evaluate(async () => {
    const { listeners, timers, observers, channels } = window.holdings;
    const { held, pending } = await navigator.locks.query();
    return {
      listeners: listeners.map(({ type }) => type).filter((type) => !type.startsWith("cn-")),
      timers: timers.size,
      observers: observers.size,
      channels: channels.size,
      locks: [...held, ...pending].length,
    };
  });
}
