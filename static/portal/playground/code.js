// The code to paste for what is chosen.

const SCRIPT = '<script type="module" src="https://cdn.example/coworker-notifications.js"></script>';

/** Where the token comes from is never written into the markup: there it would be for everybody to read. */
const TOKEN = 'bell.tokenProvider = async () => (await fetch("/session/notification-token")).text();';

const escape = (text) => text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");

/** `chosen` is `{name: value}` with attributes, custom properties and labels. */
export function codeFor({ token, labels, ...chosen }) {
  const names = Object.keys(chosen);
  const attributes = names
    .filter((name) => !name.startsWith("--"))
    .map((name) => (chosen[name] === true ? name : `${name}="${escape(chosen[name])}"`));
  const properties = names.filter((name) => name.startsWith("--")).map((name) => `  ${name}: ${chosen[name]};`);
  const lines = [SCRIPT, element(attributes)];
  if (properties.length > 0) lines.push("<style>", "coworker-notifications {", ...properties, "}", "</style>");
  const script = [...(token ? [TOKEN] : []), ...labelsOf(labels)];
  if (script.length > 0) {
    const find = 'const bell = document.querySelector("coworker-notifications");';
    lines.push('<script type="module">', ...[find, ...script].map((line) => `  ${line}`), "</script>");
  }
  return lines.join("\n");
}

/** On one line while that is short. */
function element(attributes) {
  const line = ["<coworker-notifications", ...attributes].join(" ");
  const open =
    line.length < 76 ? line : ["<coworker-notifications", ...attributes.map((text) => `  ${text}`)].join("\n");
  return `${open}></coworker-notifications>`;
}

function labelsOf(labels) {
  try {
    return labels ? [`bell.labels = ${JSON.stringify(JSON.parse(labels))};`] : [];
  } catch {
    return [];
  }
}
