//! Going where a notification points.

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use crate::model::Link;

/// Follows a link: through the portal's own router where the page is a Nexudus Members Portal and the link stays in
/// it, so that the page is not loaded anew; otherwise as a browser follows links.
pub fn navigate(link: &Link) {
    let Some(window) = web_sys::window() else { return };
    let href = link.as_str();
    let inside = href.starts_with('/') && !href.starts_with("//");
    if inside && route(href).is_some() {
        return;
    }
    // The browser refuses only if the page's own rules forbid leaving it.
    let _ = window.location().assign(href);
}

/// `window.__nexudus.router.navigate(path)`. The router of a portal below a path adds that path, its `basename`, so it
/// is removed here.
fn route(path: &str) -> Option<()> {
    let get = |from: &JsValue, name: &str| Reflect::get(from, &name.into()).ok();
    let router = get(&get(&js_sys::global(), "__nexudus")?, "router")?;
    let navigate: Function = get(&router, "navigate")?.dyn_into().ok()?;
    let base = get(&router, "basename").and_then(|base| base.as_string()).unwrap_or_default();
    let below = path.strip_prefix(base.trim_end_matches('/')).filter(|below| below.starts_with('/'));
    let path = below.unwrap_or(path);
    navigate.call1(&router, &JsValue::from_str(path)).ok().map(|_| ())
}
