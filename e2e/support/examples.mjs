// The addresses in the documentation: cdn.example serves the built bell, bell.example answers like the sandbox,
// /session/token and /session/member say who is signed in, and /my/notification-preferences gives the preferences.

import { join } from "node:path";

const FOR_ALL = { "access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin" };

/** Answers requests to the documentation's addresses on all pages of a context. */
export async function answerExamples(context, { server, site, coworker = 1001 }) {
  await context.route("https://cdn.example/**", (route) => {
    const path = decodeURIComponent(new URL(route.request().url()).pathname).replace(...named(site, "wasm"));
    return route.fulfill({ path: join(site.folder, path), headers: FOR_ALL });
  });
  await context.route("https://bell.example/**", async (route) => {
    const { pathname, search } = new URL(route.request().url());
    const response = await route.fetch({ url: server.url + pathname + search });
    await route.fulfill({ response, headers: { ...response.headers(), ...FOR_ALL } });
  });
  const token = `member-${coworker}`;
  const answers = { "/session/token": { body: token }, "/session/member": { json: { coworker, token } } };
  await context.route("**/session/*", (route) => {
    const { origin = "*" } = route.request().headers();
    const headers = { "access-control-allow-origin": origin, "access-control-allow-credentials": "true" };
    return route.fulfill({ ...answers[new URL(route.request().url()).pathname], headers });
  });
  await context.route("**/my/notification-preferences", (route) => route.fulfill({ json: { mutedTypes: [] } }));
}

/** A file whose name contains a hash of its content: the documentation's name for it, and its real name. */
export const named = (site, end) => [`coworker-notifications_bg-….${end}`, () => site.beside(end)];

/** Collects what goes wrong on a page: uncaught errors, and violations of a security policy. */
export async function listenForTrouble(page) {
  const trouble = [];
  page.on("pageerror", (error) => trouble.push(error.message));
  await page.exposeFunction("tellViolation", (violation) => trouble.push(violation));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      window.tellViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  return trouble;
}
