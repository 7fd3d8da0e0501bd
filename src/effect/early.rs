//! Requests that the element's script sent before this program was loaded: their answers are used here.

use std::cell::RefCell;

use js_sys::{Array, Function};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::AbortController;

use crate::js::get;

thread_local! {
    static TAKE: RefCell<Option<Function>> = const { RefCell::new(None) };
}

/// `take(url, token)` returns such a request once, as `{ response, controller }`; `take()` returns how many there are.
#[cfg(feature = "element")]
pub(crate) fn take_from(take: Function) {
    TAKE.replace(Some(take));
}

/// Whether there is such a request.
pub(super) fn waits() -> bool {
    let number = TAKE.with_borrow(Clone::clone).and_then(|take| take.call0(&JsValue::UNDEFINED).ok());
    number.is_some_and(|number| number.is_truthy())
}

/// A request in flight, or answered.
pub(super) struct Early {
    /// Aborts it.
    pub(super) controller: AbortController,
    /// The promise of its answer.
    pub(super) response: JsValue,
}

impl Early {
    /// The request to this address with this token, if it has been sent already.
    pub(super) fn take(url: &str, token: &str) -> Option<Self> {
        let take = TAKE.with_borrow(Clone::clone)?;
        let early = take.apply(&JsValue::UNDEFINED, &Array::of2(&url.into(), &token.into())).ok()?;
        Some(Self { controller: get(&early, "controller")?.unchecked_into(), response: get(&early, "response")? })
    }
}
