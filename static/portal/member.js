// The portal greets whoever is signed in.

import { byId } from "./dom.js";
import { greetingFor } from "./calendar.js";

export function showMember({ name, company }) {
  const [firstName = name] = name.split(" ");
  byId("greeting").textContent = `${greetingFor()}, ${firstName}`;
  byId("member-name").textContent = name;
  byId("member-initials").textContent = initials(name);
  byId("member-company").textContent = `${company || name} · renews on the first of the month`;
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words.at(-1) : ""].map((word) => word?.[0] ?? "").join("").toUpperCase();
}
