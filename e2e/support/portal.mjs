// A stand-in for the Nexudus Members Portal: a single page that reports the signed-in coworker late, draws its header
// again on each change of page, and injects its operator's head.js, app.js and styles.css as the portal does.

/** Answers like the vendor's public API, which names the profiles that a member's own token belongs to. */
export function profilesOf(byToken) {
  return (request, response) => {
    const Profiles = byToken[(request.headers.authorization ?? "").replace("Bearer ", "")];
    const isKnown = request.url === "/api/public/coworkers/profiles" && Profiles;
    response.writeHead(isKnown ? 200 : 401, { "content-type": "application/json" });
    response.end(JSON.stringify(isKnown ? { User: { Id: 1 }, Profiles } : {}));
  };
}

/** The portal's page, with its operator's files in it. */
export function portalPage({ head, app, styles }) {
  const json = (value) => JSON.stringify(value).replaceAll("<", "\\u003c");
  return `<!doctype html>
<html lang="en">
  <head><meta charset="utf-8" /><title>Harbour Works</title></head>
  <body>
    <div id="root"></div>
    <script>(${portal})(${json(head)}, ${json(app)}, ${json(styles)});</script>
  </body>
</html>`;
}

/** Runs in the page. */
function portal(head, app, styles) {
  const root = document.querySelector("#root");
  const visited = (window.visited = []);
  const draw = (path) => {
    root.innerHTML = `<header><nav>Portal</nav></header><main>${path}</main>`;
  };
  window.__nexudus = {
    auth: { isAuthenticated: false, coworker: undefined },
    router: {
      navigate(path) {
        visited.push(path);
        draw(path);
      },
    },
  };
  window.signIn = (Id) => (window.__nexudus.auth = { isAuthenticated: true, coworker: { Id } });

  const style = document.createElement("style");
  style.dataset.nxCustom = "css";
  style.textContent = styles;
  document.head.append(style);
  for (const markup of JSON.parse(head)) {
    document.head.append(document.createRange().createContextualFragment(markup));
  }
  draw("/");
  // The portal runs app.js once, when it has started.
  const script = document.createElement("script");
  script.textContent = app;
  document.body.append(script);
}
