//! The server's stream of changes: server-sent events over `fetch`, so that the token stays in a header.
//!
//! Its events only hint that a pull will find something. It holds no queue, so a lost stream loses nothing.

use std::{cell::RefCell, rc::Rc};

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::spawn_local;

use super::{
    flight::Flight,
    sse::{Reader, Sent},
    token::{self, Token},
    wire,
};
use crate::{
    api,
    feed::StreamEvent,
    js,
    json::{self, Object},
    model::NotificationId,
};

/// A stream that is not open after this time has ended (milliseconds).
const OPENING: u32 = 15_000;
/// A stream without a byte for this time has ended (milliseconds): the server writes a comment every 25 seconds.
const SILENCE: u32 = 60_000;

/// Where a reopened stream continues: its address, and the id of the last event.
pub(super) type Cursor = Rc<RefCell<(String, String)>>;

/// A stream that opens, then stays open, until it is dropped.
pub(super) struct Stream {
    flight: Rc<Flight>,
}

impl Stream {
    /// Until the stream is dropped, `notify` is called with its events and its end, and `on_data` whenever data arrives.
    pub(super) fn open(
        address: String,
        token: Rc<Token>,
        cursor: Cursor,
        notify: impl Fn(StreamEvent) + 'static,
        on_data: impl Fn() + 'static,
    ) -> Self {
        let flight = Flight::new();
        let reading = flight.clone();
        spawn_local(async move {
            let limit = RefCell::new(reading.limit(OPENING));
            let alive = || {
                drop(limit.replace(reading.limit(SILENCE)));
                on_data();
            };
            let ended = reading.run(read(&reading, address, &token, &cursor, &notify, &alive)).await;
            if !reading.is_cancelled() {
                notify(StreamEvent::Ended { retry_after: ended.flatten() });
            }
        });
        Self { flight }
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        self.flight.cancel();
    }
}

/// Reads to the end; returns how long to wait before the next stream (milliseconds).
async fn read(
    flight: &Flight,
    address: String,
    token: &Rc<Token>,
    cursor: &Cursor,
    notify: &impl Fn(StreamEvent),
    alive: &impl Fn(),
) -> Option<u64> {
    let token = token.get().await.ok().filter(|token| token::is_sendable(token))?;
    let (known, last_id) = cursor.borrow().clone();
    let last_id = if known == address { last_id } else { String::new() };
    let headers = js::object(&[("Accept", "text/event-stream".into())]);
    if !last_id.is_empty() {
        js::set(&headers, "Last-Event-ID", &last_id.as_str().into());
    }
    let options = js::object(&[("cache", "no-store".into())]);
    let answer = wire::call(&address, &token, &headers, &options, flight.controller()).ok()?;
    let answer = wire::settle(answer).await?;
    if let Err(refused) = api::check(&wire::head(&answer)?, None) {
        return refused.retry_after;
    }
    let kind = wire::header(&answer, "Content-Type")?;
    if !kind.trim_start().to_ascii_lowercase().starts_with("text/event-stream") {
        return None;
    }
    let chunks = js::call(&js::get(&answer, "body")?, "getReader", &JsValue::UNDEFINED)?;
    alive();
    notify(StreamEvent::Opened);
    let mut reader = Reader::after(last_id);
    loop {
        let Some(chunk) = wire::settle(js::call(&chunks, "read", &JsValue::UNDEFINED)?).await else { break };
        let bytes = js::get(&chunk, "value").filter(|bytes| !bytes.is_undefined());
        let Some(bytes) = bytes else { break };
        alive();
        let events = reader.push(&Uint8Array::new(&bytes).to_vec());
        cursor.replace((address.clone(), reader.last_id().to_owned()));
        for Sent { name, data } in events {
            match name.as_str() {
                "changed" => notify(changed(&data)),
                "bye" => return reader.retry(),
                _ => {}
            }
        }
    }
    reader.retry()
}

fn changed(data: &str) -> StreamEvent {
    let number = |name| Object::parse(data).ok()?.get(name).and_then(json::integer);
    let total = number("total").and_then(|total| u32::try_from(total).ok());
    StreamEvent::Changed { total, newest: number("newest").map(NotificationId) }
}
