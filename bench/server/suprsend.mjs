// SuprSend's inbox: a user who is made known, a count, pages of notifications; a socket.io that says no more than it must.

import { uuid } from "./notifications.mjs";

const isSocket = (path) => path.startsWith("/socket.io/");
export const serves = (path) => path.startsWith("/api/suprsend/") || isSocket(path);

export function answer({ url }, all, { page }) {
  const path = url.pathname.slice("/api/suprsend".length);
  if (path === "/v1/feed/notifications_count") {
    return { badge: all.length };
  }
  if (path === "/v1/feed/notifications") {
    const size = page ?? Number(url.searchParams.get("page_size"));
    const [, after] = JSON.parse(url.searchParams.get("search_after") ?? "[]");
    const from = after ? all.findIndex(({ at }) => at.getTime() === after) + 1 : 0;
    return {
      results: all.slice(from, from + size).map(notification),
      meta: { total_count: all.length, has_more: from + size < all.length },
    };
  }
  return { status: "success" };
}

function notification({ number, type, text, at }) {
  return {
    n_id: uuid(number),
    n_category: type,
    created_on: at.getTime(),
    seen_on: null,
    read_on: null,
    interacted_on: null,
    archived: false,
    tags: [],
    expiry: null,
    is_expiry_visible: false,
    is_pinned: false,
    message: { schema: "1", text },
  };
}

/** engine.io 4: the handshake, then the namespace's; a ping every 25 s. */
export const greeting = () =>
  `0${JSON.stringify({ sid: "a", upgrades: [], pingInterval: 25000, pingTimeout: 20000, maxPayload: 1e6 })}`;
export const reply = (text) => (text.startsWith("40") ? '40{"sid":"b"}' : undefined);
export const pulse = { seconds: 25, text: "2" };
