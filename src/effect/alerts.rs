//! System notifications for arrivals while the page is hidden (Notifications API).

use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{Notification, NotificationOptions, NotificationPermission};

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
    let there = js_sys::Reflect::has(&js_sys::global(), &"Notification".into()).is_ok_and(|there| there);
    match there.then(Notification::permission) {
        Some(NotificationPermission::Granted) => Permission::Granted,
        Some(NotificationPermission::Default) => Permission::Undecided,
        Some(_) => Permission::Denied,
        None => Permission::Unsupported,
    }
}

/// Asks the member. Must follow a press of theirs: browsers ignore it otherwise.
pub fn ask(answered: impl FnOnce() + 'static) {
    if let Ok(question) = Notification::request_permission() {
        spawn_local(async move {
            let _ = JsFuture::from(question).await;
            answered();
        });
    }
}

/// Shows one. `tag` keeps several tabs from showing the same one twice.
pub fn show(title: &str, body: &str, tag: &str) {
    if permission() == Permission::Granted {
        let options = NotificationOptions::new();
        options.set_body(body);
        options.set_tag(tag);
        // Some browsers take these only from service workers: there, none is shown.
        let _ = Notification::new_with_options(title, &options);
    }
}
