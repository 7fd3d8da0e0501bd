//! The sandbox's own controls.

use axum::http::{Method, StatusCode};
use serde_json::{Value, json};

use crate::client::{Client, LIST, ids, request};

fn defaults() -> Value {
    json!({
        "delayMs": 0, "status": null, "retryAfter": null, "body": null, "drop": false, "refuseWrites": null,
        "envelopeFailure": false, "dir": "one-is-descending", "maxPageSize": null, "cors": true,
        "badRecord": false, "limits": false, "tokenLifetime": null, "applyTo": "all", "remaining": null
    })
}

#[tokio::test]
async fn info_says_who_is_there_and_how_to_call() {
    let info = Client::new().get("/sandbox/info").await.json();
    assert_eq!(info["apiBase"], "");
    assert_eq!(info["hasGateway"], false);
    assert_eq!(info["seed"], 1);
    let coworkers = info["coworkers"].as_array().expect("coworkers");
    let ids: Vec<_> = coworkers.iter().map(|coworker| coworker["id"].clone()).collect();
    assert_eq!(ids, [1001, 1002, 1003, 1004]);
    for coworker in coworkers {
        for name in ["name", "company", "email"] {
            assert!(coworker[name].as_str().is_some_and(|text| !text.is_empty()), "{coworker}");
        }
    }
}

#[tokio::test]
async fn faults_are_set_whole_and_taken_back() {
    let client = Client::new();
    assert_eq!(client.get("/sandbox/faults").await.json(), defaults());

    client.set_faults(json!({"delayMs": 5, "dir": "words", "remaining": 3})).await;
    client.set_faults(json!({"dir": "ignored", "body": "html", "applyTo": "reads"})).await;
    let mut expected = defaults();
    expected["dir"] = json!("ignored");
    expected["body"] = json!("html");
    expected["applyTo"] = json!("reads");
    assert_eq!(client.get("/sandbox/faults").await.json(), expected);

    let cleared = client.send(request(Method::DELETE, "/sandbox/faults", "", None)).await;
    assert_eq!(cleared.json(), defaults());
    assert_eq!(client.get("/sandbox/faults").await.json(), defaults());
}

#[tokio::test]
async fn faults_that_cannot_be_are_refused_by_name_and_change_nothing() {
    let client = Client::new();
    for (faults, words) in [
        (json!({"stats": 500}), "stats"),
        (json!({"status": 200}), "status: 200"),
        (json!({"refuseWrites": 500}), "refuseWrites: 500"),
        (json!({"dir": "sideways"}), "sideways"),
        (json!({"maxPageSize": 0}), "zero"),
        (json!({"delayMs": -1}), "-1"),
        (json!("off"), "off"),
    ] {
        let answer = client.write(Method::PUT, "/sandbox/faults", &faults).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{faults}");
        assert!(answer.json()["Message"].as_str().is_some_and(|m| m.contains(words)), "{}", answer.text());
    }
    assert_eq!(client.get("/sandbox/faults").await.json(), defaults());
}

#[tokio::test]
async fn the_log_shows_each_request_to_the_api() {
    let client = Client::new();
    let record = client.list("CoworkerNotification_Coworker=1004&size=1").await["Records"][0].clone();
    client.write(Method::PUT, LIST, &record).await;
    client.send(request(Method::DELETE, &format!("{LIST}/{}", record["Id"]), "member-1004", None)).await;
    client.get("/sandbox/info").await;

    let log = client.get("/sandbox/requests").await.json();
    let requests = log["requests"].as_array().expect("requests");
    assert_eq!(requests.len(), 3);
    assert_eq!(log["next"], 3);
    for (position, (method, status)) in [("GET", 200), ("PUT", 200), ("DELETE", 403)].into_iter().enumerate() {
        let entry = &requests[position];
        assert_eq!(entry["seq"], position + 1);
        assert_eq!(entry["method"], method);
        assert_eq!(entry["status"], status);
        assert_eq!(entry["coworkerId"], 1004, "{entry}");
        assert!(entry["at"].as_str().is_some_and(|at| at.starts_with("2025-03-19T10:0")), "{entry}");
    }
    assert_eq!(requests[0]["path"], LIST);
    assert_eq!(requests[0]["query"], "CoworkerNotification_Coworker=1004&size=1");
    assert_eq!(requests[0]["body"], Value::Null);
    assert_eq!(requests[1]["body"], record);
}

#[tokio::test]
async fn the_log_can_be_read_on_and_cleared() {
    let client = Client::new();
    client.list("").await;
    let next = client.get("/sandbox/requests").await.json()["next"].clone();
    client.list("size=1").await;
    let log = client.get(&format!("/sandbox/requests?since={next}")).await.json();
    assert_eq!(log["requests"].as_array().map(Vec::len), Some(1));
    assert_eq!(log["requests"][0]["query"], "size=1");

    let cleared = client.send(request(Method::DELETE, "/sandbox/requests", "", None)).await;
    assert_eq!(cleared.status, StatusCode::NO_CONTENT);
    let log = client.get("/sandbox/requests").await.json();
    assert_eq!((&log["requests"], &log["next"]), (&json!([]), &json!(2)));
}

#[tokio::test]
async fn the_log_keeps_the_last_thousand() {
    let client = Client::new();
    for _ in 0..1_005 {
        client.get("/api/nothing").await;
    }
    let log = client.get("/sandbox/requests").await.json();
    assert_eq!(log["requests"].as_array().map(Vec::len), Some(1_000));
    assert_eq!(log["requests"][0]["seq"], 6);
}

#[tokio::test(start_paused = true)]
async fn the_log_shows_requests_that_were_given_up() {
    let client = Client::new();
    client.set_faults(json!({"delayMs": 60_000})).await;
    let patience = std::time::Duration::from_secs(15);
    assert!(tokio::time::timeout(patience, client.get(LIST)).await.is_err());
    let log = client.get("/sandbox/requests").await.json();
    assert_eq!(log["requests"][0]["status"], Value::Null);
}

#[tokio::test]
async fn the_generator_is_scheduled() {
    let client = Client::new();
    let start = json!({"everySeconds": 0, "coworkerId": 1001});
    assert_eq!(client.get("/sandbox/generator").await.json(), start);

    let schedule = json!({"everySeconds": 20, "coworkerId": 1002});
    let answer = client.write(Method::PUT, "/sandbox/generator", &schedule).await;
    assert_eq!(answer.json(), schedule);
    assert_eq!(client.get("/sandbox/generator").await.json(), schedule);

    let nobody = json!({"everySeconds": 20, "coworkerId": 5});
    let answer = client.write(Method::PUT, "/sandbox/generator", &nobody).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text().contains("no coworker 5"));
}

#[tokio::test]
async fn reset_brings_everything_back_to_the_start() {
    let client = Client::new();
    let busy = "CoworkerNotification_Coworker=1001&size=100";
    let start = client.list(busy).await;

    let mut record = start["Records"][59].clone();
    record["IsDismissed"] = json!(true);
    client.write(Method::PUT, LIST, &record).await;
    client.send(request(Method::DELETE, &format!("{LIST}/{}", ids(&start)[0]), "admin", None)).await;
    client.set_faults(json!({"status": 500})).await;
    client.write(Method::PUT, "/sandbox/generator", &json!({"everySeconds": 9})).await;

    let answer = client.send(request(Method::POST, "/sandbox/reset", "", None)).await;
    assert_eq!(answer.status, StatusCode::NO_CONTENT);
    assert_eq!(client.get("/sandbox/requests").await.json()["requests"], json!([]));
    assert_eq!(client.get("/sandbox/faults").await.json(), defaults());
    assert_eq!(client.get("/sandbox/generator").await.json()["everySeconds"], 0);
    assert_eq!(client.list(busy).await, start);
}
