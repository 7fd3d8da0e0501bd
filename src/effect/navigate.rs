//! Follows the link of a notification.

use wasm_bindgen::JsValue;

use crate::{
    js::{call, get, global, set},
    model::Link,
};

/// Follows a link: through the portal's own router where the page is a Nexudus Members Portal and the link stays in
/// it, so that the page is not loaded anew; otherwise as a browser follows links.
pub fn navigate(link: &Link) {
    let href = link.as_str();
    let inside = href.starts_with('/') && !href.starts_with("//");
    if inside && route(href).is_some() {
        return;
    }
    let _ = follow(href);
}

/// Follows a link as if it were pressed: the page may say in which window its links open (`<base target>`). The
/// link is outside the document, so its click event reaches no listener of the page.
fn follow(href: &str) -> Option<()> {
    let link = call(&global("document")?, "createElement", &"a".into())?;
    set(&link, "href", &href.into());
    call(&link, "click", &JsValue::UNDEFINED).map(drop)
}

/// `window.__nexudus.router.navigate(path)`. The router of a portal below a path adds that path, its `basename`, so it
/// is removed here.
fn route(path: &str) -> Option<()> {
    let router = get(&global("__nexudus")?, "router")?;
    let base = get(&router, "basename").and_then(|base| base.as_string()).unwrap_or_default();
    let below = path.strip_prefix(base.trim_end_matches('/')).filter(|below| below.starts_with('/'));
    let path = below.unwrap_or(path);
    call(&router, "navigate", &path.into()).map(drop)
}
