// The portal greets whoever is signed in.

import { byId } from "./dom.js";
import { partOfDay } from "./calendar.js";

export function greet(name) {
  const { greeting, lead } = partOfDay();
  byId("greeting").textContent = name ? `${greeting}, ${name}` : greeting;
  byId("greeting-lead").textContent = lead;
}

export function showMember({ name, company }) {
  greet(name.split(" ")[0]);
  byId("member-name").textContent = name;
  byId("member-initials").textContent = initials(name);
  byId("member-company").textContent = `${company || name} · renews on the first of the month`;
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""]
    .map((word) => word?.[0] ?? "")
    .join("")
    .toUpperCase();
}
