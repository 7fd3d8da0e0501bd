//! A world, what everybody wants of it, and how it must end.

use std::collections::{BTreeMap, BTreeSet};

use coworker_notifications::{
    config::DismissMode,
    feed::{Event, Status},
    model::NotificationId,
};

use super::{
    op::Op,
    recount::Knowledge,
    scene::Scene,
    support::{Asked, Faulty, MINUTE, SECOND, Server, World, http, no_network, settings},
};

/// What the last to care about a notification wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wish {
    Dismissed,
    Shown,
}

#[derive(Debug)]
pub struct Story {
    pub(super) world: World,
    pub(super) wishes: BTreeMap<i64, Wish>,
    /// A write of these failed, was refused or got no answer.
    troubled: BTreeSet<i64>,
    /// What was ever dismissed in this browser only.
    kept: BTreeSet<i64>,
    /// Somebody elsewhere wanted these back: whose will is done depends on who comes first.
    contested: BTreeSet<i64>,
    /// The act in which each was dismissed last: tab and batch.
    pub(super) acts: BTreeMap<i64, (usize, u32)>,
    /// What was ever dismissed in a tab.
    pub(super) touched: BTreeSet<i64>,
    /// What each tab knows of the server.
    pub(super) knowledge: Vec<Knowledge>,
    /// How many writes have arrived there.
    pub(super) writes: usize,
    a_minute: i64,
    pub mode: DismissMode,
}

impl Story {
    pub fn begin(scene: Scene, tabs: usize) -> Self {
        let mut server = Server::empty().dir(scene.dir).ties(scene.ties).largest_page(scene.largest_page);
        server.answers_ids = scene.answers_ids;
        for number in 0..scene.records {
            server.arrive_at(if scene.a_minute == 0 { 0 } else { number / scene.a_minute });
        }
        let mut world = World::with(server, |setup| {
            setup.settings = settings();
            setup.settings.page_size = scene.page_size;
            setup.settings.dismiss_mode = scene.mode;
        });
        world.event(Event::Start);
        for _ in 1..tabs {
            world.open_tab();
            world.event(Event::Start);
        }
        Self {
            world,
            wishes: BTreeMap::new(),
            troubled: BTreeSet::new(),
            kept: BTreeSet::new(),
            contested: BTreeSet::new(),
            acts: BTreeMap::new(),
            touched: BTreeSet::new(),
            knowledge: vec![Knowledge::default(); tabs],
            writes: 0,
            a_minute: scene.a_minute,
            mode: scene.mode,
        }
    }

    pub fn happens(&mut self, tab: usize, op: &Op) {
        self.world.in_tab(tab);
        if op.is_of_a_tab() {
            self.thaw();
        }
        if op.is_the_members() {
            // A member is in one tab at a time, and slower than a message from one to the other.
            while let Some(index) = self.world.wire.iter().position(|(to, _)| *to == tab) {
                self.world.hear(index);
            }
        }
        self.kept.extend(self.world.local());
        let world = &mut self.world;
        match *op {
            Op::Arrive => {
                let newest = world.server.all().len() as i64 + 1_000;
                world.server.arrive_at(if self.a_minute == 0 { 0 } else { newest / self.a_minute });
            }
            Op::ArriveLate(at) => drop(world.server.arrive_at(if self.a_minute == 0 { 0 } else { i64::from(at) % 40 })),
            Op::DismissElsewhere(at) => {
                if let Some(id) = pick(&world.server.newest_first(), at) {
                    world.server.dismiss(id);
                    self.wishes.remove(&id);
                }
            }
            Op::RestoreElsewhere(at) => {
                // What was dismissed in this browser only, nobody elsewhere can want back.
                let mut ids = world.server.all();
                ids.retain(|id| !self.kept.contains(id));
                if let Some(id) = pick(&ids, at) {
                    world.server.restore(id);
                    self.wishes.remove(&id);
                    self.contested.insert(id);
                }
            }
            Op::Delete(at) => {
                if let Some(id) = pick(&world.server.all(), at) {
                    world.server.delete(id);
                    self.wishes.remove(&id);
                }
            }
            Op::Rewrite(at) => {
                if let Some(id) = pick(&world.server.all(), at) {
                    world.server.change(id, |record| record.message.push('!'));
                }
            }
            Op::Refresh => self.read_again(),
            Op::Calm => {
                self.pass(3 * SECOND);
                for tab in (0..self.world.tabs.len()).filter(|tab| !self.world.tabs[*tab].frozen).collect::<Vec<_>>() {
                    self.world.in_tab(tab);
                    self.read_again();
                }
                self.settle();
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
                self.acted_since(&ids, &ids, Wish::Shown);
            }
            Op::Undo(at) => {
                let batches = world.shown().undo.clone();
                if let Some(batch) = batches.get(usize::from(at).checked_rem(batches.len()).unwrap_or(0)) {
                    world.undo(batch.batch);
                    let act = (tab, batch.batch);
                    let undone: Vec<_> = self.acts.iter().filter(|(_, of)| **of == act).map(|(id, _)| *id).collect();
                    for id in undone {
                        self.acts.remove(&id);
                        // What was dismissed elsewhere in the meantime does not come back by it.
                        if world.server.dismissed_elsewhere(id) {
                            self.wishes.remove(&id);
                        } else {
                            self.wishes.insert(id, Wish::Shown);
                        }
                    }
                }
            }
            Op::Restore(at) => {
                let dismissed: Vec<i64> =
                    self.wishes.iter().filter(|(_, wish)| **wish == Wish::Dismissed).map(|(id, _)| *id).collect();
                let hidden: Vec<_> = dismissed.into_iter().filter(|id| !world.ids().contains(id)).collect();
                if let Some(id) = pick(&hidden, at) {
                    world.restore(id);
                    self.acts.remove(&id);
                    // Another tab may have to be asked, or the record may not be known here.
                    if world.ids().contains(&id) && !world.server.dismissed_elsewhere(id) {
                        self.wishes.insert(id, Wish::Shown);
                    } else {
                        self.wishes.remove(&id);
                    }
                }
            }
            Op::Recall(at) => self.recall(at),
            Op::RetryWrite => {
                if let Some(id) = world.failed().first().copied() {
                    world.event(Event::RetryWrite(NotificationId(id)));
                    if !world.ids().contains(&id) {
                        self.wishes.insert(id, Wish::Dismissed);
                    }
                }
            }
            Op::DismissAll => {
                let waiter = world.waiter();
                world.event(Event::DismissAll(Some(waiter)));
            }
            Op::Agree => {
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
            Op::Visit(orderly, arrives) => self.visit(orderly, arrives),
            Op::Freeze(arrives) => self.freeze(arrives),
            Op::Lead => world.take_the_lead(),
            Op::Serve(at) => {
                if let Some(index) = usize::from(at).checked_rem(world.under_way()) {
                    world.serve(index);
                }
            }
            Op::Deliver(at) => {
                if let Some(index) = usize::from(at).checked_rem(world.under_way()) {
                    self.deliver(index);
                }
            }
            Op::Lose(at) => {
                if let Some(index) = usize::from(at).checked_rem(world.under_way()) {
                    self.note_trouble(index, true);
                    let renewal = matches!(self.world.tab().asked[index], Asked::Renew { .. });
                    self.world.lose(index, if renewal { http(401) } else { no_network() });
                }
            }
            Op::Hear(at) => {
                // Messages of one tab arrive in order: the first one for some tab.
                let first = world.wire.iter().position(|(to, _)| *to == usize::from(at) % world.tabs.len());
                if let Some(index) = first {
                    world.hear(index);
                }
            }
            Op::Settle => self.settle(),
            Op::ReadsFail(trouble) => world.server.fail(Faulty::Reads, trouble.failure(), 1),
            Op::WritesFail(trouble) => world.server.fail(Faulty::Writes, trouble.failure(), 1),
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
        self.acted_since(&before, ids, Wish::Dismissed);
    }

    fn acted_since(&mut self, before: &[i64], ids: &[i64], wish: Wish) {
        let after = self.world.ids();
        let dismissed: Vec<_> = ids.iter().filter(|id| before.contains(id) && !after.contains(id)).copied().collect();
        self.touched.extend(&dismissed);
        for id in &dismissed {
            // What was dismissed elsewhere does not come back when its snooze is over.
            if wish == Wish::Shown && self.world.server.is_dismissed(*id) == Some(true) {
                self.wishes.remove(id);
            } else {
                self.wishes.insert(*id, wish);
            }
        }
        if let Some(batch) = self.world.shown().undo.last() {
            let act = (self.world.current(), batch.batch);
            self.acts.extend(dismissed.iter().map(|id| (*id, act)));
        }
    }

    fn deliver(&mut self, index: usize) {
        self.world.serve(index);
        self.note_trouble(index, false);
        if let Asked::List { answer: Some(Err(_)), .. } | Asked::Fetch { answer: Some(Err(_)), .. } =
            &self.world.tab().asked[index]
        {
            self.read_in_vain();
        }
        let restored = match &self.world.tab().asked[index] {
            Asked::Write { notification, dismissed: false, answer: Some(Err(_)), .. } => Some(notification.id.0),
            _ => None,
        };
        self.world.deliver(index);
        // Given up: a dismissal is back with its reason, a notification that was to be restored is hidden again.
        self.troubled.extend(self.world.failed());
        self.troubled.extend(restored.filter(|id| !self.world.ids().contains(id)));
    }

    pub(super) fn note_trouble(&mut self, index: usize, lost: bool) {
        if let Asked::Write { notification, answer, .. } = &self.world.tab().asked[index] {
            let failed = matches!(answer, Some(Err(failure)) if !matches!(failure.status, Some(401 | 409 | 429)));
            if failed || lost {
                self.troubled.insert(notification.id.0);
            }
        } else if let Asked::Fetch { ids, answer, .. } = &self.world.tab().asked[index] {
            if lost || matches!(answer, Some(Err(_))) {
                self.troubled.extend(ids.iter().map(|id| id.0));
            }
        } else if lost && matches!(self.world.tab().asked[index], Asked::Renew { .. }) {
            // Without a token nothing that waits can be written: all of it is given up and told.
            self.troubled.extend(self.wishes.keys());
        }
    }

    fn settle(&mut self) {
        for round in 0.. {
            assert!(round < 4_000, "it does not come to rest");
            if !self.world.wire.is_empty() {
                self.world.hear(0);
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
            self.settle();
            let Some((at, tab)) = self.world.wakes().min().filter(|(at, _)| *at <= end) else { break };
            self.world.move_clock(at);
            self.world.in_tab(tab).event(Event::Wake);
        }
        self.world.move_clock(end);
    }

    // --- How it ends ------------------------------------------------------------------------------------------------

    /// Things calm down; then everybody sees what is.
    pub fn ends_well(mut self) {
        self.settle();
        self.world.server.heal();
        self.world.server.refuses_writes = None;
        for tab in 0..self.world.tabs.len() {
            self.world.in_tab(tab);
            self.thaw();
            self.world.event(Event::Online(true));
            self.world.event(Event::Visible(true));
            // After a refused token only a person helps.
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
        // One whose answer was lost may be written again when the member asks for it. And where one tab asks another to
        // restore what that one has just written, both may do it: it costs a request, and comes to the same.
        let alone = self.world.tabs.len() == 1;
        let twice = self.world.server.written_twice.iter();
        let twice: Vec<_> =
            twice.filter(|(id, dismissed)| (*dismissed || alone) && !self.troubled.contains(id)).collect();
        assert!(twice.is_empty(), "{twice:?} is written twice");
        for tab in 0..self.world.tabs.len() {
            self.world.in_tab(tab);
            self.loads_everything();
        }
        self.nothing_is_lost();
        for tab in &self.world.tabs {
            assert!(tab.asked.is_empty());
        }
    }

    /// What a fresh load of so many pages would give, read from the front or, where that gives the oldest, the back.
    fn shows_a_fresh_load(&self) {
        let world = &self.world;
        let hidden = |id: &i64| world.local().contains(id);
        let shown: BTreeSet<i64> = world.ids().into_iter().collect();
        let [forwards, backwards] = [world.server.listed(true), world.server.listed(false).into_iter().rev().collect()];
        // The shown ones and the locally dismissed ones among them are the first of the server's list.
        let is_start_of = |all: &Vec<i64>| {
            let reach = all.iter().rposition(|id| shown.contains(id)).map_or(0, |last| last + 1);
            all.iter().take(reach).filter(|id| !hidden(id)).copied().collect::<BTreeSet<_>>() == shown
        };
        assert!(is_start_of(&forwards) || is_start_of(&backwards), "{shown:?} is no start of {forwards:?}");
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

    /// Every dismissal is on the server, in this browser, or was told to have failed; every one taken back is back.
    fn nothing_is_lost(&self) {
        let world = &self.world;
        for (id, wish) in &self.wishes {
            let Some(on_server) = world.server.is_dismissed(*id) else { continue };
            let local = world.local().contains(id);
            if self.troubled.contains(id) || self.contested.contains(id) {
                continue;
            }
            match wish {
                Wish::Dismissed => assert!(on_server || local, "the dismissal of {id} is lost"),
                Wish::Shown => assert!(!on_server && !local, "{id} was wanted back"),
            }
            assert!(!world.pending().contains(id), "{id} is still pending");
        }
    }
}

pub(super) fn pick(ids: &[i64], at: u8) -> Option<i64> {
    ids.get(usize::from(at).checked_rem(ids.len())?).copied()
}
