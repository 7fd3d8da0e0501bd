//! Reading one record.

use axum::http::StatusCode;

use crate::client::{Client, LIST, ids};
use crate::fixtures::assert_same_shape;

#[tokio::test]
async fn one_record_comes_bare_and_as_in_lists() {
    let client = Client::new();
    let list = client.list("CoworkerNotification_Coworker=1001").await;
    for (position, id) in ids(&list).into_iter().enumerate() {
        let answer = client.get(&format!("{LIST}/{id}")).await;
        assert_eq!(answer.status, StatusCode::OK);
        assert_same_shape(&answer.json(), "record.json");
        assert_eq!(answer.json(), list["Records"][position]);
    }
}

#[tokio::test]
async fn times_are_utc_with_z_and_new_is_what_is_younger_than_a_day() {
    let client = Client::new();
    let list = client.list("CoworkerNotification_Coworker=1001&size=100").await;
    for record in list["Records"].as_array().expect("Records") {
        let created = record["CreatedOn"].as_str().unwrap_or_default();
        assert_eq!(created.len(), "2025-03-19T10:00:00Z".len(), "{created}");
        assert!(created.ends_with('Z'), "{created}");
        assert_eq!(record["IsNew"], created > "2025-03-18T10:00:00Z", "{created}");
    }
}

#[tokio::test]
async fn an_unknown_id_is_not_found() {
    let client = Client::new();
    for id in ["1", "-3", "me", "99999999999999999999"] {
        let answer = client.get(&format!("{LIST}/{id}")).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{id}");
        assert_same_shape(&answer.json(), "error-not-found.json");
    }
}

#[tokio::test]
async fn other_paths_are_not_found_and_other_methods_not_allowed_in_json() {
    let client = Client::new();
    for path in ["/api", "/api/", "/api/spaces", "/api/spaces/coworkers/5", "/sandbox/nothing"] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
        assert_same_shape(&answer.json(), "error-not-found.json");
    }
    for (method, path) in [("PATCH", LIST), ("DELETE", LIST), ("GET", "/api/token"), ("POST", "/sandbox/info")] {
        let request = axum::http::Request::builder().method(method).uri(path);
        let answer = client.send(request.body(axum::body::Body::empty()).expect("a request")).await;
        assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {path}");
        assert_same_shape(&answer.json(), "error-not-found.json");
    }
}
