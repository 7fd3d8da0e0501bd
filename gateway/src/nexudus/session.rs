//! The token that is valid now, and its renewal.

use std::sync::Arc;

use coworker_notifications::{
    api::{ApiBase, Method, Response, check},
    error::{Failure, FailureKind},
};
use serde::Deserialize;
use tokio::{
    fs,
    sync::{Mutex, RwLock},
};

use super::{Credential, Exchange, HttpRequest, Secret};

/// The space's credential and its current token.
pub(crate) struct Session {
    url: String,
    credential: Credential,
    exchange: Arc<dyn Exchange>,
    token: Arc<RwLock<Option<Secret>>>,
    /// One renewal at a time.
    refresh_token: Mutex<Option<Secret>>,
}

/// The result of a renewal.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Renewal {
    /// There is another token; no request to Nexudus was needed.
    Local,
    /// Nexudus has issued another token, for which a request was sent.
    Requested,
    /// There is no other token.
    Unchanged,
}

#[derive(Deserialize)]
struct Answer {
    access_token: String,
    refresh_token: Option<String>,
}

impl Session {
    pub(super) fn new(
        base: &ApiBase,
        credential: Credential,
        exchange: Arc<dyn Exchange>,
        token: Arc<RwLock<Option<Secret>>>,
    ) -> Self {
        let url = format!("{}/api/token", base.as_str());
        Self { url, credential, exchange, token, refresh_token: Mutex::default() }
    }

    /// The token that is sent now; `None` before the first renewal.
    pub(crate) async fn token(&self) -> Option<Secret> {
        self.token.read().await.clone()
    }

    /// Whether a renewal sends a request to Nexudus, which the budget must allow.
    pub(crate) fn renewal_sends_request(&self) -> bool {
        matches!(self.credential, Credential::Password { .. })
    }

    /// Gets another token in place of `refused`, or the first token for `None`.
    pub(crate) async fn renew(&self, refused: Option<&Secret>) -> Result<Renewal, Failure> {
        let mut refresh_token = self.refresh_token.lock().await;
        // Another request has renewed the token meanwhile.
        if let Some(token) = self.token.read().await.as_ref()
            && Some(token) != refused
        {
            return Ok(Renewal::Local);
        }
        let (token, renewal) = match &self.credential {
            Credential::Token(token) => (token.clone(), Renewal::Local),
            Credential::TokenFile(path) => (read(path).await?, Renewal::Local),
            Credential::Password { username, password } => {
                let renewed = match refresh_token.take() {
                    Some(secret) => self
                        .request_token(&[("grant_type", "refresh_token"), ("refresh_token", secret.reveal())])
                        .await
                        .ok(),
                    None => None,
                };
                let answer = match renewed {
                    Some(answer) => answer,
                    None => {
                        let form =
                            [("grant_type", "password"), ("username", username), ("password", password.reveal())];
                        self.request_token(&form).await?
                    }
                };
                *refresh_token = answer.refresh_token.map(Secret::new);
                (Secret::new(answer.access_token), Renewal::Requested)
            }
        };
        if Some(&token) == refused {
            return Ok(Renewal::Unchanged);
        }
        *self.token.write().await = Some(token);
        Ok(renewal)
    }

    async fn request_token(&self, form: &[(&str, &str)]) -> Result<Answer, Failure> {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(form).finish();
        let request = HttpRequest {
            method: Method::Post,
            url: self.url.clone(),
            content_type: Some("application/x-www-form-urlencoded"),
            body: Some(body),
            token: None,
        };
        let response = self.exchange.exchange(request).await?;
        refused(&response)?;
        // The body holds tokens, so no part of it is put into an error.
        serde_json::from_str(&response.body)
            .map_err(|_| Failure::new(FailureKind::Decode, "Nexudus's answer to the sign-in has no token."))
    }
}

/// A refused sign-in, in words.
fn refused(response: &Response) -> Result<(), Failure> {
    let Err(mut failure) = check(response, None) else {
        return Ok(());
    };
    if matches!(response.status, 400 | 401 | 403) {
        failure.kind = FailureKind::Unauthorized;
        failure.message = format!("Nexudus does not accept the username and password (HTTP {}).", response.status);
    }
    Err(failure)
}

async fn read(path: &std::path::Path) -> Result<Secret, Failure> {
    let name = path.display();
    let config = |words: String| Failure::new(FailureKind::Config, words);
    let text = fs::read_to_string(path)
        .await
        .map_err(|error| config(format!("The token's file {name} cannot be read: {error}.")))?;
    let text = text.strip_suffix('\n').unwrap_or(&text);
    let text = text.strip_suffix('\r').unwrap_or(text);
    if text.is_empty() { Err(config(format!("The token's file {name} is empty."))) } else { Ok(Secret::new(text)) }
}
