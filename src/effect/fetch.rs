//! HTTP through the page's `fetch`, with a time limit that covers the whole answer.

use std::rc::Rc;

use wasm_bindgen::JsValue;

use super::{
    clock::{self, ServerClock},
    early::Early,
    flight::{Flight, InFlight},
    token::{self, Token},
    wire,
};
use crate::{
    api::{Method, Response, Transport, WireRequest},
    error::{Failure, FailureKind},
    model::Timestamp,
};

/// The failure of a token that the browser cannot send. The browser's own words are not used: they quote the token.
const UNSENDABLE: &str =
    "The token cannot be sent: it has characters that no HTTP header may carry, such as a line break.";

/// A request fails without a whole answer in this time (milliseconds): 15 seconds.
const TIME_LIMIT: u32 = 15_000;

/// Sends requests with a member's token. Dropping a request's future aborts the request.
#[derive(Debug, Clone)]
pub struct Fetch {
    token: Rc<Token>,
    /// The request outlives its page (Fetch standard, `keepalive`).
    keepalive: bool,
    /// Reads that end with their feed.
    reads: Rc<InFlight>,
    server_clock: Rc<ServerClock>,
}

impl Fetch {
    /// A transport that sends this token.
    pub fn new(token: Rc<Token>) -> Self {
        Self { token, keepalive: false, reads: Rc::default(), server_clock: Rc::default() }
    }

    /// The server's clock, as far as the browser shows the answers' `Date`: the API must have the page's origin or
    /// expose that header.
    pub(super) fn server_clock(&self) -> Rc<ServerClock> {
        self.server_clock.clone()
    }

    /// The reads in flight through this transport.
    pub(super) fn reads(&self) -> Rc<InFlight> {
        self.reads.clone()
    }

    /// The same for requests that outlive their page.
    #[must_use]
    pub fn keepalive(mut self) -> Self {
        self.keepalive = true;
        // These do not end with their feed.
        self.reads = Rc::default();
        self
    }

    async fn attempt(&self, request: &WireRequest) -> Result<Response, Failure> {
        // A page that goes away has no time to ask for a token.
        let token = match self.token.known().filter(|_| self.keepalive) {
            Some(token) => token,
            None => self.token.get().await?,
        };
        if !token::is_sendable(&token) {
            self.token.forget();
            return Err(Failure::new(FailureKind::Config, UNSENDABLE));
        }
        let is_read = request.method == Method::Get;
        let early = if is_read { Early::take(&request.url, &token) } else { None };
        let flight = match &early {
            Some(early) => Flight::with(Some(early.controller.clone())),
            None => Flight::new(),
        };
        let _entry = is_read.then(|| self.reads.enter(&flight));
        let limit = flight.limit(TIME_LIMIT);
        let sent = match early {
            Some(early) => Ok(early.response),
            None => wire::send(request, &token, flight.controller(), self.keepalive),
        };
        let answer = flight.run(async {
            let response = wire::settle(sent.ok()?).await?;
            let mut answer = wire::head(&response)?;
            answer.body = wire::text(&response).await?;
            Some((response, answer))
        });
        let answer = answer.await.flatten();
        drop(limit);
        let (response, answer) = answer.ok_or_else(|| failure(&flight))?;
        self.learn_time(&answer, &response);
        Ok(answer)
    }

    /// An answer with `Age` comes from a cache: its `Date` is old.
    fn learn_time(&self, answer: &Response, response: &JsValue) {
        if let Some(date) = &answer.date
            && wire::header(response, "Age").is_none()
        {
            self.server_clock.learn(js_sys::Date::parse(date), clock::wall());
        }
    }
}

impl Transport for Fetch {
    async fn send(&self, request: WireRequest) -> Result<Response, Failure> {
        let is_read = request.method == Method::Get;
        loop {
            if is_read {
                self.reads.resumed().await;
            }
            let answer = self.attempt(&request).await;
            if answer.is_ok() || !is_read || !self.reads.is_paused() {
                return answer;
            }
        }
    }

    fn now(&self) -> Option<Timestamp> {
        chrono::DateTime::from_timestamp_millis(clock::wall() as i64)
    }
}

fn failure(flight: &Flight) -> Failure {
    if flight.is_late() {
        Failure::new(FailureKind::Timeout, "No answer came within 15 seconds.")
    } else {
        Failure::new(
            FailureKind::Network,
            "The server could not be reached: it is down, the network is, or it does not allow this page's origin (CORS).",
        )
    }
}
