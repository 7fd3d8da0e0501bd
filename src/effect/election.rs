//! Which tab leads: a state machine without a browser, driven by the lock manager and the other tabs' messages.
//!
//! The tab that holds a lock leads, so a tab that crashes is replaced at once. Every tab above [`Rank::Hidden`] queues
//! for the lock. A waiting tab broadcasts its rank, and a leader of lower rank gives the lock back. A page with a lock
//! cannot enter Firefox's back/forward cache, and a hidden page with a lock is not frozen. So a leader that is hidden,
//! or whose page may be about to go, gives the lock back and leads without it until it receives a message of another
//! leader.

/// How useful a tab is as a leader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// Hidden: it writes what is pending if no other tab leads.
    Hidden,
    /// Hidden, and it polls for system alerts.
    Alerts,
    /// Seen, but it cannot poll: offline, refused, or set not to.
    Idle,
    /// Seen, and it polls.
    Polls,
    /// Seen, and it receives the server's stream.
    Streams,
}

impl Rank {
    /// Its character in messages.
    pub(super) fn code(self) -> char {
        match self {
            Self::Hidden => '0',
            Self::Alerts => '1',
            Self::Idle => '2',
            Self::Polls => '3',
            Self::Streams => '4',
        }
    }

    pub(super) fn from_code(code: char) -> Option<Self> {
        Some(match code {
            '0' => Self::Hidden,
            '1' => Self::Alerts,
            '2' => Self::Idle,
            '3' => Self::Polls,
            '4' => Self::Streams,
            _ => return None,
        })
    }
}

/// What happens to a candidate.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Happening {
    /// The tab has this rank from now on; `None`: its page is frozen or gone.
    Offer(Option<Rank>),
    /// The page may be about to go: the tab gives the lock back, and requests it again at the next offer.
    Loosen,
    /// The lock manager granted the lock.
    Granted,
    /// The lock was not free, or another tab took it away.
    Lost,
    /// There is no lock manager for this page.
    NoLocks,
    /// Another tab broadcasts that it leads.
    Leads(Rank),
    /// Another tab waits to lead.
    Wants(Rank),
    /// The leader has been silent for longer than a working leader is.
    Silence,
}

/// What a candidate does about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Action {
    /// Ask for the lock.
    Request(Manner),
    /// Give the lock back, or stop waiting for it.
    Release,
    /// Tell the other tabs that this one leads.
    PostLeads(Rank),
    /// Tell the other tabs that this one waits.
    PostWants(Rank),
    /// This tab leads from now on, or no longer.
    Lead(bool),
}

/// How the lock is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// Wait in the queue.
    Queue,
    /// Only if it is free now.
    IfFree,
    /// Take it from the tab that has it.
    Steal,
}

/// One tab in the election.
#[derive(Debug, Default)]
pub(super) struct Candidate {
    rank: Option<Rank>,
    claim: Claim,
    leads: bool,
    /// What the present step asks for.
    actions: Vec<Action>,
}

/// This tab's claim to the lock.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Claim {
    #[default]
    None,
    Waits,
    Holds,
    /// Tabs cannot agree here: each tab leads.
    Alone,
}

impl Candidate {
    pub(super) fn leads(&self) -> bool {
        self.leads
    }

    /// It waits for the lock: the lock manager has not answered, or another tab has the lock.
    pub(super) fn waits(&self) -> bool {
        self.claim == Claim::Waits && !self.leads
    }

    /// It follows a leader and can replace one that is silent.
    pub(super) fn follows(&self) -> bool {
        self.claim == Claim::Waits && !self.leads && self.rank >= Some(Rank::Polls)
    }

    pub(super) fn step(&mut self, happening: Happening) -> Vec<Action> {
        match happening {
            Happening::Offer(None) => {
                self.rank = None;
                self.release();
                self.lead(false);
            }
            Happening::Offer(Some(rank)) => self.offer(rank),
            Happening::Loosen => {
                if self.claim != Claim::Alone {
                    self.release();
                }
            }
            Happening::Granted => self.granted(),
            Happening::Lost => self.lost(),
            Happening::NoLocks => {
                self.claim = Claim::Alone;
                self.lead(self.rank.is_some());
            }
            Happening::Leads(rank) => self.received_leader(rank),
            Happening::Wants(rank) if self.claim == Claim::Holds && Some(rank) > self.rank => {
                self.release();
                self.lead(false);
                self.request(Manner::Queue);
            }
            // The waiting tab learns which tab leads.
            Happening::Wants(_) => self.actions.extend(self.rank.filter(|_| self.leads).map(Action::PostLeads)),
            Happening::Silence => {
                if self.follows() {
                    self.release();
                    self.request(Manner::Steal);
                }
            }
        }
        std::mem::take(&mut self.actions)
    }

    fn offer(&mut self, rank: Rank) {
        let before = self.rank.replace(rank);
        match self.claim {
            Claim::Alone => self.lead(true),
            _ if rank == Rank::Hidden => {
                self.release();
                if before.is_none() && !self.leads {
                    self.request(Manner::IfFree);
                }
            }
            Claim::None => self.request(Manner::Queue),
            Claim::Holds if before.is_some_and(|before| before != rank) => self.actions.push(Action::PostLeads(rank)),
            Claim::Waits if before.is_some_and(|before| before < rank) => self.actions.push(Action::PostWants(rank)),
            Claim::Holds | Claim::Waits => {}
        }
    }

    fn granted(&mut self) {
        let Some(rank) = self.rank.filter(|_| self.claim == Claim::Waits) else { return };
        self.claim = Claim::Holds;
        self.actions.push(Action::PostLeads(rank));
        self.lead(true);
        if rank == Rank::Hidden {
            self.release();
        }
    }

    fn lost(&mut self) {
        match self.claim {
            Claim::Holds => self.lead(false),
            Claim::Waits => {}
            Claim::None | Claim::Alone => return,
        }
        self.claim = Claim::None;
        if self.rank > Some(Rank::Hidden) {
            self.request(Manner::Queue);
        }
    }

    fn received_leader(&mut self, rank: Rank) {
        match (self.claim, self.rank) {
            // Another tab leads without the lock, and has not received this leader's message yet.
            (Claim::Holds, Some(mine)) => self.actions.push(Action::PostLeads(mine)),
            (Claim::Alone, _) | (_, None) => {}
            (claim, Some(mine)) => {
                self.lead(false);
                if claim == Claim::Waits && mine > rank {
                    self.actions.push(Action::PostWants(mine));
                }
            }
        }
    }

    /// Requests the lock. A tab that queues broadcasts its rank, so that a leader of lower rank makes room.
    fn request(&mut self, manner: Manner) {
        self.claim = Claim::Waits;
        self.actions.push(Action::Request(manner));
        self.actions.extend(self.rank.filter(|_| manner == Manner::Queue).map(Action::PostWants));
    }

    fn release(&mut self) {
        if matches!(self.claim, Claim::Waits | Claim::Holds) {
            self.claim = Claim::None;
            self.actions.push(Action::Release);
        }
    }

    fn lead(&mut self, leads: bool) {
        if std::mem::replace(&mut self.leads, leads) != leads {
            self.actions.push(Action::Lead(leads));
        }
    }
}

#[cfg(test)]
#[path = "election/tests.rs"]
mod tests;
