//! A panic is a mistake in this program. The page hears of it, and the elements say that they are out of order.

use std::{cell::RefCell, panic::PanicHookInfo};

use js_sys::Function;
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};

thread_local! {
    static REPORT: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// Has panics told to `report(message)`. Called once, before the first bell is mounted.
#[wasm_bindgen(js_name = onPanic)]
#[allow(unreachable_pub, reason = "the macro exports it")]
pub fn on_panic(report: Function) {
    REPORT.replace(Some(report));
    yew::set_custom_panic_hook(Box::new(tell));
}

fn tell(info: &PanicHookInfo<'_>) {
    let mut message = String::from("The notification bell stopped because of a mistake in it");
    if let Some(location) = info.location() {
        message.push_str(" (");
        message.push_str(location.file());
        message.push(':');
        message.push_str(&location.line().to_string());
        message.push(')');
    }
    message.push('.');
    REPORT.with_borrow(|report| {
        if let Some(report) = report {
            let _ = report.call1(&JsValue::UNDEFINED, &message.into());
        }
    });
}
