//! Applications of removed bells, kept for the next bells.
//!
//! Yew never frees an application's root and its listeners, so a page that adds and removes bells again and again would
//! grow. So applications rest instead of ending: there are never more than there were bells at one time.

use std::cell::RefCell;

use web_sys::Element;
use yew::AppHandle;

use crate::{NotificationBell, NotificationBellProps};

/// An application without a bell.
pub(super) struct Rested {
    pub(super) app: AppHandle<NotificationBell>,
    /// What it draws in.
    pub(super) root: Element,
}

thread_local! {
    static RESTED: RefCell<Vec<Rested>> = const { RefCell::new(Vec::new()) };
}

/// Lets an application rest: its bell is gone, and what is pending is sent at once.
pub(super) fn give(mut app: AppHandle<NotificationBell>, root: Element) {
    app.update(NotificationBellProps { resting: true, ..NotificationBellProps::default() });
    RESTED.with_borrow_mut(|rested| rested.push(Rested { app, root }));
}

/// A resting application, if there is one.
pub(super) fn take() -> Option<Rested> {
    RESTED.with_borrow_mut(Vec::pop)
}
