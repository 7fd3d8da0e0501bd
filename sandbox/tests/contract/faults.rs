//! Misbehaviour on request.

use std::time::Duration;

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use tokio::time::Instant;

use crate::client::{Answer, Client, LIST, column, request};
use crate::fixtures::{assert_same_shape, fixture};

const EACH: &str = "CoworkerNotification_Coworker=1004";

async fn list(client: &Client) -> Answer {
    client.get(&format!("{LIST}?{EACH}")).await
}

async fn dismiss_first(client: &Client) -> Answer {
    let answer = client.send(request(Method::GET, &format!("{LIST}?{EACH}&size=1"), "admin", None)).await;
    let mut record: Value = answer.json()["Records"][0].clone();
    record["IsDismissed"] = json!(true);
    client.write(Method::PUT, LIST, &record).await
}

async fn dismissed(client: &Client) -> usize {
    let list = client.list(EACH).await;
    column(&list, "IsDismissed").iter().filter(|flag| **flag == json!(true)).count()
}

#[tokio::test]
async fn a_status_comes_instead_of_the_answer() {
    let client = Client::new();
    for status in [401, 403, 404, 429, 500, 503] {
        client.set_faults(json!({"status": status})).await;
        let answer = list(&client).await;
        assert_eq!(answer.status.as_u16(), status);
        assert_eq!(answer.header("retry-after"), "");
        assert!(answer.json()["Message"].is_string());
    }
}

#[tokio::test]
async fn retry_after_is_sent_as_given() {
    let client = Client::new();
    for value in ["5", "Wed, 19 Mar 2025 10:05:00 GMT"] {
        client.set_faults(json!({"status": 429, "retryAfter": value})).await;
        assert_eq!(list(&client).await.header("retry-after"), value);
    }
}

#[tokio::test]
async fn bodies_can_be_something_else() {
    let client = Client::new();
    let whole = list(&client).await;

    client.set_faults(json!({"body": "html"})).await;
    let html = list(&client).await;
    assert_eq!(html.status, StatusCode::OK);
    assert_eq!(html.header("content-type"), "text/html; charset=utf-8");
    let page = include_str!("../../../tests/fixtures/error-page.html");
    assert_eq!(html.text(), page);

    client.set_faults(json!({"body": "empty"})).await;
    assert!(list(&client).await.bytes.is_empty());

    client.set_faults(json!({"body": "truncated"})).await;
    let truncated = list(&client).await;
    assert!(whole.bytes.starts_with(&truncated.bytes));
    assert!(serde_json::from_slice::<Value>(&truncated.bytes).is_err());

    client.set_faults(json!({"body": "garbage"})).await;
    assert!(String::from_utf8(list(&client).await.bytes).is_err());
}

#[tokio::test]
async fn an_error_can_have_a_page_as_body() {
    let client = Client::new();
    client.set_faults(json!({"status": 500, "body": "html"})).await;
    let answer = list(&client).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.text().starts_with("<!DOCTYPE html>"));
}

#[tokio::test]
async fn one_record_of_a_list_can_be_unreadable() {
    let client = Client::new();
    client.set_faults(json!({"badRecord": true})).await;
    let list = list(&client).await.json();
    let bad: Vec<bool> = column(&list, "Id").iter().map(Value::is_object).collect();
    assert_eq!(bad.iter().filter(|bad| **bad).count(), 1);
    assert_eq!(list["TotalItems"], 15);

    let theirs = fixture("list-with-bad-record.json");
    let spoilt = list["Records"].as_array().and_then(|records| records.iter().find(|r| r["Id"].is_object()));
    let spoilt = spoilt.expect("a bad record");
    assert!(spoilt["Id"]["Value"].is_number() && theirs["Records"][1]["Id"]["Value"].is_number());
    assert_eq!(spoilt["CreatedOn"], theirs["Records"][1]["CreatedOn"]);
}

#[tokio::test]
async fn a_list_without_records_has_none_to_spoil() {
    let client = Client::new();
    client.set_faults(json!({"badRecord": true})).await;
    assert_eq!(client.list("CoworkerNotification_Coworker=1002").await["Records"], json!([]));
}

#[tokio::test(start_paused = true)]
async fn answers_can_be_late() {
    let client = Client::new();
    client.set_faults(json!({"delayMs": 20_000})).await;
    let asked = Instant::now();
    assert_eq!(list(&client).await.status, StatusCode::OK);
    assert_eq!(asked.elapsed(), Duration::from_secs(20));
}

#[tokio::test]
async fn a_body_can_break_off() {
    let client = Client::new();
    client.set_faults(json!({"drop": true})).await;
    let answer = client.try_send(crate::client::get(LIST)).await;
    assert!(answer.is_err());
}

#[tokio::test]
async fn writes_can_be_refused_while_reads_work() {
    let client = Client::new();
    for status in [403, 404, 405, 501] {
        client.set_faults(json!({"refuseWrites": status})).await;
        let answer = dismiss_first(&client).await;
        assert_eq!(answer.status.as_u16(), status);
        assert!(answer.json()["Message"].is_string());
    }
    assert_eq!(dismissed(&client).await, 0);
}

#[tokio::test]
async fn writes_can_fail_under_status_200() {
    let client = Client::new();
    client.set_faults(json!({"envelopeFailure": true})).await;
    let answer = dismiss_first(&client).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_same_shape(&answer.json(), "confirmation-failed-200.json");
    assert_eq!(answer.json()["WasSuccessful"], false);
    assert_eq!(dismissed(&client).await, 0);
}

#[tokio::test]
async fn a_write_whose_answer_is_lost_was_done_all_the_same() {
    let client = Client::new();
    client.set_faults(json!({"body": "empty", "applyTo": "writes"})).await;
    assert!(dismiss_first(&client).await.bytes.is_empty());
    assert_eq!(dismissed(&client).await, 1);
}

#[tokio::test]
async fn faults_can_be_kept_to_reads_or_writes() {
    let client = Client::new();
    client.set_faults(json!({"status": 500, "applyTo": "writes"})).await;
    assert_eq!(list(&client).await.status, StatusCode::OK);
    assert_eq!(dismiss_first(&client).await.status, StatusCode::INTERNAL_SERVER_ERROR);

    client.set_faults(json!({"status": 500, "applyTo": "reads"})).await;
    assert_eq!(list(&client).await.status, StatusCode::INTERNAL_SERVER_ERROR);
    let answer = client.write(Method::POST, LIST, &json!({})).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
}

#[tokio::test]
async fn a_fault_can_end_after_some_requests() {
    let client = Client::new();
    client.set_faults(json!({"status": 503, "remaining": 2})).await;
    let statuses = [list(&client).await.status, list(&client).await.status, list(&client).await.status];
    assert_eq!(statuses.map(|status| status.as_u16()), [503, 503, 200]);
    assert_eq!(client.get("/sandbox/faults").await.json()["remaining"], 0);
}

#[tokio::test]
async fn the_token_endpoint_is_spared() {
    let client = Client::new();
    client.set_faults(json!({"status": 500})).await;
    let mut request = request(Method::POST, "/api/token", "", None);
    *request.body_mut() = "grant_type=password&username=amara@saltmarsh.example&password=harbour".into();
    assert_eq!(client.send(request).await.status, StatusCode::OK);
}
