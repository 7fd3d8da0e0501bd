// The lamp in the desk's corner: is the sandbox there, and is it misbehaving on purpose?

import { byId, plural } from "../dom.js";
import { onReachable } from "../sandbox.js";

let reachable = null;
let faultsOn = 0;

export function mountLamp() {
  onReachable((isThere) => {
    reachable = isThere;
    show();
  });
}

export function lampShowsFaults(count) {
  faultsOn = count;
  show();
}

function show() {
  const [state, text] =
    reachable === false
      ? ["off", "No sandbox"]
      : faultsOn
        ? ["fault", `${plural(faultsOn, "fault")} on`]
        : ["on", "Sandbox is up"];
  byId("lamp").dataset.state = state;
  if (byId("lamp-text").textContent !== text) byId("lamp-text").textContent = text;
}
