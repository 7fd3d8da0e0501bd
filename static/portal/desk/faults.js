// The switches. Each change sends the whole fault object; what the sandbox holds is what is shown.

import { byId, element, option, plural } from "../dom.js";
import { FAULT_GROUPS, NO_FAULTS, optionHeld, without, withOption, withoutSpent } from "./fault-list.js";
import { lampShowsFaults } from "./lamp.js";
import { toast } from "../toast.js";
import * as sandbox from "../sandbox.js";

const COUNTDOWN_MS = 1000;

export function connectFaults() {
  let faults = { ...NO_FAULTS };
  let countdown;
  let sent = Promise.resolve();

  // Shown at once, so that the next switch builds on it; sent one after the other.
  const change = (next) => {
    faults = next;
    show();
    sent = sent
      .then(() => sandbox.setFaults(next))
      .catch((error) => {
        toast("The fault did not change", error.message);
        return load().catch(() => {});
      });
  };

  const load = async () => {
    const before = faults;
    const held = await sandbox.faults();
    // A switch thrown while the answer was on its way is newer than the answer.
    if (faults === before) faults = { ...NO_FAULTS, ...held };
    if (faults.remaining === 0) change(withoutSpent(faults));
    else show();
  };

  const rows = [];
  const groups = FAULT_GROUPS.map((group, index) => {
    const groupRows = group.faults.map((fault, at) => faultRow(fault, `fault-${index}-${at}`, () => faults, change));
    rows.push(...groupRows);
    return element(
      "fieldset",
      { className: "fault-group" },
      element("legend", { className: "label" }, group.title),
      ...groupRows.map((row) => row.node),
    );
  });
  const reach = reachRow(() => faults, change);
  byId("fault-groups").replaceChildren(...groups, reach.node);

  byId("faults-off").onclick = () => change({ ...NO_FAULTS });

  function show() {
    const on = rows.filter((row) => row.show(faults)).map((row) => row.label);
    reach.show(faults);
    byId("fault-tally").hidden = on.length === 0;
    byId("fault-tally").textContent = String(on.length);
    byId("fault-summary").textContent = on.length
      ? `${plural(on.length, "fault")} on: ${on.join(", ").toLowerCase()}.`
      : "All is well.";
    lampShowsFaults(on.length);
    // A fault for the next few requests ends by itself: keep looking until it has.
    clearTimeout(countdown);
    if (on.length && faults.remaining != null) countdown = setTimeout(() => load().catch(() => {}), COUNTDOWN_MS);
  }

  load().catch(() => {});
  return { load };
}

function faultRow(fault, id, current, change) {
  const box = element("input", {
    className: "switch",
    type: "checkbox",
    role: "switch",
    id,
    "aria-describedby": `${id}-note`,
  });
  const select =
    fault.options.length < 2
      ? null
      : element(
          "select",
          { className: "input input--small", "aria-label": `${fault.label}: how` },
          ...fault.options.map(({ label }, index) => option(index, label)),
        );
  const turnOn = () => change(withOption(current(), fault.options[Number(select?.value ?? 0)]));

  box.onchange = () => (box.checked ? turnOn() : change(without(current(), fault)));
  if (select) select.onchange = () => box.checked && turnOn();

  const node = element(
    "div",
    { className: "switch-row" },
    box,
    element("div", {}, element("label", { htmlFor: id }, fault.label), element("p", { id: `${id}-note` }, fault.note)),
    select,
  );

  return {
    node,
    label: fault.label,
    show(faults) {
      const held = optionHeld(fault, faults);
      box.checked = held >= 0;
      if (select && held >= 0) select.value = String(held);
      return box.checked;
    },
  };
}

/** Which requests the faults concern, and for how many. */
function reachRow(current, change) {
  const applyTo = element(
    "select",
    { className: "input", id: "fault-apply" },
    option("all", "all requests"),
    option("reads", "reading only"),
    option("writes", "writing only"),
  );
  const remaining = element(
    "select",
    { className: "input", id: "fault-remaining" },
    option("", "until switched off"),
    option(1, "the next request"),
    option(3, "the next 3"),
    option(10, "the next 10"),
  );
  const left = element("p", { className: "log-more" });

  applyTo.onchange = () => change({ ...current(), applyTo: applyTo.value });
  remaining.onchange = () =>
    change({ ...current(), remaining: remaining.value === "" ? null : Number(remaining.value) });

  const node = element(
    "fieldset",
    { className: "fault-group" },
    element("legend", { className: "label" }, "Whom it hits"),
    element(
      "div",
      { className: "fault-reach" },
      element("div", { className: "field" }, element("label", { htmlFor: "fault-apply" }, "Which"), applyTo),
      element("div", { className: "field" }, element("label", { htmlFor: "fault-remaining" }, "How long"), remaining),
    ),
    left,
  );

  return {
    node,
    show(faults) {
      applyTo.value = faults.applyTo;
      const asOffered = [...remaining.options].some((offered) => offered.value === String(faults.remaining ?? ""));
      if (asOffered) remaining.value = String(faults.remaining ?? "");
      left.textContent = faults.remaining == null ? "" : `${plural(faults.remaining, "request")} left.`;
    },
  };
}
