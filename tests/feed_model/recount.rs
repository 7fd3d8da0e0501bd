//! Checks the count whenever a tab can know what the server has.
//!
//! A tab knows it once a refresh has read everything that it had loaded, and as long as nothing changes remotely. From
//! then on the count must be right after whatever the member does, after every write and every message of another tab.

use super::{
    op::Op,
    scenario::Scenario,
    support::{InFlight, SECOND},
};
use coworker_notifications::feed::{Event, Intent, Status};

/// What a tab knows of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Knowledge {
    /// It may have missed a change.
    #[default]
    Stale,
    /// A refresh reads everything. `undisturbed`: nothing has changed since it began.
    Reading { waiter: u32, undisturbed: bool },
    /// It knows everything.
    Complete,
}

impl Scenario {
    /// Refreshes the current tab.
    pub(super) fn refresh(&mut self) {
        let (tab, waiter) = (self.world.current(), self.world.waiter());
        self.world.event(Event::Refresh(Some(waiter)));
        // While the server demands a pause, nothing is read.
        let reads = !self.world.tab().resolved.contains(&waiter);
        self.knowledge[tab] = if reads { Knowledge::Reading { waiter, undisturbed: true } } else { Knowledge::Stale };
    }

    /// To be called when a read of the current tab has failed.
    pub(super) fn read_failed(&mut self) {
        let tab = self.world.current();
        self.knowledge[tab] = Knowledge::Stale;
    }

    /// To be called when something has changed without a message to any tab.
    pub(super) fn changed_remotely(&mut self) {
        for one in &mut self.knowledge {
            *one = match *one {
                Knowledge::Reading { waiter, .. } => Knowledge::Reading { waiter, undisturbed: false },
                _ => Knowledge::Stale,
            };
        }
    }

    /// Checks the count after an operation.
    pub(super) fn recount(&mut self, op: &Op) {
        let elsewhere = matches!(
            op,
            Op::Arrive
                | Op::ArriveLate(_)
                | Op::DismissRemotely(_)
                | Op::RestoreRemotely(_)
                | Op::Delete(_)
                | Op::Reopen(..)
                | Op::Freeze(_)
                | Op::Lose(_)
        );
        let writes = self.world.server.writes().len();
        let written = std::mem::replace(&mut self.writes, writes) != writes;
        if elsewhere {
            self.changed_remotely();
        }
        for tab in 0..self.world.tabs.len() {
            let one = &self.world.tabs[tab];
            if let Knowledge::Reading { waiter, undisturbed } = self.knowledge[tab] {
                let ended = one.resolved.contains(&waiter);
                let undisturbed = undisturbed && !written;
                self.knowledge[tab] = match one.shown.status {
                    _ if !ended => Knowledge::Reading { waiter, undisturbed },
                    Status::Ready if undisturbed => Knowledge::Complete,
                    _ => Knowledge::Stale,
                };
            }
        }
        let awake = || (0..self.world.tabs.len()).filter(|tab| !self.world.tabs[*tab].frozen);
        // Tabs that know less are corrected by their next pull, so the count is checked only when all know everything.
        if awake().any(|tab| self.knowledge[tab] != Knowledge::Complete) {
            return;
        }
        // While a tab writes, another may have reversed the intent, in a message that has not arrived yet.
        let writes = |request: &InFlight| matches!(request, InFlight::Write { .. });
        let alone = self.world.tabs.len() == 1;
        let crossing = !alone && self.world.tabs.iter().any(|one| one.in_flight.iter().any(writes));
        if crossing || self.world.is_under_way() {
            return;
        }
        for tab in awake() {
            let one = &self.world.tabs[tab];
            let reads = |request: &InFlight| !matches!(request, InFlight::Write { .. });
            // A pull that a write has disturbed is repeated within two seconds.
            let soon = one.feed.wake_at().is_some_and(|at| at <= self.world.now.mono + 2 * SECOND);
            if one.shown.status == Status::Ready
                && one.shown.count.is_some()
                && !soon
                && !one.in_flight.iter().any(reads)
            {
                self.check_count(tab);
            }
        }
    }

    fn check_count(&self, tab: usize) {
        let world = &self.world;
        let (server, intents) = (&world.server, &world.journal.intents);
        let open = |id: &i64| intents.iter().any(|(one, intent)| one.0 == *id && !intent.is_over());
        let least = server.newest_first().iter().filter(|id| !open(id)).count();
        // What the member restores is counted as soon as the tab has its record, and perhaps twice until the write is
        // acknowledged.
        let restores = |intent: &&Intent| !intent.is_over() && !intent.hides();
        let most = least + 2 * intents.values().filter(restores).count();
        let count = world.tabs[tab].shown.count.unwrap_or_default() as usize;
        assert!((least..=most).contains(&count), "tab {tab} counts {count} of {least} to {most}");
    }
}
