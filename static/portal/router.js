// The smallest router that is honest: `#/today` scrolls to a section of the home page, any other
// `#/…` shows a page that says what would be there. `#/playground` is for those who embed the bell.

import { byId } from "./dom.js";
import { showView } from "./view.js";

const SECTIONS = new Set(["today", "community", "events", "plan"]);

const PAGES = {
  bookings: "Your bookings",
  "bookings/new": "Book a room",
  "visitors/new": "Invite a guest",
  "community/threads": "All threads",
  "events/all": "Calendar",
  invoices: "Your invoices",
  "plan/change": "Change your plan",
  "profile/identity": "Your identity check",
};

const THINGS = {
  blog: "Blog post",
  events: "Event",
  "community/messages": "Message",
  "community/threads": "Thread",
  "community/replies": "Reply",
  courses: "Course",
  surveys: "Survey",
  invoices: "Invoice",
  lockers: "Locker",
  notifications: "Notification",
};

/** What the bell opened last: `{hash, message}`, so that the page can quote it. */
let selected = null;

export function rememberSelection(href, message) {
  selected = { hash: new URL(href, location.href).hash, message };
}

/** `onPlayground` is called whenever the playground is shown. */
export function mountRouter(onPlayground) {
  const go = () => follow(onPlayground);
  addEventListener("hashchange", go);
  go();
}

function follow(onPlayground) {
  const path = location.hash.startsWith("#/") ? decode(location.hash.slice(2)) : "";
  if (path === "" || SECTIONS.has(path)) showHome(path);
  else if (path === "playground") showPlayground(onPlayground);
  else showOpened(path);
}

/** One of the portal's pages, and none of the others. */
function showPage(shown) {
  for (const id of ["home", "opened", "playground"]) byId(id).hidden = id !== shown;
  document.body.dataset.page = shown;
}

function showPlayground(onPlayground) {
  showPage("playground");
  document.title = "Playground · Harbour Works";
  showView("portal");
  scrollTo({ top: 0, behavior: "instant" });
  byId("playground-title").focus({ preventScroll: true });
  onPlayground();
}

function showHome(section) {
  const wasAway = byId("home").hidden;
  showPage("home");
  document.title = "Harbour Works · Members";
  if (section) {
    showView("portal");
    byId(section).scrollIntoView();
    byId(section).focus({ preventScroll: true });
  } else if (wasAway) {
    byId("portal").focus({ preventScroll: true });
    scrollTo({ top: 0, behavior: "instant" });
  }
}

function showOpened(path) {
  const title = titleOf(path);
  const message = selected?.hash === location.hash ? selected.message : null;
  showPage("opened");
  byId("opened-kind").textContent = message ? "Opened from the bell" : "A page of the portal";
  byId("opened-title").textContent = title;
  byId("opened-message").hidden = !message;
  byId("opened-message").textContent = message ?? "";
  byId("opened-lead").textContent =
    "In a real portal this page would be here. In this one it is the proof that the link was followed.";
  byId("opened-link").textContent = location.hash;
  document.title = `${title} · Harbour Works`;
  showView("portal");
  scrollTo({ top: 0, behavior: "instant" });
  byId("opened-title").focus({ preventScroll: true });
}

function titleOf(path) {
  if (PAGES[path]) return PAGES[path];
  const cut = path.lastIndexOf("/");
  const thing = THINGS[path.slice(0, cut)];
  return thing ? `${thing} ${path.slice(cut + 1)}` : path;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
