//! Webhooks, for what the vendor has them for.

use axum::http::{Method, StatusCode};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use crate::client::{Client, LIST};

#[tokio::test]
async fn an_invoice_is_told_and_signed() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/webhooks/nexudus", listener.local_addr().expect("an address"));
    let client = Client::new();
    let set = client.write(Method::PUT, "/sandbox/webhook", &json!({"url": url, "secret": "harbour"})).await;
    assert_eq!(set.status, StatusCode::NO_CONTENT);
    let record = json!({"CoworkerId": 1001, "Message": "m", "NotificationType": "coworkerinvoice", "EntityId": 7});
    assert_eq!(client.write(Method::POST, LIST, &record).await.status, StatusCode::OK);

    let (mut stream, _) = listener.accept().await.expect("a call");
    let (mut call, mut buffer) = (String::new(), [0; 4096]);
    while !call.ends_with(']') {
        let count = stream.read(&mut buffer).await.expect("the call");
        assert_ne!(count, 0, "{call}");
        call.push_str(&String::from_utf8_lossy(&buffer[..count]));
    }
    stream.write_all(b"HTTP/1.1 204 No Content\r\n\r\n").await.expect("an answer");
    assert!(call.starts_with("POST /webhooks/nexudus HTTP/1.0\r\n"), "{call}");
    assert!(call.contains("X-Nexudus-Hook-Signature: ") && call.ends_with(r#"[{"Action":16,"Id":7}]"#), "{call}");
}

#[tokio::test]
async fn only_this_machine_can_be_told_and_the_secret_is_not_shown() {
    let client = Client::new();
    let far = json!({"url": "http://example.com/x", "secret": "s"});
    let refused = client.write(Method::PUT, "/sandbox/webhook", &far).await;
    assert_eq!(refused.status, StatusCode::BAD_REQUEST);
    assert!(refused.text().contains("http://example.com/x"), "{}", refused.text());

    let near = json!({"url": "http://127.0.0.1:9/x", "secret": "harbour"});
    client.write(Method::PUT, "/sandbox/webhook", &near).await;
    assert_eq!(client.get("/sandbox/webhook").await.json(), json!({"url": "http://127.0.0.1:9/x"}));
}
