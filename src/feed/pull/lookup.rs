//! Records that are read by their ids: what a list leaves open.
//!
//! Intents of which only the id is known, dismissals that may have been written by a tab that is gone, local ones that
//! may not be listed any more.

use super::super::{Situation, Ticket, journal::Checked};
use crate::{
    error::Failure,
    model::{Notification, NotificationId},
    sorted::SortedSet,
};

/// More ids than this are not asked for in one request.
const MOST_IDS: usize = 100;
/// Requests by id after one pull; what is left waits for the next. Where the count depends on it, all are made.
const MOST_REQUESTS: u32 = 4;

/// A request on its way.
#[derive(Debug)]
struct Asked {
    ticket: Ticket,
    ids: SortedSet<NotificationId>,
    token: u32,
    /// Somebody waits for it.
    urgent: bool,
    /// Written since: the answer says nothing about these.
    stale: SortedSet<NotificationId>,
}

/// What an answer says of the ids that were asked for.
#[derive(Debug)]
pub(in super::super) enum Answer {
    /// These are the records there are; the others are gone.
    Records(SortedSet<NotificationId>, Vec<Notification>),
    /// It failed.
    Failed(SortedSet<NotificationId>, Failure, u32),
    /// The server does not know how to answer.
    Strange(SortedSet<NotificationId>, Vec<Notification>),
}

/// See the head of this file.
#[derive(Debug, Default)]
pub(in super::super) struct Lookup {
    wanted: SortedSet<NotificationId>,
    /// To be asked for first: somebody waits for them.
    urgent: SortedSet<NotificationId>,
    asked: Option<Asked>,
    /// The last request failed: the next one follows a pull.
    failed: bool,
    since_pull: u32,
    renewed: bool,
    /// Local dismissals of earlier visits may not be listed any more: the count is not known yet.
    unverified: bool,
    /// What the latest pull that left no doubt saw.
    checked: Option<Checked>,
}

impl Lookup {
    pub(in super::super) fn new(checked: Option<Checked>) -> Self {
        Self { checked, ..Self::default() }
    }

    pub(in super::super) fn want(&mut self, id: NotificationId) {
        if !self.is_asked(id) {
            self.wanted.insert(id);
        }
    }

    /// The same, before all others and whatever has failed.
    pub(in super::super) fn want_now(&mut self, id: NotificationId) {
        if !self.is_asked(id) {
            self.urgent.insert(id);
        }
    }

    fn is_asked(&self, id: NotificationId) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.ids.contains(&id))
    }

    /// It is known by now.
    pub(in super::super) fn forget(&mut self, id: NotificationId) {
        self.wanted.remove(&id);
        self.urgent.remove(&id);
    }

    /// It is written, or was: an answer under way is older.
    pub(in super::super) fn written(&mut self, id: NotificationId) {
        if let Some(asked) = self.asked.as_mut().filter(|asked| asked.ids.contains(&id)) {
            asked.stale.insert(id);
        }
    }

    /// Pulls wait for the answer to what is asked.
    pub(in super::super) fn goes_first(&self) -> bool {
        self.asked.as_ref().is_some_and(|asked| asked.urgent || self.unverified)
    }

    pub(in super::super) fn waits(&self) -> bool {
        !self.urgent.is_empty()
    }

    pub(in super::super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// A pull has succeeded: what failed may be tried again.
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
        self.wanted.is_empty() && self.urgent.is_empty() && self.asked.is_none()
    }

    pub(in super::super) fn checked(&self) -> Option<Checked> {
        self.checked
    }

    /// Remembers it; `true` if it is another.
    pub(in super::super) fn check(&mut self, checked: Checked) -> bool {
        self.checked.replace(checked) != Some(checked)
    }

    /// Asks for what is not certain, one request at a time. `enough`: the list will say it all.
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
            // The highest first: the newest are the likeliest to be there still.
            let room = MOST_IDS - ids.len();
            let wanted = self.wanted.iter().rev().filter(|id| !self.urgent.contains(id)).take(room);
            ids.extend(wanted.copied());
            self.since_pull += u32::from(!self.wanted.is_empty());
        }
        if ids.is_empty() {
            return None;
        }
        let asked: SortedSet<_> = ids.iter().copied().collect();
        self.wanted.retain(|id| !asked.contains(id));
        self.urgent.retain(|id| !asked.contains(id));
        self.asked = Some(Asked { ticket, ids: asked, token: with.token, urgent, stale: SortedSet::new() });
        Some(ids)
    }

    /// An answer; `None`: to nothing that was asked.
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
                self.wanted.extend(stale.iter().copied());
                if stranger { Answer::Strange(ids, records) } else { Answer::Records(ids, records) }
            }
            Err(failure) => Answer::Failed(ids, failure, token),
        })
    }

    /// These are asked for again when the next pull has succeeded.
    pub(in super::super) fn again_later(&mut self, ids: &SortedSet<NotificationId>) {
        self.failed = true;
        self.wanted.extend(ids.iter().copied());
    }

    /// These are asked for again as soon as may be.
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
