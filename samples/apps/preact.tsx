/** @jsxImportSource preact */
import { render } from "preact";

import { Bell } from "../built/preact/Bell";

render(<Bell coworker={1004} />, document.body);

// What must not compile.
// @ts-expect-error: there is no such placement
export const wrong = <coworker-notifications placement="left" />;
