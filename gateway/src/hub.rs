//! The newest summary of each member's list, in memory. Requests for lists and streams read it instead of the store.

use std::{
    collections::HashMap,
    sync::{
        Mutex, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicI64, Ordering},
    },
};

use coworker_notifications::model::CoworkerId;
use tokio::sync::watch;

use crate::{
    clock::Millis,
    store::{ListSummary, Progress, Store, StoreError},
};

/// The newest summaries of the lists that are in use.
#[derive(Debug)]
pub(crate) struct Hub {
    senders: RwLock<HashMap<CoworkerId, watch::Sender<ListSummary>>>,
    /// The whole history has been read, so a member without records in the store has none in Nexudus.
    complete: AtomicBool,
    /// When everybody's list was last compared.
    compared: AtomicI64,
    /// When a comparison of each member's list was last requested, so that it is not requested again too soon.
    requested: Mutex<HashMap<CoworkerId, Millis>>,
}

impl Default for Hub {
    fn default() -> Self {
        Self {
            senders: RwLock::default(),
            complete: AtomicBool::new(false),
            compared: AtomicI64::new(Millis::MIN),
            requested: Mutex::default(),
        }
    }
}

impl Hub {
    /// Takes over newer summaries of the lists in memory. Those of other lists are in the store alone.
    pub(crate) fn update(&self, summaries: &[ListSummary]) {
        let known = self.senders.read().unwrap_or_else(PoisonError::into_inner);
        for summary in summaries {
            if let Some(sender) = known.get(&summary.coworker) {
                replace(sender, *summary);
            }
        }
    }

    /// Takes over how far the synchronisation is: whether the whole history is read, and when everything was compared.
    pub(crate) fn set_progress(&self, progress: &Progress) {
        self.compared.store(progress.compared.unwrap_or(Millis::MIN), Ordering::SeqCst);
        if progress.complete && !self.complete.swap(true, Ordering::SeqCst) {
            let known = self.senders.read().unwrap_or_else(PoisonError::into_inner);
            for sender in known.values() {
                sender.send_modify(|_| {});
            }
        }
    }

    /// Whether the store has the member's whole list.
    pub(crate) fn has_list_of(&self, summary: &ListSummary) -> bool {
        summary.compared.is_some() || self.complete.load(Ordering::SeqCst)
    }

    /// The same, without asking the store: `false` for a member whose state is not in memory.
    pub(crate) fn has_list_in_memory(&self, coworker: CoworkerId) -> bool {
        self.sender(coworker).is_some_and(|sender| self.has_list_of(&sender.borrow()))
    }

    /// When the member's list was last compared with Nexudus, by whatever comparison.
    pub(crate) fn compared(&self, summary: &ListSummary) -> Option<Millis> {
        let all = self.compared.load(Ordering::SeqCst);
        let newest = summary.compared.unwrap_or(Millis::MIN).max(all);
        (newest > Millis::MIN).then_some(newest)
    }

    /// Follows the summary of a member's list.
    pub(crate) async fn follow(
        &self,
        store: &dyn Store,
        coworker: CoworkerId,
    ) -> Result<watch::Receiver<ListSummary>, StoreError> {
        if let Some(sender) = self.sender(coworker) {
            return Ok(sender.subscribe());
        }
        // The member is added before the store is read, so that a change that comes meanwhile is not missed.
        let sender = {
            let mut members = self.senders.write().unwrap_or_else(PoisonError::into_inner);
            members.entry(coworker).or_insert_with(|| watch::Sender::new(unknown(coworker))).clone()
        };
        self.reload(store, &[coworker]).await?;
        Ok(sender.subscribe())
    }

    /// The summary of a member's list, read from the store if it is not in memory yet.
    pub(crate) async fn summary(&self, store: &dyn Store, coworker: CoworkerId) -> Result<ListSummary, StoreError> {
        if let Some(sender) = self.sender(coworker) {
            return Ok(*sender.borrow());
        }
        Ok(*self.follow(store, coworker).await?.borrow())
    }

    /// Reads the summaries of these members' lists again, as far as they are in memory.
    pub(crate) async fn reload(&self, store: &dyn Store, coworkers: &[CoworkerId]) -> Result<(), StoreError> {
        let mut known = coworkers.to_vec();
        known.retain(|coworker| self.sender(*coworker).is_some());
        if !known.is_empty() {
            self.update(&store.summaries(&known).await?);
        }
        Ok(())
    }

    /// Reads all summaries in memory again.
    pub(crate) async fn reload_all(&self, store: &dyn Store) -> Result<(), StoreError> {
        let known: Vec<_> = self.senders.read().unwrap_or_else(PoisonError::into_inner).keys().copied().collect();
        self.reload(store, &known).await
    }

    /// Whether a comparison of this member's list may be requested now: at most once within `pause`.
    pub(crate) fn may_request(&self, coworker: CoworkerId, now: Millis, pause: Millis) -> bool {
        let mut requested = self.requested.lock().unwrap_or_else(PoisonError::into_inner);
        if requested.get(&coworker).is_some_and(|when| (*when..*when + pause).contains(&now)) {
            return false;
        }
        if requested.len() > 10_000 {
            requested.retain(|_, when| (*when..*when + pause).contains(&now));
        }
        requested.insert(coworker, now);
        true
    }

    fn sender(&self, coworker: CoworkerId) -> Option<watch::Sender<ListSummary>> {
        self.senders.read().unwrap_or_else(PoisonError::into_inner).get(&coworker).cloned()
    }
}

fn unknown(coworker: CoworkerId) -> ListSummary {
    ListSummary { coworker, revision: 0, total: 0, newest: None, compared: None }
}

/// Replaces a summary only by a newer one, since one read from the store may be older than one received meanwhile.
fn replace(sender: &watch::Sender<ListSummary>, summary: ListSummary) {
    sender.send_if_modified(|known| {
        let is_newer = summary.revision > known.revision
            || (summary.revision == known.revision && summary.compared > known.compared);
        if is_newer {
            *known = summary;
        }
        is_newer
    });
}
