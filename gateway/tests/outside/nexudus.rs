//! Nexudus and the space's portal, played by the sandbox on a port of its own.

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use http_body_util::BodyExt;
use sandbox::{Options, Sandbox};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tower::ServiceExt;

/// The space's credential.
pub const CREDENTIAL: &str = "admin";

/// The sandbox. It ends with the test's runtime.
pub struct FakeNexudus {
    /// Where it listens.
    pub address: String,
    router: Router,
}

impl FakeNexudus {
    /// Starts it with the sandbox's people; the crowd is small, so that everything is read at once.
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let sandbox = Sandbox::new(Options { crowd: 30, ..Options::default() });
        let router = sandbox::router(sandbox.clone());
        tokio::spawn(sandbox::serve(listener, sandbox, std::future::pending()));
        Self { address, router }
    }

    /// Asks it as the administrator does.
    pub async fn ask(&self, method: Method, path: &str, body: Option<Value>) -> (StatusCode, Value) {
        let body = body.map_or_else(Body::empty, |body| Body::from(body.to_string()));
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header("authorization", format!("Bearer {CREDENTIAL}"))
            .header("content-type", "application/json")
            .body(body)
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status();
        let bytes = response.into_body().collect().await.unwrap().to_bytes();
        (status, serde_json::from_slice(&bytes).unwrap_or(Value::Null))
    }

    /// A new notification for a coworker; its id.
    pub async fn notify(&self, coworker: i64, message: &str) -> i64 {
        let record = json!({"CoworkerId": coworker, "Message": message, "NotificationType": "blog", "EntityId": 5});
        let (status, answer) = self.ask(Method::POST, "/api/spaces/coworkernotifications", Some(record)).await;
        assert_eq!(status, StatusCode::OK, "{answer}");
        answer["Value"]["Id"].as_i64().unwrap()
    }

    /// The ids of a coworker's notifications, by rising id.
    pub async fn ids(&self, coworker: i64) -> Vec<i64> {
        let path = format!("/api/spaces/coworkernotifications?CoworkerNotification_Coworker={coworker}&size=1000");
        let (_, answer) = self.ask(Method::GET, &path, None).await;
        answer["Records"].as_array().unwrap().iter().map(|record| record["Id"].as_i64().unwrap()).collect()
    }

    /// A record as it is there now.
    pub async fn record(&self, id: i64) -> Value {
        self.ask(Method::GET, &format!("/api/spaces/coworkernotifications/{id}"), None).await.1
    }

    /// Misbehaves from now on.
    pub async fn faults(&self, faults: Value) {
        let (status, answer) = self.ask(Method::PUT, "/sandbox/faults", Some(faults)).await;
        assert!(status.is_success(), "{answer}");
    }

    /// How often this path was asked for.
    pub async fn asked(&self, path: &str) -> usize {
        let (_, log) = self.ask(Method::GET, "/sandbox/requests", None).await;
        let requests = log["requests"].as_array().expect("a log of requests");
        requests.iter().filter(|request| request["path"].as_str().is_some_and(|asked| asked.starts_with(path))).count()
    }
}
