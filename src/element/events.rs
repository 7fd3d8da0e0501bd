//! Events as the page gets them: a name, a detail, and whether they can be prevented.

use js_sys::{Array, Function, JSON, Object};
use wasm_bindgen::JsValue;

use crate::{
    api::{encode_list, encode_record},
    error::Failure,
    event::BellEvent,
    feed::Notice,
    js,
    model::NotificationId,
};

/// Fires one event through the element class.
pub(super) fn emit(emit: &Function, event: BellEvent) {
    let detail = match &event {
        BellEvent::Preferences(chosen) => parse(&chosen.encode()),
        _ => Object::new().into(),
    };
    let set = |name: &str, value: &JsValue| js::set(&detail, name, value);
    let (name, veto) = match event {
        BellEvent::Open => ("cn-open", None),
        BellEvent::Close => ("cn-close", None),
        BellEvent::Notice(Notice::Ready { count }) => {
            set("count", &count.into());
            ("cn-ready", None)
        }
        BellEvent::Notice(Notice::Change { count }) => {
            set("count", &count.into());
            ("cn-change", None)
        }
        BellEvent::Notice(Notice::Arrive(notifications)) => {
            set("notifications", &parse(&encode_list(notifications.iter().map(|one| &**one))));
            ("cn-arrive", None)
        }
        BellEvent::Notice(Notice::Error { failure, retry_at }) => {
            describe(&failure, set);
            set("retryAt", &retry_at.map_or(JsValue::NULL, JsValue::from_f64));
            ("cn-error", None)
        }
        BellEvent::Select { notification, href, veto } => {
            set("notification", &parse(&encode_record(&notification)));
            set("href", &href.map_or(JsValue::NULL, |link| JsValue::from_str(link.as_str())));
            ("cn-select", Some(veto))
        }
        BellEvent::Dismiss { ids, veto } => {
            set("ids", &numbers(ids));
            ("cn-dismiss", Some(veto))
        }
        BellEvent::Snooze { ids, until, veto } => {
            set("ids", &numbers(ids));
            set("until", &JsValue::from_f64(until as f64));
            ("cn-snooze", Some(veto))
        }
        BellEvent::Preferences(_) => ("cn-preferences", None),
        // Only for the element class, which reflects it.
        BellEvent::View(view) => {
            set("view", &view.name().into());
            ("view", None)
        }
    };
    let arguments: Array = [name.into(), detail.clone(), veto.is_some().into()].iter().collect();
    // If a listener of the page throws, the browser reports the error; the bell need not handle it.
    let prevented = emit.apply(&JsValue::UNDEFINED, &arguments).is_ok_and(|prevented| prevented.is_truthy());
    if let Some(veto) = veto.filter(|_| prevented) {
        veto.prevent();
    }
}

fn numbers(ids: Vec<NotificationId>) -> JsValue {
    ids.into_iter().map(|id| JsValue::from_f64(id.0 as f64)).collect::<Array>().into()
}

/// Sets the fields of `cn-error` that a failure has.
fn describe(failure: &Failure, set: impl Fn(&str, &JsValue)) {
    set("kind", &failure.kind.name().into());
    set("status", &failure.status.map_or(JsValue::NULL, JsValue::from));
    set("message", &failure.message.as_str().into());
}

fn parse(json: &str) -> JsValue {
    JSON::parse(json).unwrap_or(JsValue::NULL)
}
