// Notifications at a steady pace, for whoever is signed in.

import { byId, option } from "../dom.js";
import { toast } from "../toast.js";
import * as sandbox from "../sandbox.js";

const PACES = [
  [5, "every 5 s"],
  [10, "every 10 s"],
  [20, "every 20 s"],
  [60, "every minute"],
];

export function connectGenerator() {
  const on = byId("generator-on");
  const every = byId("generator-every");
  let member = null;
  every.replaceChildren(...PACES.map(([seconds, label]) => option(seconds, label)));
  every.value = "20";

  const apply = async () => {
    if (!member) return;
    try {
      await sandbox.setGenerator({ everySeconds: on.checked ? Number(every.value) : 0, coworkerId: member.id });
    } catch (error) {
      on.checked = !on.checked;
      toast("The generator did not change", error.message);
    }
  };

  const load = async () => {
    const { everySeconds } = await sandbox.generator();
    on.checked = everySeconds > 0;
    if (!everySeconds) return;
    if (!PACES.some(([seconds]) => seconds === everySeconds))
      every.append(option(everySeconds, `every ${everySeconds} s`));
    every.value = String(everySeconds);
  };

  byId("generator").onsubmit = (event) => event.preventDefault();
  on.onchange = apply;
  every.onchange = () => on.checked && apply();
  const loaded = load().catch(() => {});

  return {
    load,
    async follow(session) {
      const moved = member !== null && member.id !== session.member.id;
      member = session.member;
      byId("generator-note").textContent = `Believable notifications for ${member.name}.`;
      await loaded;
      if (moved && on.checked) apply();
    },
  };
}
