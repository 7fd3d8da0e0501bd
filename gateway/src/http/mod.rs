//! The members' HTTP interface: their own notifications, and nothing else. It is a function that returns a router, so that
//! tests need no socket.

mod auth;
mod body;
mod error;
mod etag;
mod events;
mod limits;
mod list;
mod observe;
mod params;
mod record;
mod webhook;

use std::any::Any;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::header::{
    AGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, ETAG, HeaderName, IF_NONE_MATCH, LINK, RETRY_AFTER,
    X_CONTENT_TYPE_OPTIONS,
};
use axum::http::{HeaderValue, Method};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use ring::hmac;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::cors::{AllowOrigin, CorsLayer};
use tower_http::set_header::SetResponseHeaderLayer;

pub use params::{InvalidQuery, Search};

use crate::Space;
use crate::config::{Origin, Secret};
use crate::identity::Identity;
use error::ApiError;
use limits::Limits;

/// What the handlers share. A clone is the same.
#[derive(Clone)]
pub struct App {
    inner: Arc<Inner>,
}

struct Inner {
    space: Space,
    identity: Identity,
    limits: Limits,
    webhook_key: Option<hmac::Key>,
    stopping: watch::Sender<bool>,
}

impl App {
    /// The members' side of a space.
    pub fn new(space: Space, identity: Identity, webhook_secret: Option<&Secret>) -> Self {
        let webhook_key = webhook_secret.map(|secret| hmac::Key::new(hmac::HMAC_SHA256, secret.reveal()));
        let stopping = watch::Sender::new(false);
        Self { inner: Arc::new(Inner { space, identity, limits: Limits::new(), webhook_key, stopping }) }
    }

    /// Ends all streams with a last event. Other requests are answered to their end.
    pub fn stop(&self) {
        self.inner.stopping.send_replace(true);
    }

    /// Whether [`App::stop`] was called.
    pub fn is_stopping(&self) -> bool {
        *self.inner.stopping.borrow()
    }

    /// Forgets members who have sent no request for a while. To be called every few seconds.
    pub fn forget_idle(&self) {
        self.inner.limits.forget_idle();
    }

    fn space(&self) -> &Space {
        &self.inner.space
    }

    fn identity(&self) -> &Identity {
        &self.inner.identity
    }

    fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    fn webhook_key(&self) -> Option<&hmac::Key> {
        self.inner.webhook_key.as_ref()
    }

    fn stopping(&self) -> watch::Receiver<bool> {
        self.inner.stopping.subscribe()
    }
}

/// The members' router. Pages of these origins may send requests across origins.
pub fn router(app: App, origins: &[Origin]) -> Router {
    const LIST: &str = "/api/spaces/coworkernotifications";
    let only = |allowed| move || async move { ApiError::WrongMethod(allowed) };
    Router::new()
        .route(LIST, get(list::list).put(record::put).fallback(only("GET, HEAD, PUT")))
        .route(&format!("{LIST}/events"), get(events::events).fallback(only("GET, HEAD")))
        .route(&format!("{LIST}/{{id}}"), get(record::one).fallback(only("GET, HEAD")))
        .route("/webhooks/nexudus", post(webhook::receive).fallback(only("POST")))
        .fallback(async || ApiError::NotFound)
        .layer(axum::middleware::from_fn_with_state(app.clone(), limits::limit_concurrency))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, HeaderValue::from_static("private, no-cache")))
        .layer(SetResponseHeaderLayer::overriding(X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff")))
        .layer(cors(origins))
        .layer(axum::middleware::from_fn(observe::observe))
        .with_state(app)
}

fn cors(origins: &[Origin]) -> CorsLayer {
    let origins: Vec<HeaderValue> =
        origins.iter().filter_map(|origin| HeaderValue::from_str(origin.as_str()).ok()).collect();
    CorsLayer::new()
        .allow_origin(AllowOrigin::list(origins))
        .allow_methods([Method::GET, Method::PUT])
        .allow_headers([AUTHORIZATION, CONTENT_TYPE, IF_NONE_MATCH, HeaderName::from_static("last-event-id")])
        .expose_headers([LINK, ETAG, RETRY_AFTER, AGE])
        .max_age(Duration::from_secs(2 * 60 * 60))
}

/// The answer if a handler panics. Other requests are not affected.
fn panicked(_: Box<dyn Any + Send + 'static>) -> axum::response::Response {
    ApiError::Internal.into_response()
}
