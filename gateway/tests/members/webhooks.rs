//! Webhooks, which cause a poll of Nexudus at once.

use std::fmt::Write;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use coworker_notifications::model::CoworkerId;
use ring::hmac;

use crate::test_gateway::{Answer, HOOK_SECRET, LIST, TestGateway};

const BODY: &str = r#"[{"Action":4,"Id":17}]"#;

fn signature(secret: &str, body: &str) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes());
    hmac::sign(&key, body.as_bytes()).as_ref().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02X}");
        text
    })
}

async fn hook(gateway: &TestGateway, body: &str, signature: Option<&str>) -> Answer {
    let mut request = Request::builder().method("POST").uri("/webhooks/nexudus");
    if let Some(signature) = signature {
        request = request.header("X-Nexudus-Hook-Signature", signature);
    }
    gateway.request(request.body(Body::from(body.to_owned())).unwrap()).await
}

#[tokio::test]
async fn a_signed_hook_makes_the_gateway_ask_at_once_and_many_make_one_question() {
    // So rarely that without a hook nothing would be seen.
    let gateway = TestGateway::start_with(Duration::from_secs(600)).await;
    while gateway.space.revision(CoworkerId(1002)).await.is_err() {}
    let id = gateway.nexudus.notify(1002, "Hooked").await;
    let before = gateway.nexudus.asked(LIST).await;
    let right = signature(HOOK_SECRET, BODY);
    for _ in 0..50 {
        hook(&gateway, BODY, Some(&right)).await.ok();
    }
    gateway.until("portal-1002", "", |answer| answer.ids() == [id]).await;
    assert!(gateway.nexudus.asked(LIST).await - before <= 10);
}

#[tokio::test]
async fn a_hook_that_nexudus_did_not_sign_is_a_401() {
    let gateway = TestGateway::start().await;
    let right = signature(HOOK_SECRET, BODY);
    for (what, body, given) in [
        ("none", BODY, None),
        ("empty", BODY, Some("")),
        ("another secret", BODY, Some(signature("guessed", BODY).as_str())),
        ("another body", "[]", Some(right.as_str())),
        ("half", BODY, Some(&right[..32])),
        ("no hexadecimal", BODY, Some(&"Z".repeat(64)[..])),
    ] {
        let answer = hook(&gateway, body, given).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}");
        assert!(answer.headers.contains_key("www-authenticate"), "{what}");
    }
}
