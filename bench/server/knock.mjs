// Knock's feed: one page of it, its settings, and a Phoenix socket that answers and has no news.

import { uuid } from "./notifications.mjs";

export const serves = (path) => path.startsWith("/v1/") || path.startsWith("/ws/");

export function answer({ method, url }, all, { page }) {
  if (url.pathname.endsWith("/settings")) {
    return { features: { branding_required: false } };
  }
  if (method !== "GET") {
    return [];
  }
  const size = page ?? Number(url.searchParams.get("page_size") ?? 50);
  const after = url.searchParams.get("after");
  const from = after ? Number(after) : 0;
  const next = from + size;
  return {
    entries: all.slice(from, next).map((notification, index) => item(notification, from + index + 1)),
    meta: { total_count: all.length, unread_count: all.length, unseen_count: all.length },
    page_info: { after: next < all.length ? String(next) : null, before: null, page_size: size },
  };
}

function item({ number, type, text, at }, cursor) {
  const time = at.toISOString();
  return {
    __cursor: String(cursor),
    __typename: "FeedItem",
    id: uuid(number),
    actors: [],
    blocks: [{ content: text, name: "body", rendered: `<p>${text}</p>`, type: "markdown" }],
    inserted_at: time,
    updated_at: time,
    read_at: null,
    seen_at: null,
    clicked_at: null,
    interacted_at: null,
    link_clicked_at: null,
    archived_at: null,
    total_actors: 0,
    data: { entityId: number },
    source: { __typename: "Workflow", key: type, version_id: uuid(1), categories: [] },
    tenant: null,
  };
}

/** To joins and heartbeats alike: all is well. */
export function reply(text) {
  const [join, reference, topic] = JSON.parse(text);
  return JSON.stringify([join, reference, topic, "phx_reply", { status: "ok", response: {} }]);
}
