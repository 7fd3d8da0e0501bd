//! A lock that tabs of one origin share (Web Locks API).

use std::{cell::Cell, cell::RefCell, rc::Rc};

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::spawn_local;
use web_sys::AbortController;

use super::{election::Manner, wire::settle};
use crate::js;

#[wasm_bindgen]
extern "C" {
    /// `LockManager`, which web-sys still calls unstable.
    type Locks;
    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, options: &JsValue, callback: &Function) -> Result<JsValue, JsValue>;
}

fn locks() -> Option<Locks> {
    let locks = js::get(&js::global("navigator")?, "locks")?;
    locks.is_object().then(|| locks.unchecked_into())
}

/// What comes of a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Outcome {
    /// The lock is held.
    Granted,
    /// It was not free, or another tab has taken it.
    Lost,
    /// This page may hold no locks: it has no origin of its own, for example.
    Refused,
}

/// A lock that is requested, then held, until this is dropped.
pub(super) struct Lock {
    state: Rc<State>,
}

#[derive(Default)]
struct State {
    dropped: Cell<bool>,
    controller: Option<AbortController>,
    release: RefCell<Option<Function>>,
}

impl Lock {
    /// Calls `notify` with each outcome until the lock is dropped. `None` where the browser has no locks.
    pub(super) fn request(name: &str, manner: Manner, notify: impl Fn(Outcome) + 'static) -> Option<Self> {
        let locks = locks()?;
        // The API allows `signal` with neither `steal` nor `ifAvailable`.
        let controller = if manner == Manner::Queue { AbortController::new().ok() } else { None };
        let option = match (manner, &controller) {
            (Manner::Queue, controller) => ("signal", controller.as_ref()?.signal().into()),
            (Manner::IfFree, _) => ("ifAvailable", JsValue::TRUE),
            (Manner::Steal, _) => ("steal", JsValue::TRUE),
        };
        let options = js::object(&[option]);
        let state = Rc::new(State { controller, ..State::default() });
        let notify = Rc::new(notify);
        let callback: Closure<dyn FnMut(JsValue) -> JsValue> = {
            let (state, notify) = (state.clone(), notify.clone());
            Closure::new(move |lock: JsValue| {
                if state.dropped.get() {
                    return JsValue::UNDEFINED;
                }
                if lock.is_null() {
                    notify(Outcome::Lost);
                    return JsValue::UNDEFINED;
                }
                // The lock is held as long as this promise is open.
                let held = Promise::new(&mut |resolve, _| {
                    state.release.replace(Some(resolve));
                });
                notify(Outcome::Granted);
                held.into()
            })
        };
        let request = locks.request(name, &options, callback.as_ref().unchecked_ref()).ok()?;
        let watched = state.clone();
        spawn_local(async move {
            let ended = settle(request).await;
            drop(callback);
            if ended.is_none() && !watched.dropped.get() {
                let held = watched.release.borrow().is_some();
                notify(if held { Outcome::Lost } else { Outcome::Refused });
            }
        });
        Some(Self { state })
    }

    /// Whether the browser has locks.
    pub(super) fn exists() -> bool {
        locks().is_some()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        self.state.dropped.set(true);
        if let Some(release) = self.state.release.take() {
            let _ = release.call0(&JsValue::UNDEFINED);
        } else if let Some(controller) = &self.state.controller {
            controller.abort();
        }
    }
}
