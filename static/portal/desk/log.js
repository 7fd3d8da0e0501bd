// The log's frame: two tabs, Pause and Clear. What fills it is in events.js and requests.js.

import { byId } from "../dom.js";
import { mountTabs } from "../tabs.js";
import { mountEvents } from "./events.js";
import { mountRequests } from "./requests.js";

/** Lines beyond this many leave at the bottom. */
const MOST_LINES = 200;

export function mountLog() {
  let paused = false;
  const isPaused = () => paused;

  const events = mountEvents(linesOf("event-lines"), isPaused);
  const requests = mountRequests(linesOf("request-lines"), isPaused);
  mountTabs(byId("tab-events").parentElement, () => requests.look());

  byId("log-pause").onclick = () => {
    paused = !paused;
    byId("log-pause").setAttribute("aria-pressed", String(paused));
    byId("log-pause").textContent = paused ? "Paused" : "Pause";
  };
  byId("log-clear").onclick = () => (byId("pane-events").hidden ? requests.clear() : events.empty());

  return {
    empty() {
      events.empty();
      requests.empty();
    },
  };
}

/** A bounded list, newest on top. */
function linesOf(id) {
  const list = byId(id);
  return {
    add(line) {
      list.prepend(line);
      while (list.children.length > MOST_LINES) list.lastElementChild.remove();
    },
    empty: () => list.replaceChildren(),
  };
}
