//! Whatever a page writes into the attributes, there are settings to use, and no link leads anywhere but the web.
//!
//! The input is an attribute to a line, in the order below.

#![no_main]

use coworker_notifications::{
    api::decode_record,
    config::{Attributes, Config},
    model::Link,
};
use libfuzzer_sys::fuzz_target;

const KINDS: [&str; 4] = ["blog", "identitycheck-fail", "identity-check-failed", ""];

fuzz_target!(|input: &str| {
    let mut lines = input.lines().map(str::to_owned);
    let attributes = Attributes {
        coworker_id: lines.next(),
        api_base: lines.next(),
        page_size: lines.next(),
        poll_interval: lines.next(),
        dismiss_mode: lines.next(),
        types: lines.next(),
        theme: lines.next(),
        placement: lines.next(),
        variant: lines.next(),
        max_badge: lines.next(),
        links: lines.next(),
        title_badge: false,
        desktop_alerts: true,
        push: lines.next(),
        toasts: false,
        view: lines.next(),
    };
    let reading = Config::read(&attributes, "https://portal.example");
    let config = reading.config;
    assert!((1..=100).contains(&config.page_size));
    assert!(config.poll_interval == 0 || config.poll_interval >= 5);
    assert!(is_trusted(config.api_base.as_str()), "{}", config.api_base.as_str());
    assert!(reading.problems.iter().all(|problem| !problem.message.is_empty()));
    for kind in KINDS {
        let record = format!(r#"{{"Id": -1, "EntityId": 7, "CoworkerId": 1001, "NotificationType": "{kind}"}}"#);
        let notification = decode_record(200, &record).expect("a record");
        if let Some(link) = config.links.link(&notification) {
            is_for_the_web(link.as_str());
        }
    }
    if let Some(link) = Link::new(input) {
        is_for_the_web(link.as_str());
    }
});

/// A token may be sent there: over https, or to this machine.
fn is_trusted(base: &str) -> bool {
    let Some(rest) = base.strip_prefix("http://") else { return base.starts_with("https://") };
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || rest.starts_with("[::1]")
}

/// As a browser reads it: without what it strips, the scheme is http, https, or the page's.
fn is_for_the_web(href: &str) {
    let stripped: String = href.chars().filter(|one| !one.is_control()).collect();
    let (scheme, _) = stripped.trim().split_once(':').unwrap_or_default();
    let named = scheme.starts_with(|one: char| one.is_ascii_alphabetic())
        && scheme.chars().all(|one| one.is_ascii_alphanumeric() || "+-.".contains(one));
    assert!(!named || scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"), "{href:?}");
}
