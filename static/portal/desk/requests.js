// The requests the sandbox saw, asked for while somebody looks.

import { byId, element, timeOfDay } from "../dom.js";
import { toast } from "../toast.js";
import * as sandbox from "../sandbox.js";

const LOOK_EVERY_MS = 1000;
const API_PREFIX = "/api/spaces";

export function mountRequests(lines, isPaused) {
  let next = 0;
  let looking = false;
  const isWatched = () => !isPaused() && !document.hidden && byId("pane-requests").offsetParent !== null;

  const look = async () => {
    if (looking || !isWatched()) return;
    looking = true;
    try {
      const answer = await sandbox.requests(next);
      for (const request of answer.requests) lines.add(line(request));
      // A smaller number than ours means a sandbox that was started anew: read it from its beginning.
      next = answer.next < next ? 0 : answer.next;
    } catch {
      // The lamp tells that the sandbox is gone; the next look may find it again.
    } finally {
      looking = false;
    }
  };
  setInterval(look, LOOK_EVERY_MS);

  return {
    look,
    /** Forgets everything, for a sandbox whose log has begun anew. */
    empty() {
      next = 0;
      lines.empty();
    },
    async clear() {
      try {
        await sandbox.clearRequests();
      } catch (error) {
        toast("The log was not cleared", error.message);
        return;
      }
      lines.empty();
    },
  };
}

function line({ method, path, query, status, coworkerId, body, at }) {
  const what = element(
    "div",
    { className: "log-what" },
    element("span", { className: "log-name" }, `${status || "cut"} ${method}`),
    " ",
    path.replace(API_PREFIX, "") || path,
    coworkerId ? element("span", { className: "log-more" }, ` as ${coworkerId}`) : null,
    query ? element("div", { className: "log-more" }, readable(query)) : null,
    body
      ? element(
          "details",
          { className: "log-more" },
          element("summary", {}, "Body"),
          element("pre", {}, JSON.stringify(body, null, 2)),
        )
      : null,
  );
  const node = element("li", {}, element("span", { className: "log-time" }, timeOfDay(new Date(at))), what);
  node.dataset.tone = status >= 200 && status < 400 ? "good" : "bad";
  return node;
}

/** `CoworkerNotification_IsDismissed=false&page=1` as `IsDismissed false, page 1`. */
function readable(query) {
  return [...new URLSearchParams(query)]
    .map(([name, value]) => `${name.replace("CoworkerNotification_", "")} ${value}`)
    .join(", ");
}
