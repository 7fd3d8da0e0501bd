//! Local dismissals that are not loaded: the count is right only if the server still lists them.
//!
//! They are taken to stand beyond what is loaded. Where nothing but what is seen to be new has changed the total since
//! an earlier visit was sure of them, they do; otherwise the server is asked, by their ids or for the whole list,
//! whichever is less.

use super::{
    Entry, Feed,
    journal::Checked,
    look::{Goal, Look},
    reading::FILTERED_MOST,
};
use crate::model::NotificationId;

impl Feed {
    /// What is dismissed here, but is not loaded, is taken to be counted: is it?
    pub(super) fn doubt_what_is_beyond(&mut self, look: &Look) {
        let since = self.checked.filter(|checked| !self.loaded && look.follows(checked)).map(|checked| checked.highest);
        let local = self.changes.local.iter().filter(|id| Some(*id) > since);
        let doubted: Vec<_> = local.filter(|id| self.list.get(*id).is_none()).collect();
        self.unproven = !doubted.is_empty() && (self.unproven || !self.loaded);
        let pending: Vec<_> = self.changes.listed().filter(|id| self.list.get(*id).is_none()).collect();
        if doubted.len() > self.beyond as usize && look.goal != Goal::ALL {
            self.want(Goal::ALL);
        }
        self.uncertain.extend(doubted.into_iter().chain(pending));
    }

    /// The server does not say what there is of these ids: then the list must.
    pub(super) fn prove_without_ids(&mut self) {
        if self.unproven {
            // Beyond so many nobody will look for a mistake.
            self.unproven = self.covered() < FILTERED_MOST;
            self.want(Goal::Whole(FILTERED_MOST));
        }
    }

    /// While it goes on by ids, looks wait: each answer may ask for one.
    pub(super) fn is_being_proved(&self) -> bool {
        self.unproven && self.fetching.is_some()
    }

    /// Sees whether it is over, and remembers for the next visit that nothing is left to doubt.
    pub(super) fn see_proof(&mut self) {
        let asking = !self.uncertain.is_empty() || self.fetching.is_some();
        // Something has gone: the look that this calls for gives the total that goes with it.
        let looking = self.reading.waits() || self.reading.under_way.is_some() || self.problem.is_some();
        self.unproven &= asking || self.doubtful && looking;
        let sure = self.loaded && !asking && !self.unproven && !self.doubtful && self.changes.are_over();
        let (true, Some(total), Some(highest)) = (sure, self.total, self.highest) else { return };
        let checked = Some(Checked { total, highest });
        if checked != self.checked && self.listed_dismissed.is_empty() && self.changes.local.iter().next().is_some() {
            self.checked = checked;
            self.store(checked.map(Entry::Checked).into_iter().collect());
        }
    }
}

impl Look {
    /// Whether what it saw is what was there at an earlier visit, and some that came since.
    fn follows(&self, checked: &Checked) -> bool {
        let is_new = |id: &&NotificationId| **id > checked.highest;
        let new = self.seen.iter().filter(is_new).count() as u32;
        let certain = !self.moved && !self.torn && !self.unsorted && self.dismissed.is_empty();
        certain && checked.total.checked_add(new) == Some(self.total()) && self.seen.first() <= Some(&checked.highest)
    }
}
