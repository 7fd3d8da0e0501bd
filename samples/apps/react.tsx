import { createRoot } from "react-dom/client";

import { Bell } from "../built/react/Bell";

createRoot(document.body.appendChild(document.createElement("div"))).render(<Bell coworker={1004} />);

// What must not compile.
// @ts-expect-error: there is no such placement
export const wrong = <coworker-notifications placement="left" />;
