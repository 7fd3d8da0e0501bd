//! On a real socket: a dropped connection is cut, in the middle of the body.

use sandbox::{Options, Sandbox};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use crate::client::LIST;

/// Sends a request and reads until the other side closes: head, body, and how the connection ended.
async fn exchange(port: u16, request: &str) -> (String, Vec<u8>) {
    let mut stream = TcpStream::connect(("127.0.0.1", port)).await.expect("a connection");
    stream.write_all(request.as_bytes()).await.expect("to send");
    let mut bytes = Vec::new();
    // Whether the end is a close or a reset is for the operating system to say.
    let _ = stream.read_to_end(&mut bytes).await;
    let end = bytes.windows(4).position(|four| four == b"\r\n\r\n").expect("a head");
    (String::from_utf8_lossy(&bytes[..end]).into_owned(), bytes[end + 4..].to_vec())
}

fn announced(head: &str) -> usize {
    let line = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    line.and_then(|length| length.parse().ok()).expect("a content-length")
}

#[tokio::test]
async fn half_of_the_body_arrives_then_the_connection_ends() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let port = listener.local_addr().expect("an address").port();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(sandbox::serve(listener, Sandbox::new(Options::default()), async {
        let _ = stopped.await;
    }));

    let faults = r#"{"drop":true}"#;
    let set = format!(
        "PUT /sandbox/faults HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{faults}",
        faults.len()
    );
    let (head, _) = exchange(port, &set).await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");

    let list = format!("GET {LIST} HTTP/1.1\r\nhost: x\r\nauthorization: Bearer admin\r\n\r\n");
    let (head, body) = exchange(port, &list).await;
    assert!(head.starts_with("HTTP/1.1 200"), "{head}");
    assert_eq!(body.len(), announced(&head) / 2);

    stop.send(()).expect("the server runs");
    server.await.expect("no panic").expect("a graceful stop");
}
