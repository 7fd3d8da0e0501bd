//! HTTP through the browser's `fetch`, with a time limit that covers the whole answer.

use std::{
    cell::{Cell, RefCell},
    future::poll_fn,
    rc::Rc,
    task::{Poll, Waker},
};

use gloo_net::http;
use gloo_timers::callback::Timeout;
use js_sys::{Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, Headers, RequestCache, RequestCredentials, RequestInit, RequestRedirect};

use super::{clock, early::Early, token::Token};
use crate::{
    api::{Method, Response, Transport, WireRequest},
    error::{Failure, FailureKind},
    model::Timestamp,
};

/// What is wrong where the browser makes no request of a token. Its own words are not repeated: they quote the token.
const UNSENDABLE: &str =
    "The token cannot be sent: it has characters that no HTTP header may carry, such as a line break.";

/// A request without a whole answer after this long fails (milliseconds): 15 seconds.
const TIME_LIMIT: u32 = 15_000;

/// Sends requests with a member's token. Dropping a request's future aborts the request.
#[derive(Debug, Clone)]
pub struct Fetch {
    token: Rc<Token>,
    /// The request outlives its page (Fetch standard, `keepalive`).
    keepalive: bool,
    /// Reads that end with their feed.
    under_way: Rc<UnderWay>,
    skew: Rc<Cell<f64>>,
}

/// A device's clock that is off by less than this is taken as right (milliseconds): an answer takes its time, and its
/// `Date` has whole seconds.
const RIGHT_ENOUGH: f64 = 30_000.0;

/// The reads on their way, so that all can be ended at once. A write that was begun is let finish.
#[derive(Debug, Default)]
pub(super) struct UnderWay {
    reads: RefCell<Vec<AbortController>>,
    /// The feed is gone.
    ended: Cell<bool>,
    /// The page is away.
    paused: Cell<bool>,
    /// Who waits until it is back.
    waiting: RefCell<Vec<Waker>>,
}

impl UnderWay {
    /// Ends them all, and those that still wait for a token or for the page.
    pub(super) fn end(&self) {
        self.ended.set(true);
        self.abort();
        self.go_on();
    }

    fn abort(&self) {
        for controller in self.reads.take() {
            controller.abort();
        }
    }

    fn add(&self, controller: &AbortController) {
        if self.ended.get() || self.paused.get() {
            controller.abort();
        } else {
            self.reads.borrow_mut().push(controller.clone());
        }
    }

    /// The page goes away. What is ended begins anew when it is back, and nobody notices.
    pub(super) fn pause(&self) {
        self.paused.set(true);
        self.abort();
    }

    /// The page is back.
    pub(super) fn go_on(&self) {
        self.paused.set(false);
        self.waiting.take().into_iter().for_each(Waker::wake);
    }

    /// Waits until the page is there.
    fn page(&self) -> impl Future<Output = ()> {
        poll_fn(|context| {
            if self.paused.get() {
                self.waiting.borrow_mut().push(context.waker().clone());
                return Poll::Pending;
            }
            Poll::Ready(())
        })
    }
}

impl Fetch {
    /// A transport that takes its token from there.
    pub fn new(token: Rc<Token>) -> Self {
        Self { token, keepalive: false, under_way: Rc::default(), skew: Rc::default() }
    }

    /// How far the server's clock is ahead of this device's, in milliseconds, by the latest answer that shows a `Date`.
    /// Browsers show it where the API is of the page's own origin, or exposes it.
    pub(super) fn skew(&self) -> Rc<Cell<f64>> {
        self.skew.clone()
    }

    fn learn_time(&self, date: Option<&str>) {
        let skew = date.map_or(f64::NAN, js_sys::Date::parse) - clock::wall();
        if !skew.is_nan() {
            self.skew.set(if skew.abs() < RIGHT_ENOUGH { 0.0 } else { skew });
        }
    }

    async fn attempt(&self, request: &WireRequest) -> Result<Response, Failure> {
        // A page that goes away has no time to ask for a token.
        let token = match self.token.known().filter(|_| self.keepalive) {
            Some(token) => token,
            None => self.token.get().await?,
        };
        let early = if request.method == Method::Get { Early::take(&request.url, &token) } else { None };
        let controller = early.as_ref().map(|early| early.controller.clone()).or_else(|| AbortController::new().ok());
        let limit = TimeLimit::start(request.method, controller, self.under_way.clone());
        // An early request with such a token has failed, too, but not said why.
        let request = build(request, &token, limit.controller.as_ref(), self.keepalive).map_err(|_| {
            self.token.forget();
            Failure::new(FailureKind::Config, UNSENDABLE)
        })?;
        let response = early.map_or_else(|| fetch(&request), |early| early.response);
        let answer = answer(response).await.ok_or_else(|| limit.failure());
        // The answer is whole: dropping the limit must not abort a request that is over.
        limit.end();
        if let Ok(answer) = &answer {
            self.learn_time(answer.date.as_deref());
        }
        answer
    }

    /// What is on its way through this transport.
    pub(super) fn under_way(&self) -> Rc<UnderWay> {
        self.under_way.clone()
    }

    /// The same for a page that goes away.
    #[must_use]
    pub fn keepalive(mut self) -> Self {
        self.keepalive = true;
        // These end with nobody.
        self.under_way = Rc::default();
        self
    }
}

impl Transport for Fetch {
    async fn send(&self, request: WireRequest) -> Result<Response, Failure> {
        let reads = request.method == Method::Get;
        loop {
            if reads {
                self.under_way.page().await;
            }
            let answer = self.attempt(&request).await;
            if answer.is_ok() || !reads || !self.under_way.paused.get() {
                return answer;
            }
        }
    }

    fn now(&self) -> Option<Timestamp> {
        chrono::DateTime::from_timestamp_millis(clock::wall() as i64)
    }
}

#[wasm_bindgen]
extern "C" {
    /// Sends a request: gives the [`web_sys::Response`] to come. In a window and in a worker alike.
    fn fetch(request: &web_sys::Request) -> Promise;
}

/// Waits for the whole answer; `None` if there is none.
async fn answer(response: Promise) -> Option<Response> {
    let response: web_sys::Response = JsFuture::from(response).await.ok()?.dyn_into().ok()?;
    let answer = http::Response::from(response);
    let header = |name| answer.headers().get(name);
    let (retry_after, date, etag) = (header("Retry-After"), header("Date"), header("ETag"));
    let status = answer.status();
    let body = answer.text().await.ok()?;
    Some(Response { status, retry_after, date, etag, body })
}

fn build(
    request: &WireRequest,
    token: &str,
    controller: Option<&AbortController>,
    keepalive: bool,
) -> Result<web_sys::Request, JsValue> {
    let headers = Headers::new()?;
    headers.set("Accept", WireRequest::ACCEPT)?;
    let mut authorization = String::from("Bearer ");
    authorization.push_str(token);
    headers.set("Authorization", &authorization)?;
    let init = RequestInit::new();
    init.set_method(request.method.name());
    if let Some(body) = &request.body {
        headers.set("Content-Type", WireRequest::CONTENT_TYPE)?;
        init.set_body(&JsValue::from_str(body));
    }
    init.set_headers(&headers);
    // Revalidated each time: where the server sends ETag or Last-Modified, an unchanged list costs a 304.
    init.set_cache(RequestCache::NoCache);
    // The token is the only credential, and no redirect may carry it elsewhere.
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    if keepalive {
        Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE)?;
    }
    init.set_signal(controller.map(AbortController::signal).as_ref());
    web_sys::Request::new_with_str_and_init(&request.url, &init)
}

/// Aborts its request when the time is over, or when it is dropped before [`TimeLimit::end`].
struct TimeLimit {
    controller: Option<AbortController>,
    over: Rc<Cell<bool>>,
    ended: Cell<bool>,
    under_way: Rc<UnderWay>,
    _timer: Timeout,
}

impl TimeLimit {
    fn start(method: Method, controller: Option<AbortController>, under_way: Rc<UnderWay>) -> Self {
        if method == Method::Get
            && let Some(controller) = &controller
        {
            under_way.add(controller);
        }
        let over = Rc::new(Cell::new(false));
        let timer = {
            let (controller, over) = (controller.clone(), over.clone());
            Timeout::new(TIME_LIMIT, move || {
                over.set(true);
                if let Some(controller) = &controller {
                    controller.abort();
                }
            })
        };
        Self { controller, over, ended: Cell::new(false), under_way, _timer: timer }
    }

    fn end(&self) {
        self.ended.set(true);
    }

    fn failure(&self) -> Failure {
        if self.over.get() {
            Failure::new(FailureKind::Timeout, "No answer came within 15 seconds.")
        } else {
            Failure::new(
                FailureKind::Network,
                "The server could not be reached: it is down, the network is, or it does not allow this page's origin (CORS).",
            )
        }
    }
}

impl Drop for TimeLimit {
    fn drop(&mut self) {
        let Some(controller) = &self.controller else { return };
        self.under_way.reads.borrow_mut().retain(|other| other != controller);
        if !self.ended.get() {
            controller.abort();
        }
    }
}
