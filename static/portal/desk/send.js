// The form that creates a notification. It checks nothing itself: the API's own answer is shown,
// each validation error beside the field it is about.

import { byId, element, option } from "../dom.js";
import { findType, TYPE_GROUPS } from "../types.js";
import { createNotification } from "../sandbox.js";
import { watchArrival } from "./watch.js";

const OTHER = "other";

/** Validation errors come by property name; these are the controls they belong to. */
const CONTROLS = {
  CoworkerId: ["send-to"],
  NotificationType: ["send-type", "send-other"],
  Message: ["send-message"],
  EntityId: ["send-entity"],
};

export function offerTypes() {
  const select = byId("send-type");
  const groups = TYPE_GROUPS.map(({ title, types }) =>
    element("optgroup", { label: title }, ...types.map(({ value, label }) => option(value, label))),
  );
  select.append(...groups, element("optgroup", { label: "Something else" }, option(OTHER, "In your own words…")));
  select.addEventListener("change", suggest);
  suggest();
}

/** A believable message for the chosen type, unless the operator has written one. */
function suggest() {
  const type = byId("send-type").value;
  byId("send-other-field").hidden = type !== OTHER;
  byId("send-type-value").textContent = type === OTHER ? "" : type;
  const message = byId("send-message");
  const known = findType(type);
  if (!known || (message.value !== "" && message.value !== message.dataset.suggested)) return;
  message.value = message.dataset.suggested = known.sample;
  byId("send-entity").value = known.entity;
}

export function connectSend(info, bell) {
  byId("send-to").replaceChildren(
    ...info.coworkers.map(({ id, name }) => option(id, name)),
    option(999999, "Somebody who is not a member"),
    option("", "Nobody (leave it out)"),
  );

  let session = null;
  let stopWatching = () => {};

  byId("send").onsubmit = async (event) => {
    event.preventDefault();
    stopWatching();
    byId("send-button").disabled = true;
    const record = readForm();
    const answer = await createNotification(record);
    byId("send-button").disabled = false;
    const strangers = showErrors(answer.errors ?? []);
    if (!answer.created) return report("bad", answer.message, ...strangers);

    const progress = element("span");
    report("good", withId(answer), progress);
    const obstacle = whyNotSeen(session, record);
    if (obstacle) {
      progress.textContent = obstacle;
      return;
    }
    stopWatching = watchArrival(bell, answer.id, progress);
    if (byId("send-refresh").checked) bell.refresh?.();
  };

  // Before this, a press would submit the form to the page's own address.
  byId("send-button").disabled = false;
  return {
    follow(next) {
      session = next;
      byId("send-to").value = String(next.member.id);
    },
  };
}

/** Empty fields are left out, and what is no number is sent as it is: the API shall judge. */
function readForm() {
  const typed = byId("send-type").value;
  const number = (text) => (text.trim() === "" ? undefined : Number.isInteger(Number(text)) ? Number(text) : text);
  return {
    CoworkerId: number(byId("send-to").value),
    NotificationType: typed === OTHER ? byId("send-other").value : typed,
    Message: byId("send-message").value,
    EntityId: number(byId("send-entity").value),
  };
}

/** Puts each error beside its field and the focus on the first; gives back those without a field. */
function showErrors(errors) {
  for (const [property, ids] of Object.entries(CONTROLS)) {
    const mine = errors.filter((error) => error.property?.toLowerCase() === property.toLowerCase());
    const place = byId(`error-${property}`);
    place.textContent = mine.map((error) => `${property} ${error.message}`).join(". ");
    place.hidden = mine.length === 0;
    for (const id of ids) byId(id).setAttribute("aria-invalid", String(mine.length > 0));
  }
  byId("send").querySelector('[aria-invalid="true"]')?.focus();
  const known = Object.keys(CONTROLS).map((property) => property.toLowerCase());
  return errors
    .filter((error) => !known.includes(error.property?.toLowerCase()))
    .map((error) => `${error.property ?? "Error"}: ${error.message}`);
}

function report(tone, message, ...details) {
  const result = byId("send-result");
  result.dataset.tone = tone;
  result.replaceChildren(
    element("p", {}, element("strong", {}, message)),
    ...details.map((detail) => element("p", {}, detail)),
  );
}

const withId = ({ message, id }) => (id === null || message.includes(String(id)) ? message : `${message} Id ${id}.`);

function whyNotSeen(session, record) {
  if (session.member.id !== record.CoworkerId) return `The bell will not ring: it is ${session.member.name}’s.`;
  if (!session.token.sees) return `The bell will not see it: ${session.token.why}.`;
  return null;
}
