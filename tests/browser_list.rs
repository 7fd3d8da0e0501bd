//! The list in a real browser: rows, keyboard, filters, and thousands of them.

#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, unreachable_pub)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "view/stage.rs"]
mod stage;

use std::collections::BTreeMap;

use coworker_notifications::{
    config::View,
    feed::Snapshot,
    model::{NotificationId, NotificationType},
    sorted::SortedMap,
    view::Intent,
};
use stage::{Stage, feed, frame, many, note};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

#[wasm_bindgen_test]
async fn each_type_has_an_icon_and_a_label_and_twins_look_alike() {
    let notes = (1..).zip(NotificationType::KNOWN).map(|(id, kind)| note(id, kind.as_str(), "", 0));
    let stage = Stage::new(feed(notes));
    frame().await;
    stage.open().await;
    let mut drawings = BTreeMap::new();
    for kind in NotificationType::KNOWN {
        let row = ["[part=item][data-type=\"", kind.as_str(), "\"] "].concat();
        let label = stage.text(&(row.clone() + "[part=label]"));
        let path = stage.attribute(&(row.clone() + "[part=icon] svg path"), "d");
        let tone = stage.attribute(&(row + "[part=icon]"), "data-tone");
        assert!(!label.is_empty() && !path.is_empty(), "{kind}");
        drawings.insert(kind.as_str(), (label, path, tone));
        stage.key("ArrowDown").await;
    }
    assert_eq!(drawings["identitycheck-fail"], drawings["identity-check-failed"]);
    assert_eq!(drawings["identitycheck-success"], drawings["identity-check-success"]);
    assert_eq!(drawings["identitycheck-fail"].2, "alert");
    assert_eq!(drawings["identitycheck-success"].2, "success");
}

#[wasm_bindgen_test]
async fn rows_are_articles_of_feeds_under_headings() {
    let day = 24 * 60;
    let stage = Stage::new(feed([
        note(4, "blog", "Now", 0),
        note(3, "blog", "Some days ago", 4 * day),
        note(2, "blog", "Long ago", 30 * day),
        note(1, "blog", "Longer ago", 31 * day),
    ]));
    frame().await;
    stage.open().await;
    let headings: Vec<_> = stage.all("[part=group]").iter().filter_map(|heading| heading.text_content()).collect();
    assert_eq!(headings, ["Today", "This week", "Earlier"]);
    let feeds = stage.all("[role=feed]");
    let named =
        feeds.iter().map(|feed| stage.text(&("#".to_owned() + &feed.get_attribute("aria-labelledby").unwrap())));
    assert_eq!(named.collect::<Vec<_>>(), headings);
    let places: Vec<_> = stage
        .all("[role=feed] > [role=article][part=item]")
        .iter()
        .map(|row| (row.get_attribute("aria-posinset").unwrap(), row.get_attribute("aria-setsize").unwrap()))
        .collect();
    assert_eq!(places, ["1", "2", "3", "4"].map(|place| (place.to_owned(), "4".to_owned())));
    let label = stage.attribute("[data-id=\"4\"]", "aria-labelledby");
    assert_eq!(stage.text(&("#".to_owned() + &label)), "Blog post");
    assert_eq!(stage.text("[data-id=\"4\"] [part=time]"), "just now");
    assert!(stage.attribute("[data-id=\"4\"] time", "datetime").ends_with('Z'));
    assert!(!stage.attribute("[data-id=\"4\"] time", "title").is_empty());
}

#[wasm_bindgen_test]
async fn the_keyboard_goes_through_the_rows_and_acts_on_them() {
    let stage = Stage::new(feed(many(5)));
    frame().await;
    stage.open().await;
    let mut places = Vec::new();
    for key in ["ArrowDown", "ArrowDown", "ArrowUp", "End", "ArrowDown", "Home", "ArrowUp"] {
        stage.key(key).await;
        places.push(stage.focused_row().unwrap());
    }
    assert_eq!(places, [4, 3, 4, 1, 1, 5, 5]);
    assert_eq!(stage.all("[part=item][tabindex=\"0\"]").len(), 1, "Tab stops once in the list");

    stage.key("Enter").await;
    stage.key("ArrowDown").await;
    stage.key("Delete").await;
    stage.key("Backspace").await;
    let id = NotificationId;
    assert_eq!(stage.asked()[1..], [Intent::Select(id(5)), Intent::Dismiss(id(4)), Intent::Dismiss(id(4))]);
}

#[wasm_bindgen_test]
async fn when_a_row_leaves_focus_goes_to_its_neighbour() {
    let stage = Stage::new(feed(many(4)));
    frame().await;
    stage.open().await;
    stage.key("ArrowDown").await;
    stage.until_focused(3).await;
    let without = |gone: &[i64]| feed(many(4).into_iter().filter(|note| !gone.contains(&note.id.0)));
    stage.show(without(&[3])).await;
    stage.until_focused(2).await;
    stage.key("End").await;
    stage.until_focused(1).await;
    // The last row leaves: the one above.
    stage.show(without(&[3, 1])).await;
    stage.until_focused(2).await;
    stage.show(feed([])).await;
    let has_panel = |stage: &Stage| stage.root().active_element() == stage.find("[part=panel]");
    stage.until("no row is left, and the panel has focus", has_panel).await;
}

#[wasm_bindgen_test]
async fn the_dismiss_button_names_its_row_and_asks_for_nothing_else() {
    let stage = Stage::new(feed([note(9, "coworkerinvoice", "INV-7", 0)]));
    frame().await;
    stage.open().await;
    assert_eq!(stage.attribute("[part=dismiss]", "aria-label"), "Dismiss: Invoice");
    stage.click("[part=dismiss]");
    frame().await;
    assert_eq!(stage.asked(), [Intent::Open, Intent::Dismiss(NotificationId(9))]);
    stage.click("[part=item]");
    frame().await;
    assert_eq!(stage.asked().last(), Some(&Intent::Select(NotificationId(9))));
}

#[wasm_bindgen_test]
async fn of_ten_thousand_rows_few_are_in_the_dom() {
    let stage = Stage::new(feed(many(10_000)));
    frame().await;
    stage.open().await;
    assert!(stage.all("[part=item]").len() < 60);
    stage.find(".scroller").unwrap().set_scroll_top(300_000);
    let place = |stage: &Stage| stage.attribute("[part=item]:nth-of-type(3)", "aria-posinset").parse().unwrap_or(0);
    stage.until("rows from the middle are drawn", |stage| place(stage) > 1_000).await;
    assert!(stage.all("[part=item]").len() < 60);
    assert_eq!(stage.attribute("[part=item]", "aria-setsize"), "10000");
    assert_eq!(stage.focused_row(), Some(10_000), "scrolling takes focus from no row");
}

#[wasm_bindgen_test]
async fn what_is_read_stays_in_place_when_rows_arrive_above() {
    let stage = Stage::new(feed(many(200)));
    frame().await;
    stage.open().await;
    stage.find(".scroller").unwrap().set_scroll_top(4_000);
    frame().await;
    frame().await;
    let top = |stage: &Stage, row: &str| {
        let row = ["[data-id=\"", row, "\"]"].concat();
        stage.find(&row).map(|row| row.get_bounding_client_rect().top())
    };
    let edge = stage.find(".scroller").unwrap().get_bounding_client_rect().top();
    let rows = stage.all("[part=item]");
    let read = rows.iter().find(|row| row.get_bounding_client_rect().top() > edge).unwrap();
    let (read, before) = (read.get_attribute("data-id").unwrap(), read.get_bounding_client_rect().top());
    stage.show(feed(many(203))).await;
    let after = top(&stage, &read).expect("the row is still drawn");
    assert!((after - before).abs() < 2.0, "{before} {after}");
}

#[wasm_bindgen_test]
async fn scrolling_near_the_end_asks_for_the_next_page_once() {
    let more = |rows| Snapshot { has_more: true, count: Some(500), ..feed(many(rows)) };
    let stage = Stage::new(more(40));
    frame().await;
    stage.open().await;
    assert_eq!(stage.asked(), [Intent::Open], "one page at first");
    let scroller = stage.find(".scroller").unwrap();
    for _ in 0..3 {
        scroller.set_scroll_top(scroller.scroll_height());
        frame().await;
        frame().await;
    }
    assert_eq!(stage.asked(), [Intent::Open, Intent::LoadMore]);
    stage.click("[part=more]");
    frame().await;
    assert_eq!(stage.asked().len(), 3);
}

#[wasm_bindgen_test]
async fn filters_are_radio_buttons_for_the_kinds_that_are_there() {
    let stage = Stage::new(feed([note(3, "blog", "", 0), note(2, "survey", "", 1), note(1, "blog", "", 2)]));
    frame().await;
    stage.open().await;
    let chips = || stage.all("[part=filters][role=radiogroup] > [part=filter][role=radio]");
    let words: Vec<_> = chips().iter().filter_map(|chip| chip.text_content()).collect();
    assert_eq!(words, ["All 3", "Blog post 2", "Survey 1"]);

    use web_sys::wasm_bindgen::JsCast;
    stage.find("[part=filter]").unwrap().unchecked_into::<web_sys::HtmlElement>().focus().unwrap();
    stage.key("ArrowRight").await;
    assert_eq!(stage.attribute("[part=filter][aria-checked=true]", "tabindex"), "0");
    assert_eq!(stage.root().active_element(), chips().get(1).cloned());
    assert_eq!(stage.all("[part=item]").len(), 2);
    stage.key("ArrowRight").await;
    assert_eq!(stage.attribute("[part=item]", "data-type"), "survey");
    stage.key("ArrowRight").await;
    assert_eq!(stage.all("[part=item]").len(), 3, "around the end to all");

    stage.show(feed([note(3, "blog", "", 0)])).await;
    assert!(stage.find("[part=filters]").is_none(), "one kind leaves nothing to choose");
}

#[wasm_bindgen_test]
async fn messages_are_text_whatever_they_hold() {
    let html = "<img src=x onerror=alert(1)> & <b>bold</b>";
    let stage = Stage::new(feed([note(2, "blog", html, 0), note(1, "no-such-type", "  ", 1)]));
    frame().await;
    stage.open().await;
    assert_eq!(stage.text("[data-id=\"2\"] [part=message]"), html);
    assert!(stage.find("[part=message] *").is_none());
    assert_eq!(stage.attribute("[part=message]", "dir"), "auto");
    assert!(stage.find("[data-id=\"1\"] [part=message]").is_none(), "no message: the label says it");
    assert_eq!(stage.text("[data-id=\"1\"] [part=label]"), "Notification");
    assert!(!stage.attribute("[data-id=\"1\"] svg path", "d").is_empty());
}

#[wasm_bindgen_test]
async fn a_long_message_is_cut_until_the_rest_is_asked_for() {
    let long = "word ".repeat(40_000);
    let stage = Stage::new(feed([note(1, "blog", &long, 0)]));
    frame().await;
    stage.open().await;
    assert!(stage.text("[part=message]").len() < 600);
    let button = ".body button[aria-expanded]";
    assert_eq!(
        (stage.text(button).as_str(), stage.attribute(button, "aria-expanded").as_str()),
        ("Show more", "false")
    );
    stage.click(button);
    stage.until("all is there", |stage| stage.text("[part=message]").len() == long.trim().len()).await;
    assert_eq!(stage.text(button), "Show less");
    assert_eq!(stage.asked(), [Intent::Open], "reading on selects nothing");
}

#[wasm_bindgen_test]
async fn the_dismissed_view_lists_what_can_be_brought_back() {
    let dismissed = |ids: &[i64], snoozed: &[(i64, i64)]| {
        let mut snapshot = Snapshot { view: View::Dismissed, ..feed(many(2)) };
        snapshot.dismissed.loaded = true;
        snapshot.dismissed.notifications = feed(ids.iter().map(|id| note(*id, "coworkerinvoice", "", 0))).notifications;
        let mut until = SortedMap::new();
        for (id, time) in snoozed {
            until.insert(NotificationId(*id), *time);
        }
        snapshot.dismissed.snoozed = until.into();
        snapshot
    };
    let stage = Stage::new(feed(many(2)));
    frame().await;
    stage.open().await;
    let pressed = |stage: &Stage| stage.all("[part=views] [part=view][aria-pressed=true]");
    let words = |stage: &Stage| pressed(stage).first().and_then(|view| view.text_content()).unwrap_or_default();
    assert_eq!(words(&stage).trim(), "Inbox");
    stage.click("[part=view][aria-pressed=false]");
    frame().await;
    assert_eq!(stage.asked().last(), Some(&Intent::View(View::Dismissed)));

    let noon = js_sys::Date::now() as i64 + 86_400_000;
    stage.show(dismissed(&[8, 7], &[(7, noon)])).await;
    assert_eq!(words(&stage).trim(), "Dismissed");
    assert_eq!(stage.all("[part=item]").len(), 2);
    assert!(stage.find("[part=dismiss], [part=dismiss-all]").is_none(), "there is nothing to dismiss");
    assert_eq!(stage.text("[data-id=\"8\"] [part=restore]"), "Bring back");
    assert_eq!(stage.text("[data-id=\"7\"] [part=restore]"), "Wake now");
    assert!(stage.text("[data-id=\"7\"] .until").starts_with("Snoozed until "));
    stage.click("[data-id=\"8\"] [part=restore]");
    frame().await;
    assert_eq!(stage.asked().last(), Some(&Intent::Restore(NotificationId(8))));
    stage.show(dismissed(&[], &[])).await;
    assert_eq!(stage.text("[part=empty] .headline"), "Nothing dismissed");

    stage.show(feed(many(2))).await;
    assert_eq!(stage.all("[part=dismiss]").len(), 2);
}
