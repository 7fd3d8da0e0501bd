//! The bell's behaviour, whole and pure: a feed takes [`Event`]s and gives back [`Command`]s.
//!
//! Nothing here reads a clock, a store or a network, and nothing draws. [`Feed::step`] is told the time with each
//! event; [`Feed::wake_at`] says when it wants to be woken next, so one timer serves a whole feed; and a
//! [`Snapshot`] is all a view ever sees. What the bell does can therefore be tested by scripts of events.

mod adopt;
mod backoff;
mod change;
mod command;
mod dismiss;
mod event;
mod journal;
mod known;
mod list;
mod local;
mod look;
mod merge;
mod order;
pub mod peer;
mod proof;
mod reading;
mod recall;
mod snapshot;
mod tabs;
mod tell;
#[cfg(test)]
pub(crate) mod testing;
mod write;

use std::rc::Rc;

pub use crate::config::View;
pub use command::{Command, Notice};
pub use event::{Event, Now, StreamEvent, Ticket, Waiter};
pub use journal::{Checked, Entry, Journal};
pub use order::Order;
pub use snapshot::{Act, Dismissed, Problem, Progress, Snapshot, Status, UndoBatch, Waiting};

use self::{
    backoff::Dice,
    change::Changes,
    list::{Edge, List},
    local::Local,
    peer::Message,
    reading::Reading,
    recall::Recall,
};
use crate::{
    config::DismissMode,
    error::{Failure, FailureKind},
    model::{CoworkerId, NotificationId, NotificationType},
    sorted::{SortedMap, SortedSet},
};

/// What a feed begins with.
#[derive(Debug, Clone)]
pub struct Setup {
    /// Whose notifications.
    pub coworker: CoworkerId,
    /// What may change later without a new feed.
    pub settings: Settings,
    /// How this server was seen to order lists, earlier in the session.
    pub order: Order,
    /// This server was seen to refuse writes, earlier in the session.
    pub writes_refused: bool,
    /// What an earlier visit stored.
    pub journal: Journal,
    /// The page is seen.
    pub visible: bool,
    /// The browser has a network.
    pub online: bool,
    /// The first page has been asked for already: its answer is there for the taking, online or not.
    pub answered: bool,
    /// Any number; spreads polls and retries of many clients out.
    pub seed: u64,
}

/// Settings that take effect on a living feed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    /// Records a page, 1 to 100.
    pub page_size: u32,
    /// Seconds between looks; 0: never.
    pub poll_interval: u32,
    /// Where a dismissal is kept.
    pub dismiss_mode: DismissMode,
    /// Only these; empty: all.
    pub types: Vec<NotificationType>,
    /// The member does not want to see these: neither listed nor counted.
    pub muted: Vec<NotificationType>,
    /// Where the server offers a stream, arrivals come by it and polling rests.
    pub stream: bool,
    /// Someone wants to hear of arrivals while the page is hidden: it looks then, too, but seldom.
    pub alerts: bool,
}

/// One coworker's notifications at one API, and everything done to them.
#[derive(Debug)]
pub struct Feed {
    coworker: CoworkerId,
    settings: Settings,
    now: Now,
    dice: Dice,
    /// Commands of the step under way.
    out: Vec<Command>,

    // What is known.
    /// What is loaded: all that the server lists from the newest down to `reach`, and what is to be restored there.
    list: List,
    reach: Edge,
    /// The server's `TotalItems`, as of a moment when no write was on its way.
    total: Option<u32>,
    /// The server tells no total that could be believed: it is a guess.
    guessed: bool,
    /// How many of them stand beyond what is loaded.
    beyond: u32,
    /// Something may be missing in the list, or gone: the next look reads all of it.
    doubtful: bool,
    /// Listed as undismissed by a server that ignores the filter, but dismissed.
    listed_dismissed: SortedSet<NotificationId>,
    loaded: bool,
    highest: Option<NotificationId>,
    arrived: Rc<[NotificationId]>,
    /// Brought back by the member: seeing one of them for the first time is no arrival.
    returned: SortedSet<NotificationId>,
    last_look: Option<Now>,

    // What goes on.
    reading: Reading,
    changes: Changes,
    recall: Recall,
    /// Ids to be asked for: dismissals whose record is not known, local ones that may not be listed any more.
    uncertain: SortedSet<NotificationId>,
    fetching: Option<Fetching>,
    fetch_failed: bool,
    /// Requests by id since the last look.
    fetches: u32,
    /// Local dismissals of earlier visits may not be listed any more: the count is not known yet.
    unproven: bool,
    checked: Option<Checked>,
    failed: Rc<SortedMap<NotificationId, Failure>>,
    writes_refused: bool,
    /// Kept locally because their write found nothing: are they gone, or does the API take no writes?
    refused: SortedSet<NotificationId>,
    /// No write before then: the server asked for a pause.
    hold_writes_until: Option<u64>,
    /// Writes that have ended since there were none, for the progress shown.
    writes_done: u32,
    next_batch: u32,
    last_write: i64,
    renewal: Renewal,
    /// How often the token has been renewed.
    token: u32,
    problem: Option<Trouble>,
    attempt: u32,
    next_poll: Option<u64>,
    next_ticket: u32,

    // The world.
    visible: bool,
    online: bool,
    answered: bool,
    leading: bool,

    // What has been told.
    told_count: Option<u32>,
    told_ready: bool,
    told_unreadable: SortedSet<String>,

    shown: Snapshot,
    list_changed: bool,
}

/// Records that are being asked for by their ids.
#[derive(Debug)]
struct Fetching {
    ticket: Ticket,
    ids: Vec<NotificationId>,
}

/// A token that was refused is renewed once before the refusal counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Renewal {
    /// The token has not been refused since it last worked.
    Fresh,
    /// The page is being asked.
    Asking,
    /// A renewed token has not worked yet.
    Tried,
}

/// A failed look, and when it is tried again.
#[derive(Debug, Clone, PartialEq)]
struct Trouble {
    failure: Failure,
    retry_at: Option<u64>,
}

impl Feed {
    /// A feed that has not begun: send [`Event::Start`].
    pub fn new(setup: Setup) -> Self {
        let changes = Changes::new(Local::stored(setup.journal.local));
        Self {
            coworker: setup.coworker,
            settings: setup.settings,
            now: Now::default(),
            dice: Dice::new(setup.seed),
            out: Vec::new(),
            list: List::default(),
            reach: Edge::At(None),
            total: None,
            guessed: false,
            beyond: 0,
            doubtful: false,
            listed_dismissed: SortedSet::new(),
            loaded: false,
            highest: None,
            arrived: Rc::default(),
            returned: SortedSet::new(),
            last_look: None,
            reading: Reading::new(setup.order),
            changes,
            recall: Recall::default(),
            uncertain: SortedSet::new(),
            fetching: None,
            fetch_failed: false,
            fetches: 0,
            unproven: false,
            checked: setup.journal.checked,
            failed: Rc::default(),
            writes_refused: setup.writes_refused,
            refused: SortedSet::new(),
            hold_writes_until: None,
            writes_done: 0,
            next_batch: 0,
            last_write: i64::MIN,
            renewal: Renewal::Fresh,
            token: 0,
            problem: None,
            attempt: 0,
            next_poll: None,
            next_ticket: 0,
            visible: setup.visible,
            online: setup.online,
            answered: setup.answered,
            leading: false,
            told_count: None,
            told_ready: false,
            told_unreadable: SortedSet::new(),
            shown: Snapshot::default(),
            list_changed: true,
        }
    }

    /// Takes one event and says what is to be done about it.
    pub fn step(&mut self, now: Now, event: Event) -> Vec<Command> {
        self.now = now;
        match event {
            Event::Start => self.want_look(),
            Event::Wake => {}
            Event::Listed { ticket, result } => self.listed(ticket, result),
            Event::Fetched { ticket, result } => self.fetched(ticket, result),
            Event::Wrote { id, result } => self.wrote(id, result),
            Event::Renewed(result) => self.renewed(result),
            Event::Refresh(waiter) => self.refresh(waiter),
            Event::LoadMore(waiter) => self.load_more(waiter),
            Event::Dismiss(ids) => self.dismiss(ids),
            Event::DismissAll(waiter) => self.dismiss_all(waiter),
            Event::Undo(batch) => self.undo(batch),
            Event::Restore(id) => self.restore(id),
            Event::Snooze { .. } | Event::View(_) | Event::Stream(_) => {}
            Event::RetryWrite(id) => self.retry_write(id),
            Event::Visible(visible) => self.became_visible(visible),
            Event::Online(online) => self.became_online(online),
            Event::Leading(leading) => self.lead(leading),
            Event::Adopt(ids) => self.adopt(ids),
            Event::Peer(message) => self.peer(message),
            Event::Settings(settings) => self.set(settings),
            Event::Leave => self.leave(),
        }
        self.advance();
        std::mem::take(&mut self.out)
    }

    /// When [`Event::Wake`] is due, on the clock of [`Now::mono`]; `None`: nothing happens by itself.
    pub fn wake_at(&self) -> Option<u64> {
        [self.changes.wake_at(), self.writes_due(), self.look_due()].into_iter().flatten().min()
    }

    /// Everything due by now happens.
    fn advance(&mut self) {
        self.end_undo_time();
        if self.look_due().is_some_and(|due| due <= self.now.mono) {
            self.next_poll = None;
            if let Some(trouble) = &mut self.problem {
                trouble.retry_at = None;
            }
            self.want_look();
        }
        self.start_writes();
        self.start_fetch();
        self.start_recall();
        self.start_look();
        self.see_proof();
        self.tell_count();
    }

    /// When the next look is due: one that waits for a pause to end, a retry, or a poll. No retry and no poll for a page
    /// that nobody sees, unless somebody waits for arrivals all the same, and nothing at all offline.
    fn look_due(&self) -> Option<u64> {
        if self.reading.under_way.is_some() || !self.online || self.renewal == Renewal::Asking {
            return None;
        }
        let retry = self.problem.as_ref().and_then(|trouble| trouble.retry_at);
        if self.reading.waits() {
            let pause = retry.filter(|_| self.throttled()).unwrap_or(0).max(self.reading.not_before);
            return Some(pause).filter(|pause| *pause > self.now.mono);
        }
        let poll = self.next_poll.filter(|_| self.polls() || self.visible && !self.loaded);
        match retry {
            Some(_) if self.visible || !self.loaded => retry,
            Some(retry) => poll.map(|poll| poll.max(retry)),
            None => poll.filter(|_| !self.hopeless()),
        }
    }

    /// This tab looks by itself. A hidden one only where arrivals are told to the member by other means than the page.
    fn polls(&self) -> bool {
        self.leading && (self.visible || self.settings.alerts)
    }

    fn became_visible(&mut self, visible: bool) {
        let returned = visible && !self.visible;
        let changed = visible != self.visible;
        self.visible = visible;
        if changed && self.loaded {
            self.plan_poll();
        }
        if !returned || self.asked_to_wait() {
            return;
        }
        // Flicking through tabs is no reason to ask twice in a second.
        const PAUSE: u64 = 1_000;
        let since = self.last_look.and_then(|last| u64::try_from(self.now.wall.saturating_sub(last.wall)).ok());
        if since.is_some_and(|since| since < PAUSE) {
            self.reading.not_before = self.reading.not_before.max(self.now.mono + PAUSE);
        }
        self.want_look();
    }

    fn became_online(&mut self, online: bool) {
        let returned = online && !self.online;
        self.online = online;
        if returned && !self.asked_to_wait() {
            self.attempt = 0;
            self.want_look();
        }
    }

    fn lead(&mut self, leading: bool) {
        self.leading = leading;
        if leading && self.loaded && self.next_poll.is_none() {
            self.plan_poll();
        }
    }

    /// The token works, or a person asks: when it is refused, another one may be asked for once more.
    fn trust_token(&mut self) {
        if self.renewal == Renewal::Tried {
            self.renewal = Renewal::Fresh;
        }
    }

    fn set(&mut self, settings: Settings) {
        if settings.types != self.settings.types {
            self.list_changed = true;
        }
        let other_interval = settings.poll_interval != self.settings.poll_interval;
        self.settings = settings;
        if other_interval {
            self.plan_poll();
        }
        self.want_filtered();
    }

    /// The server asked to be left alone, by whomever, and the time is not over.
    fn throttled(&self) -> bool {
        self.pauses(|failure| failure.kind == FailureKind::Throttled)
    }

    /// The server said when to come back; a person may try before.
    fn asked_to_wait(&self) -> bool {
        self.pauses(|failure| failure.kind == FailureKind::Throttled || failure.retry_after.is_some())
    }

    fn pauses(&self, such: fn(&Failure) -> bool) -> bool {
        matches!(&self.problem, Some(Trouble { failure, retry_at: Some(at) }) if such(failure) && *at > self.now.mono)
    }

    /// Only a person, a new token or another setting can help. A role may be given at any time.
    fn hopeless(&self) -> bool {
        matches!(&self.problem, Some(trouble)
            if matches!(trouble.failure.kind, FailureKind::Unauthorized | FailureKind::Config))
    }

    /// A monotonic moment as a device-clock moment, for people and other tabs.
    fn wall_of(&self, mono: u64) -> f64 {
        self.now.wall as f64 + (mono as f64 - self.now.mono as f64)
    }

    fn ticket(&mut self) -> Ticket {
        self.next_ticket = self.next_ticket.wrapping_add(1);
        Ticket(self.next_ticket)
    }

    fn store(&mut self, entries: Vec<Entry>) {
        if !entries.is_empty() {
            self.out.push(Command::Store(entries));
        }
    }

    fn tell(&mut self, message: Message) {
        self.out.push(Command::Tell(message));
    }

    fn resolve(&mut self, waiters: Vec<Waiter>) {
        if !waiters.is_empty() {
            self.out.push(Command::Resolve(waiters));
        }
    }

    fn emit_error(&mut self, failure: Failure, retry_at: Option<u64>) {
        let retry_at = retry_at.map(|at| self.wall_of(at));
        self.out.push(Command::Emit(Notice::Error { failure, retry_at }));
    }
}
