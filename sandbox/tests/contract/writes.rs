//! Create, update, delete, and what is seen afterwards.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::{Value, json};

use crate::client::{Client, LIST, request};

fn draft() -> Value {
    json!({"CoworkerId": 1001, "Message": "Coffee is ready.", "NotificationType": "push-notification", "EntityId": 7})
}

async fn create(client: &Client) -> i64 {
    let answer = client.write(Method::POST, LIST, &draft()).await;
    answer.json()["Value"]["Id"].as_i64().expect("an id")
}

async fn read(client: &Client, id: i64) -> Value {
    client.get(&format!("{LIST}/{id}")).await.json()
}

#[tokio::test]
async fn what_was_created_is_there_and_the_newest() {
    let client = Client::new();
    let id = create(&client).await;
    let record = read(&client, id).await;
    for (name, value) in draft().as_object().expect("an object") {
        assert_eq!(record[name], *value);
    }
    assert_eq!(record["IsDismissed"], false);
    assert_eq!(record["IsNew"], true);
    assert_eq!(record["UpdatedBy"], "admin@harbourworks.example");

    let list = client.list("CoworkerNotification_Coworker=1001&orderBy=CreatedOn&dir=1").await;
    assert_eq!(list["Records"][0], record);
    assert_eq!(list["TotalItems"], 61);
}

#[tokio::test]
async fn dismissing_changes_the_record_and_says_who_did_it_when() {
    let client = Client::new();
    let list = client.list("CoworkerNotification_Coworker=1004&size=1").await;
    let mut record = list["Records"][0].clone();
    let before = record.clone();

    record["IsDismissed"] = json!(true);
    let answer = client.send(request(Method::PUT, LIST, "member-1004", Some(&record))).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");

    let after = read(&client, record["Id"].as_i64().expect("an id")).await;
    assert_eq!(after["IsDismissed"], true);
    assert_eq!(after["UpdatedBy"], "mateo@fuentes.example");
    assert!(after["UpdatedOn"].as_str() > before["UpdatedOn"].as_str());
    assert_eq!(after["CreatedOn"], before["CreatedOn"]);
    let left = client.list("CoworkerNotification_Coworker=1004&CoworkerNotification_IsDismissed=false").await;
    assert_eq!(left["TotalItems"], 14);
}

#[tokio::test]
async fn an_update_without_is_dismissed_leaves_it() {
    let client = Client::new();
    let id = create(&client).await;
    let mut change = draft();
    change["Id"] = json!(id);
    change["IsDismissed"] = json!(true);
    client.write(Method::PUT, LIST, &change).await;
    change["IsDismissed"] = Value::Null;
    change["Message"] = json!("Tea is ready.");
    client.write(Method::PUT, LIST, &change).await;

    let record = read(&client, id).await;
    assert_eq!(record["IsDismissed"], true);
    assert_eq!(record["Message"], "Tea is ready.");
}

#[tokio::test]
async fn unknown_types_are_welcome() {
    let client = Client::new();
    let mut draft = draft();
    draft["NotificationType"] = json!("desk-warming");
    let answer = client.write(Method::POST, LIST, &draft).await;
    assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
}

#[tokio::test]
async fn what_was_deleted_is_gone() {
    let client = Client::new();
    let id = create(&client).await;
    let path = format!("{LIST}/{id}");
    let delete = || request(Method::DELETE, &path, "admin", None);
    assert_eq!(client.send(delete()).await.status, StatusCode::OK);
    assert_eq!(client.get(&path).await.status, StatusCode::NOT_FOUND);
    assert_eq!(client.send(delete()).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn an_unknown_record_cannot_be_updated() {
    let mut change = draft();
    change["Id"] = json!(5);
    let answer = Client::new().write(Method::PUT, LIST, &change).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_body_that_is_no_json_object_is_refused() {
    let client = Client::new();
    for body in ["", "{", "[]", "null", "\"text\""] {
        let mut request = request(Method::POST, LIST, "admin", None);
        *request.body_mut() = Body::from(body);
        let answer = client.send(request).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{body}");
        assert!(answer.json()["Message"].as_str().is_some_and(|m| m.contains("JSON object")), "{body}");
    }
}

#[tokio::test]
async fn a_body_of_another_type_is_refused() {
    let request = Request::post(LIST)
        .header("authorization", "Bearer admin")
        .header("content-type", "text/plain")
        .body(Body::from(draft().to_string()))
        .expect("a request");
    assert_eq!(Client::new().send(request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_body_above_a_megabyte_is_refused() {
    let mut request = request(Method::POST, LIST, "admin", None);
    *request.body_mut() = Body::from(vec![b' '; (1 << 20) + 1]);
    assert_eq!(Client::new().send(request).await.status, StatusCode::PAYLOAD_TOO_LARGE);
}
