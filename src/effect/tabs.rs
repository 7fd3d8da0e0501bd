//! The other tabs of this origin: one of them leads, and all exchange messages.

use std::{
    cell::{Cell, RefCell},
    rc::{Rc, Weak},
};

use super::{
    channel::Channel,
    election::{Action, Candidate, Happening, Rank},
    lock::{Lock, Outcome},
    timer::Timer,
};
use crate::feed::{Event, peer::Message};

/// Messages about leadership begin with these; a rank follows.
const LEADS: &str = "leads:";
const WANTS: &str = "wants:";
/// A navigation may leave the page in place, as a download does. The tab then takes part again after this time
/// (milliseconds).
const LOOSE: u32 = 10_000;
/// The longest silence of a leader with an open stream (milliseconds): its server sends something every 25 seconds.
const STREAM_SILENCE: u32 = 75_000;

/// A free lock is granted within milliseconds. Without a grant in this time (milliseconds), another tab has it.
const TAKEN: u32 = 300;

/// This tab's link to the others. Where the browser has no channel or no locks, each tab is alone and leads.
pub(super) struct Tabs {
    me: Weak<Self>,
    name: String,
    notify: Box<dyn Fn(Event)>,
    attached: RefCell<Option<Attached>>,
    candidate: RefCell<Candidate>,
    lock: RefCell<Option<Lock>>,
    happenings: RefCell<Vec<Happening>>,
    running: Cell<bool>,
    /// This tab's rank as a leader, and its poll interval (seconds).
    offered: Cell<(Option<Rank>, u32)>,
    /// A navigation has begun, so the page may be left.
    loose: RefCell<Option<Timer>>,
    /// Set when the feed has no subscriber. When it ends, the tab knows whether it leads.
    retiring: RefCell<Option<Timer>>,
    /// Runs out when the leader is silent for too long.
    silence: RefCell<Option<Timer>>,
    leader_streams: Cell<bool>,
    /// No message of a leader has been received yet.
    is_new: Cell<bool>,
}

/// What a page in the back/forward cache must not hold.
struct Attached {
    channel: Option<Channel>,
}

impl Tabs {
    /// `name` identifies the feed; `notify` receives the events.
    pub(super) fn new(name: &str, notify: impl Fn(Event) + 'static) -> Rc<Self> {
        let tabs = Rc::new_cyclic(|me| Self {
            me: me.clone(),
            name: ["coworker-notifications:", name].concat(),
            notify: Box::new(notify),
            attached: RefCell::default(),
            candidate: RefCell::default(),
            lock: RefCell::default(),
            happenings: RefCell::default(),
            running: Cell::default(),
            offered: Cell::new((None, 0)),
            loose: RefCell::default(),
            retiring: RefCell::default(),
            silence: RefCell::default(),
            leader_streams: Cell::default(),
            is_new: Cell::default(),
        });
        tabs.attach();
        tabs
    }

    /// Whether the browser has what tabs need to agree on a leader.
    pub(super) fn can_agree() -> bool {
        Lock::exists() && Channel::exists()
    }

    /// Broadcasts a message to the other tabs.
    pub(super) fn broadcast(&self, message: &Message) {
        self.post(&message.encode());
    }

    /// Sets this tab's rank as a leader and its poll interval (seconds).
    pub(super) fn offer(&self, rank: Rank, poll_interval: u32) {
        if !self.are_attached() || self.offered.replace((Some(rank), poll_interval)).0 == Some(rank) {
            return;
        }
        if self.loose.borrow().is_none() {
            self.happens(Happening::Offer(Some(rank)));
        }
    }

    /// The feed has no subscriber: finds out which tab leads and writes what is pending. `false`: it has one again.
    pub(super) fn retire(&self, retires: bool) {
        let me = self.me.clone();
        let taken = move || {
            if let Some(tabs) = me.upgrade() {
                tabs.retiring.take();
                let leads = tabs.candidate.borrow().leads();
                (tabs.notify)(Event::Leading(leads));
            }
        };
        self.retiring.replace(retires.then(|| Timer::new(TAKEN, taken)));
    }

    /// Whether this tab retires and may still come to lead.
    pub(super) fn are_undecided(&self) -> bool {
        self.retiring.borrow().is_some() && self.candidate.borrow().waits()
    }

    /// The stream has sent something: a leader broadcasts that it is alive.
    pub(super) fn beat(&self) {
        if self.candidate.borrow().leads() {
            self.post_rank(LEADS, Rank::Streams);
        }
    }

    /// Opens the channel to the other tabs.
    pub(super) fn attach(&self) {
        let me = self.me.clone();
        let channel = Channel::open(&self.name, move |text| {
            if let Some(tabs) = me.upgrade() {
                tabs.receive(text);
            }
        });
        let is_alone = channel.is_none();
        self.is_new.set(true);
        self.attached.replace(Some(Attached { channel }));
        if is_alone {
            self.happens(Happening::NoLocks);
        }
    }

    pub(super) fn are_attached(&self) -> bool {
        self.attached.borrow().is_some()
    }

    /// Gives up leadership and closes the channel: no more messages are exchanged with other tabs.
    pub(super) fn detach(&self) {
        self.offered.set((None, 0));
        self.loose.take();
        self.happens(Happening::Offer(None));
        self.attached.take();
    }

    /// A navigation has begun, so the page may be left: gives the lock back. Firefox keeps a page out of its back/forward
    /// cache if it held a lock when the navigation began, even if it released the lock before it was hidden.
    pub(super) fn loosen(&self) {
        if !self.are_attached() {
            return;
        }
        let me = self.me.clone();
        let stayed = move || {
            let Some(tabs) = me.upgrade() else { return };
            tabs.loose.take();
            tabs.happens(Happening::Offer(tabs.offered.get().0));
        };
        self.loose.replace(Some(Timer::new(LOOSE, stayed)));
        self.happens(Happening::Loosen);
    }

    fn receive(&self, text: &str) {
        let rank = |prefix| Rank::from_code(text.strip_prefix(prefix)?.chars().next()?);
        if let Some(rank) = rank(LEADS) {
            self.leader_streams.set(rank == Rank::Streams);
            self.silence.take();
            self.happens(Happening::Leads(rank));
            if self.is_new.take() && rank == Rank::Streams && !self.candidate.borrow().leads() {
                // This tab missed the leader's earlier broadcasts, and no tab polls: it must refresh.
                (self.notify)(Event::Refresh(None));
            }
        } else if let Some(rank) = rank(WANTS) {
            self.happens(Happening::Wants(rank));
        } else if let Some(message) = Message::decode(text) {
            // Any other text, such as a message of another version, is ignored.
            if matches!(message, Message::Pulled { .. } | Message::Alive) {
                self.silence.take();
                self.listen();
            }
            (self.notify)(Event::Peer(message));
        }
    }

    fn happens(&self, happening: Happening) {
        self.happenings.borrow_mut().push(happening);
        if self.running.replace(true) {
            return;
        }
        loop {
            let happenings = self.happenings.take();
            if happenings.is_empty() {
                break;
            }
            for happening in happenings {
                let actions = self.candidate.borrow_mut().step(happening);
                actions.into_iter().for_each(|action| self.act(action));
            }
        }
        self.running.set(false);
        self.listen();
    }

    fn act(&self, action: Action) {
        match action {
            Action::Request(manner) => {
                let me = self.me.clone();
                let lock = Lock::request(&[&self.name, ":lead"].concat(), manner, move |outcome| {
                    let Some(tabs) = me.upgrade() else { return };
                    tabs.happens(match outcome {
                        Outcome::Granted => Happening::Granted,
                        Outcome::Lost => Happening::Lost,
                        Outcome::Refused => Happening::NoLocks,
                    });
                });
                if lock.is_none() {
                    self.happens(Happening::NoLocks);
                }
                self.lock.replace(lock);
            }
            Action::Release => drop(self.lock.take()),
            Action::PostLeads(rank) => self.post_rank(LEADS, rank),
            Action::PostWants(rank) => self.post_rank(WANTS, rank),
            Action::Lead(leads) => {
                self.is_new.set(self.is_new.get() && !leads);
                (self.notify)(Event::Leading(leads));
            }
        }
    }

    /// Watches for a silent leader: it may hang, or its network or token may be worse than this tab's.
    fn listen(&self) {
        if !self.candidate.borrow().follows() {
            self.silence.take();
        } else if self.silence.borrow().is_none() {
            let (_, poll_interval) = self.offered.get();
            let limit = if self.leader_streams.get() { STREAM_SILENCE } else { poll_interval.saturating_mul(1_200) };
            // Followers must not all act at once.
            let jitter = (js_sys::Math::random() * 1_000.0) as u32;
            let me = self.me.clone();
            let silent = move || {
                if let Some(tabs) = me.upgrade() {
                    tabs.silence.take();
                    tabs.leader_streams.set(false);
                    tabs.happens(Happening::Silence);
                }
            };
            let wait = limit.saturating_add(1_000 + jitter).min(i32::MAX as u32);
            self.silence.replace(Some(Timer::new(wait, silent)));
        }
    }

    fn post_rank(&self, what: &str, rank: Rank) {
        let mut text = what.to_owned();
        text.push(rank.code());
        self.post(&text);
    }

    fn post(&self, text: &str) {
        if let Some(Attached { channel: Some(channel) }) = &*self.attached.borrow() {
            channel.post(text);
        }
    }
}
