// The bell on the stage. Settings are applied to it as they change; it is made anew where its first look shall be seen.

import { element } from "../dom.js";
import { SETTINGS } from "./settings.js";

/** A bell that is taken out is taken down a second later: until then another one would share what it knows. */
const TAKEN_DOWN_MS = 1100;

export class Specimen {
  #place;
  #chosen = {};
  #renewing;
  bell;

  constructor(place) {
    this.#place = place;
  }

  /** Applies all that is chosen, and takes away what is not. A panel that is open stays open. */
  apply(chosen) {
    this.#chosen = { ...chosen };
    if (!this.bell) return this.renew();
    for (const { name } of SETTINGS) if (name !== "open" || chosen.open) this.#set(name);
  }

  /** Applies one setting that was changed, and the token with the member whose it is. */
  change(chosen, name) {
    this.#chosen = { ...chosen };
    this.#set(name);
    if (name === "coworker-id") this.#set("token");
  }

  /** Another bell in its place, which knows nothing yet. */
  renew() {
    const bell = element("coworker-notifications", { id: "specimen" });
    bell.toggleAttribute("open", Boolean(this.bell?.open));
    const wait = this.bell ? TAKEN_DOWN_MS : 0;
    this.bell?.remove();
    this.bell = bell;
    for (const { name } of SETTINGS) if (name !== "open" || this.#chosen.open) this.#set(name);
    clearTimeout(this.#renewing);
    if (wait) this.#renewing = setTimeout(() => this.#place.append(bell), wait);
    else this.#place.append(bell);
  }

  #set(name) {
    const { bell } = this;
    const value = this.#chosen[name];
    if (name.startsWith("--")) {
      // Over the portal's own colours, which are for the bell in its masthead.
      bell.style.setProperty(name, value ?? "initial");
    } else if (name === "token") {
      const token = value === "expired" ? value : value && `${value}-${this.#chosen["coworker-id"] ?? "1004"}`;
      if ((bell.token ?? undefined) !== (token || undefined)) bell.token = token || null;
    } else if (name === "labels") {
      bell.labels = parsed(value);
    } else if (value === undefined || value === "") {
      bell.removeAttribute(name);
    } else if (bell.getAttribute(name) !== (value === true ? "" : value)) {
      bell.setAttribute(name, value === true ? "" : value);
    }
  }
}

function parsed(json) {
  try {
    return json ? JSON.parse(json) : null;
  } catch {
    // Half-typed: as before it was begun.
    return null;
  }
}
