//! Dismissing and restoring.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;
use std::time::Duration;
use tokio::time::{sleep, timeout};

use crate::test_gateway::{Answer, LIST, TestGateway, request};

const MINE: &str = "portal-1001";

async fn undismissed(gateway: &TestGateway) -> i64 {
    gateway.list(MINE, "CoworkerNotification_IsDismissed=false").await.json()["TotalItems"].as_i64().unwrap()
}

#[tokio::test]
async fn a_dismissal_holds_at_once_and_reaches_nexudus() {
    let gateway = TestGateway::start().await;
    let id = gateway.list(MINE, "CoworkerNotification_IsDismissed=false").await.ids()[0];
    let before = undismissed(&gateway).await;

    let answer = gateway.put(MINE, json!({"Id": id, "IsDismissed": true})).await.ok();
    assert_eq!(
        (&answer["WasSuccessful"], &answer["Value"]["Id"], &answer["Status"]),
        (&json!(true), &json!(id), &json!(200))
    );
    assert_eq!(undismissed(&gateway).await, before - 1);
    assert!(!gateway.list(MINE, "CoworkerNotification_IsDismissed=false&size=100").await.ids().contains(&id));
    let written = async {
        while gateway.nexudus.record(id).await["IsDismissed"] != true {
            sleep(Duration::from_millis(50)).await
        }
    };
    timeout(Duration::from_secs(30), written).await.expect("it is never written to Nexudus");

    gateway.put(MINE, json!({"Id": id, "IsDismissed": false})).await.ok();
    assert_eq!(undismissed(&gateway).await, before);
}

#[tokio::test]
async fn a_dismissal_is_taken_while_nexudus_is_down_or_refuses() {
    let gateway = TestGateway::start().await;
    let ids = gateway.list(MINE, "CoworkerNotification_IsDismissed=false").await.ids();
    gateway.nexudus.faults(json!({"status": 503})).await;
    gateway.put(MINE, json!({"Id": ids[0], "IsDismissed": true})).await.ok();
    gateway.nexudus.faults(json!({"refuseWrites": 405})).await;
    gateway.put(MINE, json!({"Id": ids[1], "IsDismissed": true})).await.ok();
    let gone = |answer: &Answer| !answer.ids().contains(&ids[0]) && !answer.ids().contains(&ids[1]);
    gateway.until(MINE, "CoworkerNotification_IsDismissed=false&size=100", gone).await;
    gateway.put(MINE, json!({"Id": ids[1], "IsDismissed": false})).await.ok();
    assert!(gateway.list(MINE, "CoworkerNotification_IsDismissed=false&size=100").await.ids().contains(&ids[1]));
}

#[tokio::test]
async fn a_second_profile_may_be_written_too() {
    let gateway = TestGateway::start().await;
    let id = gateway.nexudus.ids(1001).await[0];
    gateway.put("portal-two", json!({"Id": id, "IsDismissed": true})).await.ok();
    assert_eq!(gateway.list(MINE, &format!("id=[{id}]")).await.json()["Records"][0]["IsDismissed"], true);
}

#[tokio::test]
async fn a_body_that_cannot_be_used_is_a_400_in_words() {
    let gateway = TestGateway::start().await;
    for (body, named) in [
        ("{}", "Id"),
        (r#"{"Id":7}"#, "IsDismissed"),
        (r#"{"Id":"7","IsDismissed":true}"#, "Id"),
        (r#"{"Id":7,"IsDismissed":1}"#, "IsDismissed"),
        ("IsDismissed=true&Id=7", "JSON"),
        ("", "JSON"),
    ] {
        let answer = gateway.put_text(MINE, body.to_owned()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(answer.json()["Message"].as_str().unwrap().contains(named), "{answer:?}");
    }
}

#[tokio::test]
async fn a_large_body_is_a_413() {
    let gateway = TestGateway::start().await;
    let padded = |length: usize| {
        let body = json!({"Id": 1, "IsDismissed": true, "Message": ""}).to_string();
        body.replace("\"\"", &format!("\"{}\"", "x".repeat(length - body.len())))
    };
    assert_eq!(gateway.put_text(MINE, padded(16 * 1024)).await.status, StatusCode::NOT_FOUND, "it was read");
    assert_eq!(gateway.put_text(MINE, padded(16 * 1024 + 1)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let pieces = futures_util::stream::iter((0..2000).map(|_| Ok::<_, std::io::Error>(vec![b' '; 1024])));
    let request = request(Method::PUT, LIST, MINE).body(Body::from_stream(pieces)).unwrap();
    let answer = gateway.request(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.json()["Message"].as_str().unwrap().contains("16 KiB"));
}
