//! The count is right at every moment at which a tab can know what the server has.
//!
//! A tab knows it once a refresh has read all that it had loaded, and for as long as nothing changes elsewhere. What the
//! member does, what is written and what other tabs say must leave the count right from there on.

use super::{
    op::Op,
    story::Story,
    support::{Asked, SECOND},
};
use coworker_notifications::feed::{Event, Intent, Status};

/// What one tab knows of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Knowledge {
    /// It may have missed something.
    #[default]
    Old,
    /// It reads all of it; `true` while nothing has changed since it began.
    Reading {
        waiter: u32,
        undisturbed: bool,
    },
    Whole,
}

impl Story {
    /// The current tab reads everything again.
    pub(super) fn read_again(&mut self) {
        let (tab, waiter) = (self.world.current(), self.world.waiter());
        self.world.event(Event::Refresh(Some(waiter)));
        // While the server asks to be left alone, nothing is read.
        let reads = !self.world.tab().resolved.contains(&waiter);
        self.knowledge[tab] = if reads { Knowledge::Reading { waiter, undisturbed: true } } else { Knowledge::Old };
    }

    /// A read of the current tab has failed.
    pub(super) fn read_in_vain(&mut self) {
        let tab = self.world.current();
        self.knowledge[tab] = Knowledge::Old;
    }

    /// Something has changed that no tab was told.
    pub(super) fn changed_elsewhere(&mut self) {
        for one in &mut self.knowledge {
            *one = match *one {
                Knowledge::Reading { waiter, .. } => Knowledge::Reading { waiter, undisturbed: false },
                _ => Knowledge::Old,
            };
        }
    }

    /// After each step.
    pub(super) fn recount(&mut self, op: &Op) {
        let elsewhere = matches!(
            op,
            Op::Arrive
                | Op::ArriveLate(_)
                | Op::DismissElsewhere(_)
                | Op::RestoreElsewhere(_)
                | Op::Delete(_)
                | Op::Visit(..)
                | Op::Freeze(_)
                | Op::Lose(_)
        );
        let writes = self.world.server.writes().len();
        let written = std::mem::replace(&mut self.writes, writes) != writes;
        if elsewhere {
            self.changed_elsewhere();
        }
        for tab in 0..self.world.tabs.len() {
            let one = &self.world.tabs[tab];
            if let Knowledge::Reading { waiter, undisturbed } = self.knowledge[tab] {
                let ended = one.resolved.contains(&waiter);
                let undisturbed = undisturbed && !written;
                self.knowledge[tab] = match one.shown.status {
                    _ if !ended => Knowledge::Reading { waiter, undisturbed },
                    Status::Ready if undisturbed => Knowledge::Whole,
                    _ => Knowledge::Old,
                };
            }
        }
        let awake = || (0..self.world.tabs.len()).filter(|tab| !self.world.tabs[*tab].frozen);
        // What one tab knows better is put right by the others' next pull.
        if awake().any(|tab| self.knowledge[tab] != Knowledge::Whole) {
            return;
        }
        // While a tab writes, another may have taken it back and not be heard yet.
        let writes = |asked: &Asked| matches!(asked, Asked::Write { .. });
        let alone = self.world.tabs.len() == 1;
        let crossing = !alone && self.world.tabs.iter().any(|one| one.asked.iter().any(writes));
        if crossing || !self.world.wire.is_empty() {
            return;
        }
        for tab in awake() {
            let one = &self.world.tabs[tab];
            let reads = |asked: &Asked| !matches!(asked, Asked::Write { .. });
            // A pull that a write disturbed is made again within two seconds.
            let soon = one.feed.wake_at().is_some_and(|at| at <= self.world.now.mono + 2 * SECOND);
            if one.shown.status == Status::Ready && one.shown.count.is_some() && !soon && !one.asked.iter().any(reads) {
                self.counts_right(tab);
            }
        }
    }

    fn counts_right(&self, tab: usize) {
        let world = &self.world;
        let (server, intents) = (&world.server, &world.journal.intents);
        let open = |id: &i64| intents.iter().any(|(one, intent)| one.0 == *id && !intent.is_over());
        let least = server.newest_first().iter().filter(|id| !open(id)).count();
        // What the member wants back is counted as soon as the tab has its record, and perhaps twice until its write is
        // acknowledged.
        let wanted_back = |intent: &&Intent| !intent.is_over() && !intent.hides();
        let most = least + 2 * intents.values().filter(wanted_back).count();
        let count = world.tabs[tab].shown.count.unwrap_or_default() as usize;
        assert!((least..=most).contains(&count), "tab {tab} counts {count} of {least} to {most}");
    }
}
