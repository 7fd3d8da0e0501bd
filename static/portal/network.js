// Whether the browser has a network. A page cannot unplug it, but it can have the browser say so to all who ask.

/** With `false` the browser says that it is offline; with `true` it tells the truth again. */
export function setOnline(online) {
  const before = navigator.onLine;
  if (online) delete navigator.onLine;
  else Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
  if (navigator.onLine !== before) dispatchEvent(new Event(navigator.onLine ? "online" : "offline"));
}
