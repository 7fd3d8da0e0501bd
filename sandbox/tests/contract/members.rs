//! Members' own tokens: the portal says whose they are, and the API takes none of them.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use sandbox::Options;
use serde_json::{Value, json};

use crate::client::{Answer, Client, LIST, request};

const PROFILES: &str = "/api/public/coworkers/profiles";

async fn profiles(client: &Client, token: &str, agent: &str) -> Answer {
    let request = Request::get(PROFILES).header("authorization", format!("Bearer {token}")).header("user-agent", agent);
    client.send(request.body(Body::empty()).expect("a request")).await
}

const BROWSER: &str = "Mozilla/5.0 (compatible; test)";

fn ids(answer: &Answer) -> Value {
    let profiles = answer.json()["Profiles"].clone();
    profiles.as_array().expect("Profiles").iter().map(|profile| profile["Id"].clone()).collect()
}

#[tokio::test]
async fn the_portal_says_who_a_member_is() {
    let client = Client::new();
    let answer = profiles(&client, "portal-1004", BROWSER).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(ids(&answer), json!([1004]));
    assert_eq!(answer.json()["Profiles"][0]["IsDefaultProfile"], true);
    assert_eq!(answer.json()["User"]["AccessToken"], "portal-1004");
}

#[tokio::test]
async fn a_member_can_have_several_profiles_and_a_past_one() {
    let body = profiles(&Client::new(), "portal-two", BROWSER).await.json();
    let active: Vec<_> = body["Profiles"].as_array().expect("Profiles").iter().map(|one| &one["Active"]).collect();
    assert_eq!(active, [true, true, false]);
}

#[tokio::test]
async fn the_api_takes_no_members_own_token() {
    let client = Client::new();
    for token in ["portal-1001", "portal-two"] {
        assert_eq!(client.send(request(Method::GET, LIST, token, None)).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn the_portal_refuses_unknown_and_ended_tokens_and_programs_without_a_browser_s_name() {
    let client = Client::new();
    for token in ["admin", "portal-9999", "made-up"] {
        assert_eq!(profiles(&client, token, BROWSER).await.status, StatusCode::UNAUTHORIZED, "{token}");
    }
    assert_eq!(profiles(&client, "portal-1001", "reqwest/0.12").await.status, StatusCode::FORBIDDEN);

    let ended = client.write(Method::POST, "/sandbox/tokens/end", &json!({"token": "portal-1001"})).await;
    assert_eq!(ended.status, StatusCode::NO_CONTENT);
    assert_eq!(profiles(&client, "portal-1001", BROWSER).await.status, StatusCode::UNAUTHORIZED);
    assert_eq!(profiles(&client, "portal-1002", BROWSER).await.status, StatusCode::OK);
}

#[tokio::test]
async fn there_are_as_many_further_members_as_asked_for() {
    let client = Client::with(Options { crowd: 0, members: 2, ..Options::default() });
    assert_eq!(ids(&profiles(&client, "portal-2002", BROWSER).await), json!([2002]));
    assert_eq!(profiles(&client, "portal-2003", BROWSER).await.status, StatusCode::UNAUTHORIZED);
    let record = json!({"CoworkerId": 2002, "Message": "Hello", "NotificationType": "blog", "EntityId": 1});
    assert_eq!(client.write(Method::POST, LIST, &record).await.status, StatusCode::OK);
}
