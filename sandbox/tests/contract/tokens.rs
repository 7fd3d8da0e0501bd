//! The token endpoint.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};

use crate::client::{Answer, Client, LIST, request};
use crate::fixtures::assert_same_shape;

async fn ask(client: &Client, form: &str) -> Answer {
    let request = Request::post("/api/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(form.to_owned()))
        .expect("a request");
    client.send(request).await
}

#[tokio::test]
async fn a_password_gives_a_token_that_works() {
    let client = Client::new();
    let answer =
        ask(&client, "grant_type=password&username=amara%40saltmarsh.example&password=harbour&totp=123456").await;
    assert_eq!(answer.status, StatusCode::OK);
    let body = answer.json();
    assert_same_shape(&body, "token.json");
    assert_eq!(body["token_type"], "bearer");
    assert_eq!(body["expires_in"], 604_799);

    let token = body["access_token"].as_str().expect("a token");
    assert_eq!(client.send(request(Method::GET, LIST, token, None)).await.status, StatusCode::OK);
    let delete = request(Method::DELETE, &format!("{LIST}/5"), token, None);
    assert_eq!(client.send(delete).await.status, StatusCode::FORBIDDEN);
}

#[tokio::test]
async fn administrators_sign_in_too() {
    let client = Client::new();
    let form = "grant_type=password&username=admin@harbourworks.example&password=harbour";
    let token = ask(&client, form).await.json()["access_token"].as_str().expect("a token").to_owned();
    let delete = request(Method::DELETE, &format!("{LIST}/5"), &token, None);
    assert_eq!(client.send(delete).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_refresh_token_is_good_once() {
    let client = Client::new();
    let first = ask(&client, "grant_type=password&username=jonas@quietledger.example&password=harbour").await.json();
    let refresh = first["refresh_token"].as_str().expect("a refresh token");
    let form = format!("grant_type=refresh_token&refresh_token={refresh}");

    let second = ask(&client, &form).await;
    assert_eq!(second.status, StatusCode::OK);
    assert_ne!(second.json()["access_token"], first["access_token"]);

    assert_eq!(ask(&client, &form).await.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn wrong_names_passwords_and_grants_are_refused() {
    let client = Client::new();
    for (form, error) in [
        ("grant_type=password&username=amara@saltmarsh.example&password=wrong", "invalid_grant"),
        ("grant_type=password&username=nobody@saltmarsh.example&password=harbour", "invalid_grant"),
        ("grant_type=password&username=&password=harbour", "invalid_grant"),
        ("grant_type=refresh_token&refresh_token=made-up", "invalid_grant"),
        ("grant_type=magic", "unsupported_grant_type"),
        ("", "unsupported_grant_type"),
    ] {
        let answer = ask(&client, form).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{form}");
        assert_same_shape(&answer.json(), "token-refused.json");
        assert_eq!(answer.json()["error"], error, "{form}");
    }
}

#[tokio::test]
async fn passwords_are_not_logged() {
    let client = Client::new();
    ask(&client, "grant_type=password&username=amara@saltmarsh.example&password=harbour").await;
    let log = client.get("/sandbox/requests").await;
    assert_eq!(log.json()["requests"][0]["path"], "/api/token");
    assert!(!log.text().contains("harbour"), "{}", log.text());
}
