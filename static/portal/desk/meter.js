// What the gateway costs: requests of members' pages beside those to Nexudus, and the streams that are open.

import { byId } from "../dom.js";
import * as sandbox from "../sandbox.js";

const READ_EVERY_MS = 1000;
const NUMBERS = ["members", "nexudus", "streams"];

export function mountMeter() {
  const meter = byId("meter");
  meter.hidden = false;
  const read = async () => {
    if (document.hidden) return;
    try {
      const reading = await sandbox.meter();
      for (const name of NUMBERS) byId(`meter-${name}`).textContent = reading[name].toLocaleString("en");
      delete meter.dataset.state;
    } catch {
      // The numbers stay; that they are old is to be seen.
      meter.dataset.state = "off";
    }
  };
  read();
  setInterval(read, READ_EVERY_MS);
}
