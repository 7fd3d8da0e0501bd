//! Calls from pages of other origins.

use axum::body::Body;
use axum::http::Request;
use serde_json::json;

use crate::client::{Answer, Client, LIST, get};

const ORIGIN: &str = "https://harbour.spaces.example";

async fn preflight(client: &Client) -> Answer {
    let request = Request::options(LIST)
        .header("origin", ORIGIN)
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "authorization,content-type")
        .body(Body::empty())
        .expect("a request");
    client.send(request).await
}

async fn call(client: &Client) -> Answer {
    let mut request = get(LIST);
    request.headers_mut().insert("origin", ORIGIN.parse().expect("a header value"));
    client.send(request).await
}

#[tokio::test]
async fn a_preflight_allows_the_method_and_the_token() {
    let answer = preflight(&Client::new()).await;
    assert!(answer.status.is_success());
    assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
    assert_eq!(answer.header("access-control-allow-methods"), "PUT");
    assert_eq!(answer.header("access-control-allow-headers"), "authorization,content-type");
}

#[tokio::test]
async fn answers_can_be_read_with_the_headers_that_matter() {
    let answer = call(&Client::new()).await;
    assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
    let exposed = answer.header("access-control-expose-headers");
    for name in ["retry-after", "etag", "last-modified", "date"] {
        assert!(exposed.contains(name), "{exposed}");
    }
}

#[tokio::test]
async fn errors_can_be_read_too() {
    let client = Client::new();
    client.set_faults(json!({"status": 503, "retryAfter": "5"})).await;
    let answer = call(&client).await;
    assert_eq!(answer.header("access-control-allow-origin"), ORIGIN);
    assert_eq!(answer.header("retry-after"), "5");
}

#[tokio::test]
async fn switched_off_no_origin_is_allowed() {
    let client = Client::new();
    client.set_faults(json!({"cors": false})).await;
    assert_eq!(preflight(&client).await.header("access-control-allow-origin"), "");
    assert_eq!(call(&client).await.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn preflights_are_not_requests_of_the_log() {
    let client = Client::new();
    preflight(&client).await;
    assert_eq!(client.get("/sandbox/requests").await.json()["requests"], json!([]));
}

#[tokio::test]
async fn the_controls_are_for_the_own_origin() {
    let mut request = get("/sandbox/info");
    request.headers_mut().insert("origin", ORIGIN.parse().expect("a header value"));
    assert_eq!(Client::new().send(request).await.header("access-control-allow-origin"), "");
}
