//! The server's list as far as it is known: the records that are loaded, the boundary down to which they are, and the total.

use std::rc::Rc;

use super::{
    list::{Edge, Found, List, Place},
    touched::Touched,
};
use crate::model::{Notification, NotificationId, NotificationType};

/// See the head of this file. A write that succeeds changes it at once, so it is what a pull would find now.
#[derive(Debug)]
pub(super) struct Remote {
    list: List,
    /// How far down the list is loaded.
    boundary: Edge,
    total: Option<u32>,
    /// The server says no total, or none to believe, so it is a guess.
    guessed: bool,
    /// How many of the total stand below the boundary.
    unloaded: u32,
    /// Something may be missing in the list, or gone from it: the next pull reads all that is loaded again.
    unverified: bool,
    loaded: bool,
    highest: Option<NotificationId>,
    /// The types of all that has been seen.
    kinds: Rc<[NotificationType]>,
    /// Goes up whenever a write starts or ends, here or in another tab. A pull during which it went up is not relied on.
    epoch: u64,
    /// When a write last started or ended, by the device's clock.
    last_write: i64,
    /// Goes up with each change that the shown list or the count may depend on.
    revision: u64,
    touched: Touched,
}

/// What a pull has found, for the range that it has read.
#[derive(Debug)]
pub(super) struct Findings<'a> {
    /// What it has read.
    pub(super) records: &'a [Rc<Notification>],
    /// Those that were loaded and are not listed any more where they should stand.
    pub(super) absent: Vec<NotificationId>,
    /// Those that were loaded and stand further down than was read: they are dropped.
    pub(super) left: Vec<NotificationId>,
    /// The boundary from now on; `None`: as before.
    pub(super) boundary: Option<Edge>,
    /// How many of the total stand below the boundary; `None`: as many as before.
    pub(super) unloaded: Option<u32>,
    /// The total from now on; `None`: as before.
    pub(super) total: Option<u32>,
    /// The total is a guess.
    pub(super) guessed: bool,
    /// All that was loaded has been read again.
    pub(super) whole: bool,
    /// What is new and what has gone accounts for the change of the total.
    pub(super) explained: bool,
    /// The list has to be read again.
    pub(super) again: bool,
    /// The highest id that was seen.
    pub(super) highest: Option<NotificationId>,
}

impl Remote {
    pub(super) fn new() -> Self {
        Self {
            list: List::default(),
            boundary: Edge::At(None),
            total: None,
            guessed: false,
            unloaded: 0,
            unverified: false,
            loaded: false,
            highest: None,
            kinds: Rc::default(),
            epoch: 0,
            last_write: i64::MIN,
            revision: 0,
            touched: Touched::default(),
        }
    }

    pub(super) fn list(&self) -> &List {
        &self.list
    }

    pub(super) fn get(&self, id: NotificationId) -> Option<&Rc<Notification>> {
        self.list.get(id)
    }

    pub(super) fn is_loaded(&self) -> bool {
        self.loaded
    }

    pub(super) fn total(&self) -> Option<u32> {
        self.total
    }

    pub(super) fn is_guessed(&self) -> bool {
        self.guessed
    }

    pub(super) fn unloaded(&self) -> u32 {
        self.unloaded
    }

    pub(super) fn has_more(&self) -> bool {
        self.loaded && self.unloaded > 0
    }

    /// How many of the server's list are loaded, from the newest.
    pub(super) fn covered(&self) -> u32 {
        self.total.unwrap_or(0).saturating_sub(self.unloaded)
    }

    pub(super) fn is_unverified(&self) -> bool {
        self.unverified
    }

    pub(super) fn mark_unverified(&mut self) {
        self.unverified = true;
    }

    pub(super) fn kinds(&self) -> &Rc<[NotificationType]> {
        &self.kinds
    }

    fn see_kind(&mut self, kind: &NotificationType) {
        if !self.kinds.iter().any(|known| known.matches(kind)) {
            let mut kinds = self.kinds.to_vec();
            kinds.insert(kinds.partition_point(|known| known < kind), kind.clone());
            self.kinds = kinds.into();
        }
    }

    pub(super) fn highest(&self) -> Option<NotificationId> {
        self.highest
    }

    pub(super) fn epoch(&self) -> u64 {
        self.epoch
    }

    pub(super) fn last_write(&self) -> i64 {
        self.last_write
    }

    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    pub(super) fn boundary(&self) -> Edge {
        self.boundary
    }

    /// What has changed in the list since the last call; `None` if too much has.
    pub(super) fn take_touched(&mut self) -> Option<Vec<(NotificationId, Option<Place>)>> {
        self.touched.take()
    }

    fn take_out(&mut self, id: NotificationId) -> Option<Rc<Notification>> {
        let record = self.list.remove(id)?;
        self.touched.add(id, Some(&record));
        Some(record)
    }

    fn put(&mut self, record: &Rc<Notification>) -> Found {
        // If its date changes, its old place is touched, too.
        let before = self.list.get(record.id).map(|known| Place::of(known));
        let found = self.list.insert(record.clone());
        if found != Found::Same {
            self.touched.add_at(record.id, before);
            self.touched.add(record.id, Some(record));
        }
        found
    }

    /// Whether this notification stands above the loaded boundary, or at it.
    pub(super) fn covers(&self, record: &Notification) -> bool {
        self.loaded && self.boundary.covers(record)
    }

    pub(super) fn is_above_boundary(&self, record: &Notification) -> bool {
        self.boundary.is_below(record)
    }

    // --- Writes -------------------------------------------------------------------------------------------------------

    /// A write starts or ends.
    pub(super) fn disturb(&mut self, wall: i64) {
        self.epoch += 1;
        self.last_write = wall;
    }

    /// The server does not list it any more. `included`: the total was taken to include it.
    pub(super) fn remove(&mut self, id: NotificationId, included: bool) -> Option<Rc<Notification>> {
        let record = self.take_out(id);
        if record.is_some() || included {
            self.total = self.total.map(|total| total.saturating_sub(1));
            self.revision += 1;
        }
        if record.is_none() && included {
            self.unloaded = self.unloaded.saturating_sub(1);
            // It stood below the boundary, so the pages there have shifted.
            self.unverified = true;
        }
        record
    }

    /// The server lists it again.
    pub(super) fn insert(&mut self, record: &Rc<Notification>) {
        if self.list.get(record.id).is_some() {
            return;
        }
        self.revision += 1;
        self.total = self.total.map(|total| total.saturating_add(1));
        if self.covers(record) {
            self.put(record);
        } else {
            self.unloaded += 1;
            self.unverified = true;
        }
    }

    // --- Pulls --------------------------------------------------------------------------------------------------------

    /// Takes in what a pull has found. `skip` says which records are out of date, because they were written during the pull.
    /// Returns the records that were not loaded before, newest first.
    pub(super) fn reconcile(
        &mut self,
        found: &Findings<'_>,
        skip: impl Fn(NotificationId) -> bool,
    ) -> Vec<Rc<Notification>> {
        let before = (self.total, self.unloaded);
        let fresh = self.put_in(found.records, skip);
        for id in found.left.iter().chain(&found.absent) {
            self.revision += u64::from(self.take_out(*id).is_some());
        }
        self.guessed = found.guessed;
        self.unverified &= !found.whole;
        self.boundary = found.boundary.unwrap_or(self.boundary);
        self.unloaded = found.unloaded.unwrap_or(self.unloaded);
        self.total = found.total.or(self.total);
        self.highest = self.highest.max(found.highest);
        self.revision += u64::from(before != (self.total, self.unloaded) || !self.loaded);
        fresh
    }

    /// The first list has been taken in.
    pub(super) fn is_now_loaded(&mut self) {
        self.loaded = true;
    }

    fn put_in(&mut self, records: &[Rc<Notification>], skip: impl Fn(NotificationId) -> bool) -> Vec<Rc<Notification>> {
        let mut fresh = Vec::new();
        for notification in records.iter().filter(|one| !skip(one.id)) {
            match self.put(notification) {
                Found::Same => {}
                Found::Changed => self.revision += 1,
                Found::New => {
                    self.revision += 1;
                    self.see_kind(&notification.kind);
                    fresh.push(notification.clone());
                }
            }
        }
        fresh
    }
}
