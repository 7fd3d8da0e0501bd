//! A scenario: tabs and a server, the state that the operations should lead to, and the checks at the end.

use std::collections::{BTreeMap, BTreeSet};

use coworker_notifications::{
    config::DismissMode,
    feed::{Event, Status},
    model::NotificationId,
};

use super::{
    op::Op,
    recount::Knowledge,
    start::Start,
    support::{Faulty, InFlight, MINUTE, SECOND, Server, World, http, no_network, settings},
};

/// The state of a notification that the last operation on it asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expected {
    Dismissed,
    Shown,
}

#[derive(Debug)]
pub struct Scenario {
    pub(super) world: World,
    pub(super) expected: BTreeMap<i64, Expected>,
    /// Notifications of which a write failed, was refused or got no answer.
    failed: BTreeSet<i64>,
    /// Notifications that were ever dismissed in this browser only.
    local_only: BTreeSet<i64>,
    /// Notifications that were restored remotely, too: the result depends on which write comes first.
    contested: BTreeSet<i64>,
    /// By notification: the tab and the batch in which it was dismissed last.
    pub(super) acts: BTreeMap<i64, (usize, u32)>,
    /// Notifications that were ever dismissed in a tab.
    pub(super) touched: BTreeSet<i64>,
    /// What each tab knows of the server.
    pub(super) knowledge: Vec<Knowledge>,
    /// How many writes have arrived at the server.
    pub(super) writes: usize,
    per_minute: i64,
    pub mode: DismissMode,
}

impl Scenario {
    pub fn begin(start: Start, tabs: usize) -> Self {
        let mut server = Server::empty().dir(start.dir).ties(start.ties).largest_page(start.largest_page);
        server.answers_ids = start.answers_ids;
        for number in 0..start.records {
            server.arrive_at(if start.per_minute == 0 { 0 } else { number / start.per_minute });
        }
        let mut world = World::with(server, |setup| {
            setup.settings = settings();
            setup.settings.page_size = start.page_size;
            setup.settings.dismiss_mode = start.mode;
        });
        world.event(Event::Start);
        for _ in 1..tabs {
            world.open_tab();
            world.event(Event::Start);
        }
        Self {
            world,
            expected: BTreeMap::new(),
            failed: BTreeSet::new(),
            local_only: BTreeSet::new(),
            contested: BTreeSet::new(),
            acts: BTreeMap::new(),
            touched: BTreeSet::new(),
            knowledge: vec![Knowledge::default(); tabs],
            writes: 0,
            per_minute: start.per_minute,
            mode: start.mode,
        }
    }

    pub fn apply(&mut self, tab: usize, op: &Op) {
        self.world.in_tab(tab);
        if op.is_in_a_tab() {
            self.thaw();
        }
        if op.is_by_the_member() {
            // The member uses one tab at a time, and is slower than the messages between tabs.
            while let Some(index) = self.world.messages.iter().position(|(to, _)| *to == tab) {
                self.world.receive(index);
            }
            self.world.report_stored();
        }
        self.local_only.extend(self.world.local());
        let world = &mut self.world;
        match *op {
            Op::Arrive => {
                let newest = world.server.all().len() as i64 + 1_000;
                world.server.arrive_at(if self.per_minute == 0 { 0 } else { newest / self.per_minute });
            }
            Op::ArriveLate(at) => {
                world.server.arrive_at(if self.per_minute == 0 { 0 } else { i64::from(at) % 40 });
            }
            Op::DismissRemotely(at) => {
                if let Some(id) = pick(&world.server.newest_first(), at) {
                    world.server.dismiss(id);
                    self.expected.remove(&id);
                }
            }
            Op::RestoreRemotely(at) => {
                // What was dismissed in this browser only cannot be restored remotely.
                let mut ids = world.server.all();
                ids.retain(|id| !self.local_only.contains(id));
                if let Some(id) = pick(&ids, at) {
                    world.server.restore(id);
                    self.expected.remove(&id);
                    self.contested.insert(id);
                }
            }
            Op::Delete(at) => {
                if let Some(id) = pick(&world.server.all(), at) {
                    world.server.delete(id);
                    self.expected.remove(&id);
                }
            }
            Op::Rewrite(at) => {
                if let Some(id) = pick(&world.server.all(), at) {
                    world.server.change(id, |record| record.message.push('!'));
                }
            }
            Op::Refresh => self.refresh(),
            Op::RefreshAll => {
                self.pass(3 * SECOND);
                for tab in (0..self.world.tabs.len()).filter(|tab| !self.world.tabs[*tab].frozen).collect::<Vec<_>>() {
                    self.world.in_tab(tab);
                    self.refresh();
                }
                self.run_until_idle();
                self.world.in_tab(tab);
            }
            Op::LoadMore => {
                let waiter = world.waiter();
                world.event(Event::LoadMore(Some(waiter)));
            }
            Op::Dismiss(at, count) => {
                let shown = world.ids();
                let from = usize::from(at).checked_rem(shown.len()).unwrap_or(0);
                let ids: Vec<_> = shown.into_iter().skip(from).take(usize::from(count)).collect();
                self.dismiss(&ids);
            }
            Op::Snooze(at, count, seconds) => {
                let shown = world.ids();
                let from = usize::from(at).checked_rem(shown.len()).unwrap_or(0);
                let ids: Vec<_> = shown.into_iter().skip(from).take(usize::from(count)).collect();
                let until = world.now.wall + i64::from(seconds) * 1_000;
                world.event(Event::Snooze { ids: ids.iter().copied().map(NotificationId).collect(), until });
                self.acted_since(&ids, &ids, Expected::Shown);
            }
            Op::Undo(at) => {
                let batches = world.shown().undo.clone();
                if let Some(batch) = batches.get(usize::from(at).checked_rem(batches.len()).unwrap_or(0)) {
                    world.undo(batch.batch);
                    let act = (tab, batch.batch);
                    let undone: Vec<_> = self.acts.iter().filter(|(_, of)| **of == act).map(|(id, _)| *id).collect();
                    for id in undone {
                        self.acts.remove(&id);
                        // An undo does not restore what was dismissed remotely in the meantime.
                        if world.server.dismissed_remotely(id) {
                            self.expected.remove(&id);
                        } else {
                            self.expected.insert(id, Expected::Shown);
                        }
                    }
                }
            }
            Op::Restore(at) => {
                let dismissed: Vec<i64> = self
                    .expected
                    .iter()
                    .filter(|(_, expected)| **expected == Expected::Dismissed)
                    .map(|(id, _)| *id)
                    .collect();
                let hidden: Vec<_> = dismissed.into_iter().filter(|id| !world.ids().contains(id)).collect();
                if let Some(id) = pick(&hidden, at) {
                    world.restore(id);
                    self.acts.remove(&id);
                    // The restoring may need another tab, or the record may not be loaded here.
                    if world.ids().contains(&id) && !world.server.dismissed_remotely(id) {
                        self.expected.insert(id, Expected::Shown);
                    } else {
                        self.expected.remove(&id);
                    }
                }
            }
            Op::Recall(at) => self.recall(at),
            Op::RetryWrite => {
                if let Some(id) = world.failed().first().copied() {
                    world.event(Event::RetryWrite(NotificationId(id)));
                    if !world.ids().contains(&id) {
                        self.expected.insert(id, Expected::Dismissed);
                    }
                }
            }
            Op::DismissAll => {
                let waiter = world.waiter();
                world.event(Event::DismissAll(Some(waiter)));
            }
            Op::Confirm => {
                for ids in std::mem::take(&mut world.tab_mut().proposed) {
                    let ids: Vec<_> = ids.into_iter().map(|id| id.0).collect();
                    self.dismiss(&ids);
                }
            }
            Op::Hide => world.event(Event::Visible(false)),
            Op::Show => world.event(Event::Visible(true)),
            Op::Offline => world.event(Event::Online(false)),
            Op::Online => world.event(Event::Online(true)),
            Op::PageSize(size) => {
                let mut settings = settings();
                settings.page_size = u32::from(size);
                settings.dismiss_mode = self.mode;
                world.event(Event::Settings(settings));
            }
            Op::Reopen(orderly, arrives) => self.reopen(orderly, arrives),
            Op::Freeze(arrives) => self.freeze(arrives),
            Op::Lead => world.take_the_lead(),
            Op::Serve(at) => {
                if let Some(index) = usize::from(at).checked_rem(world.in_flight()) {
                    world.serve(index);
                }
            }
            Op::Deliver(at) => {
                if let Some(index) = usize::from(at).checked_rem(world.in_flight()) {
                    self.deliver(index);
                }
            }
            Op::Lose(at) => {
                if let Some(index) = usize::from(at).checked_rem(world.in_flight()) {
                    self.note_failure(index, true);
                    let renewal = matches!(self.world.tab().in_flight[index], InFlight::Renew { .. });
                    self.world.lose(index, if renewal { http(401) } else { no_network() });
                }
            }
            Op::Receive(at) => {
                // Messages of one tab arrive in order: the first one for some tab.
                let first = world.messages.iter().position(|(to, _)| *to == usize::from(at) % world.tabs.len());
                if let Some(index) = first {
                    world.receive(index);
                }
            }
            Op::ReadOld => world.read_old(),
            Op::ReportStored => world.report_stored(),
            Op::RunUntilIdle => self.run_until_idle(),
            Op::ReadsFail(fault) => world.server.fail(Faulty::Reads, fault.failure(), 1),
            Op::WritesFail(fault) => world.server.fail(Faulty::Writes, fault.failure(), 1),
            Op::WritesRefused(refused) => world.server.refuses_writes = refused,
            Op::TokenExpires => world.server.token_expired = true,
            Op::Tick(milliseconds) => {
                let to = world.now.mono + u64::from(milliseconds);
                world.move_clock(to);
                for tab in (0..world.tabs.len()).filter(|tab| !world.tabs[*tab].frozen).collect::<Vec<_>>() {
                    world.in_tab(tab);
                    if world.tab().feed.wake_at().is_some_and(|at| at <= to) {
                        world.event(Event::Wake);
                    }
                }
            }
            Op::Pass(seconds) => self.pass(u64::from(seconds) * SECOND),
        }
        self.recount(op);
    }

    fn dismiss(&mut self, ids: &[i64]) {
        let before = self.world.ids();
        self.world.dismiss(ids);
        self.acted_since(&before, ids, Expected::Dismissed);
    }

    fn acted_since(&mut self, before: &[i64], ids: &[i64], expected: Expected) {
        let after = self.world.ids();
        let dismissed: Vec<_> = ids.iter().filter(|id| before.contains(id) && !after.contains(id)).copied().collect();
        self.touched.extend(&dismissed);
        for id in &dismissed {
            // What was dismissed remotely does not come back when its snooze is over.
            if expected == Expected::Shown && self.world.server.is_dismissed(*id) == Some(true) {
                self.expected.remove(id);
            } else {
                self.expected.insert(*id, expected);
            }
        }
        if let Some(batch) = self.world.shown().undo.last() {
            let act = (self.world.current(), batch.batch);
            self.acts.extend(dismissed.iter().map(|id| (*id, act)));
        }
    }

    fn deliver(&mut self, index: usize) {
        self.world.serve(index);
        self.note_failure(index, false);
        if let InFlight::List { answer: Some(Err(_)), .. } | InFlight::Fetch { answer: Some(Err(_)), .. } =
            &self.world.tab().in_flight[index]
        {
            self.read_failed();
        }
        let restored = match &self.world.tab().in_flight[index] {
            InFlight::Write { notification, dismissed: false, answer: Some(Err(_)), .. } => Some(notification.id.0),
            _ => None,
        };
        self.world.deliver(index);
        // After a failed write, a dismissed notification is shown again with its error, and a restored one is hidden again.
        self.failed.extend(self.world.failed());
        self.failed.extend(restored.filter(|id| !self.world.ids().contains(id)));
    }

    pub(super) fn note_failure(&mut self, index: usize, lost: bool) {
        if let InFlight::Write { notification, answer, .. } = &self.world.tab().in_flight[index] {
            let failed = matches!(answer, Some(Err(failure)) if !matches!(failure.status, Some(401 | 409 | 429)));
            if failed || lost {
                self.failed.insert(notification.id.0);
            }
        } else if let InFlight::Fetch { ids, answer, .. } = &self.world.tab().in_flight[index] {
            if lost || matches!(answer, Some(Err(_))) {
                self.failed.extend(ids.iter().map(|id| id.0));
            }
        } else if lost && matches!(self.world.tab().in_flight[index], InFlight::Renew { .. }) {
            // Without a token no pending write can be sent: all of them fail.
            self.failed.extend(self.expected.keys());
        }
    }

    fn run_until_idle(&mut self) {
        for round in 0.. {
            assert!(round < 4_000, "it never becomes idle");
            if self.world.is_under_way() {
                self.world.receive(0);
            } else if let Some(tab) = self.world.waiting() {
                self.world.in_tab(tab);
                self.deliver(0);
            } else if let Some((at, tab)) = self.world.next_write() {
                self.world.move_clock(at);
                self.world.in_tab(tab).event(Event::Wake);
            } else {
                break;
            }
        }
    }

    fn pass(&mut self, milliseconds: u64) {
        let end = self.world.now.mono + milliseconds;
        for round in 0.. {
            assert!(round < 20_000, "too much happens in {milliseconds} ms");
            self.run_until_idle();
            let Some((at, tab)) = self.world.wakes().min().filter(|(at, _)| *at <= end) else { break };
            self.world.move_clock(at);
            self.world.in_tab(tab).event(Event::Wake);
        }
        self.world.move_clock(end);
    }

    // --- How it ends ------------------------------------------------------------------------------------------------

    /// Lets all faults end and all tabs refresh, and then checks that every tab shows what the server has.
    pub fn check_end(mut self) {
        self.run_until_idle();
        self.world.server.clear_faults();
        self.world.server.refuses_writes = None;
        for tab in 0..self.world.tabs.len() {
            self.world.in_tab(tab);
            self.thaw();
            self.world.event(Event::Online(true));
            self.world.event(Event::Visible(true));
            // After a refused token the feed waits for the member.
            self.world.event(Event::Refresh(None));
        }
        // Longer than any pause, undo time or wait for another tab.
        self.pass(30 * MINUTE);
        for tab in 0..self.world.tabs.len() {
            self.world.in_tab(tab).refresh();
            assert_eq!(self.world.status(), Status::Ready, "tab {tab}");
            assert!(self.world.shown().undo.is_empty() && self.world.shown().progress.is_none());
            self.shows_a_fresh_load();
        }
        // A write whose answer was lost may be repeated when the member asks for it. And if one tab asks another to restore
        // what that one has just written, both may write it: that costs one request more and gives the same result.
        let alone = self.world.tabs.len() == 1;
        let twice = self.world.server.written_twice.iter();
        let twice: Vec<_> =
            twice.filter(|(id, dismissed)| (*dismissed || alone) && !self.failed.contains(id)).collect();
        assert!(twice.is_empty(), "{twice:?} is written twice");
        for tab in 0..self.world.tabs.len() {
            self.world.in_tab(tab);
            self.loads_everything();
        }
        self.nothing_is_lost();
        for tab in &self.world.tabs {
            assert!(tab.in_flight.is_empty());
        }
    }

    /// The list is what a new load of as many pages gives. A server that lists the oldest first is read from the back.
    fn shows_a_fresh_load(&self) {
        let world = &self.world;
        let hidden = |id: &i64| world.local().contains(id);
        let shown: BTreeSet<i64> = world.ids().into_iter().collect();
        let [forwards, backwards] = [world.server.listed(true), world.server.listed(false).into_iter().rev().collect()];
        // The shown notifications, with the locally dismissed ones between them, are the beginning of the server's list.
        let is_start_of = |all: &Vec<i64>| {
            let reach = all.iter().rposition(|id| shown.contains(id)).map_or(0, |last| last + 1);
            all.iter().take(reach).filter(|id| !hidden(id)).copied().collect::<BTreeSet<_>>() == shown
        };
        assert!(is_start_of(&forwards) || is_start_of(&backwards), "{shown:?} is not the beginning of {forwards:?}");
        let count = forwards.iter().filter(|id| !hidden(id)).count();
        assert!(world.count() as usize == count, "{} is the count of {forwards:?}", world.count());
        assert!(world.shown().has_more || shown.len() == count, "there is more to load");
    }

    fn loads_everything(&mut self) {
        for round in 0.. {
            if !self.world.shown().has_more {
                break;
            }
            assert!(round < 100, "no end of pages");
            self.world.load_more();
        }
        let world = &self.world;
        let expected: Vec<i64> =
            world.server.newest_first().into_iter().filter(|id| !world.local().contains(id)).collect();
        assert_eq!(world.ids(), expected);
        assert_eq!(world.count() as usize, expected.len());
    }

    /// Every dismissal is on the server or in this browser, or has failed with an error; everything restored is restored.
    fn nothing_is_lost(&self) {
        let world = &self.world;
        for (id, expected) in &self.expected {
            let Some(on_server) = world.server.is_dismissed(*id) else { continue };
            let local = world.local().contains(id);
            if self.failed.contains(id) || self.contested.contains(id) {
                continue;
            }
            match expected {
                Expected::Dismissed => assert!(on_server || local, "the dismissal of {id} is lost"),
                Expected::Shown => assert!(!on_server && !local, "the restoring of {id} is lost"),
            }
            assert!(!world.pending().contains(id), "{id} is still pending");
        }
    }
}

pub(super) fn pick(ids: &[i64], at: u8) -> Option<i64> {
    ids.get(usize::from(at).checked_rem(ids.len())?).copied()
}
