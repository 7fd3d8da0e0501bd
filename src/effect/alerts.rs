//! System notifications for arrivals while the page is hidden (Notifications API).

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use super::wire::settle;
use crate::js::{call, get, global, object};

/// What the member has decided.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Permission {
    /// The browser has no system notifications, or not on this page.
    Unsupported,
    /// Nothing yet: the member can be asked.
    Undecided,
    /// Yes.
    Granted,
    /// No. Asking again is of no use.
    Denied,
}

/// The member's decision.
pub fn permission() -> Permission {
    let permission = global("Notification").and_then(|class| get(&class, "permission")?.as_string());
    match permission.as_deref() {
        Some("granted") => Permission::Granted,
        Some("default") => Permission::Undecided,
        Some(_) => Permission::Denied,
        None => Permission::Unsupported,
    }
}

/// Asks the member. Must follow a press of theirs: browsers ignore it otherwise.
pub fn ask(answered: impl FnOnce() + 'static) {
    let class = global("Notification").unwrap_or_default();
    if let Some(question) = call(&class, "requestPermission", &JsValue::UNDEFINED) {
        spawn_local(async move {
            let _ = settle(question).await;
            answered();
        });
    }
}

/// Shows one. `tag` keeps several tabs from showing the same one twice.
pub fn show(title: &str, body: &str, tag: &str) {
    if permission() == Permission::Granted
        && let Some(class) = global("Notification")
    {
        let options = object(&[("body", body.into()), ("tag", tag.into())]);
        // Some browsers take these only from service workers: there, none is shown.
        let _ = Reflect::construct(class.unchecked_ref::<Function>(), &Array::of2(&title.into(), &options));
    }
}
