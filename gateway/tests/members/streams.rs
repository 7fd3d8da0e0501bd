//! The event stream.

use std::time::Duration;

use axum::body::{Body, BodyDataStream};
use axum::http::{Method, StatusCode};
use futures_util::StreamExt;
use serde_json::{Value, json};
use tokio::time::timeout;

use crate::outside::tokens::{from_now, hs256};
use crate::test_gateway::{LIST, TestGateway, request};

/// An open stream.
struct Stream(BodyDataStream);

/// One event: its name, id and data.
#[derive(Debug, PartialEq)]
struct Event {
    name: String,
    id: Option<u64>,
    data: Value,
}

impl Stream {
    async fn open(gateway: &TestGateway, token: &str, query: &str) -> Self {
        let request = request(Method::GET, &format!("{LIST}/events?{query}"), token).body(Body::empty()).unwrap();
        let response = gateway.send(request).await;
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        assert_eq!(response.headers()["cache-control"], "private, no-cache");
        Self(response.into_body().into_data_stream())
    }

    /// The next event; `None` at the stream's end.
    async fn next(&mut self) -> Option<Event> {
        loop {
            let piece = timeout(Duration::from_secs(30), self.0.next()).await.expect("nothing is said")?.unwrap();
            let text = String::from_utf8(piece.to_vec()).unwrap();
            if !text.starts_with(':') {
                return Some(Event::read(&text));
            }
        }
    }
}

impl Event {
    fn read(text: &str) -> Self {
        let field = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::to_owned);
        assert!(text.ends_with("\n\n"), "{text:?}");
        Self {
            name: field("event: ").expect(text),
            id: field("id: ").map(|id| id.parse().unwrap()),
            data: serde_json::from_str(&field("data: ").expect(text)).unwrap(),
        }
    }
}

#[tokio::test]
async fn a_stream_says_how_it_stands_and_then_what_changes() {
    let gateway = TestGateway::start().await;
    let mut stream = Stream::open(&gateway, "portal-1002", "CoworkerNotification_Coworker=1002").await;
    let first = stream.next().await.unwrap();
    assert_eq!((first.name.as_str(), first.data), ("changed", json!({"total": 0, "newest": null})));

    let id = gateway.nexudus.notify(1002, "Hello").await;
    let arrival = stream.next().await.unwrap();
    assert_eq!((arrival.name.as_str(), &arrival.data), ("changed", &json!({"total": 1, "newest": id})));
    assert!(arrival.id > first.id, "a cursor rises");
    assert_eq!(gateway.list("portal-1002", "").await.ids(), [id], "what is said is in the list already");

    gateway.put("portal-1002", json!({"Id": id, "IsDismissed": true})).await.ok();
    assert_eq!(stream.next().await.unwrap().data, json!({"total": 0, "newest": null}));
}

#[tokio::test]
async fn another_device_receives_a_dismissal_and_other_members_do_not() {
    let gateway = TestGateway::start().await;
    let mut phone = Stream::open(&gateway, "portal-1001", "").await;
    let mut other = Stream::open(&gateway, "portal-1004", "").await;
    let total = phone.next().await.unwrap().data["total"].as_i64().unwrap();
    other.next().await.unwrap();
    let id = gateway.list("portal-1001", "CoworkerNotification_IsDismissed=false").await.ids()[0];
    gateway.put("portal-1001", json!({"Id": id, "IsDismissed": true})).await.ok();
    assert_eq!(phone.next().await.unwrap().data["total"], total - 1);
    gateway.app.stop();
    assert_eq!(other.next().await.unwrap().name, "bye", "nothing before it");
}

#[tokio::test]
async fn a_stream_that_is_resumed_is_brought_up_to_date() {
    let gateway = TestGateway::start().await;
    let mut stream = Stream::open(&gateway, "portal-1002", "").await;
    let cursor = stream.next().await.unwrap().id.unwrap();
    drop(stream);
    let id = gateway.nexudus.notify(1002, "Missed").await;
    gateway.until("portal-1002", "", |answer| answer.ids() == [id]).await;
    let resumed = request(Method::GET, &format!("{LIST}/events"), "portal-1002").header("last-event-id", cursor);
    let mut stream = Stream(gateway.send(resumed.body(Body::empty()).unwrap()).await.into_body().into_data_stream());
    assert_eq!(stream.next().await.unwrap().data, json!({"total": 1, "newest": id}));
}

#[tokio::test]
async fn a_stream_ends_with_a_word_when_its_token_expires() {
    let gateway = TestGateway::start().await;
    let token = hs256(&json!({"coworker_id": 1001, "exp": from_now(5)}));
    let mut stream = Stream::open(&gateway, &token, "").await;
    assert_eq!(stream.next().await.unwrap().name, "changed");
    let bye = stream.next().await.unwrap();
    assert_eq!((bye.name.as_str(), bye.data), ("bye", json!({"reason": "expired"})));
    assert_eq!(stream.next().await, None);
    // Lists are still given while the signer's clock may be behind; a stream would end at once.
    assert_eq!(gateway.get(&format!("{LIST}/events"), &token).await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn a_stream_ends_with_a_word_when_the_program_stops() {
    let gateway = TestGateway::start().await;
    let mut stream = Stream::open(&gateway, "portal-1001", "").await;
    stream.next().await.unwrap();
    gateway.app.stop();
    assert_eq!(stream.next().await.unwrap().data, json!({"reason": "shutdown"}));
    assert_eq!(stream.next().await, None);
}

#[tokio::test]
async fn a_member_may_have_twenty_streams() {
    let gateway = TestGateway::start().await;
    let mut open = Vec::new();
    for _ in 0..20 {
        open.push(Stream::open(&gateway, "portal-1001", "").await);
    }
    let refused = gateway.get(&format!("{LIST}/events"), "portal-1001").await;
    assert_eq!(refused.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(refused.header("retry-after").parse::<u32>().unwrap() >= 1);
    open.push(Stream::open(&gateway, "portal-1004", "").await);
    open.remove(0);
    Stream::open(&gateway, "portal-1001", "").await;
}
