//! Who may know whom inside the widget.

use super::{Finding, Source, has_word};

/// What certain parts of the widget must not name.
struct Seam {
    /// Where the rule holds: paths or their beginnings.
    within: &'static [&'static str],
    /// Where it does not, inside of those.
    except: &'static [&'static str],
    /// Words that must not be there.
    names: &'static [&'static str],
    why: &'static str,
}

const SEAMS: &[Seam] = &[
    Seam {
        within: &["src/api/", "src/model/", "src/feed/", "src/config.rs", "src/error.rs"],
        except: &[],
        names: &[
            "yew",
            "web_sys",
            "js_sys",
            "wasm_bindgen",
            "wasm_bindgen_futures",
            "gloo",
            "gloo_events",
            "gloo_net",
            "gloo_timers",
        ],
        why: "api, model, feed, config and error know no browser, so that their tests need none",
    },
    Seam {
        within: &["src/"],
        except: &["src/api/"],
        names: &["api::record", "api::json", "api::answer"],
        why: "what travels over the wire stays in api; everyone else sees the model",
    },
    Seam {
        within: &["src/api/mod.rs"],
        except: &[],
        names: &["pub mod"],
        why: "api lists one by one what leaves it, and a record of the wire never does",
    },
    Seam {
        within: &["src/view/"],
        except: &[],
        names: &["api"],
        why: "views draw what the feed and the model say; they know no server",
    },
    Seam {
        within: &["src/"],
        except: &["src/effect/clock.rs"],
        names: &["Utc::now", "Local::now", "Date::now", "Date::new_0", "SystemTime::now", "Instant::now"],
        why: "one place asks the time, so that tests can say what time it is",
    },
];

pub(super) fn check(source: &Source) -> Vec<Finding> {
    if !source.is(&["rs"]) {
        return Vec::new();
    }
    let starts = |places: &[&str]| places.iter().any(|place| source.path.starts_with(place));
    let mut findings = Vec::new();
    for seam in SEAMS.iter().filter(|seam| starts(seam.within) && !starts(seam.except)) {
        for (number, line) in source.code() {
            let named = seam.names.iter().find(|name| has_word(line, name));
            findings.extend(named.map(|name| source.finding(number, format!("names {name}"), seam.why)));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::check;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&source(path, text)).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn the_feed_knows_no_browser() {
        assert_eq!(lines("src/feed/look.rs", "use std::rc::Rc;\nuse web_sys::window;\n"), [2]);
        assert_eq!(lines("src/config.rs", "let now = js_sys::Math::random();"), [1]);
        assert!(lines("src/effect/fetch.rs", "use web_sys::window;").is_empty());
    }

    #[test]
    fn comments_and_longer_names_do_not_count() {
        assert!(lines("src/feed/look.rs", "// unlike yew\n//! no web_sys here\nlet viewed = \"anew\";").is_empty());
    }

    #[test]
    fn records_of_the_wire_stay_in_api() {
        assert_eq!(lines("src/effect/store.rs", "use crate::api::record::Received;"), [1]);
        assert_eq!(lines("src/api/mod.rs", "mod json;\npub mod record;\n"), [2]);
        assert!(lines("src/api/decode.rs", "use crate::api::record::Received;").is_empty());
    }

    #[test]
    fn views_know_no_server() {
        assert_eq!(lines("src/view/list.rs", "use crate::{api::Client, model::Id};"), [1]);
    }

    #[test]
    fn only_the_clock_asks_the_time() {
        assert_eq!(lines("src/view/time.rs", "let now = js_sys::Date::now();"), [1]);
        assert!(lines("src/effect/clock.rs", "js_sys::Date::now()").is_empty());
    }
}
