// The markup of bells.

/** Markup of a bell for one of the sandbox's coworkers, signed in. */
export function bellOf(coworker, attributes = {}) {
  return tag({ "api-base": "/", "coworker-id": coworker, token: `member-${coworker}`, ...attributes });
}

/** Markup of a bell; `null` leaves an attribute out, `true` gives it no value. */
export function tag(attributes) {
  const escaped = (value) => String(value).replaceAll("&", "&amp;").replaceAll('"', "&quot;");
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => (value === true ? ` ${name}` : ` ${name}="${escaped(value)}"`));
  return `<coworker-notifications${written.join("")}></coworker-notifications>`;
}
