//! Tokens and the roles behind them.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use crate::client::{Client, LIST, request};
use crate::fixtures::assert_same_shape;

/// All five operations, each on something that exists; the status of each.
async fn may(token: &str) -> [u16; 5] {
    let client = Client::new();
    let record = client.list("CoworkerNotification_Coworker=1001&size=1").await["Records"][0].clone();
    let one = format!("{LIST}/{}", record["Id"]);
    let calls = [
        (Method::GET, LIST, None),
        (Method::GET, &one, None),
        (Method::POST, LIST, Some(&record)),
        (Method::PUT, LIST, Some(&record)),
        (Method::DELETE, &one, None),
    ];
    let mut statuses = [0; 5];
    for (status, (method, path, body)) in statuses.iter_mut().zip(calls) {
        *status = client.send(request(method, path, token, body)).await.status.as_u16();
    }
    statuses
}

#[tokio::test]
async fn each_token_may_do_what_its_roles_say() {
    // list, read, create, edit, delete
    assert_eq!(may("admin").await, [200, 200, 200, 200, 200]);
    assert_eq!(may("operator").await, [200, 200, 200, 403, 403]);
    assert_eq!(may("member-1001").await, [200, 200, 403, 200, 403]);
    assert_eq!(may("reader-1001").await, [200, 200, 403, 403, 403]);
    assert_eq!(may("expired").await, [401; 5]);
    assert_eq!(may("something-else").await, [401; 5]);
}

#[tokio::test]
async fn refusals_say_what_is_missing() {
    let client = Client::new();
    let expired = client.send(request(Method::GET, LIST, "expired", None)).await;
    assert_same_shape(&expired.json(), "error-unauthorized.json");
    assert_eq!(expired.header("www-authenticate"), "Bearer");

    let forbidden = client.send(request(Method::PUT, LIST, "reader-1001", Some(&json!({})))).await;
    assert_same_shape(&forbidden.json(), "error-forbidden.json");
    assert!(forbidden.text().contains("CoworkerNotification-Edit"), "{}", forbidden.text());
}

#[tokio::test]
async fn only_a_bearer_token_in_the_header_counts() {
    let client = Client::new();
    let with = async |header: Option<&str>, path: &str| {
        let mut request = Request::get(path);
        if let Some(value) = header {
            request = request.header("authorization", value);
        }
        client.send(request.body(Body::empty()).expect("a request")).await.status
    };
    assert_eq!(with(Some("bearer admin"), LIST).await, StatusCode::OK);
    for header in [None, Some("admin"), Some("Basic admin"), Some("Bearer "), Some("Bearer")] {
        assert_eq!(with(header, LIST).await, StatusCode::UNAUTHORIZED, "{header:?}");
    }
    assert_eq!(with(None, &format!("{LIST}?token=admin&access_token=admin")).await, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn the_tokens_are_listed_with_their_roles() {
    let info = Client::new().get("/sandbox/info").await.json();
    let find = |token: &str| -> Value {
        let tokens = info["tokens"].as_array().expect("tokens");
        tokens.iter().find(|t| t["token"] == token).cloned().unwrap_or_default()
    };
    assert_eq!(
        find("member-1001")["roles"],
        json!(["CoworkerNotification-List", "CoworkerNotification-Read", "CoworkerNotification-Edit"])
    );
    assert_eq!(find("member-1001")["coworkerId"], 1001);
    assert_eq!(find("admin")["coworkerId"], Value::Null);
    assert_eq!(find("expired")["roles"], json!([]));
}
