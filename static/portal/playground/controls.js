// One control for each setting, of the kind that fits it. `change(name, value)` is told what is chosen; `undefined`
// means the default.

import { element, option } from "../dom.js";

/** `{node, show(value)}`: the control with its name, and a way to show another value. */
export function control(setting, change) {
  const id = `play-${setting.name}`;
  const tell = (value) => change(setting.name, value === setting.usual || value === "" ? undefined : value);
  const { input, show, wide, after } = KINDS[setting.kind](setting, id, tell);
  const name = element("label", { htmlFor: id }, element("code", {}, setting.name));
  const node = element("div", { className: wide ? "play-row play-row--wide" : "play-row" }, name, input, after ?? null);
  return { node, show };
}

const KINDS = {
  choice({ usual, options }, id, tell) {
    const input = element(
      "select",
      { className: "input input--small", id },
      ...options.map(([value, label]) => option(value, label)),
    );
    input.onchange = () => tell(input.value);
    return { input, show: (value) => (input.value = value ?? usual) };
  },

  flag(_, id, tell) {
    const input = element("input", { className: "switch", type: "checkbox", role: "switch", id });
    input.onchange = () => tell(input.checked || undefined);
    return { input, show: (value) => (input.checked = Boolean(value)) };
  },

  number({ usual, min, max }, id, tell) {
    const input = element("input", {
      className: "input input--small",
      type: "number",
      id,
      min: String(min),
      max: String(max),
    });
    input.oninput = () => tell(input.value);
    return { input, show: (value) => (input.value = value ?? usual) };
  },

  text({ placeholder }, id, tell) {
    const input = element("input", { className: "input input--small mono", id, placeholder, autocomplete: "off" });
    input.spellcheck = false;
    input.onchange = () => tell(input.value.trim());
    return { input, show: (value) => (input.value = value ?? "") };
  },

  length({ usual, min, max, unit }, id, tell) {
    const input = element("input", { type: "range", id, min: String(min), max: String(max) });
    const after = element("output", { htmlFor: id });
    const say = () => (after.value = `${input.value}${unit}`);
    input.oninput = () => {
      say();
      tell(Number(input.value) === usual ? undefined : `${input.value}${unit}`);
    };
    return {
      input,
      after,
      show(value) {
        input.value = String(Number.parseInt(value ?? usual, 10));
        say();
      },
    };
  },

  /** The colour shown is that of the light theme until another one is chosen: by itself a property has one per theme. */
  colour({ usual }, id, tell) {
    const input = element("input", { type: "color", id });
    const after = element("output", { htmlFor: id });
    const say = (isSet) => (after.value = isSet ? input.value : "as the theme");
    input.oninput = () => {
      say(true);
      tell(input.value === usual ? undefined : input.value);
    };
    return {
      input,
      after,
      show(value) {
        input.value = value ?? usual;
        say(value !== undefined);
      },
    };
  },

  json({ example }, id, tell) {
    const input = element("textarea", { className: "input mono", id, rows: 2, placeholder: JSON.stringify(example) });
    input.spellcheck = false;
    input.oninput = () => {
      const text = input.value.trim();
      input.setAttribute("aria-invalid", String(text !== "" && !isObject(text)));
      tell(text);
    };
    return { input, wide: true, show: (value) => (input.value = value ?? "") };
  },

  many({ options }, id, tell) {
    const boxes = options.map((value) => element("input", { type: "checkbox", value }));
    const summary = element("summary", { id }, "all");
    const say = (chosen) => (summary.textContent = chosen.length ? chosen.join(", ") : "all");
    const read = () => boxes.filter(({ checked }) => checked).map(({ value }) => value);
    const labels = boxes.map((box) => element("label", {}, box, " ", element("code", {}, box.value)));
    const input = element("details", { className: "play-many" }, summary, ...labels);
    for (const box of boxes) {
      box.onchange = () => {
        say(read());
        tell(read().join(","));
      };
    }
    return {
      input,
      wide: true,
      show(value) {
        const chosen = value ? value.split(",") : [];
        for (const box of boxes) box.checked = chosen.includes(box.value);
        say(chosen);
      },
    };
  },
};

function isObject(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
