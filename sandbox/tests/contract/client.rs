//! A caller of the router.

use axum::Router;
use axum::body::Body;
use axum::http::header::{AUTHORIZATION, CONTENT_TYPE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use http_body_util::BodyExt;
use sandbox::{Options, Sandbox};
use serde_json::Value;
use tower::ServiceExt;

pub(crate) const LIST: &str = "/api/spaces/coworkernotifications";
/// Has a day and a time that the tests can count from.
pub(crate) const START: &str = "2025-03-19T10:00:00Z";

/// Calls a sandbox of its own.
pub(crate) struct Client {
    router: Router,
}

fn options() -> Options {
    Options { now: START.parse().ok(), ..Options::default() }
}

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
}

impl Client {
    /// With a hundred for the crowded coworker: quick to make.
    pub(crate) fn new() -> Self {
        Self::with(Options { crowd: 100, ..options() })
    }

    /// With ten thousand.
    pub(crate) fn crowded() -> Self {
        Self::with(options())
    }

    pub(crate) fn with(options: Options) -> Self {
        Self { router: sandbox::router(Sandbox::new(options)) }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let answer = self.try_send(request).await;
        answer.expect("the body should be whole")
    }

    /// An error when the body breaks off.
    pub(crate) async fn try_send(&self, request: Request<Body>) -> Result<Answer, axum::Error> {
        let response = self.router.clone().oneshot(request).await.expect("a router never fails");
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await?.to_bytes().to_vec();
        Ok(Answer { status: parts.status, headers: parts.headers, bytes })
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(get(path)).await
    }

    /// A search, as administrator, which has to succeed.
    pub(crate) async fn list(&self, query: &str) -> Value {
        let answer = self.get(&format!("{LIST}?{query}")).await;
        assert_eq!(answer.status, StatusCode::OK, "{query}: {answer:?}");
        answer.json()
    }

    pub(crate) async fn write(&self, method: Method, path: &str, body: &Value) -> Answer {
        self.send(request(method, path, "admin", Some(body))).await
    }

    pub(crate) async fn set_faults(&self, faults: Value) {
        let answer = self.write(Method::PUT, "/sandbox/faults", &faults).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
    }
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or_else(|e| panic!("{e} in {}", self.text()))
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }
}

/// A GET as administrator.
pub(crate) fn get(path: &str) -> Request<Body> {
    request(Method::GET, path, "admin", None)
}

pub(crate) fn request(method: Method, path: &str, token: &str, body: Option<&Value>) -> Request<Body> {
    let request = Request::builder()
        .method(method)
        .uri(path)
        .header(AUTHORIZATION, format!("Bearer {token}"))
        .header(CONTENT_TYPE, "application/json");
    let body = body.map_or(Body::empty(), |body| Body::from(body.to_string()));
    request.body(body).expect("a request")
}

/// One property of every record of a list.
pub(crate) fn column(list: &Value, property: &str) -> Vec<Value> {
    let records = list["Records"].as_array().expect("Records");
    records.iter().map(|record| record[property].clone()).collect()
}

/// The ids of a list's records.
pub(crate) fn ids(list: &Value) -> Vec<i64> {
    column(list, "Id").iter().map(|id| id.as_i64().expect("a number")).collect()
}
