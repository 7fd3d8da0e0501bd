//! The bell as a Yew component, used from Rust: its requests, its events, and what is left after its removal.

#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, unreachable_pub)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "bell/page.rs"]
mod page;
#[path = "bell/server.rs"]
mod server;
#[path = "bell/storage.rs"]
mod storage;

use std::{cell::Cell, cell::RefCell, rc::Rc};

use coworker_notifications::{
    BellEvent,
    effect::{Provider, TokenSource},
    error::{Failure, FailureKind},
    feed::{Notice, Status},
    model::NotificationId,
    view::Intent,
};
use page::{Page, new_coworker, tick, until};
use server::Server;
use storage::Refused;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn ready_is_emitted_once_the_first_list_is_on_screen() {
    let _server = Server::with(1..=3);
    let badge = Rc::new(RefCell::new(None));
    let seen = badge.clone();
    let page = Page::of(new_coworker(), fixed("secret"), move |event| {
        if matches!(event, BellEvent::Notice(Notice::Ready { count: 3 })) {
            let document = web_sys::window().unwrap().document().unwrap();
            let shown = document.query_selector("[part=badge]").unwrap();
            *seen.borrow_mut() = shown.and_then(|badge| badge.text_content());
        }
    });
    until("ready is announced", || badge.borrow().is_some()).await;
    assert_eq!(badge.borrow().as_deref(), Some("3"));
    assert_eq!(page.ids(), [3, 2, 1]);
    assert_eq!(page.handle.unread_count(), 3);
    assert_eq!(page.handle.status(), Status::Ready);
    let events = page.events();
    assert!(
        matches!(
            &events[..],
            [BellEvent::Notice(Notice::Change { count: 3 }), BellEvent::Notice(Notice::Ready { count: 3 })]
        ),
        "{events:?}"
    );
}

#[wasm_bindgen_test]
async fn requests_carry_the_token_in_the_header_alone() {
    let server = Server::with([1]);
    let page = loaded(Page::new()).await;
    let asked = server.asked();
    assert_eq!(asked.len(), 1, "{asked:?}");
    assert_eq!(asked[0].token, "secret");
    assert!(asked[0].url.starts_with("https://api.example/api/spaces/coworkernotifications?"));
    assert!(!asked[0].url.contains("secret"));
    drop(page);
}

#[wasm_bindgen_test]
async fn a_dismissal_is_written_at_once_when_the_bell_leaves_the_page() {
    let server = Server::with(1..=3);
    let mut page = loaded(Page::new()).await;
    page.dismiss(2);
    until("the badge says 2", || page.badge().as_deref() == Some("2")).await;
    assert_eq!(page.ids(), [3, 1]);
    assert!(server.writes().is_empty(), "the undo time runs");

    page.unmount();
    until("it is written", || !server.writes().is_empty()).await;
    let writes = server.writes();
    assert_eq!(writes.len(), 1, "{writes:?}");
    assert_eq!(writes[0].method, "PUT");
    assert!(!writes[0].keepalive, "the page lives on: the limit of what may outlive it does not hold");
    assert!(writes[0].body.contains(r#""Id":2"#) && writes[0].body.contains(r#""IsDismissed":true"#));
}

#[wasm_bindgen_test]
async fn what_was_restored_is_not_written() {
    let server = Server::with(1..=3);
    let mut page = loaded(Page::new()).await;
    page.dismiss(2);
    page.handle.restore(NotificationId(2));
    until("the badge says 3 again", || page.badge().as_deref() == Some("3")).await;
    page.unmount();
    tick().await;
    assert!(server.writes().is_empty());
}

#[wasm_bindgen_test]
async fn the_page_can_keep_what_is_about_to_be_dismissed() {
    let server = Server::with(1..=3);
    let page = Page::of(new_coworker(), fixed("secret"), |event| {
        if let BellEvent::Dismiss { veto, .. } = event {
            veto.prevent();
        }
    });
    let mut page = loaded(page).await;
    page.dismiss(2);
    let done = Rc::new(Cell::new(false));
    let resolved = done.clone();
    page.handle.dismiss_all(page.on_event.clone(), move || resolved.set(true));
    until("it is done", || done.get()).await;
    assert_eq!(page.ids(), [3, 2, 1]);
    page.unmount();
    tick().await;
    assert!(server.writes().is_empty());
}

#[wasm_bindgen_test]
async fn an_unknown_id_is_nothing_to_dismiss() {
    let _server = Server::with(1..=3);
    let page = loaded(Page::new()).await;
    let before = page.events().len();
    page.dismiss(99);
    page.handle.restore(NotificationId(99));
    tick().await;
    assert_eq!(page.events().len(), before);
    assert_eq!(page.ids(), [3, 2, 1]);
}

#[wasm_bindgen_test]
async fn a_refresh_is_done_when_its_answer_is_drawn() {
    let server = Server::with(1..=3);
    let page = Rc::new(loaded(Page::new()).await);
    server.add(4);
    let badge = Rc::new(RefCell::new(None));
    let (seen, shown) = (badge.clone(), page.clone());
    page.handle.refresh(move || *seen.borrow_mut() = shown.badge());
    until("it is done", || badge.borrow().is_some()).await;
    assert_eq!(badge.borrow().as_deref(), Some("4"));
    let arrived = page
        .events()
        .into_iter()
        .any(|event| matches!(event, BellEvent::Notice(Notice::Arrive(list)) if list.len() == 1 && list[0].id.0 == 4));
    assert!(arrived);
}

#[wasm_bindgen_test]
async fn a_refresh_that_fails_is_done_too_and_the_list_stays() {
    let server = Server::with(1..=3);
    let page = loaded(Page::new()).await;
    server.fails_with(500);
    let done = Rc::new(Cell::new(false));
    let resolved = done.clone();
    page.handle.refresh(move || resolved.set(true));
    until("it is done", || done.get()).await;
    assert_eq!(page.ids(), [3, 2, 1]);
    assert_eq!(page.handle.status(), Status::Error);
    assert_eq!(failures(&page)[0].status, Some(500));
}

#[wasm_bindgen_test]
async fn nobody_waits_in_vain_for_a_bell_that_has_gone() {
    let _server = Server::with(1..=3);
    let mut page = loaded(Page::new()).await;
    let done = Rc::new(Cell::new(0));
    for _ in 0..3 {
        let resolved = done.clone();
        page.handle.refresh(move || resolved.set(resolved.get() + 1));
    }
    page.unmount();
    until("all are resolved", || done.get() == 3).await;
    let resolved = done.clone();
    page.handle.load_more(move || resolved.set(resolved.get() + 1));
    page.dismiss(1);
    assert_eq!(done.get(), 4, "afterwards there is nothing to wait for");
    assert!(page.handle.snapshot().is_none());
}

#[wasm_bindgen_test]
async fn two_bells_share_one_feed() {
    let server = Server::with(1..=3);
    let coworker = new_coworker();
    let first = loaded(Page::of(coworker, fixed("secret"), |_| {})).await;
    let second = loaded(Page::of(coworker, fixed("secret"), |_| {})).await;
    assert_eq!(server.asked().len(), 1);
    second.dismiss(3);
    until("both say 2", || first.badge().as_deref() == Some("2") && second.badge().as_deref() == Some("2")).await;

    drop(second);
    tick().await;
    assert!(server.writes().is_empty(), "the other bell is still there to undo it");
    drop(first);
    until("it is written", || server.writes().len() == 1).await;
}

#[wasm_bindgen_test]
async fn a_provider_that_fails_is_an_error_and_nothing_is_sent() {
    let server = Server::with([1]);
    let provider = Provider::new(|| async { Err(Failure::new(FailureKind::Unauthorized, "Signed out.")) });
    let page = Page::of(new_coworker(), TokenSource::Provider(provider), |_| {});
    until("the failure is emitted", || !failures(&page).is_empty()).await;
    assert_eq!(failures(&page)[0].kind, FailureKind::Unauthorized);
    assert_eq!(page.handle.status(), Status::Unauthorized);
    assert!(server.asked().is_empty());
}

#[wasm_bindgen_test]
async fn a_refused_token_is_asked_for_once_more() {
    let server = Server::with(1..=3).takes("fresh");
    let times = Rc::new(Cell::new(0));
    let asked = times.clone();
    let provider = Provider::new(move || {
        asked.set(asked.get() + 1);
        let token = if asked.get() == 1 { "stale" } else { "fresh" };
        async move { Ok(token.to_owned()) }
    });
    let page = loaded(Page::of(new_coworker(), TokenSource::Provider(provider), |_| {})).await;
    let tokens: Vec<String> = server.asked().into_iter().map(|asked| asked.token).collect();
    assert_eq!(tokens, ["stale", "fresh"]);
    assert_eq!(times.get(), 2);
    assert!(failures(&page).is_empty());
}

#[wasm_bindgen_test]
async fn a_new_token_takes_over_where_the_feed_stands() {
    let server = Server::with(1..=3);
    let mut page = loaded(Page::new()).await;
    page.dismiss(2);
    page.change(|props| props.token = Some(fixed("another")));
    until("the new token is tried", || server.asked().len() == 2).await;
    assert_eq!(server.asked()[1].token, "another");
    assert_eq!(page.ids(), [3, 1], "the list stays, and so does what was dismissed");
    assert!(server.writes().is_empty(), "the undo time still runs");
    page.unmount();
    until("it is written", || server.writes().len() == 1).await;
    assert_eq!(server.writes()[0].token, "another");
    let ready = page.events().into_iter();
    assert_eq!(ready.filter(|event| matches!(event, BellEvent::Notice(Notice::Ready { .. }))).count(), 1);
}

#[wasm_bindgen_test]
async fn opening_and_closing_are_emitted_once_each() {
    let _server = Server::with(1..=3);
    let mut page = loaded(Page::new()).await;
    page.change(|props| props.open = true);
    until("it is open", || page.events().iter().any(|event| matches!(event, BellEvent::Open))).await;
    page.handle.ask(Intent::Open);
    page.handle.ask(Intent::Close { refocus: false });
    until("it is closed", || page.events().iter().any(|event| matches!(event, BellEvent::Close))).await;
    let events = page.events().into_iter();
    assert_eq!(events.filter(|event| matches!(event, BellEvent::Open | BellEvent::Close)).count(), 2);
}

#[wasm_bindgen_test]
async fn where_storage_is_refused_the_bell_works_all_the_same() {
    let _refused = Refused::new();
    let server = Server::with(1..=3);
    let mut page = loaded(Page::new()).await;
    page.dismiss(1);
    until("the badge says 2", || page.badge().as_deref() == Some("2")).await;
    page.unmount();
    until("it is written", || server.writes().len() == 1).await;
    assert!(failures(&page).is_empty());
}

fn fixed(token: &str) -> TokenSource {
    TokenSource::Fixed(token.into())
}

/// Waits for the page's first list.
async fn loaded(page: Page) -> Page {
    until("the first list is there", || {
        let ready = |event: &BellEvent| matches!(event, BellEvent::Notice(Notice::Ready { .. }));
        page.events().iter().any(ready)
    })
    .await;
    page
}

/// The failures that were emitted.
fn failures(page: &Page) -> Vec<Failure> {
    let failure = |event| match event {
        BellEvent::Notice(Notice::Error { failure, .. }) => Some(failure),
        _ => None,
    };
    page.events().into_iter().filter_map(failure).collect()
}
