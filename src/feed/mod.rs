//! All of the bell's behaviour, without side effects: a feed takes [`Event`]s and returns [`Command`]s.
//!
//! Nothing here reads a clock, storage or the network, and nothing here draws. [`Feed::step`] gets the time with each
//! event; [`Feed::wake_at`] says when [`Event::Wake`] is due, so one timer serves a whole feed; a view sees nothing but
//! [`Snapshot`]s. So the bell's behaviour can be tested by scripts of events.
//!
//! The state is split into parts, each with a file and private fields of its own: what the server last listed (`remote`),
//! what the member wants (`intents`), when the list is read (`pull`) and written to (`push`), the token (`auth`), the
//! other tabs (`peers`) and the events that the page has received (`announce`). No part calls another. This file routes
//! events; `flow` describes, for each kind of event, how the parts work together.

mod announce;
mod auth;
mod backoff;
mod command;
mod event;
mod flow;
mod intents;
mod journal;
mod list;
mod notifications;
mod now;
mod order;
mod pause;
pub mod peer;
mod peers;
mod pull;
mod push;
mod remote;
mod setup;
mod shelf;
mod snapshot;
mod stream;
#[cfg(test)]
pub(crate) mod testing;
mod touched;

use std::rc::Rc;

pub use crate::config::View;
pub use command::{Command, Notice};
pub use event::{Event, StreamEvent, Ticket, Waiter};
pub use intents::{Intent, Stage, Stamp};
pub use journal::{Checked, Entry, Journal, strike_out};
pub use notifications::Notifications;
pub use now::Now;
pub use order::Order;
pub use setup::{Settings, Setup};
pub use snapshot::{Act, Dismissed, Problem, Progress, Snapshot, Status, UndoBatch, Waiting};

use self::{
    announce::Announce,
    auth::{Auth, Refusal},
    backoff::{Dice, backoff},
    intents::{Intents, Known, Task},
    list::{Edge, Place},
    pause::Pause,
    peer::Message,
    peers::Peers,
    pull::{Answer, Goal, Listing, Lookup, Outcome, Pull, Pulled},
    push::{Push, Write},
    remote::Remote,
    setup::Situation,
    shelf::Shelf,
    stream::Stream,
};
use crate::{
    api::Page,
    config::DismissMode,
    error::{Failure, FailureKind},
    model::{CoworkerId, Notification, NotificationId},
    sorted::{SortedMap, SortedSet},
};

/// With a filter on types the server's total is not the count, so all pages are read, up to this many records.
const FILTERED_MOST: u32 = 2_000;

/// One coworker's notifications at one API, and everything done to them.
#[derive(Debug)]
pub struct Feed {
    coworker: CoworkerId,
    settings: Settings,
    visible: bool,
    online: bool,
    now: Now,
    dice: Dice,
    next_ticket: u32,
    remote: Remote,
    intents: Intents,
    pull: Pull,
    lookup: Lookup,
    push: Push,
    auth: Auth,
    pause: Pause,
    peers: Peers,
    stream: Stream,
    announce: Announce,
    shelf: Shelf,
    shown: Shown,
    /// The commands that the current step has asked for so far.
    out: Vec<Command>,
}

/// The last snapshot, and what it was made of, with the revisions it was made from: what has not changed is used again.
#[derive(Debug, Default)]
struct Shown {
    snapshot: Rc<Snapshot>,
    notifications: Notifications,
    of: Option<(u64, u64)>,
    boundary: Option<Edge>,
    counted: Option<((u64, u64), i64)>,
    dismissed: Notifications,
    snoozed: Rc<SortedMap<NotificationId, i64>>,
    dismissed_of: Option<(u64, u64)>,
}

/// Splits an answer into the records that were asked for and the others. Removes the ids of the former from `ids`.
fn split(ids: &mut SortedSet<NotificationId>, records: Vec<Notification>) -> (Vec<Notification>, Vec<Notification>) {
    records.into_iter().partition(|record| ids.remove(&record.id))
}

impl Feed {
    /// A feed that does nothing until it gets [`Event::Start`].
    pub fn new(setup: Setup) -> Self {
        Self {
            coworker: setup.coworker,
            settings: setup.settings,
            visible: setup.visible,
            online: setup.online,
            now: Now::default(),
            dice: Dice::new(setup.seed),
            next_ticket: 0,
            remote: Remote::new(),
            intents: Intents::stored(setup.tab, &setup.journal.intents),
            pull: Pull::new(setup.order, setup.answered),
            lookup: Lookup::new(setup.journal.checked),
            push: Push::new(setup.writes_refused),
            auth: Auth::new(),
            pause: Pause::default(),
            peers: Peers::new(setup.tab, setup.locks),
            stream: Stream::default(),
            announce: Announce::default(),
            shelf: Shelf::default(),
            shown: Shown::default(),
            out: Vec::new(),
        }
    }

    /// Takes one event and returns the commands to carry out, in this order.
    pub fn step(&mut self, now: Now, event: Event) -> Vec<Command> {
        self.now = now;
        match event {
            Event::Start => self.pull.schedule(Goal::Newest),
            Event::Wake => {}
            Event::Listed { ticket, result } => self.listed(ticket, result),
            Event::Fetched { ticket, result } => self.looked_up(ticket, result),
            Event::Wrote { id, result } => self.wrote(id, result),
            Event::Renewed(result) => self.renewed(result),
            Event::Refresh(waiter) => self.refresh(waiter),
            Event::LoadMore(waiter) => self.load_more(waiter),
            Event::Dismiss(ids) => self.dismiss(&ids),
            Event::DismissAll(waiter) => self.dismiss_all(waiter),
            Event::Undo(batch) => self.intents.undoable(Some(batch)).into_iter().for_each(|id| self.take_back(id)),
            Event::Restore(id) => self.restore(id),
            Event::Snooze { ids, until } => self.snooze(&ids, until),
            Event::View(view) => self.set_view(view),
            Event::RetryWrite(id) => self.retry_write(id),
            Event::Stream(event) => {
                let was_open = self.stream.is_open();
                if self.stream.happens(event, now, &mut self.dice) {
                    self.pull.schedule(Goal::Newest);
                }
                // Only then: a stream that fails to open again and again must not delay the next poll each time.
                if self.stream.is_open() != was_open {
                    self.plan_poll();
                }
            }
            Event::Visible(visible) => self.became_visible(visible),
            Event::Online(online) => self.became_online(online),
            Event::Leading(leading) => self.lead(leading),
            Event::Peer(message) => self.peer(message),
            Event::Stored(stored) => self.stored(&stored),
            Event::Restored(stored) => self.restored(&stored),
            Event::Settings(settings) => self.set(settings),
            Event::Leave => self.leave(),
            Event::Retire => self.retire(),
        }
        self.advance();
        std::mem::take(&mut self.out)
    }

    /// When [`Event::Wake`] is due, on the clock of [`Now::mono`]; `None`: nothing happens by itself.
    pub fn wake_at(&self) -> Option<u64> {
        let with = self.situation();
        let writes = self.push.due().map(|due| due.max(with.paused_until.unwrap_or(0)));
        let reads = with.paused_until.filter(|_| !self.lookup.is_idle());
        let next = [
            self.intents.wake_at(self.now, self.remote.is_loaded()),
            writes.or(reads).filter(|due| self.online && *due > self.now.mono),
            self.pull.due(&with),
            self.stream.due(self.wants_stream()),
        ];
        next.into_iter().flatten().min()
    }

    /// Whether no write is in flight, and none is left for this tab to send. `may_lead`: it is not decided yet whether this
    /// tab leads, so it may still have to write.
    pub fn is_idle(&self, may_lead: bool) -> bool {
        let writes = self.online && (self.peers.lead() || may_lead);
        self.push.in_flight() == 0 && (self.intents.are_at_rest() || !writes)
    }

    fn situation(&self) -> Situation {
        Situation {
            now: self.now,
            coworker: self.coworker,
            visible: self.visible,
            online: self.online,
            alerts: self.settings.alerts,
            leads: self.peers.lead(),
            loaded: self.remote.is_loaded(),
            asks_token: self.auth.is_asking(),
            token: self.auth.age(),
            hopeless: self.pull.is_hopeless(),
            paused_until: self.pause.until(self.now),
        }
    }

    /// Does everything that is due, after each event: timers first, then requests, then what is stored, broadcast and announced.
    fn advance(&mut self) {
        self.intents.advance(self.now);
        self.wake_snoozed();
        let with = self.situation();
        if self.pull.take_due(&with) {
            if self.stream.is_open() && !self.pull.waits() {
                self.out.push(Command::Broadcast(Message::Alive));
                self.plan_poll();
            } else {
                self.pull.schedule(Goal::Newest);
            }
        }
        self.review_intents();
        self.start_writes();
        self.start_lookup();
        self.start_pull();
        self.start_shelf();
        self.note_verified();
        self.update_stream(false);
        let changed = self.intents.take_changed();
        if !changed.is_empty() {
            self.out.push(Command::Store(vec![Entry::Intents(changed.clone())]));
            self.out.push(Command::Broadcast(Message::Intents(changed)));
        }
        if let Some(count) = self.count() {
            self.announce.count(count, self.remote.is_loaded(), &mut self.out);
        }
    }

    /// Works out anew what is to be done for each intent that has changed, or about which something was learnt, and does it.
    /// Doing it may change other intents, so this goes on until none is left.
    fn review_intents(&mut self) {
        loop {
            let ids = self.intents.take_to_review();
            if ids.is_empty() {
                return;
            }
            // Ids go up, so this takes the newest first.
            for id in ids.into_iter().rev() {
                if self.push.is_in_flight(id) {
                    continue;
                }
                match self.task(id, self.keeps_local(id)) {
                    Task::Wait => {}
                    Task::LookUp => {
                        let urgent = self.intents.get(id).is_some_and(|intent| !intent.hides());
                        if urgent { self.lookup.schedule_first(id) } else { self.lookup.schedule(id) }
                    }
                    Task::Write(_) => {
                        self.lookup.forget(id);
                        self.push.enqueue(id);
                    }
                    Task::KeepLocal => self.intents.keep_local(id),
                    Task::Acknowledge => {
                        self.lookup.forget(id);
                        self.intents.end(id, Stage::Acknowledged);
                    }
                }
            }
        }
    }

    fn ticket(&mut self) -> Ticket {
        self.next_ticket = self.next_ticket.wrapping_add(1);
        Ticket(self.next_ticket)
    }

    fn ask(&mut self, command: Command) {
        self.out.push(command);
    }

    fn resolve(&mut self, waiters: Vec<Waiter>) {
        if !waiters.is_empty() {
            self.out.push(Command::Resolve(waiters));
        }
    }

    fn emit_error(&mut self, failure: Failure, retry_at: Option<u64>) {
        let retry_at = retry_at.map(|at| self.now.wall_of(at));
        self.out.push(Command::Emit(Notice::Error { failure, retry_at }));
    }
}
