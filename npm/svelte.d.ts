// For Svelte 5: `import type {} from "coworker-notifications/svelte";`

import type { HTMLAttributes } from "svelte/elements";
import type { CoworkerNotifications, CoworkerNotificationsJSX } from "./coworker-notifications.js";

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "coworker-notifications": HTMLAttributes<CoworkerNotifications> & CoworkerNotificationsJSX;
  }
}
