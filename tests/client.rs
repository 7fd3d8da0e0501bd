//! The client against the sandbox's API, in one process and without a socket.

#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Request, Response as HttpResponse, header},
};
use coworker_notifications::{
    api::{ApiBase, Client, Confirmation, Dir, Draft, ListQuery, OrderBy, Response, Transport, Update, WireRequest},
    error::{Failure, FailureKind},
    model::{CoworkerId, EntityId, Meaning, Notification, NotificationId, NotificationType, parse_timestamp},
};
use http_body_util::BodyExt;
use sandbox::{Options, Sandbox};
use tower::ServiceExt;

/// A coworker with one notification of each type.
const ONE_OF_EACH: CoworkerId = CoworkerId(1004);
/// A coworker with 60 notifications.
const BUSY: CoworkerId = CoworkerId(1001);

/// Calls the sandbox's router as a function.
struct InProcess {
    app: Router,
    token: &'static str,
}

impl Transport for InProcess {
    async fn send(&self, request: WireRequest) -> Result<Response, Failure> {
        let request = Request::builder()
            .method(request.method.name())
            .uri(request.url)
            .header(header::AUTHORIZATION, format!("Bearer {}", self.token))
            .header(header::ACCEPT, WireRequest::ACCEPT)
            .header(header::CONTENT_TYPE, WireRequest::CONTENT_TYPE)
            .body(request.body.map_or_else(Body::empty, Body::from))
            .unwrap();
        let answer = call(&self.app, request).await;
        let status = answer.status().as_u16();
        let headers = answer.headers().clone();
        let bytes = answer.into_body().collect().await;
        let body = bytes.map_err(|error| Failure::new(FailureKind::Network, error.to_string()))?.to_bytes();
        Ok(Response {
            status,
            retry_after: text(&headers, header::RETRY_AFTER),
            date: text(&headers, header::DATE),
            etag: text(&headers, header::ETAG),
            link: text(&headers, header::LINK),
            body: String::from_utf8_lossy(&body).into_owned(),
        })
    }
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().unwrap().to_owned())
}

async fn call(app: &Router, request: Request<Body>) -> HttpResponse<Body> {
    app.clone().oneshot(request).await.unwrap()
}

/// One sandbox with clients of several rights.
struct World {
    app: Router,
}

impl World {
    fn new() -> Self {
        let now = parse_timestamp("2025-03-14T09:30:00Z");
        Self { app: sandbox::router(Sandbox::new(Options { now, ..Options::default() })) }
    }

    fn client(&self, token: &'static str) -> Client<InProcess> {
        let base = ApiBase::parse("http://localhost:8765", "").unwrap();
        Client::new(base, InProcess { app: self.app.clone(), token })
    }

    fn admin(&self) -> Client<InProcess> {
        self.client("admin")
    }

    /// Switches faults, as a JSON object.
    async fn faults(&self, json: &'static str) {
        let request = Request::put("/sandbox/faults").header(header::CONTENT_TYPE, "application/json");
        let answer = call(&self.app, request.body(json.into()).unwrap()).await;
        assert!(answer.status().is_success(), "{json}");
    }
}

fn ids(notifications: &[Notification]) -> Vec<NotificationId> {
    notifications.iter().map(|notification| notification.id).collect()
}

fn draft() -> Draft {
    Draft {
        coworker: ONE_OF_EACH,
        message: "Your “locker” & bike\nare 100 % ready: 🚲".into(),
        kind: NotificationType::SALTO_LOCKER,
        entity: EntityId(4711),
        is_dismissed: None,
    }
}

#[tokio::test]
async fn a_notification_lives_from_create_to_delete() {
    let world = World::new();
    let client = world.admin();

    let created = client.create(&draft()).await.unwrap();
    assert!(created.message.contains("successfully created"), "{}", created.message);
    let id = created.id.unwrap();

    let newest = client.list(&ListQuery::new().coworker(ONE_OF_EACH).entity(EntityId(4711))).await.unwrap();
    assert_eq!(ids(&newest.notifications), [id]);

    let read = client.get(id).await.unwrap();
    assert_eq!(read, newest.notifications[0]);
    assert_eq!((&read.message, &read.kind, read.is_dismissed), (&draft().message, &draft().kind, false));
    assert_eq!(client.get_many(&[id]).await.unwrap(), std::slice::from_ref(&read));

    let updated = client.update(&Update::dismissed(&read, true)).await.unwrap();
    assert_eq!(updated.id, Some(id));
    let dismissed = client.get(id).await.unwrap();
    assert!(dismissed.is_dismissed);
    assert_eq!((dismissed.message, dismissed.entity), (read.message, read.entity));

    assert_eq!(client.delete(id).await.unwrap().id, Some(id));
    let gone = client.get(id).await.unwrap_err();
    assert_eq!((gone.kind, gone.status), (FailureKind::Server, Some(404)));
}

#[tokio::test]
async fn all_15_types_arrive_with_their_meaning() {
    let page = World::new().admin().list(&ListQuery::new().coworker(ONE_OF_EACH).size(100)).await.unwrap();
    assert_eq!((page.total, page.unreadable.len()), (15, 0));
    for known in NotificationType::KNOWN {
        assert!(page.notifications.iter().any(|notification| &notification.kind == known), "{known}");
    }
    assert!(page.notifications.iter().all(|notification| notification.kind.meaning() != Meaning::Generic));
}

#[tokio::test]
async fn pages_add_up_to_the_whole() {
    let world = World::new();
    let client = world.admin();
    let query = || ListQuery::new().coworker(BUSY).order_by(OrderBy::CreatedOn).dir(Dir::One).size(25);
    let mut seen = Vec::new();
    for number in 1.. {
        let page = client.list(&query().page(number)).await.unwrap();
        assert_eq!((page.page, page.size, page.total, page.total_pages), (number, 25, 60, 3));
        seen.extend(ids(&page.notifications));
        if !page.has_next {
            break;
        }
    }
    assert_eq!(seen.len(), 60);
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 60, "no notification is on two pages");
}

#[tokio::test]
async fn dir_means_what_the_server_takes_it_for() {
    let world = World::new();
    let client = world.admin();
    for (faults, dir, descending) in [
        (r#"{"dir": "one-is-descending"}"#, Dir::One, true),
        (r#"{"dir": "one-is-descending"}"#, Dir::Zero, false),
        (r#"{"dir": "one-is-ascending"}"#, Dir::One, false),
        (r#"{"dir": "one-is-ascending"}"#, Dir::MinusOne, true),
        (r#"{"dir": "words"}"#, Dir::Ascending, false),
        (r#"{"dir": "words"}"#, Dir::Descending, true),
    ] {
        world.faults(faults).await;
        let query = ListQuery::new().coworker(BUSY).order_by(OrderBy::Id).dir(dir);
        let ids = ids(&client.list(&query).await.unwrap().notifications);
        let sorted = ids.is_sorted_by(|a, b| if descending { a > b } else { a < b });
        assert!(sorted, "{faults} {dir:?}: {ids:?}");
    }
}

#[tokio::test]
async fn every_filter_narrows_the_search() {
    let world = World::new();
    let client = world.admin();
    let all = client.list(&ListQuery::new().coworker(BUSY).size(100)).await.unwrap().notifications;
    let some = &all[30];
    let (created, updated) = (some.created.unwrap(), some.updated.unwrap());

    let busy = || ListQuery::new().coworker(BUSY).size(100);
    let minute = |moment: coworker_notifications::model::Timestamp| moment.timestamp().div_euclid(60);
    type Keep<'a> = Box<dyn Fn(&Notification) -> bool + 'a>;
    let cases: Vec<(&str, ListQuery, Keep<'_>)> = vec![
        ("message", busy().message(&some.message), Box::new(|n| n.message.contains(&some.message))),
        ("kind", busy().kind(some.kind.clone()), Box::new(|n| n.kind == some.kind)),
        ("entity", busy().entity(some.entity), Box::new(|n| n.entity == some.entity)),
        ("dismissed", busy().is_dismissed(true), Box::new(|n| n.is_dismissed)),
        ("undismissed", busy().is_dismissed(false), Box::new(|n| !n.is_dismissed)),
        (
            "from created",
            busy().from_created(created),
            Box::new(|n| n.created.is_some_and(|c| minute(c) >= minute(created))),
        ),
        (
            "to created",
            busy().to_created(created),
            Box::new(|n| n.created.is_some_and(|c| minute(c) <= minute(created))),
        ),
        (
            "from updated",
            busy().from_updated(updated),
            Box::new(|n| n.updated.is_some_and(|u| minute(u) >= minute(updated))),
        ),
        (
            "to updated",
            busy().to_updated(updated),
            Box::new(|n| n.updated.is_some_and(|u| minute(u) <= minute(updated))),
        ),
        ("from entity", busy().from_entity(some.entity), Box::new(|n| n.entity >= some.entity)),
        ("to entity", busy().to_entity(some.entity), Box::new(|n| n.entity <= some.entity)),
    ];
    for (name, query, keep) in cases {
        let mut found = ids(&client.list(&query).await.unwrap().notifications);
        let mut expected: Vec<_> = all.iter().filter(|n| keep(n)).map(|n| n.id).collect();
        found.sort_unstable();
        expected.sort_unstable();
        assert_eq!(found, expected, "{name}");
        assert!(!found.is_empty() && found.len() < all.len(), "{name} narrows the search");
    }
}

#[tokio::test]
async fn more_ids_than_a_page_holds_are_all_found() {
    let world = World::new();
    let client = world.admin();
    let mut all = ids(&client.list(&ListQuery::new().coworker(BUSY).size(100)).await.unwrap().notifications);
    assert_eq!(all.len(), 60);
    let mut asked = all.clone();
    asked.push(NotificationId(-1));
    let mut found = ids(&client.get_many(&asked).await.unwrap());
    found.sort_unstable();
    all.sort_unstable();
    assert_eq!(found, all, "the one that does not exist is missing");
    assert_eq!(client.get_many(&[]).await.unwrap(), []);
}

#[tokio::test]
async fn a_draft_without_a_message_names_the_field() {
    let world = World::new();
    let empty = Draft { message: String::new(), coworker: CoworkerId(5), ..draft() };
    let rejected = world.admin().create(&empty).await.unwrap_err();
    assert_eq!((rejected.failure.kind, rejected.failure.status), (FailureKind::Server, Some(400)));
    assert!(rejected.failure.message.contains("Message: is a required field"), "{rejected}");
    let mut properties: Vec<_> = rejected.errors.iter().map(|error| error.property.as_str()).collect();
    properties.sort_unstable();
    assert_eq!(properties, ["CoworkerId", "Message"]);
}

#[tokio::test]
async fn tokens_are_refused_by_kind() {
    let world = World::new();
    for token in ["nonsense", "expired"] {
        let failure = world.client(token).list(&ListQuery::new()).await.unwrap_err();
        assert_eq!((failure.kind, failure.status), (FailureKind::Unauthorized, Some(401)));
        assert!(!failure.message.contains("Bearer"), "{failure}");
    }
    let reader = world.client("reader-1004");
    let mine = reader.list(&ListQuery::new().coworker(ONE_OF_EACH)).await.unwrap().notifications;
    let refused = reader.update(&Update::dismissed(&mine[0], true)).await.unwrap_err();
    assert_eq!((refused.failure.kind, refused.failure.status), (FailureKind::Forbidden, Some(403)));
    assert!(refused.failure.is_write_refusal());
}

#[tokio::test]
async fn error_statuses_have_their_kind_and_their_wait() {
    let world = World::new();
    let client = world.admin();
    for (faults, kind, wait) in [
        (r#"{"status": 429, "retryAfter": "5"}"#, FailureKind::Throttled, Some(5_000)),
        (r#"{"status": 429}"#, FailureKind::Throttled, None),
        (r#"{"status": 429, "retryAfter": "0"}"#, FailureKind::Throttled, None),
        (r#"{"status": 503, "retryAfter": "Sun, 06 Nov 2094 08:49:37 GMT"}"#, FailureKind::Server, Some(86_400_000)),
        (r#"{"status": 503, "retryAfter": "Sun, 06 Nov 1994 08:49:37 GMT"}"#, FailureKind::Server, None),
        (r#"{"status": 500}"#, FailureKind::Server, None),
        (r#"{"status": 500, "body": "html"}"#, FailureKind::Server, None),
        (r#"{"status": 401}"#, FailureKind::Unauthorized, None),
        (r#"{"status": 403}"#, FailureKind::Forbidden, None),
    ] {
        world.faults(faults).await;
        let failure = client.list(&ListQuery::new()).await.unwrap_err();
        assert_eq!((failure.kind, failure.retry_after), (kind, wait), "{faults}");
    }
}

#[tokio::test]
async fn each_unreadable_body_is_told_in_its_own_words() {
    let world = World::new();
    let client = world.admin();
    for (faults, words) in [
        (r#"{"body": "html"}"#, "is an HTML page"),
        (r#"{"body": "truncated"}"#, "breaks off"),
        (r#"{"body": "garbage"}"#, "is not JSON"),
    ] {
        world.faults(faults).await;
        let list = client.list(&ListQuery::new().coworker(BUSY)).await.unwrap_err();
        let write = client.create(&draft()).await.unwrap_err();
        for failure in [list, write.failure] {
            assert_eq!((failure.kind, failure.status), (FailureKind::Decode, Some(200)), "{faults}");
            assert!(failure.message.contains(words), "{failure}");
        }
    }
}

#[tokio::test]
async fn an_empty_body_is_no_list_but_confirms_a_write() {
    let world = World::new();
    let client = world.admin();
    world.faults(r#"{"body": "empty"}"#).await;
    let failure = client.list(&ListQuery::new().coworker(BUSY)).await.unwrap_err();
    assert_eq!((failure.kind, failure.status), (FailureKind::Decode, Some(200)));
    assert!(failure.message.contains("is empty"), "{failure}");
    assert_eq!(client.create(&draft()).await, Ok(Confirmation::default()));
}

#[tokio::test]
async fn a_cut_connection_is_the_networks_failure() {
    let world = World::new();
    world.faults(r#"{"drop": true}"#).await;
    let failure = world.admin().list(&ListQuery::new()).await.unwrap_err();
    assert_eq!((failure.kind, failure.status), (FailureKind::Network, None));
}

#[tokio::test]
async fn refused_and_failed_writes_are_told_apart() {
    let world = World::new();
    let client = world.admin();
    let some = client.list(&ListQuery::new().coworker(ONE_OF_EACH)).await.unwrap().notifications.remove(0);
    for (faults, status) in [
        (r#"{"refuseWrites": 403}"#, 403),
        (r#"{"refuseWrites": 404}"#, 404),
        (r#"{"refuseWrites": 405}"#, 405),
        (r#"{"refuseWrites": 501}"#, 501),
    ] {
        world.faults(faults).await;
        for failure in [
            client.update(&Update::dismissed(&some, true)).await.unwrap_err().failure,
            client.delete(some.id).await.unwrap_err().failure,
        ] {
            assert_eq!(failure.status, Some(status));
            assert!(failure.is_write_refusal() && !failure.is_transient(), "{failure}");
        }
    }
    world.faults(r#"{"envelopeFailure": true}"#).await;
    let failed = client.update(&Update::dismissed(&some, true)).await.unwrap_err().failure;
    assert_eq!((failed.kind, failed.status), (FailureKind::Server, Some(200)));
    assert!(!failed.is_write_refusal() && failed.message.contains("could not be saved"), "{failed}");
    assert!(!client.get(some.id).await.unwrap().is_dismissed);
}

#[tokio::test]
async fn one_bad_record_costs_no_other() {
    let world = World::new();
    world.faults(r#"{"badRecord": true}"#).await;
    let page = world.admin().list(&ListQuery::new().coworker(ONE_OF_EACH)).await.unwrap();
    assert_eq!((page.notifications.len(), page.unreadable.len(), page.total), (14, 1, 15));
    assert_eq!(page.unreadable[0].index, 7);
}

#[tokio::test]
async fn a_smaller_page_than_asked_says_so() {
    let world = World::new();
    world.faults(r#"{"maxPageSize": 10}"#).await;
    let page = world.admin().list(&ListQuery::new().coworker(BUSY).size(100)).await.unwrap();
    assert_eq!((page.size, page.total_pages, page.has_next), (10, 6, true));
}
