//! The client for Nexudus: the widget's API client over a native transport, with the space's credential.

mod credential;
mod exchange;
mod page;
mod session;
mod throttle;

use std::{fmt, sync::Arc};

use coworker_notifications::{
    api::{ApiBase, Client, ListQuery, Request, Response, Transport, WireRequest, check},
    error::{Failure, FailureKind},
};
use tokio::sync::RwLock;

pub use credential::{Credential, Secret};
pub use exchange::{Exchange, Http, HttpRequest};
pub(crate) use page::{Page, read_page};
pub(crate) use session::{Renewal, Session};
pub(crate) use throttle::pause_after;

/// The address of Nexudus, and the credential to use there.
#[derive(Debug, Clone)]
pub struct NexudusOptions {
    /// `--nexudus`
    pub base: ApiBase,
    /// The space's credential.
    pub credential: Credential,
}

/// The API of one space. A clone is the same client.
#[derive(Clone)]
pub struct Nexudus {
    shared: Arc<Shared>,
}

struct Shared {
    base: ApiBase,
    client: Client<Wire>,
    session: Session,
}

impl Nexudus {
    /// Sends no request yet. Fails if the machine's certificates cannot be used.
    pub fn new(options: NexudusOptions) -> Result<Self, String> {
        Ok(Self::over(options, Arc::new(Http::new()?)))
    }

    /// The same with another way to send requests, for tests.
    pub fn over(options: NexudusOptions, exchange: Arc<dyn Exchange>) -> Self {
        let NexudusOptions { base, credential } = options;
        let token = Arc::new(RwLock::new(None));
        let wire = Wire { exchange: Arc::clone(&exchange), token: Arc::clone(&token) };
        let session = Session::new(&base, credential, exchange, token);
        Self { shared: Arc::new(Shared { client: Client::new(base.clone(), wire), base, session }) }
    }

    /// Its address.
    pub fn base(&self) -> &ApiBase {
        &self.shared.base
    }

    /// Tries address, credential and role with one small request outside of any budget: what was found, or what is wrong
    /// and what to do.
    pub async fn check(&self) -> Result<String, String> {
        match self.session().renew(None).await {
            Ok(Renewal::Local | Renewal::Requested) => {}
            Ok(Renewal::Unchanged) => return Err("there is no credential".into()),
            Err(failure) if failure.kind == FailureKind::Unauthorized => {
                let words = failure.message.trim_end_matches('.');
                return Err(format!("{words}: check NEXUDUS_USERNAME and NEXUDUS_PASSWORD (NEXUDUS_PASSWORD_FILE)"));
            }
            Err(failure) => return Err(with_advice(&failure)),
        }
        let answer = self.send(Request::list(&ListQuery::new().size(1))).await;
        let page = answer.and_then(|response| check(&response, None).and_then(|()| response.page(None)));
        match page {
            Ok(page) => Ok(format!("{} notifications can be read", page.total)),
            Err(failure) => Err(with_advice(&failure)),
        }
    }

    /// Sends one request with the current token.
    pub(crate) async fn send(&self, request: Request) -> Result<Response, Failure> {
        self.shared.client.send(request).await
    }

    pub(crate) fn session(&self) -> &Session {
        &self.shared.session
    }
}

impl fmt::Debug for Nexudus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Nexudus").field("base", &self.shared.base.as_str()).finish_non_exhaustive()
    }
}

/// What is wrong, and what to do about it.
fn with_advice(failure: &Failure) -> String {
    let advice = match (failure.kind, failure.status) {
        // These failures contain the advice already.
        (FailureKind::Config, None) => return failure.message.clone(),
        (_, Some(401)) => "give another credential",
        (_, Some(403)) => "give its user the role CoworkerNotification-List",
        (_, Some(409 | 429)) => {
            "try again in a minute; if that does not help, something else uses up the space's limits (see --budget)"
        }
        (_, Some(500..)) => "try again later: Nexudus has a problem",
        (_, Some(_)) => "check --nexudus (NEXUDUS_URL): this is not the Nexudus API",
        (_, None) => "check --nexudus (NEXUDUS_URL) and the network",
    };
    format!("{}: {advice}", failure.message.trim_end_matches('.'))
}

/// The transport under the client: adds the token that is valid now.
struct Wire {
    exchange: Arc<dyn Exchange>,
    token: Arc<RwLock<Option<Secret>>>,
}

impl Transport for Wire {
    async fn send(&self, request: WireRequest) -> Result<Response, Failure> {
        let token = self.token.read().await.clone();
        self.exchange
            .exchange(HttpRequest {
                method: request.method,
                url: request.url,
                content_type: request.body.as_ref().map(|_| WireRequest::CONTENT_TYPE),
                body: request.body,
                token,
            })
            .await
    }
}
