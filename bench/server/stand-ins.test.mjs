import assert from "node:assert/strict";
import { test } from "node:test";

import { standIns } from "./stand-ins.mjs";
import { notifications, uuid } from "./notifications.mjs";

const all = notifications(60);
const ask = (path, { method = "GET", body = "", page } = {}) => {
  const url = new URL(path, "http://localhost");
  return standIns.find(({ serves }) => serves(url.pathname)).answer({ method, url, body }, all, { page });
};

test("every stand-in gives the same notifications, newest first, page after page without a gap", () => {
  const list = "CoworkerNotification_IsDismissed=false&size=25";
  const graphql = (after) =>
    JSON.stringify({ query: `query GetInboxMessages($limit: Int = 24 $after: String ${after ? `= "${after}"` : ""})` });
  const courier = ask("/api/courier/q", { method: "POST", body: graphql() }).data.messages;
  const suprsend = ask("/api/suprsend/v1/feed/notifications?page_size=20").results;
  const knock = ask("/v1/users/1001/feeds/a");
  const after = encodeURIComponent(JSON.stringify([false, suprsend.at(-1).created_on]));
  const texts = {
    nexudus: [1, 2, 3]
      .flatMap((page) => ask(`/api/nexudus/api/spaces/coworkernotifications?${list}&page=${page}`).Records)
      .map(({ Message }) => Message),
    courier: [
      ...courier.nodes,
      ...ask("/api/courier/q", { method: "POST", body: graphql(courier.pageInfo.startCursor) }).data.messages.nodes,
    ].map(({ title }) => title),
    novu: [
      ...ask("/api/novu/v1/inbox/notifications?limit=10").data,
      ...ask(`/api/novu/v1/inbox/notifications?limit=10&after=${uuid(51)}`).data,
    ].map(({ body }) => body),
    suprsend: [
      ...suprsend,
      ...ask(`/api/suprsend/v1/feed/notifications?page_size=20&search_after=${after}`).results,
    ].map(({ message }) => message.text),
    knock: [...knock.entries, ...ask(`/v1/users/1001/feeds/a?after=${knock.page_info.after}`).entries].map(
      ({ blocks: [{ content }] }) => content,
    ),
  };
  for (const [name, given] of Object.entries(texts)) {
    assert.deepEqual(
      given,
      all.slice(0, given.length).map(({ text }) => text),
      name,
    );
  }
  assert.deepEqual(
    Object.values(texts).map(({ length }) => length),
    [60, 48, 20, 40, 60],
  );
});

test("a page may be as large as the bench says, whatever a client asks for", () => {
  assert.equal(ask("/api/novu/v1/inbox/notifications?limit=10", { page: 60 }).data.length, 60);
  assert.equal(ask("/api/suprsend/v1/feed/notifications?page_size=20", { page: 60 }).results.length, 60);
});

test("every stand-in counts all of them", () => {
  const counts = [
    ask("/api/nexudus/api/spaces/coworkernotifications?size=25").TotalItems,
    ask("/api/novu/v1/inbox/session", { method: "POST", body: "{}" }).data.unreadCount.total,
    ask("/api/suprsend/v1/feed/notifications_count").badge,
    ask("/v1/users/1001/feeds/a").meta.unseen_count,
  ];
  assert.deepEqual(counts, [60, 60, 60, 60]);
});
