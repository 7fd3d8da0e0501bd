// Novu's inbox: a session, the count, pages of notifications; a socket that says nothing.

import { uuid } from "./notifications.mjs";

export const serves = (path) => path.startsWith("/api/novu/");

export function answer({ method, url, body }, all, { page }) {
  const path = url.pathname.slice("/api/novu/v1/inbox".length);
  const unread = { total: all.length, severity: { high: 0, medium: 0, low: 0, none: all.length } };
  if (path === "/session") {
    return {
      data: {
        // A JSON Web Token that nobody has signed.
        token: "eyJhbGciOiJIUzI1NiJ9.eyJfaWQiOiIxMDAxIn0.c2lnbmVk",
        totalUnreadCount: all.length,
        unreadCount: unread,
        removeNovuBranding: false,
        isDevelopmentMode: false,
        maxSnoozeDurationHours: 24,
      },
    };
  }
  if (path === "/notifications/count") {
    const filters = JSON.parse(url.searchParams.get("filters"));
    return { data: filters.map((filter) => ({ count: isNone(filter) ? 0 : all.length, filter })) };
  }
  if (path === "/notifications" && method === "GET") {
    const size = page ?? Number(url.searchParams.get("limit"));
    const after = url.searchParams.get("after");
    const from = after
      ? all.findIndex(({ number }) => uuid(number) === after) + 1
      : Number(url.searchParams.get("offset") ?? 0);
    return {
      data: all.slice(from, from + size).map(notification),
      hasMore: from + size < all.length,
      filter: {},
    };
  }
  return { data: body ? {} : [] };
}

/** Nothing is archived, put off, or of a severity. */
const isNone = ({ archived, snoozed, severity }) => archived || snoozed || (severity && severity !== "none");

function notification({ number, type, text, at }) {
  return {
    id: uuid(number),
    transactionId: uuid(number),
    body: text,
    to: { id: "1001", subscriberId: "1001" },
    isRead: false,
    isSeen: false,
    isArchived: false,
    isSnoozed: false,
    createdAt: at.toISOString(),
    channelType: "in_app",
    tags: [type],
    data: { entityId: number },
    severity: "none",
  };
}
