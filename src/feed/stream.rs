//! The server's stream: one for all tabs, held by the tab that leads. While it is open, polling rests.

use super::{
    Now, StreamEvent,
    backoff::{Dice, backoff},
};

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// Where a list said that it is.
    address: Option<String>,
    state: State,
    /// How often it has ended without a word.
    attempt: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Closed,
    Opening,
    Open,
    /// It has ended, and is opened again then.
    Ended(u64),
}

impl Stream {
    /// A list names its stream, or none.
    pub(super) fn named(&mut self, address: Option<String>) -> bool {
        let other = self.address != address;
        self.address = address;
        other
    }

    pub(super) fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// When it is to be opened again. `wanted`: this tab should hold it.
    pub(super) fn due(&self, wanted: bool) -> Option<u64> {
        match self.state {
            State::Ended(at) if wanted => Some(at),
            _ => None,
        }
    }

    /// What the stream is to be now, if that is another than it is. `another`: its address has changed.
    pub(super) fn turn(&mut self, wanted: bool, another: bool, now: Now) -> Option<Option<String>> {
        let held = matches!(self.state, State::Opening | State::Open);
        let ready = !matches!(self.state, State::Ended(at) if at > now.mono);
        match &self.address {
            Some(address) if wanted && (!held || another) && ready => {
                self.state = State::Opening;
                Some(Some(address.clone()))
            }
            Some(_) if wanted => None,
            _ if held => {
                self.state = State::Closed;
                Some(None)
            }
            _ => None,
        }
    }

    /// `true`: the list is to be pulled.
    pub(super) fn happens(&mut self, event: StreamEvent, now: Now, dice: &mut Dice) -> bool {
        match (event, self.state) {
            (StreamEvent::Opened, State::Opening) => {
                self.state = State::Open;
                // What has changed since the last list and before it was open, nobody says.
                true
            }
            (StreamEvent::Changed { .. }, State::Open) => {
                self.attempt = 0;
                true
            }
            (StreamEvent::Ended { retry_after }, State::Opening | State::Open) => {
                let was_open = self.is_open();
                let wait = backoff(self.attempt, dice).max(retry_after.unwrap_or(0));
                self.attempt = self.attempt.saturating_add(1);
                self.state = State::Ended(now.mono.saturating_add(wait));
                was_open
            }
            _ => false,
        }
    }
}
