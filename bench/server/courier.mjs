// Courier's inbox: GraphQL by POST, and a socket that greets nobody.

import { uuid } from "./notifications.mjs";

export const serves = (path) => path.startsWith("/api/courier/");

/** Answers a query by the names of its fields; `page` is the size of a page where the bench decides it. */
export function answer({ body }, all, { page }) {
  const { query } = JSON.parse(body);
  if (query.includes("mutation")) {
    return { data: {} };
  }
  if (query.includes("GetUnreadCounts")) {
    const names = [...query.matchAll(/(\w+): count\(/g)].map(([, name]) => name);
    return { data: Object.fromEntries(names.map((name) => [name, name.includes("archived") ? 0 : all.length])) };
  }
  const archived = /archived: true/.test(query);
  const size = page ?? Number(/\$limit: Int = (\d+)/.exec(query)[1]);
  const from = Number(/\$after: String = "(\d+)"/.exec(query)?.[1] ?? 0);
  const nodes = archived ? [] : all.slice(from, from + size).map(message);
  const count = archived ? 0 : all.length;
  return {
    data: {
      count,
      unreadCount: count,
      messages: {
        totalCount: count,
        pageInfo: { startCursor: String(from + nodes.length), hasNextPage: from + nodes.length < count },
        nodes,
      },
    },
  };
}

function message({ number, type, text, at }) {
  return {
    messageId: uuid(number),
    read: null,
    archived: null,
    created: at.toISOString(),
    opened: null,
    title: text,
    preview: null,
    data: { type, entityId: number },
    tags: [],
    trackingIds: { clickTrackingId: uuid(number) },
    actions: [],
  };
}

/** What the socket says to a message of the page: nothing but pongs. */
export function reply(text) {
  const { tid, action } = JSON.parse(text);
  return action === "ping" ? JSON.stringify({ tid, response: "pong" }) : undefined;
}
