//! Bell, panel and their states in a real browser: names, roles, focus, words.

#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, unreachable_pub)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "view/stage.rs"]
mod stage;

use std::rc::Rc;

use coworker_notifications::{
    config::Attributes,
    error::{Failure, FailureKind},
    feed::{Act, Problem, Progress, Snapshot, Status, UndoBatch, Waiting},
    model::NotificationId,
    view::{Intent, text::Text},
};
use stage::{Stage, document, feed, frame, many};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{PointerEvent, PointerEventInit};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn the_bell_is_a_button_that_says_the_count_in_words() {
    let stage = Stage::new(feed(many(3)));
    frame().await;
    assert_eq!(stage.text("[part=badge]"), "3");
    assert_eq!(stage.attribute("[part=badge]", "aria-hidden"), "true");
    assert_eq!(stage.attribute("[part=bell]", "aria-label"), "Notifications, 3 unread");
    assert_eq!(stage.attribute("[part=bell]", "aria-expanded"), "false");

    stage.show(Snapshot { count: Some(1_200), ..feed(many(3)) }).await;
    assert_eq!(stage.text("[part=badge]"), "99+");
    assert_eq!(stage.attribute("[part=bell]", "aria-label"), "Notifications, 1,200 unread, 99+");

    stage.show(feed([])).await;
    assert!(stage.find("[part=badge]").is_none());
    assert_eq!(stage.attribute("[part=bell]", "aria-label"), "Notifications");
}

#[wasm_bindgen_test]
async fn opening_moves_focus_into_the_panel_and_escape_gives_it_back() {
    let stage = Stage::new(feed(many(3)));
    frame().await;
    stage.open().await;
    assert_eq!(stage.attribute("[part=panel]", "role"), "dialog");
    assert_eq!(stage.attribute("[part=bell]", "aria-expanded"), "true");
    let name = stage.attribute("[part=panel]", "aria-labelledby");
    assert_eq!(stage.text(&["#", &name].concat()), "Notifications");
    assert_eq!(stage.focused_row(), Some(3));

    stage.key("Escape").await;
    assert_eq!(stage.asked(), [Intent::Open, Intent::Close { refocus: true }]);
    assert_eq!(stage.root().active_element(), stage.find("[part=bell]"));
    stage.until("the panel is gone", |stage| stage.find("[part=panel]").is_none()).await;
}

#[wasm_bindgen_test]
async fn an_empty_panel_takes_focus_itself() {
    let stage = Stage::new(feed([]));
    frame().await;
    stage.open().await;
    assert_eq!(stage.root().active_element(), stage.find("[part=panel]"));
    assert_eq!(stage.text("[part=empty]"), "You’re all caught upNew notifications will show up here.");
    assert!(stage.find("[part=dismiss-all]").is_none());
}

#[wasm_bindgen_test]
async fn where_nothing_can_be_read_nobody_is_caught_up() {
    let stage = Stage::new(Snapshot { count: Some(3), ..feed([]) });
    frame().await;
    stage.open().await;
    assert_eq!((stage.text("[part=badge]"), stage.find("[part=empty]")), ("3".to_owned(), None));
    assert_eq!(stage.text("[part=error] p"), "The server’s answer can’t be read.");
    assert_eq!(stage.attribute("[part=error]", "data-kind"), "decode");
    assert!(stage.find("[part=dismiss-all]").is_none());
    stage.click("[part=retry]");
    frame().await;
    assert_eq!(stage.asked(), [Intent::Open, Intent::Retry]);

    // All of what is loaded is dismissed, and more is on its way.
    stage.show(Snapshot { count: Some(3), has_more: true, ..feed([]) }).await;
    assert!(stage.find("[part=error]").is_none());
}

#[wasm_bindgen_test]
async fn dismissing_all_asks_above_ten() {
    let stage = Stage::new(feed(many(11)));
    frame().await;
    stage.open().await;
    stage.click("[part=dismiss-all]");
    stage.until("it asks", |stage| stage.find("[part=confirm]").is_some()).await;
    frame().await;
    assert_eq!(stage.text("[part=confirm] span"), "Dismiss all 11 notifications?");
    assert_eq!(stage.root().active_element().unwrap().text_content().unwrap(), "Keep");
    stage.key("Escape").await;
    assert!(stage.find("[part=confirm]").is_none(), "Escape keeps them and leaves the panel open");
    assert_eq!(stage.asked(), [Intent::Open]);
    stage.click("[part=dismiss-all]");
    stage.until("it asks again", |stage| stage.find("[part=confirm]").is_some()).await;
    stage.click("[part=confirm] .strong");
    frame().await;
    assert_eq!(stage.asked(), [Intent::Open, Intent::DismissAll]);

    let few = Stage::new(feed(many(10)));
    frame().await;
    few.open().await;
    few.click("[part=dismiss-all]");
    frame().await;
    assert_eq!(few.asked(), [Intent::Open, Intent::DismissAll]);
}

#[wasm_bindgen_test]
async fn dismissals_can_be_undone_and_are_told() {
    let stage = Stage::new(feed(many(3)));
    frame().await;
    stage.open().await;
    assert_eq!(stage.attribute("[part=live]", "role"), "status");
    assert_eq!(stage.text("[part=live]"), "");
    let batch = |batch, count| UndoBatch { batch, act: Act::Dismissed, count, until: js_sys::Date::now() + 6_000.0 };
    let undo = |batches: Vec<UndoBatch>, left: i64| Snapshot { undo: batches.into(), ..feed(many(left)) };
    stage.show(undo(vec![batch(1, 1)], 2)).await;
    assert_eq!(stage.text("[part=live]"), "Notification dismissed. Undo is available.");
    assert_eq!(stage.text("[part=undo] span"), "Notification dismissed");
    stage.click("[part=undo] button");
    frame().await;
    assert_eq!(stage.asked(), [Intent::Open, Intent::Undo(1)], "asked once, by button and bar together");
    stage.show(feed(many(3))).await;
    assert_eq!(stage.text("[part=live]"), "Restored.");
    assert!(stage.find("[part=undo]").is_none());

    let five = (1..=5).map(|number| batch(number, 1)).collect();
    stage.show(undo(five, 3)).await;
    assert_eq!(stage.all("[part=undo]").len(), 3, "more would cover the list");
}

#[wasm_bindgen_test]
async fn arrivals_are_told_and_marked_as_new() {
    let all = many(4);
    let stage = Stage::new(feed(all[2..].to_vec()));
    frame().await;
    let arrived = all[..2].iter().map(|notification| notification.id).collect();
    stage.show(Snapshot { arrived, ..feed(all) }).await;
    assert_eq!(stage.text("[part=live]"), "2 new notifications");
    stage.open().await;
    let new: Vec<_> = stage.all(".new").iter().filter_map(|row| row.get_attribute("data-id")).collect();
    assert_eq!(new, ["4", "3"]);
    let label = stage.attribute("[data-id=\"4\"]", "aria-labelledby");
    assert_eq!(label, "cn-n4 cn-l4", "a screen reader reads it, too");
    stage.key("Escape").await;
    stage.until("the panel is gone", |stage| stage.find("[part=panel]").is_none()).await;
    stage.open().await;
    assert!(stage.find(".new").is_none(), "seen once, new no more");
}

#[wasm_bindgen_test]
async fn each_state_says_what_it_is() {
    let problem = |failure| Some(Problem { failure, retry_at: None });
    let failed = |status, failure| Snapshot { loaded: false, status, problem: problem(failure), ..feed([]) };
    let stage = Stage::new(Snapshot { loaded: false, status: Status::Loading, count: None, ..feed([]) });
    frame().await;
    stage.open().await;
    assert_eq!(stage.text(".skeleton .hidden"), "Loading notifications…");

    stage.show(Snapshot { loaded: false, waiting: Some(Waiting::Token), ..feed([]) }).await;
    assert_eq!(stage.text("[part=waiting]"), "Waiting for you to be signed in.");
    assert!(stage.find("[part=error], .skeleton").is_none());

    stage.show(failed(Status::Unauthorized, Failure::new(FailureKind::Unauthorized, "").with_status(401))).await;
    assert!(stage.text("[part=error]").starts_with("Your session has ended."));
    stage.click("[part=retry]");
    frame().await;
    assert_eq!(stage.asked(), [Intent::Open, Intent::Retry]);

    stage.show(failed(Status::Error, Failure::new(FailureKind::Config, "api-base is wrong"))).await;
    assert!(stage.text("[part=error] small").contains("api-base is wrong"));

    let throttled =
        Problem { failure: Failure::new(FailureKind::Throttled, ""), retry_at: Some(js_sys::Date::now() + 30_000.0) };
    stage.show(Snapshot { problem: Some(throttled), ..feed(many(2)) }).await;
    assert!(stage.text("[part=error] p").contains("Trying again in 30 seconds."), "{}", stage.text("[part=error] p"));
    assert_eq!(stage.all("[part=item]").len(), 2, "what is loaded stays");

    let offline =
        Snapshot { status: Status::Offline, last_pull: Some(js_sys::Date::now() - 300_000.0), ..feed(many(2)) };
    stage.show(offline).await;
    assert_eq!(stage.text("[part=error] p"), "You’re offline. Last updated 5 minutes ago.");

    stage.show(Snapshot { progress: Some(Progress { done: 12, total: 41 }), ..feed(many(2)) }).await;
    assert_eq!(stage.text("[part=progress] label"), "Dismissing: 12 of 41");

    let failure = Failure::new(FailureKind::Server, "").with_status(500);
    stage
        .show(Snapshot { failed: Rc::new([(NotificationId(2), failure)].into_iter().collect()), ..feed(many(2)) })
        .await;
    assert!(stage.text("[data-id=\"2\"] .failed").starts_with("Couldn’t be dismissed. The server has a problem."));
    stage.click(".failed button");
    frame().await;
    assert_eq!(stage.asked().last(), Some(&Intent::RetryWrite(NotificationId(2))));
}

#[wasm_bindgen_test]
async fn a_press_beside_the_panel_closes_it_and_nothing_listens_afterwards() {
    let mut stage = Stage::new(feed(many(2)));
    frame().await;
    stage.open().await;
    let press = |target: &web_sys::EventTarget| {
        let init = PointerEventInit::new();
        init.set_bubbles(true);
        init.set_composed(true);
        target.dispatch_event(&PointerEvent::new_with_event_init_dict("pointerdown", &init).unwrap()).unwrap();
    };
    press(&stage.find("[part=title]").unwrap());
    frame().await;
    assert_eq!(stage.asked(), [Intent::Open], "a press inside is none beside");
    press(&document().body().unwrap());
    frame().await;
    assert_eq!(stage.asked(), [Intent::Open, Intent::Close { refocus: false }]);
    press(&document().body().unwrap());
    frame().await;
    assert_eq!(stage.asked().len(), 2, "closed: nothing listens");

    stage.open().await;
    stage.unmount();
    press(&document().body().unwrap());
    frame().await;
    assert_eq!(stage.asked().len(), 3, "gone: nothing listens");
}

#[wasm_bindgen_test]
async fn the_inline_variant_is_a_region_without_a_bell() {
    let attributes = Attributes { variant: Some("inline".to_owned()), ..Attributes::default() };
    let stage = Stage::with(feed(many(300)), &attributes, Text::english());
    stage.until("rows are drawn", |stage| stage.find("[part=item]").is_some()).await;
    frame().await;
    assert!(stage.find("[part=bell], [popover]").is_none());
    assert_eq!(stage.attribute("[part=panel]", "role"), "region");
    assert!(stage.all("[part=item]").len() < 60, "the page scrolls, and still few rows are drawn");
    assert!(stage.root().active_element().is_none(), "it takes focus from nobody");
    web_sys::window().unwrap().scroll_by_with_x_and_y(0.0, 6_000.0);
    let first = |stage: &Stage| stage.attribute("[part=item]:nth-of-type(2)", "aria-posinset").parse().unwrap_or(0);
    stage.until("the rows further down are drawn", |stage| first(stage) > 20).await;
    web_sys::window().unwrap().scroll_to_with_x_and_y(0.0, 0.0);
}

#[wasm_bindgen_test]
async fn other_languages_bring_their_direction_plurals_and_times() {
    let arabic = Text::parse(include_str!("../static/locales/ar.json"), "ar").unwrap();
    let stage = Stage::with(feed(many(3)), &Attributes::default(), arabic);
    frame().await;
    stage.open().await;
    assert_eq!(stage.attribute("[part=panel]", "dir"), "rtl");
    assert_eq!(stage.attribute("[part=panel]", "lang"), "ar");
    assert!(stage.attribute("[part=bell]", "aria-label").contains("إشعارات غير مقروءة"), "three are few");

    let polish = Text::parse(include_str!("../static/locales/pl.json"), "pl").unwrap();
    let count = |count| polish.count(coworker_notifications::view::text::Key::LiveArrived, count).to_string();
    assert_eq!(
        [1, 2, 5, 22].map(count),
        ["1 nowe powiadomienie", "2 nowe powiadomienia", "5 nowych powiadomień", "22 nowe powiadomienia"]
    );

    let odd = Text::english().with_locale("not a locale!");
    // With or without a separator, as the engine writes numbers by default.
    assert_eq!(odd.number(1_000).replace(',', ""), "1000", "a malformed tag harms nobody");
}

#[wasm_bindgen_test]
async fn only_the_panels_place_is_styled_from_the_program() {
    let stage = Stage::new(feed(many(300)));
    frame().await;
    stage.open().await;
    let styled = stage.all("[style]:not([part=panel])");
    assert!(styled.is_empty(), "{:?}", styled.first().map(|element| element.outer_html()));
}
