//! Tabs, server, clock and journal, and the steps of a script.

use std::collections::VecDeque;

use coworker_notifications::{
    api::Page,
    error::{Failure, FailureKind},
    feed::{Event, Journal, Notice, Now, Setup, Snapshot, Status, Waiter, peer::Message},
    model::NotificationId,
};

use super::{InFlight, Server, Tab, between::Storage, setup::setup};

/// See the head of `support`.
#[derive(Debug)]
pub struct World {
    pub server: Server,
    pub tabs: Vec<Tab>,
    pub journal: Journal,
    pub now: Now,
    /// Messages to other tabs that have not been received yet, each with its receiver.
    pub messages: VecDeque<(usize, Message)>,
    pub storage: Storage,
    setup: Setup,
    /// The tab that leads.
    leader: Option<usize>,
    current: usize,
    waiters: Waiter,
    /// How many tabs there have been.
    opened: u64,
}

impl World {
    /// One tab that is seen, online and leads.
    pub fn new(server: Server) -> Self {
        Self::with(server, |_| {})
    }

    /// The same with settings of its own.
    pub fn with(server: Server, change: impl FnOnce(&mut Setup)) -> Self {
        let mut setup = setup();
        change(&mut setup);
        let journal = setup.journal.clone();
        let now = Now { mono: 1_000, wall: 1_760_000_000_000 };
        let mut world = Self {
            server,
            tabs: Vec::new(),
            journal,
            now,
            messages: VecDeque::new(),
            storage: Storage::default(),
            setup,
            leader: Some(0),
            current: 0,
            waiters: 0,
            opened: 0,
        };
        world.open_tab();
        world.event(Event::Leading(true));
        world
    }

    /// Two tabs with their first lists; the first one leads. The script goes on in the first.
    pub fn two_tabs(server: Server) -> Self {
        Self::two_tabs_with(server, |_| {})
    }

    /// The same with settings of their own.
    pub fn two_tabs_with(server: Server, change: impl FnOnce(&mut Setup)) -> Self {
        let mut world = Self::with(server, change);
        world.start();
        world.open_tab();
        world.start();
        world.in_tab(0);
        world
    }

    /// Another tab, which follows. The script goes on in it.
    pub fn open_tab(&mut self) -> usize {
        let tab = self.new_tab();
        self.tabs.push(tab);
        self.current = self.tabs.len() - 1;
        self.current
    }

    /// Another tab takes the place of the current one, which is gone with its requests.
    pub fn replace_tab(&mut self) {
        let (tab, current) = (self.new_tab(), self.current);
        self.tabs[current] = tab;
        self.messages.retain(|(to, _)| *to != current);
        self.event(Event::Leading(self.leader == Some(current)));
    }

    fn new_tab(&mut self) -> Tab {
        let seed = self.opened + 7;
        self.opened += 1;
        Tab::new(Setup { journal: self.journal.clone(), tab: seed as u32, seed, ..self.setup.clone() })
    }

    /// The current tab leads from now on, unless the leader has a write in flight.
    pub fn take_the_lead(&mut self) {
        let (current, before) = (self.current, self.leader);
        let writes = |request: &InFlight| matches!(request, InFlight::Write { .. });
        if before == Some(current) || before.is_some_and(|tab| self.tabs[tab].in_flight.iter().any(writes)) {
            return;
        }
        self.leader = Some(current);
        if let Some(before) = before {
            self.in_tab(before).event(Event::Leading(false));
        }
        self.in_tab(current).event(Event::Leading(true));
    }

    /// The current tab leads no more; another one does, if there is one that can.
    pub fn hand_on_the_lead(&mut self) {
        let current = self.current;
        if self.leader != Some(current) {
            return;
        }
        self.leader = None;
        self.event(Event::Leading(false));
        if let Some(next) = (0..self.tabs.len()).find(|tab| *tab != current && !self.tabs[*tab].frozen) {
            self.in_tab(next).take_the_lead();
            self.current = current;
        }
    }

    pub fn has_leader(&self) -> bool {
        self.leader.is_some()
    }

    /// When timers fire, and in which tab. None fires in the back/forward cache.
    pub fn wakes(&self) -> impl Iterator<Item = (u64, usize)> {
        let awake = self.tabs.iter().enumerate().filter(|(_, tab)| !tab.frozen);
        awake.filter_map(|(tab, one)| Some((one.feed.wake_at()?, tab)))
    }

    /// The first tab that waits for an answer.
    pub fn waiting(&self) -> Option<usize> {
        self.tabs.iter().position(|tab| !tab.frozen && !tab.in_flight.is_empty())
    }

    /// The script goes on in this tab.
    pub fn in_tab(&mut self, tab: usize) -> &mut Self {
        self.current = tab;
        self
    }

    pub fn current(&self) -> usize {
        self.current
    }

    pub fn tab(&self) -> &Tab {
        &self.tabs[self.current]
    }

    pub fn tab_mut(&mut self) -> &mut Tab {
        &mut self.tabs[self.current]
    }

    // --- Events -----------------------------------------------------------------------------------------------------

    /// Something happens; nothing is answered yet.
    pub fn event(&mut self, event: Event) {
        let (now, from) = (self.now, self.current);
        if std::env::var_os("TRACE").is_some() {
            eprint!("\ntab {from} at {}:", now.mono);
        }
        self.tabs[from].step(now, event);
        self.spread(from);
    }

    fn spread(&mut self, from: usize) {
        let stored = std::mem::take(&mut self.tabs[from].stored);
        self.store(from, &stored);
        let tab = &mut self.tabs[from];
        let broadcast: Vec<_> = tab.broadcast.to_vec();
        tab.broadcast.clear();
        if tab.frozen {
            return;
        }
        for message in broadcast {
            let text = message.encode();
            for to in (0..self.tabs.len()).filter(|to| *to != from && !self.tabs[*to].frozen) {
                self.messages.push_back((to, Message::decode(&text).unwrap()));
            }
        }
    }

    pub fn start(&mut self) {
        self.event(Event::Start);
        self.run_until_idle();
    }

    pub fn dismiss(&mut self, ids: &[i64]) {
        self.event(Event::Dismiss(typed(ids)));
    }

    pub fn undo(&mut self, batch: u32) {
        self.event(Event::Undo(batch));
    }

    pub fn restore(&mut self, id: i64) {
        self.event(Event::Restore(NotificationId(id)));
    }

    /// A new waiter.
    pub fn waiter(&mut self) -> Waiter {
        self.waiters += 1;
        self.waiters
    }

    pub fn refresh(&mut self) {
        let waiter = self.waiter();
        self.event(Event::Refresh(Some(waiter)));
        self.run_until_idle();
        assert!(self.tab().resolved.contains(&waiter), "the refresh is over and its promise kept");
    }

    /// Refreshes the current tab only: answers for the other tabs stay in flight.
    pub fn refresh_alone(&mut self) {
        self.event(Event::Refresh(None));
        while self.tab().in_flight.iter().any(|request| matches!(request, InFlight::List { .. })) {
            self.deliver(0);
        }
    }

    pub fn load_more(&mut self) {
        let waiter = self.waiter();
        self.event(Event::LoadMore(Some(waiter)));
        self.run_until_idle();
        assert!(self.tab().resolved.contains(&waiter), "more is loaded and the promise kept");
    }

    /// "Dismiss all", and the page agrees.
    pub fn dismiss_all(&mut self) {
        let waiter = self.waiter();
        self.event(Event::DismissAll(Some(waiter)));
        self.run_until_idle();
        assert!(self.tab().resolved.contains(&waiter), "all is dismissed and the promise kept");
        self.agree();
        self.run_until_idle();
    }

    /// What was proposed is dismissed.
    pub fn agree(&mut self) {
        for ids in std::mem::take(&mut self.tab_mut().proposed) {
            self.event(Event::Dismiss(ids));
        }
    }

    /// The page is left: this tab does nothing any more.
    pub fn leave(&mut self) {
        self.event(Event::Leave);
    }

    // --- Answers and time -------------------------------------------------------------------------------------------

    /// The server handles this request of the current tab.
    pub fn serve(&mut self, index: usize) {
        let Self { server, tabs, current, .. } = self;
        tabs[*current].in_flight[index].serve(server);
    }

    /// The current tab receives the answer.
    pub fn deliver(&mut self, index: usize) {
        self.serve(index);
        let event = self.tab_mut().in_flight.remove(index).answered();
        self.event(event);
    }

    /// Answers the first request, which is for a list, with this page, whatever the server has.
    pub fn answer_list(&mut self, page: Page) {
        let InFlight::List { answer, .. } = &mut self.tab_mut().in_flight[0] else { panic!("no list was requested") };
        *answer = Some(Ok(page));
        self.deliver(0);
    }

    /// The answer to this request is lost.
    pub fn lose(&mut self, index: usize, failure: Failure) {
        self.tab_mut().in_flight[index].lose(failure);
        self.deliver(index);
    }

    /// Answers all requests in order until nothing is in flight. The clock moves only as far as the spacing of writes needs.
    pub fn run_until_idle(&mut self) {
        let current = self.current;
        for round in 0.. {
            assert!(round < 4_000, "it never becomes idle");
            if self.is_under_way() {
                self.receive(0);
            } else if let Some(tab) = self.waiting() {
                self.current = tab;
                self.deliver(0);
            } else if let Some((at, tab)) = self.next_write() {
                self.move_clock(at);
                self.current = tab;
                self.event(Event::Wake);
            } else {
                break;
            }
        }
        self.current = current;
    }

    /// A write that waits only for its distance from the previous one.
    pub fn next_write(&self) -> Option<(u64, usize)> {
        self.wakes().min().filter(|(at, _)| *at <= self.now.mono + 100)
    }

    /// Time passes and timers fire; no request is answered.
    pub fn wait(&mut self, milliseconds: u64) {
        let end = self.now.mono + milliseconds;
        let current = self.current;
        while let Some((at, tab)) = self.wakes().min().filter(|(at, _)| *at <= end) {
            self.move_clock(at);
            self.current = tab;
            self.event(Event::Wake);
        }
        self.current = current;
        self.move_clock(end);
    }

    /// Time passes, timers fire, and requests are answered at once.
    pub fn pass(&mut self, milliseconds: u64) {
        let end = self.now.mono + milliseconds;
        let current = self.current;
        for round in 0.. {
            assert!(round < 20_000, "too much happens in {milliseconds} ms");
            self.run_until_idle();
            let Some((at, tab)) = self.wakes().min().filter(|(at, _)| *at <= end) else { break };
            self.move_clock(at);
            self.current = tab;
            self.event(Event::Wake);
        }
        self.current = current;
        self.move_clock(end);
    }

    /// The machine sleeps, so no timer fires. Then each fires once.
    pub fn sleep(&mut self, milliseconds: u64) {
        self.move_clock(self.now.mono + milliseconds);
        for tab in 0..self.tabs.len() {
            self.in_tab(tab).event(Event::Wake);
        }
        self.run_until_idle();
    }

    pub fn move_clock(&mut self, mono: u64) {
        self.now.wall += mono as i64 - self.now.mono as i64;
        self.now.mono = mono;
    }

    // --- State -----------------------------------------------------------------------------------------------------

    pub fn shown(&self) -> &Snapshot {
        &self.tab().shown
    }

    pub fn count(&self) -> u32 {
        self.shown().count.expect("a count is known")
    }

    pub fn status(&self) -> Status {
        self.shown().status
    }

    /// What a tab shows: the count and the list. The script goes on there.
    pub fn seen_in(&mut self, tab: usize) -> (u32, Vec<i64>) {
        self.in_tab(tab);
        (self.count(), self.ids())
    }

    /// The first two tabs show these and count as many.
    #[track_caller]
    pub fn both_show(&mut self, ids: &[i64]) {
        for tab in 0..2 {
            assert_eq!(self.seen_in(tab), (ids.len() as u32, ids.to_vec()), "tab {tab}");
        }
    }

    /// The list, from the newest.
    pub fn ids(&self) -> Vec<i64> {
        self.shown().notifications.iter().map(|one| one.id.0).collect()
    }

    /// Dismissed in this browser only.
    pub fn local(&self) -> Vec<i64> {
        self.journal.local().map(|id| id.0).collect()
    }

    /// Stored, as the server may not have it yet.
    pub fn pending(&self) -> Vec<i64> {
        self.journal.pending().map(|id| id.0).collect()
    }

    pub fn failed(&self) -> Vec<i64> {
        self.shown().failed.keys().map(|id| id.0).collect()
    }

    pub fn errors(&self) -> Vec<FailureKind> {
        let error = |notice: &Notice| match notice {
            Notice::Error { failure, .. } => Some(failure.kind),
            _ => None,
        };
        self.tab().notices.iter().filter_map(error).collect()
    }

    /// The announced arrivals.
    pub fn arrivals(&self) -> Vec<i64> {
        let arrived = |notice: &Notice| match notice {
            Notice::Arrive(new) => new.iter().map(|one| one.id.0).collect(),
            _ => Vec::new(),
        };
        self.tab().notices.iter().flat_map(arrived).collect()
    }

    /// How many requests of the current tab are in flight.
    pub fn in_flight(&self) -> usize {
        self.tab().in_flight.len()
    }

    pub fn writes_in_flight(&self) -> Vec<i64> {
        let write = |request: &InFlight| match request {
            InFlight::Write { notification, .. } => Some(notification.id.0),
            _ => None,
        };
        self.tab().in_flight.iter().filter_map(write).collect()
    }
}

fn typed(ids: &[i64]) -> Vec<NotificationId> {
    ids.iter().copied().map(NotificationId).collect()
}
