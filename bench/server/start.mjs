import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

/** Starts the server in a process of its own. */
export async function startServer(site) {
  const child = fork(fileURLToPath(new URL("main.mjs", import.meta.url)), [site]);
  const url = await new Promise((resolve, reject) => {
    child.once("message", resolve);
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return {
    url,
    /** How many notifications there are (`few`, `many`); `page`: so many to a page, whatever the client asks for. */
    crowd: (size, page) => fetch(`${url}/crowd`, { method: "PUT", body: JSON.stringify({ size, page }) }),
    /** Whether browsers may keep the files of a page. */
    cache: (cached) => fetch(`${url}/cache`, { method: "PUT", body: JSON.stringify(cached) }),
    /** Has sockets say what they say every so many seconds, so many seconds after the beginning. */
    pulse: (seconds) => fetch(`${url}/pulse`, { method: "PUT", body: String(seconds) }),
    stop: () => child.disconnect(),
  };
}
