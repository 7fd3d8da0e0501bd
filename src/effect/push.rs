//! The stream of a feed: one at a time.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use super::{
    stream::{Cursor, Stream},
    token::Token,
};
use crate::feed::StreamEvent;

/// The stream that is open, or none.
#[derive(Default)]
pub(super) struct PushState {
    stream: RefCell<Option<Stream>>,
    cursor: Cursor,
    is_open: Rc<Cell<bool>>,
}

impl PushState {
    /// Whether it is open: then the server sends this tab its changes.
    pub(super) fn is_open(&self) -> bool {
        self.is_open.get()
    }

    /// Closes the stream.
    pub(super) fn close(&self) {
        self.is_open.set(false);
        self.stream.take();
    }

    /// Opens the stream at this address instead of any other. Calls `on_event` with its events, and `alive` at each
    /// sign of life.
    pub(super) fn open(
        &self,
        address: String,
        token: Rc<Token>,
        on_event: impl Fn(StreamEvent) + 'static,
        alive: impl Fn() + 'static,
    ) {
        // The old stream ends before the new one begins.
        self.close();
        let is_open = self.is_open.clone();
        let notify = move |event| {
            match event {
                StreamEvent::Opened => is_open.set(true),
                StreamEvent::Ended { .. } => is_open.set(false),
                StreamEvent::Changed { .. } => {}
            }
            on_event(event);
        };
        self.stream.replace(Some(Stream::open(address, token, self.cursor.clone(), notify, alive)));
    }
}
