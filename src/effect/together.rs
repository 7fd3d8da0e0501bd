//! A feed among the tabs of its origin: when this one polls for all, and when it sees to what another one left.

use gloo_timers::callback::Timeout;
use wasm_bindgen_futures::spawn_local;

use super::{
    clock,
    store::Store,
    tabs::{Role, Tabs},
};
use crate::feed::Event;

/// Writes that an earlier visit left are looked after so long after the start (milliseconds): its last requests may
/// still be on their way.
const ADOPT_AFTER: u32 = 3_000;
/// Where tabs cannot be told alive from dead, a pending write is left alone for so long (milliseconds).
const ADOPT_AGE: i64 = 60_000;

impl Store {
    pub(super) fn notice_visibility(&self, event: &Event) {
        if let Event::Visible(visible) = event {
            self.take_part(*visible);
        }
    }

    /// Of the tabs that are seen one polls; of those that are hidden, one that shows alerts.
    pub(super) fn take_part(&self, visible: bool) {
        let role = match visible {
            _ if !self.tabs.are_tied() => None,
            true => Some(Role::Seen),
            false => self.settings.borrow().alerts.then_some(Role::Hidden),
        };
        if !self.tabs.leave_unless(role) {
            return;
        }
        self.events.borrow_mut().push_back(Event::Leading(false));
        let Some(role) = role else { return };
        let me = self.me.clone();
        self.tabs.lead(role, move || {
            if let Some(store) = me.upgrade() {
                store.dispatch(Event::Leading(true));
                store.adopt_later();
            }
        });
    }

    /// Looks, in a while, for writes whose tab has gone.
    pub(super) fn adopt_later(&self) {
        if self.adoption.borrow().is_some() {
            return;
        }
        let me = self.me.clone();
        let timer = Timeout::new(ADOPT_AFTER, move || {
            let Some(store) = me.upgrade() else { return };
            store.adoption.take();
            spawn_local(async move {
                let wall = clock::now().wall;
                let journal = store.memory.journal(wall);
                let orphans = match Tabs::alive(store.tabs.tab().to_owned()).await {
                    Some(alive) => journal.orphans(&alive),
                    None => journal.orphans_before(wall - ADOPT_AGE),
                };
                if !orphans.is_empty() {
                    store.dispatch(Event::Adopt(orphans));
                }
            });
        });
        self.adoption.replace(Some(timer));
    }
}
