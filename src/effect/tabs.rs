//! The other tabs of this origin: one of those that are seen polls, all hear what happens.

use std::{cell::RefCell, rc::Rc};

use gloo_events::EventListener;
use js_sys::{Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortController, BroadcastChannel, MessageEvent};

use crate::feed::{Event, peer::Message};

/// Among which tabs this one would poll.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Those that are seen.
    Seen,
    /// Those that are hidden and show alerts.
    Hidden,
}

/// The tie to the other tabs. Where the browser has no channel or no locks, each tab is alone.
pub(super) struct Tabs {
    name: String,
    tell: Rc<dyn Fn(Event)>,
    tie: RefCell<Option<Tie>>,
    leading: RefCell<Option<(Role, Option<Lock>)>>,
}

/// What a page must not hold where it is only kept, not run.
struct Tie {
    channel: Option<BroadcastChannel>,
    _listener: Option<EventListener>,
}

impl Tabs {
    /// `name` tells feeds apart; what others say goes to `tell`.
    pub(super) fn new(name: &str, tell: impl Fn(Event) + 'static) -> Self {
        let tabs = Self {
            name: ["coworker-notifications:", name].concat(),
            tell: Rc::new(tell),
            tie: RefCell::default(),
            leading: RefCell::default(),
        };
        tabs.tie();
        tabs
    }

    /// Lives among the others from now on.
    pub(super) fn tie(&self) {
        let channel = Reflect::has(&js_sys::global(), &"BroadcastChannel".into())
            .is_ok_and(|there| there)
            .then(|| BroadcastChannel::new(&self.name).ok())
            .flatten();
        let listener = channel.as_ref().map(|channel| {
            let tell = self.tell.clone();
            EventListener::new(channel, "message", move |event| {
                let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
                // Anything else on the channel, such as another version's words, is none of our business.
                if let Some(message) = text.and_then(|text| Message::decode(&text)) {
                    tell(Event::Peer(message));
                }
            })
        });
        self.tie.replace(Some(Tie { channel, _listener: listener }));
    }

    /// Lives no more, for the others, and hears nothing of them.
    pub(super) fn untie(&self) {
        self.tie.take();
    }

    pub(super) fn are_tied(&self) -> bool {
        self.tie.borrow().is_some()
    }

    pub(super) fn say(&self, message: &Message) {
        if let Some(Tie { channel: Some(channel), .. }) = &*self.tie.borrow() {
            // A closed channel says nothing: the page is going away.
            let _ = channel.post_message(&message.encode().into());
        }
    }

    /// Wants to poll for all; `granted` is called once it may, at once where tabs cannot agree.
    pub(super) fn lead(&self, role: Role, granted: impl Fn() + 'static) {
        self.leading.replace(Some((role, None)));
        let name = [self.name.as_str(), if role == Role::Seen { ":lead" } else { ":lead-hidden" }].concat();
        let granted = Rc::new(granted);
        match Lock::request(&name, granted.clone()) {
            Some(lock) => drop(self.leading.replace(Some((role, Some(lock))))),
            None => granted(),
        }
    }

    /// Lets another tab poll, unless this is the role that it has; `true` if it had another one.
    pub(super) fn leave_unless(&self, role: Option<Role>) -> bool {
        let other = self.leading.borrow().as_ref().map(|(role, _)| *role) != role;
        if other {
            self.leading.take();
        }
        other
    }

    /// The browser has locks: tabs can agree on one.
    pub(super) fn can_agree() -> bool {
        locks().is_some()
    }
}

impl Drop for Tie {
    fn drop(&mut self) {
        if let Some(channel) = &self.channel {
            channel.close();
        }
    }
}

#[wasm_bindgen]
extern "C" {
    /// `LockManager` (Web Locks API), which web-sys still calls unstable.
    type Locks;
    #[wasm_bindgen(method, catch)]
    fn request(this: &Locks, name: &str, options: &JsValue, callback: &Function) -> Result<Promise, JsValue>;
}

fn locks() -> Option<Locks> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok()?;
    locks.is_object().then(|| locks.unchecked_into())
}

/// A lock that is asked for, then held, until this is dropped.
struct Lock {
    controller: AbortController,
    release: Rc<RefCell<Option<Function>>>,
    _granted: Closure<dyn FnMut(JsValue) -> Promise>,
}

impl Lock {
    /// `granted` is called once it is held, or refused: then tabs cannot agree, and each is alone. `None` where none can
    /// be asked for.
    fn request(name: &str, granted: Rc<impl Fn() + 'static>) -> Option<Self> {
        let locks = locks()?;
        let controller = AbortController::new().ok()?;
        let options = js_sys::Object::new();
        Reflect::set(&options, &"signal".into(), &controller.signal()).ok()?;
        let release = Rc::new(RefCell::new(None));
        let callback = {
            let (release, granted) = (release.clone(), granted.clone());
            Closure::new(move |_: JsValue| {
                // The lock is held as long as this promise is open.
                let held = Promise::new(&mut |resolve, _| {
                    release.replace(Some(resolve));
                });
                granted();
                held
            })
        };
        let request = locks.request(name, &options, callback.as_ref().unchecked_ref()).ok()?;
        let signal = controller.signal();
        spawn_local(async move {
            // A page without an origin of its own may hold no locks. Aborting a request ends it, too.
            if JsFuture::from(request).await.is_err() && !signal.aborted() {
                granted();
            }
        });
        Some(Self { controller, release, _granted: callback })
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        match self.release.take() {
            Some(release) => {
                let _ = release.call0(&JsValue::UNDEFINED);
            }
            None => self.controller.abort(),
        }
    }
}
