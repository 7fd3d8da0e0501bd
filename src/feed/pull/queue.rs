//! The pulls that wait their turn: at most one that brings the loaded list up to date, and one for a further page.

use super::{super::Waiter, listing::Goal};

/// A pull that has been asked for.
#[derive(Debug, Clone)]
pub(in super::super) struct Request {
    pub(super) goal: Goal,
    /// Somebody asks for it: a person, or a script of the page.
    pub(super) asked_for: bool,
    pub(super) waiters: Vec<Waiter>,
    /// It was refused for its token once, and a fresh one was asked for.
    renewed: bool,
}

impl Request {
    /// One that nobody has asked for.
    pub(super) fn own(goal: Goal) -> Self {
        Self { goal, asked_for: false, waiters: Vec::new(), renewed: false }
    }

    /// One that somebody asks for.
    pub(super) fn asked(goal: Goal, waiter: Option<Waiter>) -> Self {
        Self { goal, asked_for: true, waiters: waiter.into_iter().collect(), renewed: false }
    }

    /// The same once more, after its token was refused.
    pub(super) fn again(self, renewed: bool) -> Self {
        Self { renewed: self.renewed || renewed, ..self }
    }

    pub(in super::super) fn is_renewed(&self) -> bool {
        self.renewed
    }

    pub(in super::super) fn give_up(self) -> (bool, Vec<Waiter>) {
        (self.asked_for, self.waiters)
    }

    fn is_further_page(&self) -> bool {
        self.goal == Goal::Next
    }

    fn merge(&mut self, other: Self) {
        self.goal = self.goal.max(other.goal);
        self.asked_for |= other.asked_for;
        self.renewed |= other.renewed;
        self.waiters.extend(other.waiters);
    }
}

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Queue(Vec<Request>);

impl Queue {
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// In the order in which they are made.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Request> {
        self.0.iter()
    }

    /// Adds a pull, or merges it with the one of its kind that waits already.
    pub(super) fn add(&mut self, new: Request) {
        match self.0.iter_mut().find(|request| request.is_further_page() == new.is_further_page()) {
            Some(request) => request.merge(new),
            None if new.is_further_page() => self.0.push(new),
            // First what is loaded is brought up to date: then it is certain that the next page follows it.
            None => self.0.insert(0, new),
        }
    }

    pub(super) fn take_first(&mut self) -> Option<Request> {
        (!self.0.is_empty()).then(|| self.0.remove(0))
    }

    /// Empties the queue. Returns the promises that wait for its pulls.
    pub(super) fn drain(&mut self) -> impl Iterator<Item = Waiter> {
        std::mem::take(&mut self.0).into_iter().flat_map(|request| request.waiters)
    }
}
