//! Fields and methods of JavaScript objects by their names.
//!
//! A typed function of web-sys is an import, which costs as much as the names of several fields. So what is used once
//! goes by its name, and so does what a page may have replaced.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

/// A field; `None` if this is no object, or its getter throws. A missing field is `undefined`.
pub(crate) fn get(object: &JsValue, field: &str) -> Option<JsValue> {
    Reflect::get(object, &field.into()).ok()
}

/// The result of a method; `None` if there is no such method, or it throws.
pub(crate) fn call(object: &JsValue, method: &str, argument: &JsValue) -> Option<JsValue> {
    get(object, method)?.dyn_ref::<Function>()?.call1(object, argument).ok()
}

/// A field of the global object.
pub(crate) fn global(field: &str) -> Option<JsValue> {
    get(&js_sys::global(), field)
}

/// A plain object with these fields.
pub(crate) fn object(fields: &[(&str, JsValue)]) -> Object {
    let object = Object::new();
    for (field, value) in fields {
        set(&object, field, value);
    }
    object
}

/// Sets a field, where the object allows it. A plain object does.
pub(crate) fn set(object: &JsValue, field: &str, value: &JsValue) {
    let _ = Reflect::set(object, &field.into(), value);
}
