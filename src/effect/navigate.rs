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
    // Refused only where the page itself may not be left, by its own rules.
    let _ = window.location().assign(href);
}

/// `window.__nexudus.router.navigate(path)`
fn route(path: &str) -> Option<()> {
    let portal = Reflect::get(&js_sys::global(), &"__nexudus".into()).ok()?;
    let router = Reflect::get(&portal, &"router".into()).ok()?;
    let navigate: Function = Reflect::get(&router, &"navigate".into()).ok()?.dyn_into().ok()?;
    navigate.call1(&router, &JsValue::from_str(path)).ok().map(|_| ())
}
