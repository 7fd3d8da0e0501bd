import { Inbox, SuprSendProvider } from "@suprsend/react";
import { createRoot } from "react-dom/client";

const api = `${location.origin}/api/suprsend`;

createRoot(document.getElementById("bell")).render(
  <SuprSendProvider publicApiKey="harbour-works" distinctId="1001" host={api}>
    <Inbox host={{ apiHost: api, socketHost: location.origin }} />
  </SuprSendProvider>,
);
