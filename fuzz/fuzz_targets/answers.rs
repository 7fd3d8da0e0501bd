//! Whatever a server answers, reading it ends, and what was read is what there was.
//!
//! The input is an answer as text: status, `Retry-After` and `Date` on a line each, then the body.

#![no_main]

use coworker_notifications::{
    api::{Page, Response, decode_list, encode_list, encode_record},
    model::parse_timestamp,
};
use libfuzzer_sys::fuzz_target;

/// Milliseconds.
const WAITS: std::ops::RangeInclusive<u64> = 1_000..=86_400_000;

fuzz_target!(|input: &str| {
    let mut lines = input.splitn(4, '\n');
    let mut line = || lines.next().unwrap_or_default();
    let status = line().parse().unwrap_or(200);
    let mut header = || Some(line().to_owned()).filter(|text| !text.is_empty());
    let (retry_after, date) = (header(), header());
    let body = line().to_owned();
    let answer = Response { status, retry_after, date, etag: None, body };

    let now = parse_timestamp("2025-01-10T08:00:00Z");
    let (list, record, confirmation) = (answer.page(now), answer.record(now), answer.confirmation(now));
    let _ = answer.deletion(now);
    if let Err(failure) = &list {
        assert_eq!(failure.status, Some(status));
        assert!(failure.retry_after.is_none_or(|wait| WAITS.contains(&wait)));
        assert!(!failure.message.is_empty());
    }
    if let Err(rejected) = &confirmation {
        assert!(!rejected.failure.message.is_empty());
    }
    if let Ok(page) = list {
        is_sound(&page);
    }
    if let Ok(notification) = record {
        let again = Response { status: 200, body: encode_record(&notification), ..Response::default() };
        assert_eq!(again.record(None), Ok(notification));
    }
});

fn is_sound(page: &Page) {
    assert!(page.page >= 1);
    assert!(page.unreadable.iter().all(|record| !record.reason.is_empty()));
    // Tabs tell each other what they have read in the API's own words.
    let again = decode_list(200, &encode_list(&page.notifications));
    assert_eq!(again.map(|again| again.notifications), Ok(page.notifications.clone()));
}
