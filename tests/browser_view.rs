//! What is seen and how it answers to keyboard, pointer and assistive technology, in a real browser.

#![cfg(target_arch = "wasm32")]
#![allow(missing_docs, unreachable_pub)]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "view/stage.rs"]
mod stage;

use std::{collections::BTreeMap, rc::Rc};

use coworker_notifications::{
    config::Attributes,
    error::{Failure, FailureKind},
    feed::{Problem, Progress, Snapshot, Status, UndoBatch, Waiting},
    model::{NotificationId, NotificationType},
    view::{Intent, text::Text},
};
use stage::{Stage, document, feed, frame, many, note};
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

    stage
        .show(Snapshot {
            count: Some(1_200),
            ..feed(many(3))
        })
        .await;
    assert_eq!(stage.text("[part=badge]"), "99+");
    assert_eq!(
        stage.attribute("[part=bell]", "aria-label"),
        "Notifications, 1,200 unread, 99+"
    );

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
    stage
        .until("the panel is gone", |stage| stage.find("[part=panel]").is_none())
        .await;
}

#[wasm_bindgen_test]
async fn an_empty_panel_takes_focus_itself() {
    let stage = Stage::new(feed([]));
    frame().await;
    stage.open().await;
    assert_eq!(stage.root().active_element(), stage.find("[part=panel]"));
    assert_eq!(
        stage.text("[part=empty]"),
        "You’re all caught upNew notifications will show up here."
    );
    assert!(stage.find("[part=dismiss-all]").is_none());
}

#[wasm_bindgen_test]
async fn each_type_has_an_icon_and_a_label_and_twins_look_alike() {
    let notes = (1..)
        .zip(NotificationType::KNOWN)
        .map(|(id, kind)| note(id, kind.as_str(), "", 0));
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
    let headings: Vec<_> = stage
        .all("[part=group]")
        .iter()
        .filter_map(|heading| heading.text_content())
        .collect();
    assert_eq!(headings, ["Today", "This week", "Earlier"]);
    let feeds = stage.all("[role=feed]");
    let named = feeds
        .iter()
        .map(|feed| stage.text(&("#".to_owned() + &feed.get_attribute("aria-labelledby").unwrap())));
    assert_eq!(named.collect::<Vec<_>>(), headings);
    let places: Vec<_> = stage
        .all("[role=feed] > [role=article][part=item]")
        .iter()
        .map(|row| {
            (
                row.get_attribute("aria-posinset").unwrap(),
                row.get_attribute("aria-setsize").unwrap(),
            )
        })
        .collect();
    assert_eq!(
        places,
        ["1", "2", "3", "4"].map(|place| (place.to_owned(), "4".to_owned()))
    );
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
    for key in [
        "ArrowDown",
        "ArrowDown",
        "ArrowUp",
        "End",
        "ArrowDown",
        "Home",
        "ArrowUp",
    ] {
        stage.key(key).await;
        places.push(stage.focused_row().unwrap());
    }
    assert_eq!(places, [4, 3, 4, 1, 1, 5, 5]);
    assert_eq!(
        stage.all("[part=item][tabindex=\"0\"]").len(),
        1,
        "Tab stops once in the list"
    );

    stage.key("Enter").await;
    stage.key("ArrowDown").await;
    stage.key("Delete").await;
    stage.key("Backspace").await;
    let id = NotificationId;
    assert_eq!(
        stage.asked()[1..],
        [Intent::Select(id(5)), Intent::Dismiss(id(4)), Intent::Dismiss(id(4))]
    );
}

#[wasm_bindgen_test]
async fn when_a_row_leaves_focus_goes_to_its_neighbour() {
    let stage = Stage::new(feed(many(4)));
    frame().await;
    stage.open().await;
    stage.key("ArrowDown").await;
    assert_eq!(stage.focused_row(), Some(3));
    let without = |gone: &[i64]| feed(many(4).into_iter().filter(|note| !gone.contains(&note.id.0)));
    stage.show(without(&[3])).await;
    assert_eq!(stage.focused_row(), Some(2));
    stage.key("End").await;
    stage.show(without(&[3, 1])).await;
    assert_eq!(stage.focused_row(), Some(2), "the last row left: the one above");
    stage.show(feed([])).await;
    assert_eq!(
        stage.root().active_element(),
        stage.find("[part=panel]"),
        "no row is left"
    );
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
    let place = |stage: &Stage| {
        stage
            .attribute("[part=item]:nth-of-type(3)", "aria-posinset")
            .parse()
            .unwrap_or(0)
    };
    stage
        .until("rows from the middle are drawn", |stage| place(stage) > 1_000)
        .await;
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
    let read = rows
        .iter()
        .find(|row| row.get_bounding_client_rect().top() > edge)
        .unwrap();
    let (read, before) = (
        read.get_attribute("data-id").unwrap(),
        read.get_bounding_client_rect().top(),
    );
    stage.show(feed(many(203))).await;
    let after = top(&stage, &read).expect("the row is still drawn");
    assert!((after - before).abs() < 2.0, "{before} {after}");
}

#[wasm_bindgen_test]
async fn scrolling_near_the_end_asks_for_the_next_page_once() {
    let more = |rows| Snapshot {
        has_more: true,
        count: Some(500),
        ..feed(many(rows))
    };
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
    let stage = Stage::new(feed([
        note(3, "blog", "", 0),
        note(2, "survey", "", 1),
        note(1, "blog", "", 2),
    ]));
    frame().await;
    stage.open().await;
    let chips = || stage.all("[part=filters][role=radiogroup] > [part=filter][role=radio]");
    let words: Vec<_> = chips().iter().filter_map(|chip| chip.text_content()).collect();
    assert_eq!(words, ["All3", "Blog post2", "Survey1"]);

    use web_sys::wasm_bindgen::JsCast;
    stage
        .find("[part=filter]")
        .unwrap()
        .unchecked_into::<web_sys::HtmlElement>()
        .focus()
        .unwrap();
    stage.key("ArrowRight").await;
    assert_eq!(stage.attribute("[part=filter][aria-checked=true]", "tabindex"), "0");
    assert_eq!(stage.root().active_element(), chips().get(1).cloned());
    assert_eq!(stage.all("[part=item]").len(), 2);
    stage.key("ArrowRight").await;
    assert_eq!(stage.attribute("[part=item]", "data-type"), "survey");
    stage.key("ArrowRight").await;
    assert_eq!(stage.all("[part=item]").len(), 3, "around the end to all");

    stage.show(feed([note(3, "blog", "", 0)])).await;
    assert!(
        stage.find("[part=filters]").is_none(),
        "one kind leaves nothing to choose"
    );
}

#[wasm_bindgen_test]
async fn dismissing_all_asks_above_ten() {
    let stage = Stage::new(feed(many(11)));
    frame().await;
    stage.open().await;
    stage.click("[part=dismiss-all]");
    stage
        .until("it asks", |stage| stage.find("[part=confirm]").is_some())
        .await;
    frame().await;
    assert_eq!(stage.text("[part=confirm] span"), "Dismiss all 11 notifications?");
    assert_eq!(stage.root().active_element().unwrap().text_content().unwrap(), "Keep");
    stage.key("Escape").await;
    assert!(
        stage.find("[part=confirm]").is_none(),
        "Escape keeps them and leaves the panel open"
    );
    assert_eq!(stage.asked(), [Intent::Open]);
    stage.click("[part=dismiss-all]");
    stage
        .until("it asks again", |stage| stage.find("[part=confirm]").is_some())
        .await;
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
    let batch = |batch, count| UndoBatch {
        batch,
        count,
        until: js_sys::Date::now() + 6_000.0,
    };
    let undo = |batches: Vec<UndoBatch>, left: i64| Snapshot {
        undo: batches.into(),
        ..feed(many(left))
    };
    stage.show(undo(vec![batch(1, 1)], 2)).await;
    assert_eq!(stage.text("[part=live]"), "Notification dismissed. Undo is available.");
    assert_eq!(stage.text("[part=undo] span"), "Notification dismissed");
    stage.click("[part=undo] button");
    frame().await;
    assert_eq!(
        stage.asked(),
        [Intent::Open, Intent::Undo(1)],
        "asked once, by button and bar together"
    );
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
    stage.show(feed(all)).await;
    assert_eq!(stage.text("[part=live]"), "2 new notifications");
    stage.open().await;
    let new: Vec<_> = stage
        .all(".new")
        .iter()
        .filter_map(|row| row.get_attribute("data-id"))
        .collect();
    assert_eq!(new, ["4", "3"]);
    let label = stage.attribute("[data-id=\"4\"]", "aria-labelledby");
    assert_eq!(label, "cn-n4 cn-l4", "a screen reader is told, too");
    stage.key("Escape").await;
    stage
        .until("the panel is gone", |stage| stage.find("[part=panel]").is_none())
        .await;
    stage.open().await;
    assert!(stage.find(".new").is_none(), "seen once, new no more");
}

#[wasm_bindgen_test]
async fn each_state_says_what_it_is() {
    let problem = |failure| {
        Some(Problem {
            failure,
            retry_at: None,
        })
    };
    let failed = |status, failure| Snapshot {
        loaded: false,
        status,
        problem: problem(failure),
        ..feed([])
    };
    let stage = Stage::new(Snapshot {
        loaded: false,
        status: Status::Loading,
        count: None,
        ..feed([])
    });
    frame().await;
    stage.open().await;
    assert_eq!(stage.text(".skeleton .hidden"), "Loading notifications…");

    stage
        .show(Snapshot {
            loaded: false,
            waiting: Some(Waiting::Token),
            ..feed([])
        })
        .await;
    assert_eq!(stage.text("[part=waiting]"), "Waiting for you to be signed in.");
    assert!(stage.find("[part=error], .skeleton").is_none());

    stage
        .show(failed(
            Status::Unauthorized,
            Failure::new(FailureKind::Unauthorized, "").with_status(401),
        ))
        .await;
    assert!(stage.text("[part=error]").starts_with("Your session has ended."));
    stage.click("[part=retry]");
    frame().await;
    assert_eq!(stage.asked(), [Intent::Open, Intent::Retry]);

    stage
        .show(failed(
            Status::Error,
            Failure::new(FailureKind::Config, "api-base is wrong"),
        ))
        .await;
    assert!(stage.text("[part=error] small").contains("api-base is wrong"));

    let throttled = Problem {
        failure: Failure::new(FailureKind::Throttled, ""),
        retry_at: Some(js_sys::Date::now() + 30_000.0),
    };
    stage
        .show(Snapshot {
            problem: Some(throttled),
            ..feed(many(2))
        })
        .await;
    assert!(
        stage.text("[part=error] p").contains("Trying again in 30 seconds."),
        "{}",
        stage.text("[part=error] p")
    );
    assert_eq!(stage.all("[part=item]").len(), 2, "what is loaded stays");

    let offline = Snapshot {
        status: Status::Offline,
        last_look: Some(js_sys::Date::now() - 300_000.0),
        ..feed(many(2))
    };
    stage.show(offline).await;
    assert_eq!(
        stage.text("[part=error] p"),
        "You’re offline. Last updated 5 minutes ago."
    );

    stage
        .show(Snapshot {
            progress: Some(Progress { done: 12, total: 41 }),
            ..feed(many(2))
        })
        .await;
    assert_eq!(stage.text("[part=progress] label"), "Dismissing: 12 of 41");

    let failure = Failure::new(FailureKind::Server, "").with_status(500);
    stage
        .show(Snapshot {
            failed: Rc::new(BTreeMap::from([(NotificationId(2), failure)])),
            ..feed(many(2))
        })
        .await;
    assert!(
        stage
            .text("[data-id=\"2\"] .failed")
            .starts_with("Couldn’t be dismissed. The server has a problem.")
    );
    stage.click(".failed button");
    frame().await;
    assert_eq!(stage.asked().last(), Some(&Intent::RetryWrite(NotificationId(2))));
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
    assert!(
        stage.find("[data-id=\"1\"] [part=message]").is_none(),
        "no message: the label says it"
    );
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
        (
            stage.text(button).as_str(),
            stage.attribute(button, "aria-expanded").as_str()
        ),
        ("Show more", "false")
    );
    stage.click(button);
    stage
        .until("all is there", |stage| {
            stage.text("[part=message]").len() == long.trim().len()
        })
        .await;
    assert_eq!(stage.text(button), "Show less");
    assert_eq!(stage.asked(), [Intent::Open], "reading on selects nothing");
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
        target
            .dispatch_event(&PointerEvent::new_with_event_init_dict("pointerdown", &init).unwrap())
            .unwrap();
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
    let attributes = Attributes {
        variant: Some("inline".to_owned()),
        ..Attributes::default()
    };
    let stage = Stage::with(feed(many(300)), &attributes, Text::english());
    stage
        .until("rows are drawn", |stage| stage.find("[part=item]").is_some())
        .await;
    frame().await;
    assert!(stage.find("[part=bell], [popover]").is_none());
    assert_eq!(stage.attribute("[part=panel]", "role"), "region");
    assert!(
        stage.all("[part=item]").len() < 60,
        "the page scrolls, and still few rows are drawn"
    );
    assert!(stage.root().active_element().is_none(), "it takes focus from nobody");
    web_sys::window().unwrap().scroll_by_with_x_and_y(0.0, 6_000.0);
    let first = |stage: &Stage| {
        stage
            .attribute("[part=item]:nth-of-type(2)", "aria-posinset")
            .parse()
            .unwrap_or(0)
    };
    stage
        .until("the rows further down are drawn", |stage| first(stage) > 20)
        .await;
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
    assert!(
        stage
            .attribute("[part=bell]", "aria-label")
            .contains("إشعارات غير مقروءة"),
        "three are few"
    );

    let polish = Text::parse(include_str!("../static/locales/pl.json"), "pl").unwrap();
    let count = |count| {
        polish
            .count(coworker_notifications::view::text::Key::LiveArrived, count)
            .to_string()
    };
    assert_eq!(
        [1, 2, 5, 22].map(count),
        [
            "1 nowe powiadomienie",
            "2 nowe powiadomienia",
            "5 nowych powiadomień",
            "22 nowe powiadomienia"
        ]
    );

    let odd = Text::english().with_locale("not a locale!");
    assert_eq!(odd.number(1_000), "1,000", "a malformed tag harms nobody");
}

#[wasm_bindgen_test]
async fn only_the_panels_place_is_styled_from_the_program() {
    let stage = Stage::new(feed(many(300)));
    frame().await;
    stage.open().await;
    let styled = stage.all("[style]:not([part=panel])");
    assert!(
        styled.is_empty(),
        "{:?}",
        styled.first().map(|element| element.outer_html())
    );
}
