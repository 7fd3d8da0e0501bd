// For Vue 3: `import type {} from "coworker-notifications/vue";`

import type { HTMLAttributes } from "vue";
import type {
  CoworkerNotificationsAttributes,
  CoworkerNotificationsEventMap,
  CoworkerNotificationsProperties,
} from "./coworker-notifications.js";

/** `cn-ready` is `@cn-ready` in a template, and `onCnReady` in its type. */
type Pascal<Name extends string> = Name extends `${infer Head}-${infer Tail}`
  ? `${Capitalize<Head>}${Pascal<Tail>}`
  : Capitalize<Name>;

type Listeners = {
  [Name in keyof CoworkerNotificationsEventMap as `on${Pascal<Name>}`]?: (
    event: CoworkerNotificationsEventMap[Name],
  ) => void;
};

type Props = HTMLAttributes &
  Omit<CoworkerNotificationsAttributes, keyof CoworkerNotificationsProperties> &
  Partial<CoworkerNotificationsProperties> &
  Listeners;

declare module "vue" {
  interface GlobalComponents {
    "coworker-notifications": new () => { $props: Props };
  }
}
