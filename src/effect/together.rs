//! A feed among the tabs of its origin: when this one leads.

use super::{store::Store, tabs::Role};
use crate::feed::Event;

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
            }
        });
    }
}
