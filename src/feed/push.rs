//! The writes: which wait, which are in flight (at most four, one per 100 ms), which were refused and which have failed.

use std::{collections::VecDeque, rc::Rc};

use super::{Progress, intents::Intent};
use crate::{
    error::Failure,
    model::{Notification, NotificationId},
    sorted::{SortedMap, SortedSet},
};

/// At most so many writes are in flight at one time.
const MOST: usize = 4;
/// The documented limit of one client: a request in so long (milliseconds).
const PACE: u64 = 100;
/// Requests that outlive their page may carry 64 KiB together (Fetch standard, keepalive); some is left for headers.
const KEEPALIVE_BYTES: usize = 48 * 1024;
/// A generous guess at the bytes of a write besides its message.
const WRITE_BYTES: usize = 400;

/// A write in flight.
#[derive(Debug, Clone)]
pub(super) struct Write {
    pub(super) record: Rc<Notification>,
    /// The intent that it is sent for.
    pub(super) intent: Option<Intent>,
    /// The value of `IsDismissed`.
    pub(super) dismissed: bool,
    /// The age of its token.
    pub(super) token: u32,
}

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Push {
    queue: VecDeque<NotificationId>,
    in_flight: SortedMap<NotificationId, Write>,
    /// No write before then.
    next_at: u64,
    /// How many writes have ended since none was left, for the progress that is shown.
    done: u32,
    failed: Rc<SortedMap<NotificationId, Failure>>,
    /// The API takes no writes.
    refused: bool,
    /// Their writes were refused with 404. Either these records are gone, or the API takes no writes at all.
    suspects: SortedSet<NotificationId>,
    /// Their writes were refused for their token once, and a fresh one was asked for.
    renewed: SortedSet<NotificationId>,
}

impl Push {
    pub(super) fn new(refused: bool) -> Self {
        Self { refused, ..Self::default() }
    }

    // --- The queue --------------------------------------------------------------------------------------------------

    pub(super) fn enqueue(&mut self, id: NotificationId) {
        if !self.queue.contains(&id) {
            self.queue.push_back(id);
        }
    }

    /// Queues it before all others.
    pub(super) fn put_back(&mut self, id: NotificationId) {
        self.queue.push_front(id);
    }

    pub(super) fn next(&mut self) -> Option<NotificationId> {
        self.queue.pop_front()
    }

    pub(super) fn take_queue(&mut self) -> Vec<NotificationId> {
        std::mem::take(&mut self.queue).into()
    }

    pub(super) fn waits(&self) -> bool {
        !self.queue.is_empty()
    }

    /// Whether a write that waits may start at this moment.
    pub(super) fn may_start(&self, mono: u64) -> bool {
        self.waits() && self.in_flight.len() < MOST && mono >= self.next_at
    }

    /// When the next write may start, if one waits for nothing but the pace.
    pub(super) fn due(&self) -> Option<u64> {
        (self.waits() && self.in_flight.len() < MOST).then_some(self.next_at)
    }

    // --- In flight --------------------------------------------------------------------------------------------------

    pub(super) fn start(&mut self, mono: u64, write: Write) {
        self.next_at = mono + PACE;
        self.in_flight.insert(write.record.id, write);
    }

    pub(super) fn is_in_flight(&self, id: NotificationId) -> bool {
        self.in_flight.contains_key(&id)
    }

    pub(super) fn in_flight(&self) -> usize {
        self.in_flight.len()
    }

    /// The write of this notification has ended. `None` if none was in flight.
    pub(super) fn ended(&mut self, id: NotificationId) -> Option<Write> {
        let write = self.in_flight.remove(&id);
        self.done += u32::from(write.is_some());
        write
    }

    /// The write has ended without a result, so it is sent again; the progress does not count it as done.
    pub(super) fn is_not_done(&mut self, id: NotificationId) {
        self.done = self.done.saturating_sub(1);
        self.put_back(id);
    }

    /// How many bytes of writes a page that goes away may send.
    pub(super) fn room() -> usize {
        KEEPALIVE_BYTES
    }

    pub(super) fn weight(record: &Notification) -> usize {
        record.message.len() + WRITE_BYTES
    }

    /// How many writes wait or are in flight.
    fn outstanding(&self) -> u32 {
        u32::try_from(self.queue.len() + self.in_flight.len()).unwrap_or(u32::MAX)
    }

    pub(super) fn rest(&mut self) {
        if self.outstanding() == 0 {
            self.done = 0;
        }
    }

    pub(super) fn progress(&self) -> Option<Progress> {
        let outstanding = self.outstanding();
        let total = self.done + outstanding;
        (outstanding > 0 && total as usize > MOST).then_some(Progress { done: self.done, total })
    }

    // --- Refusals ---------------------------------------------------------------------------------------------------

    pub(super) fn is_refused(&self) -> bool {
        self.refused
    }

    /// The API takes no writes. `true` if that was not known.
    pub(super) fn refuse(&mut self) -> bool {
        !std::mem::replace(&mut self.refused, true)
    }

    pub(super) fn suspect(&mut self, id: NotificationId) {
        self.suspects.insert(id);
    }

    /// Its record was looked up, so the 404 is explained. `true` if it was among the suspects.
    pub(super) fn acquit(&mut self, id: NotificationId) -> bool {
        self.suspects.remove(&id)
    }

    pub(super) fn is_renewed(&self, id: NotificationId) -> bool {
        self.renewed.contains(&id)
    }

    pub(super) fn set_renewed(&mut self, id: NotificationId, renewed: bool) {
        if renewed {
            self.renewed.insert(id);
        } else {
            self.renewed.remove(&id);
        }
    }

    pub(super) fn failed(&self) -> &Rc<SortedMap<NotificationId, Failure>> {
        &self.failed
    }

    pub(super) fn fail(&mut self, id: NotificationId, failure: Failure) {
        Rc::make_mut(&mut self.failed).insert(id, failure);
    }

    /// Forgets that the write of this notification failed.
    pub(super) fn clear_failure(&mut self, id: NotificationId) {
        if self.failed.contains_key(&id) {
            Rc::make_mut(&mut self.failed).remove(&id);
        }
    }
}
