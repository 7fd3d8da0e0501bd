//! What a pull has found: a comparison of what it has read with what was loaded before.

use std::rc::Rc;

use super::{Goal, Listing};
use crate::{
    feed::{
        journal::Checked,
        list::{Edge, List},
        remote::{Findings, Remote},
    },
    model::{Notification, NotificationId},
};

impl Listing {
    /// What it has found, compared with what was loaded before.
    pub(in crate::feed) fn findings(&self, known: &Remote) -> Findings<'_> {
        let list = known.list();
        let reaches = self.exact || self.goal == Goal::Next;
        let unloaded = if self.last { 0 } else { self.total().saturating_sub(self.offset) };
        let mut explained = self.explains(known, self.total());
        let mut again = false;
        let total = if self.exact {
            // If the list has changed meanwhile, only what was read is certain, and the next pull reads the list again.
            let total = if self.moved { self.read().saturating_add(unloaded) } else { self.total() };
            again = self.moved && total != self.total();
            Some(total)
        } else if self.goal == Goal::Next {
            let all = known.covered().saturating_add(self.new_among(list)).saturating_add(unloaded);
            explained = self.sure && !self.moved && all <= self.total();
            again = !explained && self.sure;
            let unreadable = if self.sure { 0 } else { self.unreadable };
            Some(if explained { self.total() } else { all.saturating_add(unreadable) })
        } else {
            explained.then(|| self.explained_total(list))
        };
        Findings {
            records: &self.records,
            absent: self.missing(list),
            left: self.left_behind(list),
            boundary: self.edge().filter(|_| reaches),
            unloaded: reaches.then_some(unloaded),
            total,
            guessed: !self.sure,
            whole: self.exact,
            explained,
            again,
            highest: self.seen.last().copied(),
        }
    }

    /// How far down they reach.
    fn edge(&self) -> Option<Edge> {
        if self.last { Some(Edge::End) } else { self.oldest.map(Edge::At) }
    }

    /// What was loaded and is not listed any more: it would stand among the records that were read.
    fn missing(&self, known: &List) -> Vec<NotificationId> {
        let edge = if self.last { Some(Edge::End) } else { self.edge().filter(|_| !self.unsorted) };
        let above = edge.into_iter().flat_map(|edge| known.above(edge));
        if self.goal == Goal::Next { Vec::new() } else { self.unread(above) }
    }

    /// What was loaded and may still be listed, but further down than was read.
    fn left_behind(&self, known: &List) -> Vec<NotificationId> {
        if self.exact { self.unread(known.iter()) } else { Vec::new() }
    }

    fn unread<'a>(&self, some: impl Iterator<Item = &'a Rc<Notification>>) -> Vec<NotificationId> {
        some.map(|one| one.id).filter(|id| !self.seen.contains(id)).collect()
    }

    /// Whether the records that are new and those that are missing account for the change of the total. If they do, nothing
    /// has changed further down than was read.
    pub(in crate::feed) fn explains(&self, known: &Remote, total: u32) -> bool {
        let Some(expected) = self.expected.filter(|_| !self.moved && !self.unsorted) else { return false };
        if !self.sure {
            // Without a total it is enough that it has reached a record that was loaded; a refresh reads what is further down.
            return self.overlaps(known);
        }
        i64::from(expected) + i64::from(self.new_among(known.list())) - self.missing(known.list()).len() as i64
            == i64::from(total)
    }

    /// How many there are if [`Listing::explains`] says so.
    fn explained_total(&self, known: &List) -> u32 {
        match self.expected.filter(|_| !self.sure) {
            None => self.total(),
            Some(expected) => {
                expected.saturating_add(self.new_among(known)).saturating_sub(self.missing(known).len() as u32)
            }
        }
    }

    /// The total to broadcast; 0 where the total is only the smallest possible number.
    pub(in crate::feed) fn broadcast_total(&self) -> u32 {
        if self.sure || self.last { self.total() } else { 0 }
    }

    /// How many of the records that were read were not loaded before.
    fn new_among(&self, known: &List) -> u32 {
        self.seen.iter().filter(|id| known.get(**id).is_none()).count() as u32
    }

    /// Whether a record that was loaded at or below the place where this pull has stopped has not been read again.
    pub(super) fn leaves_some(&self, known: &Remote) -> bool {
        let left = |one: &Rc<Notification>| !self.seen.contains(&one.id);
        self.edge().is_some_and(|edge| known.list().rest(edge).any(left))
    }

    /// Whether a record that was loaded before has been read again.
    pub(super) fn overlaps(&self, known: &Remote) -> bool {
        self.seen.iter().any(|id| known.get(*id).is_some())
    }

    /// How many there are, as the latest page says.
    pub(in crate::feed) fn total(&self) -> u32 {
        self.total.unwrap_or(0)
    }

    /// Whether the list is as it was when an earlier visit stored `checked`, apart from arrivals since.
    pub(in crate::feed) fn follows(&self, checked: &Checked) -> bool {
        let is_new = |id: &&NotificationId| **id > checked.highest;
        let new = self.seen.iter().filter(is_new).count() as u32;
        let certain = !self.moved && !self.torn && !self.unsorted && self.sure;
        certain && checked.total.checked_add(new) == Some(self.total()) && self.seen.first() <= Some(&checked.highest)
    }

    /// How many records of the server's list have been read.
    pub(super) fn read(&self) -> u32 {
        (self.seen.len() as u32).saturating_sub(self.dismissed) + self.unreadable
    }
}
