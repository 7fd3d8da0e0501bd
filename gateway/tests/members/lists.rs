//! Lists: the same answers as Nexudus gives.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use serde_json::{Value, json};
use std::time::Duration;

use crate::outside::nexudus::FakeNexudus;
use crate::test_gateway::{Answer, LIST, TestGateway, request};

const MINE: &str = "CoworkerNotification_Coworker=1001";

#[tokio::test]
async fn every_search_answers_what_nexudus_answers() {
    let gateway = TestGateway::start().await;
    let entity = gateway.nexudus.record(gateway.nexudus.ids(1001).await[0]).await["EntityId"].as_i64().unwrap();
    let created = gateway.nexudus.record(gateway.nexudus.ids(1001).await[30]).await["CreatedOn"].as_str().unwrap()
        [..16]
        .to_owned();
    for query in [
        "",
        "page=2",
        "page=3&size=25",
        "page=9",
        "size=7&page=2",
        "size=1000",
        "orderBy=CreatedOn&dir=1",
        "orderBy=CreatedOn&dir=0",
        "orderBy=UpdatedOn&dir=1&size=100",
        "orderBy=NotificationType&dir=0&size=100",
        "orderBy=NotificationType&dir=1&size=100",
        "orderBy=EntityId&dir=1&size=100",
        "orderBy=Message&dir=0&size=100",
        "orderBy=IsDismissed&dir=1&size=100",
        "orderBy=CoworkerId&size=100",
        "orderby=createdon&dir=1",
        "dir=1",
        "CoworkerNotification_IsDismissed=false&size=100",
        "CoworkerNotification_IsDismissed=true&size=100",
        "CoworkerNotification_NotificationType=blog&size=100",
        "CoworkerNotification_NotificationType=BLOG&size=100",
        "CoworkerNotification_Message=your&size=100",
        &format!("CoworkerNotification_EntityId={entity}"),
        &format!("from_CoworkerNotification_EntityId={entity}&size=100"),
        &format!("to_CoworkerNotification_EntityId={entity}&size=100"),
        &format!("from_CoworkerNotification_CreatedOn={created}&size=100"),
        &format!("to_CoworkerNotification_CreatedOn={created}&size=100"),
        &format!("from_CoworkerNotification_UpdatedOn={created}&size=100"),
    ] {
        let query = format!("{MINE}&{query}");
        let (_, expected) = gateway.nexudus.ask(Method::GET, &format!("{LIST}?{query}"), None).await;
        let answer = gateway.list("portal-1001", &query).await.ok();
        for field in [
            "CurrentPage",
            "CurrentPageSize",
            "CurrentSortDirection",
            "FirstItem",
            "LastItem",
            "TotalItems",
            "TotalPages",
            "HasNextPage",
            "HasPreviousPage",
            "Records",
        ] {
            assert_eq!(without_what_ages(&answer[field]), without_what_ages(&expected[field]), "{field} of {query}");
        }
    }
}

/// `IsNew` is a matter of when one asks.
fn without_what_ages(value: &Value) -> Value {
    let mut value = value.clone();
    for record in value.as_array_mut().into_iter().flatten() {
        if let Some(fields) = record.as_object_mut() {
            fields.remove("IsNew");
        }
    }
    value
}

#[tokio::test]
async fn words_are_taken_for_dir() {
    let gateway = TestGateway::start().await;
    let by =
        async |dir: &str| gateway.list("portal-1001", &format!("orderBy=CreatedOn&dir={dir}&size=100")).await.ids();
    let (up, down) = (by("0").await, by("1").await);
    assert_ne!(up, down);
    assert_eq!((by("ascending").await, by("Descending").await), (up.clone(), down));
    assert_eq!(gateway.list("portal-1001", "orderBy=CreatedOn&size=100").await.ids(), up);
}

#[tokio::test]
async fn without_a_coworker_it_is_the_default_profile() {
    let gateway = TestGateway::start().await;
    let own = async |query: &str| gateway.list("portal-two", query).await.ids();
    assert_eq!(own("size=100").await, gateway.nexudus.ids(1004).await);
    assert_eq!(own("size=100&CoworkerNotification_Coworker=1001").await, gateway.nexudus.ids(1001).await);
    assert_eq!(own("size=100&CoworkerNotification_Coworker=").await, gateway.nexudus.ids(1004).await);
}

#[tokio::test]
async fn records_are_given_by_id() {
    let gateway = TestGateway::start().await;
    let ids = gateway.nexudus.ids(1001).await;
    let (one, two) = (ids[0], ids[1]);
    let answer = gateway.list("portal-1001", &format!("id=[{two},{one}]")).await;
    assert_eq!(answer.ids(), [one, two]);
    assert_eq!(answer.json()["TotalItems"], 2);
    let (page, total) = (gateway.list("portal-1001", &format!("id=[{two},{one}]&size=1&page=2")).await, 2);
    assert_eq!((page.ids(), page.json()["TotalItems"].as_i64()), (vec![two], Some(total)));
    assert_eq!(gateway.list("portal-1001", "id=[]").await.ids(), [0_i64; 0]);

    let record = gateway.get(&format!("{LIST}/{one}"), "portal-1001").await.ok();
    let mut expected = gateway.nexudus.record(one).await;
    expected["IsNew"] = record["IsNew"].clone();
    assert_eq!(record, expected, "every field as Nexudus has it");
}

#[tokio::test]
async fn what_a_client_has_is_not_sent_again() {
    let gateway = TestGateway::start().await;
    let query = format!("{MINE}&orderBy=CreatedOn&dir=1");
    let if_none_match = async |tag: String, query: &str| {
        let request = request(Method::GET, &format!("{LIST}?{query}"), "portal-1001").header("if-none-match", tag);
        gateway.request(request.body(Body::empty()).unwrap()).await
    };
    let first = gateway.list("portal-1001", &query).await;
    let tag = first.header("etag").to_owned();
    assert!(tag.starts_with('"'), "a strong tag: {tag}");

    let again = if_none_match(format!("\"x\", {tag}"), &query).await;
    assert_eq!((again.status, again.text.as_str()), (StatusCode::NOT_MODIFIED, ""));
    assert_eq!((again.header("etag"), again.header("link")), (tag.as_str(), first.header("link")));
    let other = if_none_match(tag.clone(), &format!("{MINE}&page=2")).await;
    assert_eq!(other.status, StatusCode::OK, "another list is another thing");

    let id = first.ids()[0];
    gateway.put("portal-1001", json!({"Id": id, "IsDismissed": true})).await.ok();
    let changed = if_none_match(tag.clone(), &query).await;
    assert_eq!(changed.status, StatusCode::OK);
    assert_ne!(changed.header("etag"), tag);

    let record = gateway.get(&format!("{LIST}/{id}"), "portal-1001").await;
    let request =
        request(Method::GET, &format!("{LIST}/{id}"), "portal-1001").header("if-none-match", record.header("etag"));
    assert_eq!(gateway.request(request.body(Body::empty()).unwrap()).await.status, StatusCode::NOT_MODIFIED);
}

#[tokio::test]
async fn two_members_at_one_address_have_different_tags() {
    let gateway = TestGateway::start().await;
    let tag = gateway.list("portal-1001", "").await.header("etag").to_owned();
    let request = request(Method::GET, &format!("{LIST}?"), "portal-1004").header("if-none-match", tag);
    assert_eq!(gateway.request(request.body(Body::empty()).unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_list_names_its_stream() {
    let gateway = TestGateway::start().await;
    let link = gateway.list("portal-two", "").await.header("link").to_owned();
    let target = link.strip_prefix('<').and_then(|rest| rest.strip_suffix(">; rel=\"monitor\"")).expect(&link);
    for base in ["https://bell.example", "https://portal.example/bell"] {
        let list = url::Url::parse(&format!("{base}{LIST}?page=1")).unwrap();
        let stream = list.join(target).unwrap();
        assert_eq!(stream.as_str(), format!("{base}{LIST}/events?CoworkerNotification_Coworker=1004"));
    }
}

#[tokio::test]
async fn a_bad_parameter_is_a_400_in_words() {
    let gateway = TestGateway::start().await;
    for query in ["page=0", "size=none", "dir=sideways", "orderBy=Secret", "CoworkerNotification_IsDismissed=perhaps"] {
        let answer = gateway.list("portal-1001", query).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{query}");
        let name = query.split('=').next().unwrap();
        let body = answer.json();
        assert!(body["Message"].as_str().unwrap().contains(name), "{body}");
        assert_eq!((&body["Errors"][0]["PropertyName"], &body["WasSuccessful"]), (&json!(name), &json!(false)));
    }
}

#[tokio::test]
async fn a_list_that_is_not_known_is_never_an_empty_one() {
    let nexudus = FakeNexudus::start().await;
    nexudus.faults(json!({"status": 503})).await;
    let gateway = TestGateway::start_over(nexudus, Duration::from_millis(300)).await;
    let answer = gateway.list("portal-1001", "").await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "{answer:?}");
    assert!(answer.header("retry-after").parse::<u32>().unwrap() >= 1);
    gateway.nexudus.faults(json!({})).await;
    gateway.until("portal-1001", "", |answer: &Answer| answer.status == StatusCode::OK).await;
}

#[tokio::test]
async fn while_nexudus_is_down_the_list_says_how_old_it_is() {
    let gateway = TestGateway::start().await;
    assert!(!gateway.list("portal-1001", "").await.headers.contains_key("age"));
    gateway.nexudus.faults(json!({"status": 500})).await;
    let old = gateway.until("portal-1001", "", |answer: &Answer| answer.headers.contains_key("age")).await;
    assert_eq!(old.ids().len(), 25);
    gateway.nexudus.faults(json!({})).await;
    gateway.until("portal-1001", "", |answer: &Answer| !answer.headers.contains_key("age")).await;
}

#[tokio::test]
async fn an_arrival_is_in_the_list_after_a_poll() {
    let gateway = TestGateway::start().await;
    assert_eq!(gateway.list("portal-1002", "").await.ids(), [0_i64; 0]);
    let id = gateway.nexudus.notify(1002, "The first one").await;
    let answer = gateway.until("portal-1002", "", |answer: &Answer| answer.ids() == [id]).await;
    assert_eq!(answer.json()["Records"][0]["Message"], "The first one");
}

#[tokio::test]
async fn whatever_is_given_while_nexudus_is_down_says_how_old_it_is() {
    let gateway = TestGateway::start().await;
    let id = gateway.nexudus.ids(1001).await[0];
    gateway.nexudus.faults(json!({"status": 503})).await;
    for path in [LIST.to_owned(), format!("{LIST}?id=[{id}]"), format!("{LIST}/{id}")] {
        let aged = async {
            loop {
                let answer = gateway.get(&path, "portal-1001").await;
                assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
                if answer.headers.contains_key("age") {
                    return answer;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        let answer = tokio::time::timeout(Duration::from_secs(30), aged).await.expect(&path);
        let unchanged = request(Method::GET, &path, "portal-1001").header("if-none-match", answer.header("etag"));
        let unchanged = gateway.request(unchanged.body(Body::empty()).unwrap()).await;
        assert_eq!(unchanged.status, StatusCode::NOT_MODIFIED);
        assert!(unchanged.headers.contains_key("age"), "{unchanged:?}");
    }
}
