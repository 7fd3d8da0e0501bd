// For React 19: `import type {} from "coworker-notifications/react";`

import type { DetailedHTMLProps, HTMLAttributes } from "react";
import type { CoworkerNotifications, CoworkerNotificationsJSX } from "./coworker-notifications.js";

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "coworker-notifications": DetailedHTMLProps<HTMLAttributes<CoworkerNotifications>, CoworkerNotifications> &
        CoworkerNotificationsJSX;
    }
  }
}
