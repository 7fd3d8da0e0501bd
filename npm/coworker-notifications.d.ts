/** One record, fields named as the Nexudus API names them. */
export interface CoworkerNotification {
  Id: number;
  UniqueId: string;
  CoworkerId: number;
  /** Plain text; may be empty. */
  Message: string;
  /** One of the 15 common values, or any other. */
  NotificationType: NotificationType | (string & {});
  EntityId: number;
  IsDismissed: boolean;
  /** ISO 8601, UTC. */
  CreatedOn: string | null;
  /** ISO 8601, UTC. */
  UpdatedOn: string | null;
  UpdatedBy: string | null;
  IsNew: boolean;
  SystemId: string | null;
}

/** The 15 values that the Nexudus reference names. */
export type NotificationType =
  | "blog"
  | "community-event"
  | "community-message"
  | "community-thread"
  | "course"
  | "coworkerinvoice"
  | "identitycheck-fail"
  | "identity-check-failed"
  | "identity-check-success"
  | "identitycheck-success"
  | "push-notification"
  | "reply-like"
  | "salto-locker"
  | "survey"
  | "thread-like";

export type Status = "loading" | "ready" | "offline" | "unauthorized" | "forbidden" | "error";

export type ErrorKind =
  | "network"
  | "timeout"
  | "unauthorized"
  | "forbidden"
  | "throttled"
  | "server"
  | "decode"
  | "config"
  | "storage";

/** What `cn-error` tells. */
export interface ErrorDetail {
  kind: ErrorKind;
  /** The HTTP status, where an answer arrived. */
  status: number | null;
  /** In words, English; for developers and logs. */
  message: string;
  /** When the next try starts by itself, milliseconds since the Unix epoch; null: never. */
  retryAt: number | null;
}

/** Returns a bearer token or a promise of one. Asked at the start, and once whenever a token is refused. */
export type TokenProvider = () => string | Promise<string>;

/** Plural forms as `Intl.PluralRules` names them. */
export type Plural = Partial<Record<"zero" | "one" | "two" | "few" | "many" | "other", string>>;

/** Attributes as markup writes them. */
export interface CoworkerNotificationsAttributes {
  /** Bearer token. The property `tokenProvider` is better. */
  token?: string;
  /** Whose notifications; in a Nexudus Members Portal it may be left out. */
  "coworker-id"?: string | number;
  /** Where the API is: https, the page's own origin, or this machine. */
  "api-base"?: string;
  /** Records a page, 1 to 100; default 25. */
  "page-size"?: string | number;
  /** Seconds between polls of the server, 0: never; default 60. */
  "poll-interval"?: string | number;
  /** Where a dismissal is kept; default `auto`. */
  "dismiss-mode"?: "auto" | "api" | "local";
  /** Whether arrivals come by the server's stream, where it has one; default `auto`. */
  push?: "auto" | "off";
  /** What the panel lists; default `inbox`. */
  view?: "inbox" | "dismissed";
  /** Comma list: only these types. */
  types?: string;
  /** BCP 47; else the page's `lang`. */
  locale?: string;
  theme?: "auto" | "light" | "dark";
  placement?: "bottom-end" | "bottom-start" | "top-end" | "top-start";
  /** `inline`: the list without the bell. */
  variant?: "popover" | "inline";
  /** Above it the badge reads `99+`; default 99. */
  "max-badge"?: string | number;
  /** JSON object from NotificationType to URL template; `nexudus`: the pages of a Nexudus Members Portal. */
  links?: string;
  "title-badge"?: boolean | "";
  "desktop-alerts"?: boolean | "";
  /** Shows arrivals beside the bell for a moment. */
  toasts?: boolean | "";
  open?: boolean | "";
  /** Where the bell leads when its program cannot be loaded. */
  "fallback-href"?: string;
  /** When the program is fetched; default `idle`. The count needs none of it. */
  loading?: "eager" | "idle" | "intent";
}

/** What a member has chosen. */
export interface Preferences {
  /** These types are neither listed nor counted. */
  mutedTypes: string[];
  /** `false`: arrivals are not shown beside the bell, whatever the page offers. */
  toasts?: boolean;
  /** `false`: no system notifications, whatever the page offers. */
  alerts?: boolean;
}

/** What can be set on the element. */
export interface CoworkerNotificationsProperties {
  /** The bearer token. Not reflected: markup is for everybody to read. */
  token: string | null;
  /** A function that returns a token; counts before `token`. */
  tokenProvider: TokenProvider | null;
  coworkerId: string | number | null;
  apiBase: string;
  pageSize: number;
  pollInterval: number;
  dismissMode: "auto" | "api" | "local";
  push: "auto" | "off";
  /** What the panel lists. */
  view: "inbox" | "dismissed";
  types: string | string[];
  locale: string;
  theme: "auto" | "light" | "dark";
  placement: "bottom-end" | "bottom-start" | "top-end" | "top-start";
  variant: "popover" | "inline";
  maxBadge: number;
  links: Record<string, string> | "nexudus" | null;
  titleBadge: boolean;
  desktopAlerts: boolean;
  toasts: boolean;
  open: boolean;
  fallbackHref: string | null;
  loading: "eager" | "idle" | "intent";
  /** Replaces texts by name; types by `type.…` or by NotificationType. */
  labels: Record<string, string | Plural> | null;
  /** What the member has chosen; kept in this browser unless the page sets it. */
  preferences: Preferences;
}

/** The events and what they carry in `detail`. */
export interface CoworkerNotificationsEventMap {
  /** The first list is on screen. */
  "cn-ready": CustomEvent<{ count: number }>;
  /** The unread count is another. */
  "cn-change": CustomEvent<{ count: number }>;
  /** New since the last refresh or poll. */
  "cn-arrive": CustomEvent<{ notifications: CoworkerNotification[] }>;
  "cn-open": CustomEvent<Record<string, never>>;
  "cn-close": CustomEvent<Record<string, never>>;
  /** A row was activated; `preventDefault()` stops the navigation. */
  "cn-select": CustomEvent<{ notification: CoworkerNotification; href: string | null }>;
  /** Before dismissing; `preventDefault()` keeps them. */
  "cn-dismiss": CustomEvent<{ ids: number[] }>;
  /** Before snoozing, until so many milliseconds since the Unix epoch; `preventDefault()` keeps them. */
  "cn-snooze": CustomEvent<{ ids: number[]; until: number }>;
  /** The member has changed what they want to see. */
  "cn-preferences": CustomEvent<Required<Preferences>>;
  "cn-error": CustomEvent<ErrorDetail>;
}

/** Listeners as JSX writes them: `oncn-ready={…}`. */
export type CoworkerNotificationsListeners = {
  [Name in keyof CoworkerNotificationsEventMap as `on${Name}`]?: (event: CoworkerNotificationsEventMap[Name]) => void;
};

/** What JSX may say of the element, beside what every element has. */
export type CoworkerNotificationsJSX = Omit<CoworkerNotificationsAttributes, keyof CoworkerNotificationsProperties> &
  Partial<CoworkerNotificationsProperties> &
  CoworkerNotificationsListeners;

export interface CoworkerNotifications extends CoworkerNotificationsProperties {}

/** `<coworker-notifications>`: the notification bell. */
export class CoworkerNotifications extends HTMLElement {
  /** Where the WebAssembly is, if not beside the module. Set it before the first element is connected. */
  static wasmUrl: string | URL | undefined;

  readonly unreadCount: number;
  readonly notifications: CoworkerNotification[];
  readonly status: Status;
  /** Mounted and drawn. */
  readonly updateComplete: Promise<void>;

  show(): void;
  hide(): void;
  toggle(): void;
  /** Resolves when the answer is on screen, or has failed (see `status` and `cn-error`). */
  refresh(): Promise<void>;
  loadMore(): Promise<void>;
  /** Resolves when the row has left the list. */
  dismiss(id: number): Promise<void>;
  /** All that match on the server, loaded or not. */
  dismissAll(): Promise<void>;
  /** Takes a dismissal back, whenever and wherever it was made. */
  restore(id: number): Promise<void>;
  /** Hides one until then; rejects where that is no time between now and in a year. */
  snooze(id: number, until: Date | number): Promise<void>;

  addEventListener<K extends keyof CoworkerNotificationsEventMap>(
    type: K,
    listener: (this: CoworkerNotifications, event: CoworkerNotificationsEventMap[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends keyof CoworkerNotificationsEventMap>(
    type: K,
    listener: (this: CoworkerNotifications, event: CoworkerNotificationsEventMap[K]) => unknown,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | EventListenerOptions,
  ): void;
}

declare global {
  interface HTMLElementTagNameMap {
    "coworker-notifications": CoworkerNotifications;
  }

  /** The events bubble: `document` and `window` hear them, too. */
  interface GlobalEventHandlersEventMap extends CoworkerNotificationsEventMap {}

  namespace JSX {
    interface IntrinsicElements {
      "coworker-notifications": CoworkerNotificationsJSX & Record<string, unknown>;
    }
  }
}
