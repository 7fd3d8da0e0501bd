//! The settings object of the element class, read into [`Attributes`].

use std::rc::Rc;

use wasm_bindgen::JsValue;

use crate::{
    config::{Attributes, Preferences},
    js::get,
    model::CoworkerId,
};

/// The attributes under their names.
pub(super) fn read(settings: &JsValue) -> Attributes {
    let text = |name| text(settings, name);
    Attributes {
        coworker_id: text("coworker-id"),
        api_base: text("api-base"),
        page_size: text("page-size"),
        poll_interval: text("poll-interval"),
        dismiss_mode: text("dismiss-mode"),
        types: text("types"),
        theme: text("theme"),
        placement: text("placement"),
        variant: text("variant"),
        max_badge: text("max-badge"),
        links: text("links"),
        title_badge: flag(settings, "title-badge"),
        desktop_alerts: flag(settings, "desktop-alerts"),
        push: text("push"),
        toasts: flag(settings, "toasts"),
        view: text("view"),
    }
}

/// The member's preferences, if the page gives them.
pub(super) fn preferences(settings: &JsValue) -> Option<Rc<Preferences>> {
    Preferences::decode(&text(settings, "preferences")?).map(Rc::new)
}

/// The coworker who is signed in to the portal.
pub(super) fn portal_coworker(settings: &JsValue) -> Option<CoworkerId> {
    let id = get(settings, "portal-coworker")?.as_f64()?;
    (id > 0.0 && id.fract() == 0.0).then_some(CoworkerId(id as i64))
}

/// A whole number, if there is one.
pub(super) fn number(settings: &JsValue, name: &str) -> Option<u32> {
    Some(get(settings, name)?.as_f64()? as u32)
}

/// A text, if there is one.
pub(super) fn text(settings: &JsValue, name: &str) -> Option<String> {
    get(settings, name)?.as_string()
}

/// A boolean attribute: there or not.
pub(super) fn flag(settings: &JsValue, name: &str) -> bool {
    get(settings, name).is_some_and(|value| value.is_truthy())
}
