//! Sends requests to Nexudus and receives its answers.

use std::{error::Error, time::Duration};

use async_trait::async_trait;
use coworker_notifications::{
    api::{Method, Response, WireRequest},
    error::{Failure, FailureKind},
};
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, DATE, ETAG, HeaderName, HeaderValue, RETRY_AFTER};

use super::Secret;

/// Sends requests. An answer with an error status is still an answer; a [`Failure`] means that there is none.
#[async_trait]
pub trait Exchange: Send + Sync + 'static {
    /// Sends a request and waits for the whole answer.
    async fn exchange(&self, request: HttpRequest) -> Result<Response, Failure>;
}

/// A request as it is sent.
#[derive(Debug, Clone)]
pub struct HttpRequest {
    /// The method.
    pub method: Method,
    /// The whole address.
    pub url: String,
    /// The body's content type.
    pub content_type: Option<&'static str>,
    /// The body. It may hold a password.
    pub body: Option<String>,
    /// The bearer token.
    pub token: Option<Secret>,
}

/// HTTP and HTTPS. Requests go to their own address only: no redirect is followed and no proxy is used.
#[derive(Debug)]
pub struct Http {
    client: reqwest::Client,
}

const CONNECT: Duration = Duration::from_secs(10);
const ANSWER: Duration = Duration::from_secs(30);
/// The largest body, in bytes: larger than any valid answer of this API.
const LARGEST: usize = 32 << 20;
/// Some of the vendor's hosts refuse programs that do not name themselves as browsers do.
const USER_AGENT: &str =
    concat!("Mozilla/5.0 (compatible; coworker-notifications-gateway/", env!("CARGO_PKG_VERSION"), ")");

impl Http {
    /// Fails if the machine's certificates cannot be used.
    pub fn new() -> Result<Self, String> {
        // The portal's client may have installed the same provider already.
        rustls::crypto::ring::default_provider().install_default().ok();
        let client = reqwest::Client::builder()
            .user_agent(USER_AGENT)
            .redirect(reqwest::redirect::Policy::none())
            .no_proxy()
            .connect_timeout(CONNECT)
            .timeout(ANSWER)
            .build()
            .map_err(|error| format!("HTTPS cannot be used: {}", cause(&error)))?;
        Ok(Self { client })
    }
}

#[async_trait]
impl Exchange for Http {
    async fn exchange(&self, request: HttpRequest) -> Result<Response, Failure> {
        let method = match request.method {
            Method::Get => reqwest::Method::GET,
            Method::Post => reqwest::Method::POST,
            Method::Put => reqwest::Method::PUT,
            Method::Delete => reqwest::Method::DELETE,
        };
        let mut outgoing = self.client.request(method, &request.url).header(ACCEPT, WireRequest::ACCEPT);
        if let Some(token) = &request.token {
            outgoing = outgoing.header(AUTHORIZATION, bearer(token)?);
        }
        if let Some(content_type) = request.content_type {
            outgoing = outgoing.header(CONTENT_TYPE, content_type);
        }
        if let Some(body) = request.body {
            outgoing = outgoing.body(body);
        }
        let mut answer = outgoing.send().await.map_err(|error| failure(&error))?;
        let header = |name: HeaderName| Some(answer.headers().get(name)?.to_str().ok()?.to_owned());
        let mut response = Response {
            status: answer.status().as_u16(),
            retry_after: header(RETRY_AFTER),
            date: header(DATE),
            etag: header(ETAG),
            ..Response::default()
        };
        let mut body = Vec::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| failure(&error))? {
            body.extend_from_slice(&chunk);
            if body.len() > LARGEST {
                return Err(Failure::new(FailureKind::Network, "Nexudus's answer is too large to be one."));
            }
        }
        response.body = String::from_utf8_lossy(&body).into_owned();
        Ok(response)
    }
}

fn bearer(token: &Secret) -> Result<HeaderValue, Failure> {
    let mut value = HeaderValue::from_str(&["Bearer ", token.reveal()].concat()).map_err(|_| {
        Failure::new(FailureKind::Config, "The credential for Nexudus has characters that no token has.")
    })?;
    value.set_sensitive(true);
    Ok(value)
}

/// Why there is no answer. The address is left out, because logs are shown to others.
fn failure(error: &reqwest::Error) -> Failure {
    if error.is_timeout() {
        return Failure::new(FailureKind::Timeout, "Nexudus did not answer in time.");
    }
    Failure::new(FailureKind::Network, format!("Nexudus cannot be reached: {}.", cause(error)))
}

/// The innermost reason.
fn cause(error: &dyn Error) -> String {
    let mut cause = error;
    while let Some(deeper) = cause.source() {
        cause = deeper;
    }
    cause.to_string()
}
