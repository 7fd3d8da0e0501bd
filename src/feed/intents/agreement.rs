//! Property tests: tabs that broadcast their intents to each other agree in the end, even if messages are late, doubled or
//! lost, and if one overwrites what another has just stored.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Intents, Known, Stage};
use crate::{
    feed::{Entry, Intent, Journal, Now, testing::note},
    model::NotificationId,
};

/// What happens in one of the tabs, or between them.
#[derive(Debug, Clone)]
enum Happens {
    Dismiss(i64),
    Snooze(i64),
    Restore(i64),
    Acknowledge(i64),
    KeepLocal(i64),
    Withdraw(i64),
    /// A list shows it.
    Listed(i64),
    /// A message arrives, again perhaps; or it is lost.
    Receive(usize),
    ReceiveAgain(usize),
    Lose(usize),
    /// The next tab that stores intents reads the text from before the last write of another.
    ReadOld,
    /// The browser reports what was stored.
    ReportStored,
    /// The clock of the device jumps.
    Clock(i16),
}

fn happens() -> impl Strategy<Value = Happens> {
    let id = || 1_i64..4;
    prop_oneof![
        id().prop_map(Happens::Dismiss),
        id().prop_map(Happens::Snooze),
        id().prop_map(Happens::Restore),
        id().prop_map(Happens::Acknowledge),
        id().prop_map(Happens::KeepLocal),
        id().prop_map(Happens::Withdraw),
        id().prop_map(Happens::Listed),
        any::<usize>().prop_map(Happens::Receive),
        any::<usize>().prop_map(Happens::Receive),
        any::<usize>().prop_map(Happens::ReceiveAgain),
        any::<usize>().prop_map(Happens::Lose),
        Just(Happens::ReadOld),
        Just(Happens::ReportStored),
        any::<i16>().prop_map(Happens::Clock),
    ]
}

#[derive(Debug)]
struct Browser {
    tabs: Vec<Intents>,
    stored: Journal,
    /// Which tab has stored something last, and what was stored before. Another tab may still read that.
    last: (usize, Journal),
    reads_old: bool,
    /// To which tab, and what.
    wire: Vec<(usize, Vec<(NotificationId, Intent)>)>,
    now: Now,
    /// The largest that was ever made for each.
    largest: BTreeMap<NotificationId, Intent>,
}

impl Browser {
    fn with(tabs: u32) -> Self {
        let stored = Journal::default();
        let tabs = (1..=tabs).map(|tab| Intents::stored(tab, &stored.intents)).collect();
        Self {
            tabs,
            last: (0, stored.clone()),
            stored,
            reads_old: false,
            wire: Vec::new(),
            now: Now { mono: 1_000, wall: 1_760_000_000_000 },
            largest: BTreeMap::new(),
        }
    }

    fn happens(&mut self, tab: usize, what: &Happens) {
        let now = self.now;
        let tab = tab % self.tabs.len();
        let one = &mut self.tabs[tab];
        let record = |id: i64| std::rc::Rc::new(note(id, id));
        match *what {
            Happens::Dismiss(id) => one.dismiss(&record(id), Some(0), false, now),
            Happens::Snooze(id) => one.snooze(&record(id), now.wall + 60_000, 0, now),
            Happens::Restore(id) => one.restore(NotificationId(id), false, now),
            Happens::Acknowledge(id) => one.end(NotificationId(id), Stage::Acknowledged),
            Happens::KeepLocal(id) if one.known(NotificationId(id)).is_some_and(|known| known != Known::Unknown) => {
                one.keep_local(NotificationId(id));
            }
            Happens::KeepLocal(_) => {}
            Happens::Withdraw(id) => one.end(NotificationId(id), Stage::Withdrawn),
            Happens::Listed(id) => one.saw_listed(&record(id), true),
            Happens::Receive(_) | Happens::ReceiveAgain(_) | Happens::Lose(_) if self.wire.is_empty() => {}
            Happens::Receive(at) => {
                let (to, intents) = self.wire.remove(at % self.wire.len());
                self.receive(to, &intents);
            }
            Happens::ReceiveAgain(at) => {
                let (to, intents) = self.wire[at % self.wire.len()].clone();
                self.receive(to, &intents);
            }
            Happens::Lose(at) => drop(self.wire.remove(at % self.wire.len())),
            Happens::ReadOld => self.reads_old = true,
            Happens::ReportStored => self.report_stored(tab),
            Happens::Clock(by) => self.now.wall += i64::from(by),
        }
        let changed = self.tabs[tab].take_changed();
        for (id, intent) in &changed {
            let largest = self.largest.entry(*id).or_insert(*intent);
            *largest = (*largest).max(*intent);
        }
        if !changed.is_empty() {
            self.store(tab, &changed);
            self.wire.extend((0..self.tabs.len()).filter(|to| *to != tab).map(|to| (to, changed.clone())));
        }
    }

    fn store(&mut self, tab: usize, changed: &[(NotificationId, Intent)]) {
        if tab != self.last.0 {
            let before = self.stored.clone();
            if std::mem::take(&mut self.reads_old) {
                self.stored = std::mem::take(&mut self.last.1);
            }
            self.last = (tab, before);
        }
        self.stored.apply(&Entry::Intents(changed.to_vec()));
    }

    fn report_stored(&mut self, tab: usize) {
        let stored = self.stored.intents.clone();
        for (id, intent) in stored.iter() {
            self.tabs[tab].receive(*id, *intent, None, Some(self.now));
        }
        self.tabs[tab].store_missing(&stored);
    }

    /// The browser reports what was stored to each tab, until there is no more to store.
    fn come_to_rest(&mut self) {
        self.reads_old = false;
        let mut rests = 0;
        while rests < self.tabs.len() {
            for tab in 0..self.tabs.len() {
                self.report_stored(tab);
                let changed = self.tabs[tab].take_changed();
                rests = if changed.is_empty() { rests + 1 } else { 0 };
                self.store(tab, &changed);
            }
        }
    }

    fn receive(&mut self, tab: usize, intents: &[(NotificationId, Intent)]) {
        for (id, intent) in intents {
            self.tabs[tab].receive(*id, *intent, None, Some(self.now));
        }
        assert!(self.tabs[tab].take_changed().is_empty(), "what is received is not sent again");
    }
}

proptest! {
    #[test]
    fn all_tabs_agree_once_they_have_read_what_is_stored(
        tabs in 1_u32..5,
        story in prop::collection::vec((any::<usize>(), happens()), 0..40),
    ) {
        let mut browser = Browser::with(tabs);
        for (tab, what) in &story {
            browser.happens(*tab, what);
        }
        browser.come_to_rest();
        // What arrives later than that is old, even where a list has shown the notification since.
        for tab in &mut browser.tabs {
            (1..4).for_each(|id| tab.saw_listed(&std::rc::Rc::new(note(id, id)), true));
        }
        for (tab, intents) in std::mem::take(&mut browser.wire) {
            browser.receive(tab, &intents);
        }
        if story.iter().any(|(_, what)| matches!(what, Happens::ReadOld)) {
            // What says that it is old may have been overwritten, and the message that said so lost.
            browser.come_to_rest();
        }
        for (id, intent) in &browser.largest {
            // What is over need not be stored, but nothing else may be stored in its place.
            let stored = browser.stored.intents.get(id).copied();
            prop_assert_eq!(stored.unwrap_or(*intent), *intent);
            prop_assert!(stored.is_some() || intent.is_over());
            for tab in &browser.tabs {
                let known = tab.latest(*id);
                let is_forgotten = stored.is_none() && known.is_none_or(Intent::is_over);
                prop_assert!(known == Some(*intent) || is_forgotten);
                prop_assert_eq!(tab.hides(*id), intent.hides());
            }
        }
    }
}
