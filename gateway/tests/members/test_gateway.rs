//! A gateway for one test.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use coworker_notifications::model::CoworkerId;
use gateway::clock::System;
use gateway::config::{Command, Config, read};
use gateway::http::{App, router};
use gateway::identity::Identity;
use gateway::nexudus::NexudusOptions;
use gateway::{Nexudus, Space, SpaceOptions, store};
use http_body_util::BodyExt;
use serde_json::Value;
use tokio::time::{sleep, timeout};
use tower::ServiceExt;

use crate::outside::nexudus::{CREDENTIAL, FakeNexudus};
use crate::outside::tokens::SECRET;

/// The list's path.
pub const LIST: &str = "/api/spaces/coworkernotifications";
/// The origin of a page that may send requests.
pub const PAGE: &str = "https://portal.example";
/// The secret of webhooks.
pub const HOOK_SECRET: &str = "hook secret";

/// A gateway with its own Nexudus, without a port.
pub struct TestGateway {
    pub nexudus: FakeNexudus,
    pub space: Space,
    pub app: App,
    router: Router,
}

/// An answer that has been read.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
}

impl TestGateway {
    /// Starts it and waits until the lists of all members are known.
    pub async fn start() -> Self {
        let gateway = Self::start_with(Duration::from_millis(300)).await;
        for coworker in [1001, 1002, 1003, 1004] {
            let known = async { while gateway.space.revision(CoworkerId(coworker)).await.is_err() {} };
            timeout(Duration::from_secs(60), known).await.expect("the list is never known");
        }
        gateway
    }

    /// Starts it with this interval between polls.
    pub async fn start_with(sync_interval: Duration) -> Self {
        let nexudus = FakeNexudus::start().await;
        Self::start_over(nexudus, sync_interval).await
    }

    pub async fn start_over(nexudus: FakeNexudus, sync_interval: Duration) -> Self {
        let files = tempfile::tempdir().unwrap();
        let file = |name: &str, content: &str| {
            let path = files.path().join(name);
            std::fs::write(&path, content).unwrap();
            path.to_str().unwrap().to_owned()
        };
        let config = config(&[
            "--nexudus",
            &nexudus.address,
            "--portal",
            &nexudus.address,
            "--store",
            "sqlite::memory:",
            "--jwt-secret-file",
            &file("jwt", SECRET),
            "--webhook-secret-file",
            &file("hook", HOOK_SECRET),
            "--origin",
            PAGE,
        ]);
        let store = store::open(&config.store, System::clock()).await.unwrap();
        let base = coworker_notifications::api::ApiBase::parse(config.nexudus.as_str(), "").unwrap();
        let api = Nexudus::new(NexudusOptions { base, credential: config.credential }).unwrap();
        // These tests do not test the budget, so it is large.
        let budget = "10000/min".parse().unwrap();
        let options = SpaceOptions { sync_interval, budget, ..SpaceOptions::default() };
        let space = Space::start(options, store, api).await.unwrap();
        let identity = Identity::new(config.portal.as_ref(), config.jwt.as_ref()).unwrap();
        let app = App::new(space.clone(), identity, config.webhook_secret.as_ref());
        let router = router(app.clone(), &config.origins);
        Self { nexudus, space, app, router }
    }

    pub async fn send(&self, request: Request<Body>) -> axum::response::Response {
        self.router.clone().oneshot(request).await.unwrap()
    }

    pub async fn request(&self, request: Request<Body>) -> Answer {
        let response = self.send(request).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        Answer { status: parts.status, headers: parts.headers, text: String::from_utf8(bytes.to_vec()).unwrap() }
    }

    pub async fn get(&self, path: &str, token: &str) -> Answer {
        self.request(request(Method::GET, path, token).body(Body::empty()).unwrap()).await
    }

    /// The member's list, with these parameters.
    pub async fn list(&self, token: &str, query: &str) -> Answer {
        self.get(&format!("{LIST}?{query}"), token).await
    }

    pub async fn put(&self, token: &str, body: Value) -> Answer {
        self.put_text(token, body.to_string()).await
    }

    pub async fn put_text(&self, token: &str, body: String) -> Answer {
        self.request(request(Method::PUT, LIST, token).body(Body::from(body)).unwrap()).await
    }

    /// Waits until the list meets the condition.
    pub async fn until(&self, token: &str, query: &str, is: impl Fn(&Answer) -> bool) -> Answer {
        let waited = async {
            loop {
                let answer = self.list(token, query).await;
                if is(&answer) {
                    return answer;
                }
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(Duration::from_secs(30), waited).await.expect("the list never becomes that")
    }
}

impl Answer {
    #[track_caller]
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("{self:?}"))
    }

    #[track_caller]
    pub fn ok(self) -> Value {
        assert_eq!(self.status, StatusCode::OK, "{self:?}");
        self.json()
    }

    /// The ids of the records on the page.
    #[track_caller]
    pub fn ids(&self) -> Vec<i64> {
        assert_eq!(self.status, StatusCode::OK, "{self:?}");
        self.json()["Records"].as_array().unwrap().iter().map(|record| record["Id"].as_i64().unwrap()).collect()
    }

    #[track_caller]
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).unwrap_or_else(|| panic!("no {name}: {self:?}")).to_str().unwrap()
    }
}

pub fn request(method: Method, path: &str, token: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
}

fn config(flags: &[&str]) -> Config {
    let arguments = std::iter::once("gateway").chain(flags.iter().copied()).map(Into::into);
    let credential = |name: &str| (name == "NEXUDUS_TOKEN").then(|| CREDENTIAL.into());
    match read(arguments, credential) {
        Ok(Command::Run(_, config)) => *config,
        other => panic!("{other:?}"),
    }
}
