//! The events that a bell sends to its page, and how it says no.

use std::{cell::Cell, fmt, rc::Rc};

use yew::Callback;

use crate::{
    config::{Preferences, View},
    feed::Notice,
    model::{Link, Notification, NotificationId},
};

/// The events that a bell sends to its page: the element's `cn-*` events.
#[derive(Debug, Clone)]
pub enum BellEvent {
    /// From the feed: ready, change, arrive or error.
    Notice(Notice),
    /// The panel has opened.
    Open,
    /// The panel has closed.
    Close,
    /// A row was activated. Unless vetoed, `href` is followed.
    Select {
        /// Which.
        notification: Rc<Notification>,
        /// Where it leads, if anywhere.
        href: Option<Link>,
        /// To keep it from being followed.
        veto: Veto,
    },
    /// These are about to be dismissed. Vetoed, they stay.
    Dismiss {
        /// Which.
        ids: Vec<NotificationId>,
        /// To keep them.
        veto: Veto,
    },
    /// These are about to be hidden for a while. Vetoed, they stay.
    Snooze {
        /// Which.
        ids: Vec<NotificationId>,
        /// When they come back: milliseconds since the Unix epoch.
        until: i64,
        /// To keep them.
        veto: Veto,
    },
    /// The member has changed their preferences, here.
    Preferences(Rc<Preferences>),
    /// The member looks at the other list.
    View(View),
}

/// A way to say no to what is about to happen.
#[derive(Clone, Default)]
pub struct Veto(Rc<Cell<bool>>);

impl Veto {
    /// It must not happen.
    pub fn prevent(&self) {
        self.0.set(true);
    }

    pub(crate) fn is_prevented(&self) -> bool {
        self.0.get()
    }
}

impl fmt::Debug for Veto {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_prevented() { "prevented" } else { "allowed" })
    }
}

/// Asks the page whether something may happen.
pub(crate) fn allowed(on_event: &Callback<BellEvent>, event: impl FnOnce(Veto) -> BellEvent) -> bool {
    let veto = Veto::default();
    on_event.emit(event(veto.clone()));
    !veto.is_prevented()
}

/// Asks the page whether these may be dismissed.
pub(crate) fn may_dismiss(on_event: &Callback<BellEvent>, ids: Vec<NotificationId>) -> bool {
    allowed(on_event, |veto| BellEvent::Dismiss { ids, veto })
}
