//! Bells that have left the page, kept for the next ones.
//!
//! Yew never lets go of an application's root and of its listeners. A page that adds and removes a bell over and over
//! would grow; so the applications rest instead of ending, and there are never more than bells at one time.

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

/// Lets an application rest: its bell is gone, and what waits to be written is sent at once.
pub(super) fn give(mut app: AppHandle<NotificationBell>, root: Element) {
    app.update(NotificationBellProps { resting: true, ..NotificationBellProps::default() });
    RESTED.with_borrow_mut(|rested| rested.push(Rested { app, root }));
}

/// One that rests, if there is one.
pub(super) fn take() -> Option<Rested> {
    RESTED.with_borrow_mut(Vec::pop)
}
