// The playground: every setting of the bell to try, a bell that follows, and the code to paste.

import { byId, element } from "../dom.js";
import { mountEvents } from "../desk/events.js";
import { linesOf } from "../desk/lines.js";
import { NO_FAULTS } from "../desk/fault-list.js";
import { setOnline } from "../network.js";
import { findType } from "../types.js";
import { toast } from "../toast.js";
import * as sandbox from "../sandbox.js";
import { codeFor } from "./code.js";
import { control } from "./controls.js";
import { atTheStart, GROUPS } from "./settings.js";
import { Specimen } from "./specimen.js";
import { STATES } from "./states.js";

const METHODS = ["show", "hide", "toggle", "refresh", "loadMore", "dismissAll"];

/** What comes to the specimen by the button: one of these in turn. */
const ARRIVALS = ["community-message", "coworkerinvoice", "identity-check-failed", "survey"];

/** Mounts it. `onFaults` is called when the sandbox's faults have been changed from here. */
export function mountPlayground(onFaults) {
  let chosen = atTheStart();
  const specimen = new Specimen(byId("play-place"));
  const controls = new Map();

  const show = () => {
    specimen.apply(chosen);
    byId("play-code").textContent = codeFor(chosen);
    for (const [name, { show }] of controls) show(chosen[name]);
  };

  const change = (name, value) => {
    if (value === undefined) delete chosen[name];
    else chosen[name] = value;
    specimen.change(chosen, name);
    byId("play-code").textContent = codeFor(chosen);
  };

  byId("play-controls").append(
    ...GROUPS.map(({ title, settings }) => {
      const rows = settings.map((setting) => {
        const made = control(setting, change);
        controls.set(setting.name, made);
        return made.node;
      });
      return element(
        "fieldset",
        { className: "play-group" },
        element("legend", { className: "label" }, title),
        ...rows,
      );
    }),
  );

  mountStates(async (state) => {
    const { settings = {}, faults = {}, online = true } = STATES[state];
    const onList = byId("play-on-list").checked && ["ready", "offline"].includes(specimen.bell.status);
    try {
      await sandbox.setFaults({ ...NO_FAULTS, ...faults });
      onFaults();
    } catch (error) {
      toast("The state did not change", error.message);
    }
    setOnline(online);
    chosen = { ...chosen, "coworker-id": "1004", token: "member", "api-base": "/", ...settings };
    show();
    if (onList) specimen.bell.refresh();
    else specimen.renew();
  });

  mountMethods(specimen);
  followOpen(specimen, controls, (open) => change("open", open || undefined));
  mountEvents(linesOf("play-lines"), () => false, byId("play-place"));

  byId("play-reset").onclick = () => {
    chosen = atTheStart();
    show();
  };
  byId("play-copy").onclick = copy;
  // The portal's other bell is in the same browser: it is offline no longer than this page is shown.
  addEventListener("hashchange", () => {
    const states = byId("play-states");
    if (states.querySelector("[value=offline]:checked")) states.querySelector("[value=fine]").click();
  });
  // A press outside closes the panel; a press on what changes it shall not, so the bell must not hear of it.
  const side = byId("play-side");
  addEventListener("pointerdown", (event) => side.contains(event.target) && event.stopPropagation(), true);

  return {
    /** The page is shown: from now on there is a bell. */
    enter() {
      if (!specimen.bell) show();
    },
  };
}

/** One radio button for each state. */
function mountStates(choose) {
  byId("play-states").append(
    ...Object.entries(STATES).map(([name, { label }], index) => {
      const radio = element("input", { type: "radio", name: "play-state", value: name, checked: index === 0 });
      radio.onchange = () => choose(name);
      return element("label", { className: "pill" }, radio, element("span", {}, label));
    }),
  );
}

function mountMethods(specimen) {
  const buttons = METHODS.map((name) =>
    element(
      "button",
      { className: "button button--small mono", type: "button", onclick: () => specimen.bell[name]() },
      `${name}()`,
    ),
  );
  let arrivals = 0;
  const ring = async () => {
    const type = ARRIVALS[arrivals % ARRIVALS.length];
    arrivals += 1;
    const { sample, entity } = findType(type);
    const coworker = Number(specimen.bell.getAttribute("coworker-id"));
    const answer = await sandbox.createNotification({
      CoworkerId: coworker,
      NotificationType: type,
      Message: sample,
      EntityId: entity,
    });
    if (!answer.created) return toast("Nothing was sent", answer.message);
    specimen.bell.refresh();
  };
  byId("play-methods").append(
    ...buttons,
    element("button", { className: "button button--small", type: "button", onclick: ring }, "Send one"),
  );
}

/** The `open` switch goes off with the panel; the member's own opening is none of the page's choices. */
function followOpen(specimen, controls, change) {
  byId("play-place").addEventListener("cn-close", () => {
    controls.get("open").show(undefined);
    change(false);
  });
  byId("play-place").addEventListener("cn-open", () => controls.get("open").show(true));
}

async function copy() {
  const code = byId("play-code");
  try {
    await navigator.clipboard.writeText(code.textContent);
    byId("play-copied").textContent = "Copied.";
  } catch {
    // Not allowed here: the text is selected instead, ready for the keyboard.
    getSelection().selectAllChildren(code);
    byId("play-copied").textContent = "Selected: copy it with the keyboard.";
  }
}
