//! Isolation of members: whatever concerns another member is refused, without data of that member in the answer.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use serde_json::json;

use crate::outside::tokens::{claims, from_now, hs256, hs256_with, token};
use crate::test_gateway::{LIST, TestGateway, request};

const MINE: &str = "portal-1001";

#[tokio::test]
async fn nobody_lists_anothers() {
    let gateway = TestGateway::start().await;
    for query in [
        "CoworkerNotification_Coworker=1004",
        "coworkernotification_coworker=1004",
        "CoworkerNotification_Coworker=%31004",
        "CoworkerNotification_Coworker=+1004",
        "CoworkerNotification_Coworker=1004&id=[1]",
        "CoworkerNotification_Coworker=0",
        "CoworkerNotification_Coworker=-1",
        "CoworkerNotification_Coworker=4242424242",
    ] {
        let answer = gateway.list(MINE, query).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{query}: {answer:?}");
    }
    let past = gateway.list("portal-two", "CoworkerNotification_Coworker=1003").await;
    assert_eq!(past.status, StatusCode::FORBIDDEN, "a profile of the past");
}

#[tokio::test]
async fn nobody_smuggles_a_parameter_past_the_check() {
    let gateway = TestGateway::start().await;
    for query in [
        "CoworkerNotification_Coworker=1001&CoworkerNotification_Coworker=1004",
        "CoworkerNotification_Coworker=1004&CoworkerNotification_Coworker=1001",
        "CoworkerNotification_Coworker=1001&coworkernotification_coworker=1004",
        "CoworkerNotification_Coworker=1001&CoworkerNotification%5fCoworker=1004",
        "CoworkerNotification_Coworker=1001%26CoworkerNotification_Coworker=1004",
        "CoworkerNotification_Coworker=1001,1004",
        "CoworkerNotification_Coworker=[1001,1004]",
        "CoworkerNotification_Coworker=1001%00",
        "CoworkerNotification_Coworker[]=1004",
        "CoworkerNotification_Coworker_Id=1004",
        "CoworkerNotification_CoworkerId=1004",
        "from_CoworkerNotification_Coworker=1&to_CoworkerNotification_Coworker=9999",
    ] {
        let answer = gateway.list(MINE, query).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}: {answer:?}");
    }
    // Names of other things change nothing.
    let own = gateway.list(MINE, "size=100").await.ids();
    for query in
        ["CoworkerId=1004", "Coworker=1004", "coworker_id=1004", "%20CoworkerNotification_Coworker=1004", "$filter=1"]
    {
        assert_eq!(gateway.list(MINE, &format!("size=100&{query}")).await.ids(), own, "{query}");
    }
    // Neither does what is said elsewhere than in the address.
    let headers = request(Method::GET, &format!("{LIST}?size=100"), MINE)
        .header("x-coworker-id", "1004")
        .header("x-http-method-override", "DELETE")
        .header("x-original-url", "/api/spaces/coworkernotifications?CoworkerNotification_Coworker=1004");
    assert_eq!(
        gateway.request(headers.body(Body::from("CoworkerNotification_Coworker=1004")).unwrap()).await.ids(),
        own
    );
}

#[tokio::test]
async fn anothers_record_is_like_one_that_is_not_there() {
    let gateway = TestGateway::start().await;
    let theirs = gateway.nexudus.ids(1004).await[0];
    let mine = gateway.nexudus.ids(1001).await[0];
    let nothing = 987_654_321;

    let foreign = gateway.get(&format!("{LIST}/{theirs}"), MINE).await;
    let missing = gateway.get(&format!("{LIST}/{nothing}"), MINE).await;
    assert_eq!((foreign.status, &foreign.text), (StatusCode::NOT_FOUND, &missing.text));

    let foreign = gateway.list(MINE, &format!("id=[{theirs}]")).await;
    let missing = gateway.list(MINE, &format!("id=[{nothing}]")).await;
    assert_eq!((foreign.ids(), &foreign.text), (vec![], &missing.text));
    assert_eq!(gateway.list(MINE, &format!("id=[{theirs},{mine},{nothing}]")).await.ids(), [mine]);

    let foreign = gateway.put(MINE, json!({"Id": theirs, "IsDismissed": true})).await;
    let missing = gateway.put(MINE, json!({"Id": nothing, "IsDismissed": true})).await;
    assert_eq!((foreign.status, &foreign.text), (StatusCode::NOT_FOUND, &missing.text));
    let named = gateway.put(MINE, json!({"Id": theirs, "CoworkerId": 1001, "IsDismissed": true})).await;
    assert_eq!(named.status, StatusCode::NOT_FOUND);
    assert_eq!(gateway.list("portal-1004", &format!("id=[{theirs}]")).await.json()["Records"][0]["IsDismissed"], false);
}

#[tokio::test]
async fn a_member_changes_nothing_but_a_dismissal() {
    let gateway = TestGateway::start().await;
    let id = gateway.nexudus.ids(1001).await[0];
    let before = gateway.get(&format!("{LIST}/{id}"), MINE).await.ok();
    let foreign = gateway.put(MINE, json!({"Id": id, "IsDismissed": true, "CoworkerId": 1004})).await;
    assert_eq!(foreign.status, StatusCode::FORBIDDEN, "{foreign:?}");
    assert_eq!(gateway.get(&format!("{LIST}/{id}"), MINE).await.ok(), before);

    let body = json!({"Id": id, "IsDismissed": true, "CoworkerId": 1001, "Message": "Free coffee", "NotificationType": "blog",
        "EntityId": 1, "CreatedOn": "2001-01-01T00:00:00Z", "UpdatedBy": "me", "UniqueId": "x"});
    gateway.put(MINE, body).await.ok();
    let mut after = gateway.get(&format!("{LIST}/{id}"), MINE).await.ok();
    assert_eq!(after["IsDismissed"], true);
    for field in ["IsDismissed", "UpdatedOn", "UpdatedBy", "IsNew"] {
        after[field] = before[field].clone();
    }
    assert_eq!(after, before);
}

#[tokio::test]
async fn nobody_receives_the_stream_of_another_member() {
    let gateway = TestGateway::start().await;
    let events = format!("{LIST}/events");
    let answer = gateway.get(&format!("{events}?CoworkerNotification_Coworker=1004"), MINE).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN);
    let twice = "CoworkerNotification_Coworker=1001&CoworkerNotification_Coworker=1004";
    assert_eq!(gateway.get(&format!("{events}?{twice}"), MINE).await.status, StatusCode::BAD_REQUEST);
    assert_eq!(gateway.get(&events, "nonsense").await.status, StatusCode::UNAUTHORIZED);
}

#[tokio::test]
async fn who_is_not_known_gets_a_401() {
    let gateway = TestGateway::start().await;
    let member = claims(1001);
    for (what, token) in [
        ("unknown", "nonsense".to_owned()),
        ("expired at the portal", "expired".to_owned()),
        ("the space's own credential", "admin".to_owned()),
        ("alg none", token(&json!({"alg": "none"}), &member, |_| Vec::new())),
        ("another secret", hs256_with(b"guessed", &member)),
        ("expired", hs256(&json!({"coworker_id": 1001, "exp": from_now(-61)}))),
        ("no expiry", hs256(&json!({"coworker_id": 1001}))),
        ("no member", hs256(&json!({"sub": "1001", "exp": from_now(60)}))),
    ] {
        for path in [LIST, "/api/spaces/coworkernotifications/1", "/api/spaces/coworkernotifications/events"] {
            let answer = gateway.get(path, &token).await;
            assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{what}: {answer:?}");
            assert_eq!(answer.header("www-authenticate"), "Bearer");
            assert!(token == "expired" || !answer.text.contains(&token), "{what}");
        }
        let put = gateway.put(&token, json!({"Id": 1, "IsDismissed": true})).await;
        assert_eq!(put.status, StatusCode::UNAUTHORIZED, "{what}");
    }
}

#[tokio::test]
async fn a_token_is_taken_from_one_authorization_header_alone() {
    let gateway = TestGateway::start().await;
    let plain = |headers: &[(&str, &str)], path: &str| {
        let builder =
            headers.iter().fold(Request::builder().uri(path), |builder, (name, value)| builder.header(*name, *value));
        builder.body(Body::empty()).unwrap()
    };
    for (headers, path) in [
        (&[][..], LIST),
        (&[("authorization", MINE)], LIST),
        (&[("authorization", "Basic cG9ydGFsLTEwMDE6")], LIST),
        (&[("authorization", "Bearer portal-1001"), ("authorization", "Bearer portal-1004")], LIST),
        (&[("cookie", "token=portal-1001")], LIST),
        (&[("x-authorization", "Bearer portal-1001")], LIST),
        (&[], "/api/spaces/coworkernotifications?access_token=portal-1001&token=portal-1001"),
    ] {
        assert_eq!(gateway.request(plain(headers, path)).await.status, StatusCode::UNAUTHORIZED, "{headers:?} {path}");
    }
}
