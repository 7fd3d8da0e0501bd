//! The stream of a feed: opened and closed as the feed asks, and told to the tabs that follow.

use std::cell::{Cell, RefCell};

use super::{
    store::Store,
    stream::{Cursor, Stream},
};
use crate::feed::{Event, StreamEvent};

/// The stream that is open, or none.
#[derive(Default)]
pub(super) struct PushState {
    stream: RefCell<Option<Stream>>,
    cursor: Cursor,
    is_open: Cell<bool>,
}

impl PushState {
    /// It is open: this tab is told what changes.
    pub(super) fn is_open(&self) -> bool {
        self.is_open.get()
    }
}

impl Store {
    /// Opens the stream at this address instead of any other; `None`: closes it.
    pub(super) fn turn_stream(&self, address: Option<String>) {
        self.push.is_open.set(false);
        // One ends before the next begins.
        self.push.stream.take();
        let stream = address.map(|address| {
            let me = self.me.clone();
            let alive = {
                let me = me.clone();
                move || {
                    if let Some(store) = me.upgrade() {
                        store.tabs.beat();
                    }
                }
            };
            let tell = move |event| {
                let Some(store) = me.upgrade() else { return };
                match event {
                    StreamEvent::Opened => store.push.is_open.set(true),
                    StreamEvent::Ended { .. } => store.push.is_open.set(false),
                    StreamEvent::Changed { .. } => {}
                }
                store.dispatch(Event::Stream(event));
            };
            Stream::open(address, self.token.clone(), self.push.cursor.clone(), tell, alive)
        });
        self.push.stream.replace(stream);
    }
}
