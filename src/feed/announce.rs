//! The events that the page has received, so that it receives none twice.

use std::rc::Rc;

use super::{Command, Notice, journal::Entry};
use crate::{
    api::Page,
    error::{Failure, FailureKind},
    model::{Notification, NotificationId},
    sorted::SortedSet,
};

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Announce {
    count: Option<u32>,
    ready: bool,
    unreadable: SortedSet<String>,
    arrived: Rc<[NotificationId]>,
    /// Brought back by the member. A list may show one of them for the first time; that is not announced as an arrival.
    returned: SortedSet<NotificationId>,
}

impl Announce {
    /// The count that was announced last.
    pub(super) fn last_count(&self) -> Option<u32> {
        self.count
    }

    /// The notifications that were announced as arrivals last.
    pub(super) fn arrived(&self) -> &Rc<[NotificationId]> {
        &self.arrived
    }

    pub(super) fn returned(&mut self, id: NotificationId) {
        self.returned.insert(id);
    }

    pub(super) fn has_returned(&self, id: NotificationId) -> bool {
        self.returned.contains(&id)
    }

    /// Announces the count if it has changed, and once that the first list is `loaded`.
    pub(super) fn count(&mut self, count: u32, loaded: bool, out: &mut Vec<Command>) {
        if self.count != Some(count) {
            self.count = Some(count);
            out.push(Command::Store(vec![Entry::Count(count)]));
            out.push(Command::Emit(Notice::Change { count }));
        }
        if loaded && !std::mem::replace(&mut self.ready, true) {
            out.push(Command::Emit(Notice::Ready { count }));
        }
    }

    /// Announces arrivals, if there are any.
    pub(super) fn arrivals(&mut self, new: Vec<Rc<Notification>>, out: &mut Vec<Command>) {
        if !new.is_empty() {
            self.arrived = new.iter().map(|one| one.id).collect();
            out.push(Command::Emit(Notice::Arrive(new)));
        }
    }

    /// The failure to report for records of this page that could not be read; `None` if all of them were reported before.
    pub(super) fn unreadable(&mut self, page: &Page) -> Option<Failure> {
        let mut news = page.unreadable.iter().filter(|record| {
            let mut name = record.reason.clone();
            if let Some(id) = record.id {
                name.push_str(&id.to_string());
            }
            self.unreadable.insert(name)
        });
        let first = news.next()?;
        let count = 1 + news.count();
        let mut message = count.to_string();
        message.push_str(match count {
            1 => " notification could not be read and is left out: ",
            _ => " notifications could not be read and are left out: ",
        });
        message.push_str(&first.reason);
        Some(Failure::new(FailureKind::Decode, message))
    }
}
