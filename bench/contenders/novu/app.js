import { NovuUI } from "@novu/js/ui";

const api = `${location.origin}/api/novu`;

const novu = new NovuUI({
  options: {
    applicationIdentifier: "harbour-works",
    subscriber: "1001",
    apiUrl: api,
    socketUrl: `${api.replace("http", "ws")}/socket`,
    // As with Novu's own cloud, whose address this is not.
    socketOptions: { socketType: "cloud" },
  },
});
novu.mountComponent({ name: "Inbox", props: {}, element: document.getElementById("bell") });
