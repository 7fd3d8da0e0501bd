//! What holds for every answer: headers, CORS, and errors for unknown addresses and methods.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use crate::test_gateway::{Answer, LIST, PAGE, TestGateway, request};

async fn send(gateway: &TestGateway, method: &str, path: &str, headers: &[(&str, &str)]) -> Answer {
    let builder = Request::builder().method(method).uri(path);
    let builder = headers.iter().fold(builder, |builder, (name, value)| builder.header(*name, *value));
    gateway.request(builder.body(Body::empty()).unwrap()).await
}

const TOKEN: (&str, &str) = ("authorization", "Bearer portal-1001");

#[tokio::test]
async fn everything_else_is_a_404_or_a_405() {
    let gateway = TestGateway::start().await;
    for path in [
        "/",
        "/api/spaces/coworkers",
        "/api/spaces/coworkernotifications/",
        "/api/spaces/coworkernotifications/1/2",
        "/api/spaces/coworkernotifications/one",
        "/api/spaces/coworkernotifications/-1",
        "/api/token",
        "/metrics",
        "/readyz",
        "/API/SPACES/COWORKERNOTIFICATIONS",
        "/api/spaces/coworkernotifications/..%2fcoworkers",
        "/api/spaces/coworkernotifications/%ff",
        "/api/spaces/coworkernotifications/%00",
        "/api/spaces/coworkernotifications/%2e%2e",
        "//api/spaces/coworkernotifications",
        "/api/spaces/./coworkernotifications",
    ] {
        let answer = send(&gateway, "GET", path, &[TOKEN]).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_eq!(answer.json()["WasSuccessful"], false);
    }
    for (method, path, allowed) in [
        ("POST", LIST, "PUT"),
        ("DELETE", LIST, "PUT"),
        ("PATCH", LIST, "PUT"),
        ("DELETE", "/api/spaces/coworkernotifications/1", "GET"),
        ("PUT", "/api/spaces/coworkernotifications/1", "GET"),
        ("POST", "/api/spaces/coworkernotifications/events", "GET"),
        ("GET", "/webhooks/nexudus", "POST"),
    ] {
        let answer = send(&gateway, method, path, &[TOKEN]).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        assert!(answer.header("allow").contains(allowed), "{method} {path}");
        assert_eq!(answer.headers.get_all("allow").iter().count(), 1);
    }
}

#[tokio::test]
async fn every_answer_is_private_and_of_the_type_it_says() {
    let gateway = TestGateway::start().await;
    for (method, path, headers) in [
        ("GET", LIST, &[TOKEN][..]),
        ("HEAD", LIST, &[TOKEN]),
        ("GET", LIST, &[]),
        ("GET", "/nothing", &[]),
        ("DELETE", LIST, &[TOKEN]),
        ("GET", "/api/spaces/coworkernotifications?page=0", &[TOKEN]),
        ("GET", "/api/spaces/coworkernotifications?CoworkerNotification_Coworker=1", &[TOKEN]),
        ("POST", "/webhooks/nexudus", &[]),
    ] {
        let answer = send(&gateway, method, path, headers).await;
        assert_eq!(answer.header("cache-control"), "private, no-cache", "{method} {path}");
        assert_eq!(answer.header("x-content-type-options"), "nosniff", "{method} {path}");
        if !answer.text.is_empty() {
            assert_eq!(answer.header("content-type"), "application/json", "{method} {path}");
        }
    }
}

#[tokio::test]
async fn a_configured_page_may_ask_and_reads_errors_too() {
    let gateway = TestGateway::start().await;
    for (path, headers) in [
        (LIST, vec![TOKEN, ("origin", PAGE)]),
        (LIST, vec![("origin", PAGE)]),
        ("/nothing", vec![("origin", PAGE)]),
        ("/api/spaces/coworkernotifications?page=0", vec![TOKEN, ("origin", PAGE)]),
        ("/api/spaces/coworkernotifications?CoworkerNotification_Coworker=1", vec![TOKEN, ("origin", PAGE)]),
    ] {
        let answer = send(&gateway, "GET", path, &headers).await;
        assert_eq!(answer.header("access-control-allow-origin"), PAGE, "{answer:?}");
        let exposed = answer.header("access-control-expose-headers").to_ascii_lowercase();
        for name in ["link", "etag", "retry-after", "age"] {
            assert!(exposed.contains(name), "{exposed}");
        }
        assert!(
            answer.headers.get_all("vary").iter().any(|vary| vary.to_str().unwrap().to_lowercase().contains("origin"))
        );
    }
}

#[tokio::test]
async fn a_preflight_request_is_answered() {
    let gateway = TestGateway::start().await;
    let preflight = async |origin: &str| {
        let headers = [
            ("origin", origin),
            ("access-control-request-method", "PUT"),
            ("access-control-request-headers", "authorization,content-type"),
        ];
        send(&gateway, "OPTIONS", LIST, &headers).await
    };
    let answer = preflight(PAGE).await;
    assert!(answer.status.is_success());
    assert_eq!(answer.header("access-control-allow-origin"), PAGE);
    let allowed = answer.header("access-control-allow-headers").to_ascii_lowercase();
    for name in ["authorization", "content-type", "if-none-match", "last-event-id"] {
        assert!(allowed.contains(name), "{allowed}");
    }
    assert!(answer.header("access-control-allow-methods").contains("PUT"));
    for origin in [
        "https://evil.example",
        "null",
        "https://portal.example.evil.example",
        "http://portal.example",
        "https://portal.example:8443",
        "https://PORTAL.example",
    ] {
        assert!(!preflight(origin).await.headers.contains_key("access-control-allow-origin"), "{origin}");
        let request = request(Method::GET, LIST, "portal-1001").header("origin", origin).body(Body::empty()).unwrap();
        assert!(!gateway.request(request).await.headers.contains_key("access-control-allow-origin"), "{origin}");
    }
}

#[tokio::test]
async fn no_cookie_is_ever_allowed_or_set() {
    let gateway = TestGateway::start().await;
    let answer = send(&gateway, "GET", LIST, &[TOKEN, ("origin", PAGE)]).await;
    assert!(!answer.headers.contains_key("access-control-allow-credentials"));
    assert!(!answer.headers.contains_key("set-cookie"));
}
