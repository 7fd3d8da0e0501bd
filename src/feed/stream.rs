//! The server's stream: one for all tabs, held by the leading tab. While it is open, nobody polls.

use super::{
    Now, StreamEvent,
    backoff::{Dice, backoff},
};

/// See the head of this file.
#[derive(Debug, Default)]
pub(super) struct Stream {
    /// The address that the latest list has named.
    address: Option<String>,
    state: State,
    /// How often in a row it has ended without having said anything.
    attempt: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum State {
    #[default]
    Closed,
    Opening,
    Open,
    /// It has ended or failed, and is opened again at this time.
    Ended(u64),
}

impl Stream {
    /// A list has named the stream's address, or none. `true` if that is another than before.
    pub(super) fn named(&mut self, address: Option<String>) -> bool {
        let other = self.address != address;
        self.address = address;
        other
    }

    pub(super) fn is_open(&self) -> bool {
        self.state == State::Open
    }

    /// When it is opened again. `wanted`: this tab should hold it.
    pub(super) fn due(&self, wanted: bool) -> Option<u64> {
        match self.state {
            State::Ended(at) if wanted => Some(at),
            _ => None,
        }
    }

    /// The [`super::Command::Stream`] that is needed now, if any: the address to open, or `None` to close it. `another`: the
    /// address has changed.
    pub(super) fn update(&mut self, wanted: bool, another: bool, now: Now) -> Option<Option<String>> {
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

    /// Takes in what the stream says. `true` if the list has to be pulled.
    pub(super) fn happens(&mut self, event: StreamEvent, now: Now, dice: &mut Dice) -> bool {
        match (event, self.state) {
            (StreamEvent::Opened, State::Opening) => {
                self.state = State::Open;
                // It does not say what has changed between the last list and now.
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
