//! Dismissing and bringing back.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::json;
use std::time::Duration;
use tokio::time::{sleep, timeout};

use crate::desk::{Answer, Desk, LIST, request};

const MINE: &str = "portal-1001";

async fn undismissed(desk: &Desk) -> i64 {
    desk.list(MINE, "CoworkerNotification_IsDismissed=false").await.json()["TotalItems"].as_i64().unwrap()
}

#[tokio::test]
async fn a_dismissal_holds_at_once_and_reaches_nexudus() {
    let desk = Desk::open().await;
    let id = desk.list(MINE, "CoworkerNotification_IsDismissed=false").await.ids()[0];
    let before = undismissed(&desk).await;

    let answer = desk.put(MINE, json!({"Id": id, "IsDismissed": true})).await.ok();
    assert_eq!(
        (&answer["WasSuccessful"], &answer["Value"]["Id"], &answer["Status"]),
        (&json!(true), &json!(id), &json!(200))
    );
    assert_eq!(undismissed(&desk).await, before - 1);
    assert!(!desk.list(MINE, "CoworkerNotification_IsDismissed=false&size=100").await.ids().contains(&id));
    let written = async {
        while desk.nexudus.record(id).await["IsDismissed"] != true {
            sleep(Duration::from_millis(50)).await
        }
    };
    timeout(Duration::from_secs(30), written).await.expect("it is never written to Nexudus");

    desk.put(MINE, json!({"Id": id, "IsDismissed": false})).await.ok();
    assert_eq!(undismissed(&desk).await, before);
}

#[tokio::test]
async fn a_dismissal_is_taken_while_nexudus_is_down_or_refuses() {
    let desk = Desk::open().await;
    let ids = desk.list(MINE, "CoworkerNotification_IsDismissed=false").await.ids();
    desk.nexudus.faults(json!({"status": 503})).await;
    desk.put(MINE, json!({"Id": ids[0], "IsDismissed": true})).await.ok();
    desk.nexudus.faults(json!({"refuseWrites": 405})).await;
    desk.put(MINE, json!({"Id": ids[1], "IsDismissed": true})).await.ok();
    let gone = |answer: &Answer| !answer.ids().contains(&ids[0]) && !answer.ids().contains(&ids[1]);
    desk.until(MINE, "CoworkerNotification_IsDismissed=false&size=100", gone).await;
    desk.put(MINE, json!({"Id": ids[1], "IsDismissed": false})).await.ok();
    assert!(desk.list(MINE, "CoworkerNotification_IsDismissed=false&size=100").await.ids().contains(&ids[1]));
}

#[tokio::test]
async fn a_second_profile_may_be_written_too() {
    let desk = Desk::open().await;
    let id = desk.nexudus.ids(1001).await[0];
    desk.put("portal-two", json!({"Id": id, "IsDismissed": true})).await.ok();
    assert_eq!(desk.list(MINE, &format!("id=[{id}]")).await.json()["Records"][0]["IsDismissed"], true);
}

#[tokio::test]
async fn a_body_that_cannot_be_used_is_a_400_in_words() {
    let desk = Desk::open().await;
    for (body, named) in [
        ("{}", "Id"),
        (r#"{"Id":7}"#, "IsDismissed"),
        (r#"{"Id":"7","IsDismissed":true}"#, "Id"),
        (r#"{"Id":7,"IsDismissed":1}"#, "IsDismissed"),
        ("IsDismissed=true&Id=7", "JSON"),
        ("", "JSON"),
    ] {
        let answer = desk.put_text(MINE, body.to_owned()).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(answer.json()["Message"].as_str().unwrap().contains(named), "{answer:?}");
    }
}

#[tokio::test]
async fn a_large_body_is_a_413() {
    let desk = Desk::open().await;
    let padded = |length: usize| {
        let body = json!({"Id": 1, "IsDismissed": true, "Message": ""}).to_string();
        body.replace("\"\"", &format!("\"{}\"", "x".repeat(length - body.len())))
    };
    assert_eq!(desk.put_text(MINE, padded(16 * 1024)).await.status, StatusCode::NOT_FOUND, "it was read");
    assert_eq!(desk.put_text(MINE, padded(16 * 1024 + 1)).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    let pieces = futures_util::stream::iter((0..2000).map(|_| Ok::<_, std::io::Error>(vec![b' '; 1024])));
    let request = request(Method::PUT, LIST, MINE).body(Body::from_stream(pieces)).unwrap();
    let answer = desk.ask(request).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.json()["Message"].as_str().unwrap().contains("16 KiB"));
}
