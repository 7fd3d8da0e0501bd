//! The HTTP client for questions about members.

use std::time::Duration;

use reqwest::redirect::Policy;

/// Portals were seen to refuse programs that do not name themselves as browsers do.
const USER_AGENT: &str =
    concat!("Mozilla/5.0 (compatible; coworker-notifications-gateway/", env!("CARGO_PKG_VERSION"), ")");
/// Answers are small; a larger one comes from a wrong server.
const LARGEST: usize = 1024 * 1024;

/// Why there is no HTTP client.
#[derive(Debug, thiserror::Error)]
#[error("no HTTP client can be made: {0}")]
pub struct BuildError(#[from] reqwest::Error);

/// A client that follows no redirects and uses no proxy from the environment: tokens go only to the configured host.
pub(super) fn build() -> Result<reqwest::Client, BuildError> {
    // A second call finds the first one's provider in place, which is the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Ok(reqwest::Client::builder()
        .user_agent(USER_AGENT)
        .redirect(Policy::none())
        .no_proxy()
        .connect_timeout(Duration::from_secs(5))
        .timeout(Duration::from_secs(10))
        .pool_idle_timeout(Duration::from_secs(60))
        .build()?)
}

/// The whole body, or `None` where it is too large or breaks off.
pub(super) async fn body(mut response: reqwest::Response) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await.ok()? {
        if body.len() + chunk.len() > LARGEST {
            return None;
        }
        body.extend_from_slice(&chunk);
    }
    Some(body)
}

/// Why a request got no answer, in words without the address, which may be long.
pub(super) fn reason(error: &reqwest::Error) -> &'static str {
    match error {
        error if error.is_timeout() => "it does not answer in time",
        error if error.is_connect() => "no connection can be made (name, port, firewall, certificate)",
        _ => "the connection broke off",
    }
}
