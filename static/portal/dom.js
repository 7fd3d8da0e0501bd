// Building elements without markup in strings: messages are text, and a strict CSP stays strict.

export const byId = (id) => document.getElementById(id);

/** `element("p", {className: "note"}, "text", child)`: properties are set, `null` children left out. */
export function element(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name in node) node[name] = value;
    else node.setAttribute(name, value);
  }
  node.append(...children.filter((child) => child != null));
  return node;
}

/** A select's option. */
export const option = (value, label) => element("option", { value: String(value) }, label);

const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** The time of day to the second, as the log shows it. */
export const timeOfDay = (date) => (Number.isNaN(date.getTime()) ? "" : clock.format(date));

/** `plural(1, "fault")` is "1 fault", `plural(2, "fault")` "2 faults". */
export const plural = (count, noun) => `${count} ${noun}${count === 1 ? "" : "s"}`;
