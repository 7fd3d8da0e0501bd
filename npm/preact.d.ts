// For Preact: `import type {} from "coworker-notifications/preact";`

import type { HTMLAttributes } from "preact";
import type { CoworkerNotifications, CoworkerNotificationsJSX } from "./coworker-notifications.js";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "coworker-notifications": HTMLAttributes<CoworkerNotifications> & CoworkerNotificationsJSX;
    }
  }
}
