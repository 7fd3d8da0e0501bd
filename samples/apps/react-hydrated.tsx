import { hydrateRoot } from "react-dom/client";
import { renderToString } from "react-dom/server";

import { Bell } from "../built/react/Bell";

// As a server would have sent it.
const place = document.body.appendChild(document.createElement("div"));
place.innerHTML = renderToString(<Bell coworker={1004} />);
hydrateRoot(place, <Bell coworker={1004} />);
