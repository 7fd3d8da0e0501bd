//! A browser that refuses to store anything, as some do for pages in a frame.

use js_sys::{Function, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

const NAMES: [&str; 2] = ["localStorage", "sessionStorage"];

/// Storage is refused until this is dropped.
pub struct Refused([JsValue; 2]);

impl Refused {
    pub fn new() -> Self {
        let window = js_sys::global();
        let refuse = Object::new();
        // The tests' own page has no policy against it.
        #[allow(clippy::disallowed_methods)]
        let get = Function::new_no_args("throw new DOMException('denied', 'SecurityError')");
        Reflect::set(&refuse, &"get".into(), &get).unwrap();
        Reflect::set(&refuse, &"configurable".into(), &JsValue::TRUE).unwrap();
        Self(NAMES.map(|name| {
            let before = Object::get_own_property_descriptor(&window, &name.into());
            Object::define_property(&window, &name.into(), &refuse);
            before
        }))
    }
}

impl Drop for Refused {
    fn drop(&mut self) {
        let window = js_sys::global();
        for (name, before) in NAMES.iter().zip(&self.0) {
            Object::define_property(&window, &(*name).into(), before.unchecked_ref());
        }
    }
}
