//! What a member's stream sends: the newest state of their list. States between two reads are skipped.

use std::{sync::Arc, time::Duration};

use coworker_notifications::model::{CoworkerId, NotificationId};
use tokio::{sync::watch, time};

use super::{Shared, shared::ListRequest};
use crate::{store::ListSummary, task::raised};

/// A state of a member's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MemberState {
    /// Rises with each change, in one store. A stream's `id:`.
    pub cursor: u64,
    /// How many notifications are not dismissed.
    pub total: u32,
    /// The newest that is not dismissed.
    pub newest: Option<NotificationId>,
}

/// Follows one member's list. Holds no more than the member's newest state.
pub struct MemberWatch {
    shared: Arc<Shared>,
    coworker: CoworkerId,
    stopping: watch::Receiver<bool>,
    states: Option<watch::Receiver<ListSummary>>,
    sent: Option<u64>,
}

/// The pause before another try, if the store does not answer.
const RETRY: Duration = Duration::from_secs(1);

impl MemberWatch {
    pub(super) fn new(shared: Arc<Shared>, coworker: CoworkerId) -> Self {
        let stopping = shared.stopping();
        Self { shared, coworker, stopping, states: None, sent: None }
    }

    /// Returns the current state the first time, then each newer one. Waits while the list is not known yet. `None`: the
    /// space stops.
    pub async fn next(&mut self) -> Option<MemberState> {
        loop {
            if *self.stopping.borrow() {
                return None;
            }
            let Some(states) = &mut self.states else {
                self.follow().await;
                continue;
            };
            let summary = *states.borrow_and_update();
            let is_news = self.sent.is_none_or(|sent| sent < summary.revision);
            if is_news && self.shared.hub.has_list_of(&summary) {
                self.sent = Some(summary.revision);
                return Some(MemberState { cursor: summary.revision, total: summary.total, newest: summary.newest });
            }
            tokio::select! {
                changed = states.changed() => changed.ok()?,
                () = raised(&mut self.stopping) => return None,
            }
        }
    }

    async fn follow(&mut self) {
        let followed = async {
            let states = self.shared.hub.follow(&*self.shared.store, self.coworker).await?;
            let summary = *states.borrow();
            if !self.shared.hub.has_list_of(&summary) {
                self.shared.request_list(self.coworker, ListRequest::Fetch).await?;
            }
            Ok::<_, crate::store::StoreError>(states)
        };
        match followed.await {
            Ok(states) => self.states = Some(states),
            Err(error) => {
                tracing::warn!("the store does not answer: {error}");
                time::sleep(RETRY).await;
            }
        }
    }
}
