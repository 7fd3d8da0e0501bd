//! One tab: a feed, its requests in flight, and the effects that it has asked for.

use std::{collections::BTreeSet, rc::Rc};

use coworker_notifications::{
    api::{ListQuery, Page},
    error::Failure,
    feed::{Command, Entry, Event, Feed, Notice, Now, Order, Setup, Snapshot, Ticket, Waiter, peer::Message},
    model::{Notification, NotificationId},
};

use super::Server;

/// A request in flight: first the server handles it, some time later the feed receives the answer.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "a test holds few of them")]
pub enum InFlight {
    List { ticket: Ticket, query: ListQuery, answer: Option<Result<Page, Failure>> },
    Fetch { ticket: Ticket, ids: Vec<NotificationId>, answer: Option<Result<Vec<Notification>, Failure>> },
    Write { notification: std::rc::Rc<Notification>, dismissed: bool, last: bool, answer: Option<Result<(), Failure>> },
    Renew { answer: Option<Result<(), Failure>> },
}

impl InFlight {
    /// The server handles the request, unless it has done so already. For `Renew` the page has a new token.
    pub fn serve(&mut self, server: &mut Server) {
        match self {
            Self::List { query, answer, .. } => {
                let _ = answer.get_or_insert_with(|| server.list(query));
            }
            Self::Fetch { ids, answer, .. } => {
                let _ = answer.get_or_insert_with(|| server.fetch(ids));
            }
            Self::Write { notification, dismissed, answer, .. } => {
                let _ = answer.get_or_insert_with(|| server.write(notification, *dismissed));
            }
            Self::Renew { answer } => {
                answer.get_or_insert_with(|| {
                    server.token_expired = false;
                    Ok(())
                });
            }
        }
    }

    /// No answer comes.
    pub fn lose(&mut self, failure: Failure) {
        match self {
            Self::List { answer, .. } => *answer = Some(Err(failure)),
            Self::Fetch { answer, .. } => *answer = Some(Err(failure)),
            Self::Write { answer, .. } => *answer = Some(Err(failure)),
            Self::Renew { answer } => *answer = Some(Err(failure)),
        }
    }

    /// The event that delivers the answer to the feed.
    pub fn answered(self) -> Event {
        match self {
            Self::List { ticket, answer, .. } => Event::Listed { ticket, result: answer.unwrap().map(Box::new) },
            Self::Fetch { ticket, answer, .. } => Event::Fetched { ticket, result: answer.unwrap() },
            Self::Write { notification, answer, .. } => Event::Wrote { id: notification.id, result: answer.unwrap() },
            Self::Renew { answer } => Event::Renewed(answer.unwrap()),
        }
    }
}

/// See the head of this file.
#[derive(Debug)]
pub struct Tab {
    pub feed: Feed,
    /// Requests in flight, oldest first.
    pub in_flight: Vec<InFlight>,
    /// What was announced to the page.
    pub notices: Vec<Notice>,
    /// What was broadcast to the other tabs.
    pub broadcast: Vec<Message>,
    /// Waiters whose promise is resolved.
    pub resolved: Vec<Waiter>,
    /// The stream that is open, or opening.
    pub stream: Option<String>,
    /// Entries to be stored.
    pub stored: Vec<Entry>,
    /// Notifications of which the page is asked whether to dismiss them all.
    pub proposed: Vec<Vec<NotificationId>>,
    /// Remembered for the session.
    pub order: Option<Order>,
    /// Remembered for the session.
    pub refusal: bool,
    pub shown: Rc<Snapshot>,
    /// Commands of the latest step.
    pub commands: usize,
    /// In the browser's back/forward cache, where no code runs.
    pub frozen: bool,
}

impl Tab {
    pub fn new(setup: Setup) -> Self {
        Self {
            feed: Feed::new(setup),
            in_flight: Vec::new(),
            notices: Vec::new(),
            broadcast: Vec::new(),
            resolved: Vec::new(),
            stream: None,
            stored: Vec::new(),
            proposed: Vec::new(),
            order: None,
            refusal: false,
            shown: Rc::default(),
            commands: 0,
            frozen: false,
        }
    }

    pub fn step(&mut self, now: Now, event: Event) {
        let leaves = event == Event::Leave;
        // `TRACE=1` shows what happened, with `-- --nocapture` also while all is well.
        let traced = std::env::var_os("TRACE").map(|_| format!("{event:?}"));
        let commands = self.feed.step(now, event);
        if let Some(event) = traced {
            eprintln!("\n{event}\n    {commands:?}");
        }
        self.commands = commands.len();
        let is_write = |command: &Command| matches!(command, Command::Write { .. });
        assert!(!leaves || commands.is_sorted_by_key(|command| !is_write(command)), "the last writes come first");
        for command in commands {
            match command {
                Command::List { ticket, query } => self.in_flight.push(InFlight::List { ticket, query, answer: None }),
                Command::Fetch { ticket, ids } => self.in_flight.push(InFlight::Fetch { ticket, ids, answer: None }),
                Command::Write { notification, dismissed, keepalive } => {
                    assert_eq!(keepalive, leaves, "keepalive is for the last writes");
                    self.in_flight.push(InFlight::Write { notification, dismissed, last: keepalive, answer: None });
                }
                Command::Renew => self.in_flight.push(InFlight::Renew { answer: None }),
                Command::Stream(address) => self.stream = address,
                Command::Store(entries) => self.stored.extend(entries),
                Command::RememberOrder(order) => self.order = Some(order),
                Command::RememberRefusal => self.refusal = true,
                Command::Broadcast(message) => self.broadcast.push(message),
                Command::Emit(notice) => self.notices.push(notice),
                Command::Resolve(waiters) => self.resolved.extend(waiters),
                Command::Propose(ids, waiters) => {
                    self.proposed.push(ids);
                    self.resolved.extend(waiters);
                }
            }
        }
        self.check(now);
    }

    /// The invariants.
    fn check(&mut self, now: Now) {
        let lists = self.in_flight.iter().filter(|request| matches!(request, InFlight::List { .. })).count();
        assert!(lists <= 1, "{lists} lists are read at a time");
        let renewals = self.in_flight.iter().filter(|request| matches!(request, InFlight::Renew { .. })).count();
        assert!(renewals <= 1, "the page is asked for {renewals} tokens at a time");
        let fetches = self.in_flight.iter().filter(|request| matches!(request, InFlight::Fetch { .. })).count();
        assert!(fetches <= 2, "{fetches} reads by id at a time");
        let mut writing = BTreeSet::new();
        let mut usual = 0;
        for request in &self.in_flight {
            if let InFlight::Write { notification, last, .. } = request {
                assert!(writing.insert(notification.id), "{} is written twice at a time", notification.id);
                usual += u32::from(!last);
            }
        }
        assert!(usual <= 4, "{usual} writes at a time");
        // Of a hundred records that were requested by id, each may cause a notice.
        assert!(self.commands <= 128 + usual as usize + writing.len(), "{} commands in one step", self.commands);
        if let Some(at) = self.feed.wake_at() {
            assert!(at > now.mono, "what is due has not been done");
        }
        self.check_snapshot();
        self.check_notices();
    }

    fn check_snapshot(&mut self) {
        let shown = self.feed.snapshot();
        let key = |one: &Notification| std::cmp::Reverse((one.created, one.id));
        assert!(
            shown.notifications.iter().is_sorted_by(|one, next| key(one) < key(next)),
            "in order, each once: {:?}",
            shown.notifications.iter().map(|one| one.id.0).collect::<Vec<_>>()
        );
        if self.shown.revision == shown.revision {
            assert!(self.shown.notifications.is_same(&shown.notifications), "the same revision, another list");
            assert_eq!(self.shown.count, shown.count);
            assert_eq!(self.shown.status, shown.status);
            assert_eq!(self.shown.has_more, shown.has_more);
        }
        if let (true, false, Some(count)) = (shown.loaded, shown.has_more, shown.count) {
            let length = shown.notifications.len();
            assert!(count as usize >= length, "{length} are shown and only {count} counted");
        }
        let again = self.feed.snapshot();
        assert_eq!(again.revision, shown.revision, "a snapshot changes nothing");
        self.shown = shown;
    }

    fn check_notices(&self) {
        let counts: Vec<u32> = self.counts();
        assert!(counts.windows(2).all(|pair| pair[0] != pair[1]), "the same count is announced twice: {counts:?}");
        let ready = self.notices.iter().filter(|notice| matches!(notice, Notice::Ready { .. })).count();
        assert!(ready <= 1, "ready is announced {ready} times");
        let waiters: BTreeSet<_> = self.resolved.iter().collect();
        assert_eq!(waiters.len(), self.resolved.len(), "a promise is resolved twice");
    }

    /// The announced counts, in order.
    pub fn counts(&self) -> Vec<u32> {
        let count = |notice: &Notice| match notice {
            Notice::Change { count } => Some(*count),
            _ => None,
        };
        self.notices.iter().filter_map(count).collect()
    }
}
