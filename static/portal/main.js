// The page: portal first, then, once the sandbox answers, the desk and the bell.

import { byId, element } from "./dom.js";
import { fillDates } from "./calendar.js";
import { greet } from "./member.js";
import { mountRouter, rememberSelection } from "./router.js";
import { mountThemeToggle } from "./theme-toggle.js";
import { mountViewSwitch } from "./view.js";
import { connectDesk, mountDesk } from "./desk/desk.js";
import { mountPlayground } from "./playground/playground.js";
import { findType } from "./types.js";
import { toast } from "./toast.js";
import * as sandbox from "./sandbox.js";

const bell = byId("bell");
/** The desk's switches, once the sandbox has answered. */
let faults;

fillDates();
greet();
mountViewSwitch();
mountThemeToggle(byId("theme-toggle"), bell);
mountDesk(bell);
document.addEventListener("cn-select", sayWhatWasOpened);
const playground = mountPlayground(() => faults?.load().catch(() => {}));
mountRouter(playground.enter);
start();

async function start() {
  try {
    faults = connectDesk(await sandbox.info(), bell);
  } catch {
    tellNoSandbox();
    return;
  }
  byId("notice").hidden = true;
  setTimeout(tellIfNoBell, 5000);
}

/** The links lead into this portal; where one leads is said, since the page behind it is a stand-in. */
function sayWhatWasOpened({ detail }) {
  const { notification, href } = detail ?? {};
  const title = findType(notification?.NotificationType)?.label ?? "Notification";
  if (!href) return toast(title, "It leads nowhere: no link is set for its type.");
  rememberSelection(href, notification?.Message ?? "");
  toast(title, `The bell opens ${new URL(href, location.href).hash || href}. A real portal would go there.`);
}

function tellNoSandbox() {
  const again = element("button", { className: "button button--small", type: "button", onclick: start }, "Try again");
  tell(
    "The bell has nobody to ask",
    "This page needs its sandbox, a small server with made-up notifications. Start it from the project’s folder:",
    element("pre", {}, element("code", {}, "cargo xtask demo")),
    again,
  );
}

function tellIfNoBell() {
  if (customElements.get("coworker-notifications")) return;
  tell(
    "The bell did not load",
    "/coworker-notifications.js is missing or failed. Build it, then reload this page:",
    element("pre", {}, element("code", {}, "cargo xtask dist")),
  );
}

function tell(title, text, ...rest) {
  const notice = byId("notice");
  notice.replaceChildren(element("h2", {}, title), element("p", {}, text), ...rest);
  notice.hidden = false;
}
