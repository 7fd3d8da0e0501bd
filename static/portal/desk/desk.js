// The operator's desk: everything is laid out at once, and comes to life when the sandbox answers.

import { byId } from "../dom.js";
import { LINKS } from "../types.js";
import { mountTabs } from "../tabs.js";
import { showMember } from "../member.js";
import { toast } from "../toast.js";
import { connectFaults } from "./faults.js";
import { connectGenerator } from "./generator.js";
import { connectSend, offerTypes } from "./send.js";
import { connectSession } from "./session.js";
import { mountLamp } from "./lamp.js";
import { mountLog } from "./log.js";
import { mountMeter } from "./meter.js";
import * as sandbox from "../sandbox.js";

let log;

/** What works without a sandbox: tabs, the type list, the event log. */
export function mountDesk(bell) {
  mountLamp();
  mountTabs(byId("tab-send").parentElement);
  log = mountLog();
  offerTypes();
  bell.setAttribute("links", JSON.stringify(LINKS));
}

/** What needs one. `info` is the sandbox's answer to who is there and with which tokens. Gives back the faults. */
export function connectDesk(info, bell) {
  byId("desk-work").inert = false;
  bell.setAttribute("api-base", new URL(info.apiBase || "/", location.href).href.replace(/\/$/, ""));

  if (info.hasGateway) mountMeter();

  const send = connectSend(info, bell);
  const generator = connectGenerator();
  const faults = connectFaults();
  connectSession(info, bell, (session) => {
    showMember(session.member);
    send.follow(session);
    generator.follow(session);
  });

  byId("reset").onclick = async () => {
    try {
      await sandbox.reset();
    } catch (error) {
      toast("Not reset", error.message);
      return;
    }
    log.empty();
    await Promise.allSettled([faults.load(), generator.load(), bell.refresh?.()]);
    toast("As at the start", "Notifications, faults, generator and log are back to the beginning.");
  };

  return faults;
}
