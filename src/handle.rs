//! A handle to a bell, for a page that acts on it by calls.

use std::{cell::RefCell, rc::Rc};

use yew::Callback;

use crate::{
    config::Preferences,
    effect::Store,
    event::{BellEvent, allowed, may_dismiss},
    feed::{Event, Snapshot, Status},
    model::NotificationId,
    view::Intent,
};

/// Acts on the bell that has it as a property. Before and after that bell's life, calls do nothing.
///
/// Two handles are equal if they are clones of each other.
#[derive(Clone, Default)]
pub struct BellHandle(Rc<RefCell<Target>>);

#[derive(Default)]
struct Target {
    store: Option<Rc<Store>>,
    preferences: Rc<Preferences>,
    bell: Option<Callback<Request>>,
}

/// What a handle asks of the bell itself.
pub(crate) enum Request {
    /// Do this, as if the member asked for it.
    Intent(Intent),
    /// Drop this once everything up to now is drawn.
    WhenDrawn(Done),
}

impl BellHandle {
    /// A handle for one bell.
    pub fn new() -> Self {
        Self::default()
    }

    pub(crate) fn attach(&self, store: Option<Rc<Store>>, preferences: Rc<Preferences>, bell: Callback<Request>) {
        self.0.replace(Target { store, preferences, bell: Some(bell) });
    }

    pub(crate) fn detach(&self) {
        self.0.take();
    }

    fn store(&self) -> Option<Rc<Store>> {
        self.0.borrow().store.clone()
    }

    fn request(&self, request: Request) {
        let bell = self.0.borrow().bell.clone();
        if let Some(bell) = bell {
            bell.emit(request);
        }
    }

    /// Delays `done` until the bell has drawn all that it has received.
    fn when_drawn(&self, done: impl FnOnce() + 'static) -> impl FnOnce() + 'static {
        let (done, bell) = (Done::new(done), self.clone());
        move || bell.request(Request::WhenDrawn(done))
    }

    /// Asks for something as the member would.
    pub fn ask(&self, intent: Intent) {
        self.request(Request::Intent(intent));
    }

    /// The feed as it is now; `None` while token or coworker are missing.
    pub fn snapshot(&self) -> Option<Rc<Snapshot>> {
        self.store().map(|store| store.snapshot())
    }

    /// The feed's status.
    pub fn status(&self) -> Status {
        self.snapshot().map_or(Status::Loading, |snapshot| snapshot.status)
    }

    /// Undismissed notifications on all pages; 0 until known.
    pub fn unread_count(&self) -> u32 {
        self.snapshot().and_then(|snapshot| snapshot.count).unwrap_or(0)
    }

    /// The preferences in effect.
    pub fn preferences(&self) -> Rc<Preferences> {
        self.0.borrow().preferences.clone()
    }

    /// Refreshes everything loaded; calls `done` once the result is on screen, or has failed.
    pub fn refresh(&self, done: impl FnOnce() + 'static) {
        match self.store() {
            Some(store) => store.refresh(self.when_drawn(done)),
            None => done(),
        }
    }

    /// Loads the next page; `done` as for [`BellHandle::refresh`].
    pub fn load_more(&self, done: impl FnOnce() + 'static) {
        match self.store() {
            Some(store) => store.load_more(self.when_drawn(done)),
            None => done(),
        }
    }

    /// Dismisses a listed notification, unless the page objects.
    pub fn dismiss(&self, id: NotificationId, on_event: &Callback<BellEvent>) {
        if let Some(store) = self.store() {
            dismiss(&store, on_event, vec![id]);
        }
    }

    /// Hides a listed notification until then (milliseconds since the Unix epoch), unless the page objects.
    pub fn snooze(&self, id: NotificationId, until: i64, on_event: &Callback<BellEvent>) {
        if let Some(store) = self.store() {
            snooze(&store, on_event, id, until);
        }
    }

    /// Dismisses all on the server, unless the page objects; calls `done` once they have left the list.
    pub fn dismiss_all(&self, on_event: Callback<BellEvent>, done: impl FnOnce() + 'static) {
        match self.store() {
            Some(store) => store.dismiss_all(move |ids| may_dismiss(&on_event, ids), self.when_drawn(done)),
            None => done(),
        }
    }

    /// Restores a notification, whether its dismissal is acknowledged or not.
    pub fn restore(&self, id: NotificationId) {
        if let Some(store) = self.store() {
            store.dispatch(Event::Restore(id));
        }
    }
}

/// Asks the page, then dismisses those of `ids` that are listed.
pub(crate) fn dismiss(store: &Store, on_event: &Callback<BellEvent>, ids: Vec<NotificationId>) {
    let ids: Vec<_> = ids.into_iter().filter(|id| store.shows(*id)).collect();
    if !ids.is_empty() && may_dismiss(on_event, ids.clone()) {
        store.dispatch(Event::Dismiss(ids));
    }
}

/// Asks the page, then hides this one until then, if it is listed.
pub(crate) fn snooze(store: &Store, on_event: &Callback<BellEvent>, id: NotificationId, until: i64) {
    let ids = vec![id];
    if store.shows(id) && allowed(on_event, |veto| BellEvent::Snooze { ids: ids.clone(), until, veto }) {
        store.dispatch(Event::Snooze { ids, until });
    }
}

/// A waiting caller's callback: it runs once the event has happened, or once it can no longer happen.
pub struct Done(Option<Box<dyn FnOnce()>>);

impl Done {
    /// Runs `done` when this is dropped.
    pub fn new(done: impl FnOnce() + 'static) -> Self {
        Self(Some(Box::new(done)))
    }
}

impl Drop for Done {
    fn drop(&mut self) {
        if let Some(done) = self.0.take() {
            done();
        }
    }
}

impl PartialEq for BellHandle {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl std::fmt::Debug for BellHandle {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("BellHandle")
    }
}
