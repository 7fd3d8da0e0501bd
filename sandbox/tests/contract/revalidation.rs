//! ETag and If-None-Match: a list that did not change is not sent again.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;

use crate::client::{Answer, Client, LIST, get, request};

const QUERY: &str = "?CoworkerNotification_Coworker=1004";

async fn again(client: &Client, tag: &str) -> Answer {
    let mut request: Request<Body> = get(&format!("{LIST}{QUERY}"));
    request.headers_mut().insert("if-none-match", tag.parse().expect("a header value"));
    client.send(request).await
}

async fn tag(client: &Client) -> String {
    client.get(&format!("{LIST}{QUERY}")).await.header("etag").to_owned()
}

#[tokio::test]
async fn an_unchanged_list_is_not_sent_again() {
    let client = Client::new();
    let tag = tag(&client).await;
    for known in [tag.clone(), format!("W/{tag}"), format!("\"other\", {tag}"), "*".into()] {
        let answer = again(&client, &known).await;
        assert_eq!(answer.status, StatusCode::NOT_MODIFIED, "{known}");
        assert!(answer.bytes.is_empty());
        assert_eq!(answer.header("etag"), tag);
    }
    assert_eq!(again(&client, "\"other\"").await.status, StatusCode::OK);
}

#[tokio::test]
async fn any_write_that_shows_in_the_list_changes_its_tag() {
    let client = Client::new();
    let before = tag(&client).await;
    let mut record = client.list("CoworkerNotification_Coworker=1004&size=1").await["Records"][0].clone();
    record["IsDismissed"] = json!(true);
    client.write(Method::PUT, LIST, &record).await;
    let after = tag(&client).await;
    assert_ne!(before, after);
    assert_eq!(again(&client, &before).await.status, StatusCode::OK);

    client.send(request(Method::DELETE, &format!("{LIST}/{}", record["Id"]), "admin", None)).await;
    assert_ne!(tag(&client).await, after);
}

#[tokio::test]
async fn a_damaged_answer_is_sent_even_if_the_list_is_known_and_has_no_tag() {
    let client = Client::new();
    let tag = tag(&client).await;
    client.set_faults(json!({"badRecord": true})).await;
    let answer = again(&client, &tag).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(answer.header("etag"), "");
}

#[tokio::test]
async fn answers_carry_times_by_the_sandbox_clock() {
    let client = Client::new();
    let answer = client.get(&format!("{LIST}{QUERY}")).await;
    assert!(answer.header("date").starts_with("Wed, 19 Mar 2025 10:0"), "{}", answer.header("date"));
    assert_eq!(answer.header("last-modified"), "Wed, 19 Mar 2025 10:00:00 GMT");
    assert_eq!(answer.header("cache-control"), "private, no-cache");
}
