// The log's frame: two tabs, Pause and Clear. What fills it is in events.js and requests.js.

import { byId } from "../dom.js";
import { mountTabs } from "../tabs.js";
import { mountEvents } from "./events.js";
import { linesOf } from "./lines.js";
import { mountRequests } from "./requests.js";

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
