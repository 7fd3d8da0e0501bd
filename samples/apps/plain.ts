import { CoworkerNotifications } from "coworker-notifications";
import "coworker-notifications/define";

const bell = document.createElement("coworker-notifications");
bell.apiBase = "/";
bell.coworkerId = 1004;
bell.tokenProvider = () => Promise.resolve("member-1004");
bell.links = { blog: "/blog/{EntityId}" };
bell.labels = { blog: "Tidings", "bell.unread": { one: "{count} new", other: "{count} new" } };
// Another language than English: its words are a file of their own.
bell.locale = "de";
bell.addEventListener("cn-select", (event) => {
  const { notification, href }: { notification: { Id: number; NotificationType: string }; href: string | null } = event.detail;
  document.title = `${notification.Id} ${href ?? ""}`;
  event.preventDefault();
});
document.body.append(bell);

const found: CoworkerNotifications | null = document.querySelector("coworker-notifications");
const count: number | undefined = found?.unreadCount;
const done: Promise<void> | undefined = found?.refresh();
void [count, done];

// What must not compile.
export function wrong() {
  // @ts-expect-error: there is no such theme
  bell.theme = "blue";
  // @ts-expect-error: a count is not to be set
  bell.unreadCount = 3;
  // @ts-expect-error: an id is a number
  void bell.dismiss("12");
  // @ts-expect-error: the detail has no such field
  bell.addEventListener("cn-change", (event) => event.detail.total);
  // @ts-expect-error: nor has it for who listens further out
  document.addEventListener("cn-change", (event) => event.detail.total);
}
