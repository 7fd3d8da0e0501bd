//! The envelope around writes, and validation by property.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::client::{Client, LIST, request};
use crate::fixtures::{assert_same_shape, fixture};

fn draft() -> Value {
    json!({"CoworkerId": 1002, "Message": "Hello", "NotificationType": "blog", "EntityId": 0})
}

#[tokio::test]
async fn writes_are_confirmed_with_the_id() {
    let client = Client::new();
    let created = client.write(Method::POST, LIST, &draft()).await;
    assert_eq!(created.status, StatusCode::OK);
    assert_same_shape(&created.json(), "confirmation-created.json");
    let id = created.json()["Value"]["Id"].clone();

    let mut change = draft();
    change["Id"] = id.clone();
    let updated = client.write(Method::PUT, LIST, &change).await.json();
    assert_same_shape(&updated, "confirmation-updated.json");
    assert_eq!(updated["Value"]["Id"], id);
    assert_eq!(updated["WasSuccessful"], true);
    assert!(updated["Message"].as_str().is_some_and(|m| m.ends_with("was successfully updated.")));

    let deleted = client.send(request(Method::DELETE, &format!("{LIST}/{id}"), "admin", None)).await;
    assert_same_shape(&deleted.json(), "confirmation-updated.json");
}

#[tokio::test]
async fn each_missing_property_is_named() {
    let client = Client::new();
    for method in [Method::POST, Method::PUT] {
        let answer = client.write(method.clone(), LIST, &json!({})).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        let body = answer.json();
        assert_same_shape(&body, "confirmation-invalid.json");
        let id = (method == Method::PUT).then_some("Id");
        let expected: Vec<&str> =
            id.into_iter().chain(["CoworkerId", "Message", "NotificationType", "EntityId"]).collect();
        assert_eq!(properties(&body), expected);
        assert!(body["Message"].as_str().is_some_and(|m| m.contains("Message: is a required field")));
    }
}

#[tokio::test]
async fn the_fixture_is_what_the_same_mistakes_give() {
    let mut draft = draft();
    draft["Message"] = Value::Null;
    draft["CoworkerId"] = json!(4711);
    let body = Client::new().write(Method::POST, LIST, &draft).await.json();
    let fixture = fixture("confirmation-invalid.json");
    for error in fixture["Errors"].as_array().expect("Errors") {
        assert!(body["Errors"].as_array().is_some_and(|errors| errors.contains(error)), "{body:#}");
    }
    assert_eq!(body["WasSuccessful"], false);
}

#[tokio::test]
async fn wrong_values_are_named_and_given_back() {
    let client = Client::new();
    for (property, value, complaint) in [
        ("CoworkerId", json!(4711), "there is no such coworker"),
        ("CoworkerId", json!("me"), "is not a whole number"),
        ("EntityId", json!(1.5), "is not a whole number"),
        ("Message", json!("  "), "is a required field"),
        ("Message", json!(["Hello"]), "is not a text"),
        ("NotificationType", json!(""), "is a required field"),
        ("IsDismissed", json!("yes"), "is not true or false"),
    ] {
        let mut draft = draft();
        draft[property] = value.clone();
        let answer = client.write(Method::POST, LIST, &draft).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{property}: {value}");
        let errors = answer.json()["Errors"].clone();
        assert_eq!(errors, json!([{"AttemptedValue": value, "Message": complaint, "PropertyName": property}]));
    }
    assert_eq!(client.list("CoworkerNotification_Coworker=1002").await["TotalItems"], 0);
}

fn properties(body: &Value) -> Vec<&str> {
    let errors = body["Errors"].as_array().expect("Errors");
    errors.iter().filter_map(|error| error["PropertyName"].as_str()).collect()
}
