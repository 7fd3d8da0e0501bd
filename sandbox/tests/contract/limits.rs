//! The vendor's documented limits, which are off until switched on.

use axum::http::StatusCode;
use serde_json::json;

use crate::client::{Client, LIST, get};

#[tokio::test]
async fn a_second_request_at_once_is_answered_with_an_empty_409() {
    let client = Client::new();
    client.set_faults(json!({"limits": true})).await;
    assert_eq!(client.get(LIST).await.status, StatusCode::OK);
    let refused = client.send(get(LIST)).await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!((refused.header("retry-after"), refused.text().as_str()), ("1", ""));

    client.set_faults(json!({})).await;
    assert_eq!(client.get(LIST).await.status, StatusCode::OK);
}

#[tokio::test]
async fn tokens_last_as_long_as_switched() {
    let client = Client::new();
    client.set_faults(json!({"tokenLifetime": 30})).await;
    let request = axum::http::Request::post("/api/token")
        .body("grant_type=password&username=admin@harbourworks.example&password=harbour".into())
        .expect("a request");
    assert_eq!(client.send(request).await.json()["expires_in"], 30);
}
