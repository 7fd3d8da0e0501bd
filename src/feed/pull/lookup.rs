//! Looking up records by their ids, where a list does not say what has become of them.
//!
//! They are: stored intents, of which only the id is known; dismissals that another tab may have written before it was
//! closed; local dismissals of notifications that are not loaded and may not be listed any more.

use super::super::{Situation, Ticket, journal::Checked};
use crate::{
    error::Failure,
    model::{Notification, NotificationId},
    sorted::SortedSet,
};

/// More ids than this are not asked for in one request.
const MOST_IDS: usize = 100;
/// So many requests are made after one pull; what is left waits for the next pull. Where the count depends on them, there is
/// no such limit.
const MOST_REQUESTS: u32 = 4;

/// A request on its way.
#[derive(Debug)]
struct Asked {
    ticket: Ticket,
    ids: SortedSet<NotificationId>,
    token: u32,
    /// Somebody waits for it.
    urgent: bool,
    /// Written since the request was sent, so the answer may be out of date for these.
    stale: SortedSet<NotificationId>,
}

/// An answer, with the ids that were asked for.
#[derive(Debug)]
pub(in super::super) enum Answer {
    /// The records that exist; of the ids without a record there is none any more.
    Records(SortedSet<NotificationId>, Vec<Notification>),
    /// The request failed; with the age of its token.
    Failed(SortedSet<NotificationId>, Failure, u32),
    /// There are records that were not asked for, so the server does not filter by ids.
    Strange(SortedSet<NotificationId>, Vec<Notification>),
}

/// See the head of this file.
#[derive(Debug, Default)]
pub(in super::super) struct Lookup {
    scheduled: SortedSet<NotificationId>,
    /// To be looked up before all others: somebody waits for them.
    urgent: SortedSet<NotificationId>,
    asked: Option<Asked>,
    /// The last request failed: the next one waits for a pull that succeeds.
    failed: bool,
    since_pull: u32,
    renewed: bool,
    /// Local dismissals of earlier visits may not be listed any more, so the count is not known yet.
    unverified: bool,
    /// What the latest pull saw after which all local dismissals were known to be in the server's list.
    checked: Option<Checked>,
}

impl Lookup {
    pub(in super::super) fn new(checked: Option<Checked>) -> Self {
        Self { checked, ..Self::default() }
    }

    pub(in super::super) fn schedule(&mut self, id: NotificationId) {
        if !self.is_asked(id) {
            self.scheduled.insert(id);
        }
    }

    /// The same, before all others and whatever has failed.
    pub(in super::super) fn schedule_first(&mut self, id: NotificationId) {
        if !self.is_asked(id) {
            self.urgent.insert(id);
        }
    }

    fn is_asked(&self, id: NotificationId) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.ids.contains(&id))
    }

    /// It is known by now: it need not be looked up.
    pub(in super::super) fn forget(&mut self, id: NotificationId) {
        self.scheduled.remove(&id);
        self.urgent.remove(&id);
    }

    /// A write of it starts or has ended: the answer to a request under way may be from before that.
    pub(in super::super) fn written(&mut self, id: NotificationId) {
        if let Some(asked) = self.asked.as_mut().filter(|asked| asked.ids.contains(&id)) {
            asked.stale.insert(id);
        }
    }

    /// Whether pulls wait for the request under way.
    pub(in super::super) fn goes_first(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.urgent || self.unverified)
    }

    pub(in super::super) fn waits(&self) -> bool {
        !self.urgent.is_empty()
    }

    pub(in super::super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// A pull has succeeded: requests that failed may be made again.
    pub(in super::super) fn pulled(&mut self) {
        self.failed = false;
        self.since_pull = 0;
    }

    pub(in super::super) fn is_unverified(&self) -> bool {
        self.unverified
    }

    pub(in super::super) fn set_unverified(&mut self, unverified: bool) {
        self.unverified = unverified;
    }

    pub(in super::super) fn is_idle(&self) -> bool {
        self.scheduled.is_empty() && self.urgent.is_empty() && self.asked.is_none()
    }

    pub(in super::super) fn checked(&self) -> Option<Checked> {
        self.checked
    }

    /// Remembers this; `true` if it differs from what was remembered.
    pub(in super::super) fn check(&mut self, checked: Checked) -> bool {
        self.checked.replace(checked) != Some(checked)
    }

    /// The next request, if there is one to make now; there is only one at a time. `enough`: a pull of the whole list is going
    /// to answer all but the urgent ones.
    pub(in super::super) fn start(
        &mut self,
        with: &Situation,
        ticket: Ticket,
        enough: bool,
    ) -> Option<Vec<NotificationId>> {
        let blocked = !with.online || with.asks_token || with.paused_until.is_some() || with.hopeless || !with.loaded;
        if self.asked.is_some() || blocked {
            return None;
        }
        let tired = self.failed || enough || self.since_pull >= MOST_REQUESTS && !self.unverified;
        let urgent = !self.urgent.is_empty();
        let mut ids: Vec<_> = self.urgent.iter().take(MOST_IDS).copied().collect();
        if !tired {
            // The highest ids first: the newest notifications are the most likely to be listed still.
            let room = MOST_IDS - ids.len();
            let scheduled = self.scheduled.iter().rev().filter(|id| !self.urgent.contains(id)).take(room);
            ids.extend(scheduled.copied());
            self.since_pull += u32::from(!self.scheduled.is_empty());
        }
        if ids.is_empty() {
            return None;
        }
        let asked: SortedSet<_> = ids.iter().copied().collect();
        self.scheduled.retain(|id| !asked.contains(id));
        self.urgent.retain(|id| !asked.contains(id));
        self.asked = Some(Asked { ticket, ids: asked, token: with.token, urgent, stale: SortedSet::new() });
        Some(ids)
    }

    /// Takes in an answer; `None` if it is not to the request under way.
    pub(in super::super) fn answered(
        &mut self,
        ticket: Ticket,
        result: Result<Vec<Notification>, Failure>,
    ) -> Option<Answer> {
        let Asked { mut ids, token, stale, .. } = self.asked.take_if(|asked| asked.ticket == ticket)?;
        Some(match result {
            Ok(records) => {
                self.renewed = false;
                let stranger = records.iter().any(|one| !ids.contains(&one.id));
                ids.retain(|id| !stale.contains(id));
                self.scheduled.extend(stale.iter().copied());
                if stranger { Answer::Strange(ids, records) } else { Answer::Records(ids, records) }
            }
            Err(failure) => Answer::Failed(ids, failure, token),
        })
    }

    /// Looks these up again when the next pull has succeeded.
    pub(in super::super) fn again_later(&mut self, ids: &SortedSet<NotificationId>) {
        self.failed = true;
        self.scheduled.extend(ids.iter().copied());
    }

    /// Looks these up again as soon as possible.
    pub(in super::super) fn again_soon(&mut self, ids: &SortedSet<NotificationId>) {
        self.urgent.extend(ids.iter().copied());
    }

    pub(in super::super) fn is_renewed(&self) -> bool {
        self.renewed
    }

    pub(in super::super) fn set_renewed(&mut self) {
        self.renewed = true;
    }
}
