//! The decoder, tested with the shared fixtures and with random input.

#![cfg(not(target_family = "wasm"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::{fs, path::Path};

use coworker_notifications::{
    api::{
        Draft, Request, Response, Update, check, decode_confirmation, decode_list, decode_record, encode_list,
        encode_record,
    },
    error::FailureKind,
    model::{
        CoworkerId, EntityId, Link, LinkTemplates, Meaning, Notification, NotificationId, NotificationType, Timestamp,
        format_timestamp, parse_timestamp,
    },
};
use proptest::{collection::vec, option, prelude::*};

fn fixture(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn moment(text: &str) -> Option<Timestamp> {
    Some(parse_timestamp(text).unwrap())
}

fn ids(notifications: &[Notification]) -> Vec<i64> {
    notifications.iter().map(|notification| notification.id.0).collect()
}

mod fixtures {
    use super::*;

    #[test]
    fn a_full_record_is_read_field_by_field() {
        let expected = Notification {
            id: NotificationId(87654321),
            unique_id: "a1b2c3d4-e5f6-4890-abcd-ef1234567890".into(),
            coworker: CoworkerId(1001),
            message: "Ingrid Solheim replied in “Quiet hours, yes or no?”.".into(),
            kind: NotificationType::COMMUNITY_THREAD,
            entity: EntityId(7315),
            is_dismissed: false,
            created: moment("2025-01-10T08:00:00Z"),
            updated: moment("2025-01-15T10:30:00Z"),
            updated_by: Some("admin@harbourworks.example".into()),
            is_new: false,
            system_id: None,
        };
        assert_eq!(decode_record(200, &fixture("record.json")).unwrap(), expected);
    }

    #[test]
    fn a_sparse_record_is_read_as_far_as_it_goes() {
        let notification = decode_record(200, &fixture("record-sparse.json")).unwrap();
        assert_eq!((notification.id.0, notification.coworker.0, notification.entity.0), (87654322, 1001, 0));
        assert_eq!(notification.kind.as_str(), " Desk-Warming ");
        assert_eq!(notification.kind.meaning(), Meaning::Generic);
        assert_eq!(notification.created, moment("2025-01-10T08:00:00.123Z"));
        assert_eq!((notification.message.as_str(), notification.updated), ("", None));
    }

    #[test]
    fn a_page_in_the_middle_knows_what_follows() {
        let page = decode_list(200, &fixture("list.json")).unwrap();
        assert_eq!(ids(&page.notifications), [87654323, 87654322, 87654321]);
        assert_eq!((page.page, page.size, page.total, page.total_pages, page.has_next), (1, 3, 41, 14, true));
        assert_eq!(page.unreadable, []);
    }

    #[test]
    fn an_older_envelope_reads_like_the_newer_one() {
        let older = decode_list(200, &fixture("list-word-direction.json")).unwrap();
        let newer = decode_list(200, &fixture("list.json")).unwrap();
        assert_eq!(older.notifications, newer.notifications);
        assert_eq!((older.page, older.size, older.total, older.has_next), (1, 25, 3, false));
    }

    #[test]
    fn an_empty_list_is_a_page_of_none() {
        let page = decode_list(200, &fixture("list-empty.json")).unwrap();
        assert_eq!((page.notifications.len(), page.total, page.total_pages, page.has_next), (0, 0, 0, false));
    }

    #[test]
    fn a_bad_record_is_reported_and_its_neighbours_are_read() {
        let page = decode_list(200, &fixture("list-with-bad-record.json")).unwrap();
        assert_eq!(ids(&page.notifications), [87654323, 87654321]);
        assert_eq!(page.unreadable.len(), 1);
        assert_eq!(page.unreadable[0].index, 1);
        assert!(page.unreadable[0].reason.starts_with("Id is "), "{}", page.unreadable[0].reason);
    }

    #[test]
    fn writes_are_confirmed_with_their_id() {
        for name in ["confirmation-created.json", "confirmation-updated.json"] {
            let confirmation = decode_confirmation(200, &fixture(name)).unwrap();
            assert_eq!(confirmation.id, Some(NotificationId(87654321)));
            assert!(confirmation.message.contains("successfully"), "{}", confirmation.message);
        }
    }

    #[test]
    fn a_400_tells_each_property() {
        let body = fixture("confirmation-invalid.json");
        let rejected = Response { status: 400, body, ..Response::default() }.confirmation(None).unwrap_err();
        assert!(rejected.failure.message.contains("Message: is a required field"), "{rejected}");
        let told: Vec<_> =
            rejected.errors.iter().map(|error| (error.property.as_str(), error.attempted.as_deref())).collect();
        assert_eq!(told, [("Message", None), ("CoworkerId", Some("4711"))]);
    }

    #[test]
    fn a_failure_under_200_is_one() {
        let rejected = decode_confirmation(200, &fixture("confirmation-failed-200.json")).unwrap_err();
        assert_eq!(rejected.failure.kind, FailureKind::Server);
        assert!(rejected.failure.message.contains("could not be saved"), "{rejected}");
    }

    #[test]
    fn errors_are_told_in_the_servers_words() {
        for (status, name, kind, words) in [
            (401, "error-unauthorized.json", FailureKind::Unauthorized, "the token has expired"),
            (403, "error-forbidden.json", FailureKind::Forbidden, "CoworkerNotification-Edit"),
            (404, "error-not-found.json", FailureKind::Server, "no CoworkerNotification with Id 5"),
        ] {
            let failure = check(&Response { status, body: fixture(name), ..Response::default() }, None).unwrap_err();
            assert_eq!((failure.kind, failure.status), (kind, Some(status)));
            assert!(failure.message.contains(words), "{failure}");
        }
    }

    #[test]
    fn a_page_and_half_a_list_are_told_apart() {
        let page = decode_list(200, &fixture("error-page.html")).unwrap_err();
        assert!(page.message.contains("is an HTML page"), "{page}");
        let half = decode_list(200, &fixture("truncated.json")).unwrap_err();
        assert!(half.message.contains("breaks off after"), "{half}");
        assert!(half.message.chars().count() < 200, "{half}");
    }

    #[test]
    fn a_fixture_cut_anywhere_is_an_answer_or_a_failure() {
        for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures")).unwrap() {
            let text = fs::read_to_string(entry.unwrap().path()).unwrap();
            for (end, _) in text.char_indices().step_by(5) {
                decode_all(&text[..end]);
            }
        }
    }
}

/// All decoders over one body; what comes out does not matter here.
fn decode_all(body: &str) {
    let _ = decode_list(200, body);
    let _ = decode_record(200, body);
    let _ = decode_confirmation(200, body);
    let _ = check(&Response { status: 400, body: body.to_owned(), ..Response::default() }, None);
}

fn any_moment() -> impl Strategy<Value = Timestamp> {
    // From year 0 to year 9999, the years that the format has digits for.
    (-62_167_219_200_i64..=253_402_300_799, 0_u32..1_000_000_000, 0_usize..3).prop_map(|(second, nano, precision)| {
        let nano = [0, nano / 1_000_000 * 1_000_000, nano][precision];
        Timestamp::from_timestamp(second, nano).unwrap()
    })
}

fn any_notification() -> impl Strategy<Value = Notification> {
    let kind = prop_oneof![
        any::<String>().prop_map(NotificationType::from),
        (0..NotificationType::KNOWN.len()).prop_map(|index| NotificationType::KNOWN[index].clone()),
    ];
    let ids = (any::<i64>(), any::<i64>(), any::<i64>());
    let texts = (any::<String>(), any::<String>(), option::of(any::<String>()), option::of(any::<String>()));
    let moments = (option::of(any_moment()), option::of(any_moment()));
    (ids, texts, moments, kind, any::<(bool, bool)>()).prop_map(|(ids, texts, moments, kind, flags)| Notification {
        id: NotificationId(ids.0),
        unique_id: texts.0,
        coworker: CoworkerId(ids.1),
        message: texts.1,
        kind,
        entity: EntityId(ids.2),
        is_dismissed: flags.0,
        created: moments.0,
        updated: moments.1,
        updated_by: texts.2,
        is_new: flags.1,
        system_id: texts.3,
    })
}

/// JSON of any shape, with the API's own names mixed in so that it is not all ignored.
fn any_json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("null".to_owned()),
        any::<bool>().prop_map(|truth| truth.to_string()),
        any::<i64>().prop_map(|number| number.to_string()),
        any::<f64>()
            .prop_filter("JSON has no infinity", |number| number.is_finite())
            .prop_map(|number| format!("{number:e}")),
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        "[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}Z?".prop_map(|text| format!("\"{text}\"")),
        Just(r#""\ud83c""#.to_owned()),
    ];
    let name = prop::sample::select(&[
        "Records",
        "Id",
        "CoworkerId",
        "Message",
        "NotificationType",
        "EntityId",
        "IsDismissed",
        "CreatedOn",
        "UpdatedOn",
        "CurrentPage",
        "CurrentPageSize",
        "TotalItems",
        "TotalPages",
        "HasNextPage",
        "LastItem",
        "Value",
        "WasSuccessful",
        "Errors",
        "PropertyName",
        "AttemptedValue",
        "Other",
    ]);
    scalar.prop_recursive(4, 64, 8, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(|items| format!("[{}]", items.join(","))),
            vec((name.clone(), inner), 0..8).prop_map(|fields| {
                let fields: Vec<_> = fields.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                format!("{{{}}}", fields.join(","))
            }),
        ]
    })
}

/// What the URL Standard's parser sees as the scheme, after stripping what it strips.
fn scheme_in_a_browser(href: &str) -> Option<String> {
    let stripped: String =
        href.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    let end = stripped.find(|c: char| !(c.is_ascii_alphanumeric() || "+-.".contains(c)))?;
    let is_scheme = stripped.starts_with(|c: char| c.is_ascii_alphabetic()) && stripped[end..].starts_with(':');
    is_scheme.then(|| stripped[..end].to_ascii_lowercase())
}

fn is_safe(href: &str) -> bool {
    scheme_in_a_browser(href).is_none_or(|scheme| scheme == "http" || scheme == "https")
}

/// Addresses that try to be scripts.
fn tricky_address() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(&[
            "java",
            "script",
            "javascript",
            "data",
            "vbscript",
            "blob",
            "file",
            "https",
            "http",
            ":",
            "//",
            "/",
            "\t",
            "\n",
            "\r",
            "\u{0}",
            "\u{1}",
            " ",
            "\u{a0}",
            "\\",
            "{Id}",
            "{EntityId}",
            "{CoworkerId}",
            "alert(1)",
            ".",
            "+",
            "-",
            "&colon;",
            "%3A",
            "?",
            "#",
        ])
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    vec(piece, 0..8).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_text_panics_a_decoder(body in any::<String>()) {
        decode_all(&body);
    }

    #[test]
    fn no_bytes_panic_a_decoder(bytes in vec(any::<u8>(), 0..256)) {
        decode_all(&String::from_utf8_lossy(&bytes));
    }

    #[test]
    fn any_json_is_a_page_or_a_worded_failure(body in any_json()) {
        decode_all(&body);
        match decode_list(200, &body) {
            Ok(page) => prop_assert!(page.page >= 1 && u64::from(page.total_pages) <= u64::from(u32::MAX)),
            Err(failure) => {
                prop_assert!(matches!(failure.kind, FailureKind::Decode | FailureKind::Server));
                prop_assert!(!failure.message.is_empty());
            }
        }
    }

    #[test]
    fn no_record_of_a_list_is_lost_in_silence(records in vec(any_json(), 0..8)) {
        let page = decode_list(200, &format!("{{\"Records\":[{}]}}", records.join(","))).unwrap();
        prop_assert_eq!(page.notifications.len() + page.unreadable.len(), records.len());
    }

    #[test]
    fn what_is_written_is_read_back(notification in any_notification()) {
        prop_assert_eq!(decode_record(200, &encode_record(&notification)).unwrap(), notification);
    }

    #[test]
    fn a_list_that_is_written_is_read_back(notifications in vec(any_notification(), 0..5)) {
        let page = decode_list(200, &encode_list(&notifications)).unwrap();
        prop_assert_eq!(page.notifications, notifications);
    }

    #[test]
    fn an_update_says_what_the_record_said(notification in any_notification(), dismissed in any::<bool>()) {
        let body = Request::update(&Update::dismissed(&notification, dismissed)).body.unwrap();
        let read = decode_record(200, &body).unwrap();
        let fields = |n: &Notification| (n.id, n.coworker, n.message.clone(), n.kind.clone(), n.entity);
        prop_assert_eq!(fields(&read), fields(&notification));
        prop_assert_eq!(read.is_dismissed, dismissed);
    }

    #[test]
    fn a_draft_says_what_was_meant(message in any::<String>(), kind in any::<String>(), entity in any::<i64>()) {
        let draft = Draft {
            coworker: CoworkerId(1001),
            message,
            kind: kind.into(),
            entity: EntityId(entity),
            is_dismissed: None,
        };
        let body: serde_json::Value = serde_json::from_str(&Request::create(&draft).body.unwrap()).unwrap();
        prop_assert_eq!(body["Message"].as_str(), Some(draft.message.as_str()));
        prop_assert_eq!(body["NotificationType"].as_str(), Some(draft.kind.as_str()));
        prop_assert_eq!(body["EntityId"].as_i64(), Some(entity));
        prop_assert!(body.get("Id").is_none() && body.get("IsDismissed").is_none());
    }

    #[test]
    fn moments_survive_being_written(moment in any_moment()) {
        prop_assert_eq!(parse_timestamp(&format_timestamp(moment)), Some(moment));
    }

    #[test]
    fn no_text_panics_the_date_parser(text in "[-0-9TtZz:.+ ]{0,40}|.{0,40}") {
        let _ = parse_timestamp(&text);
    }

    #[test]
    fn a_zone_moves_the_moment_and_nothing_else(moment in any_moment(), hours in 0..24_i64, minutes in 0..60_i64, east in any::<bool>()) {
        let seconds = (hours * 3600 + minutes * 60) * if east { 1 } else { -1 };
        let sign = if east { '+' } else { '-' };
        let local = format_timestamp(moment);
        let text = format!("{}{sign}{hours:02}:{minutes:02}", local.trim_end_matches('Z'));
        if let Some(read) = parse_timestamp(&text) {
            prop_assert_eq!(read.timestamp(), moment.timestamp() - seconds);
        }
    }

    #[test]
    fn every_link_is_safe(href in tricky_address()) {
        if let Some(link) = Link::new(href) {
            prop_assert!(is_safe(link.as_str()), "{:?}", link);
        }
    }

    #[test]
    fn every_link_from_a_template_is_safe(template in tricky_address(), mut notification in any_notification()) {
        notification.kind = NotificationType::BLOG;
        let json = serde_json::json!({ "*": template }).to_string();
        if let Some(link) = LinkTemplates::parse(&json).0.link(&notification) {
            prop_assert!(is_safe(link.as_str()), "{:?}", link);
        }
    }

    #[test]
    fn no_text_panics_the_template_parser(json in prop_oneof![any::<String>(), any_json()]) {
        let _ = LinkTemplates::parse(&json);
    }
}
