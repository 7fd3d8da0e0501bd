//! The feed's parts: who may know whom, and who sees all of them.

use super::{Finding, Source, has_word};

/// The modules of `src/feed`. Each imports only from those before it, so there is no circle: first what is passed around,
/// then the parts that own the state.
const ORDER: &[&str] = &[
    "now",
    "backoff",
    "order",
    "list",
    "notifications",
    "touched",
    "snapshot",
    "intents",
    "journal",
    "peer",
    "setup",
    "event",
    "command",
    "remote",
    "announce",
    "auth",
    "pause",
    "stream",
    "push",
    "shelf",
    "pull",
    "peers",
];
/// Where more than one part is seen: routing, and what each kind of event means for the parts.
const ROUTES: &[&str] = &["mod", "flow"];
/// The structs that own the state.
const PARTS: &[&str] = &[
    "Remote", "Intents", "Announce", "Auth", "Pause", "Stream", "Push", "Shelf", "Pull", "Queue", "Lookup", "Peers",
    "Feed",
];

const ONE_PLACE: &str = "parts do not reach each other through the feed: only mod.rs and flow/ see all of them";
const NO_CIRCLE: &str = "modules of the feed import only from those before them: see ORDER in xtask/src/tidy/feed.rs";
const PRIVATE: &str = "a part's state is its own: others ask its methods";

pub(super) fn check(sources: &[Source]) -> Vec<Finding> {
    let exports = sources.iter().find(|source| source.path == "src/feed/mod.rs").map_or_else(Vec::new, exports);
    sources.iter().flat_map(|source| of_one(source, &exports)).collect()
}

fn of_one(source: &Source, exports: &[(String, String)]) -> Vec<Finding> {
    let Some(inside) = source.path.strip_prefix("src/feed/") else { return Vec::new() };
    let module = inside.split('/').next().unwrap_or_default().trim_end_matches(".rs");
    let mut findings = open_fields(source);
    if ROUTES.contains(&module) || source.is(&["md"]) || module == "testing" || inside.ends_with("agreement.rs") {
        return findings;
    }
    let Some(own) = ORDER.iter().position(|one| *one == module) else {
        findings.push(source.finding(1, format!("{module} has no place in the order"), NO_CIRCLE));
        return findings;
    };
    let mut using = false;
    for (number, line) in source.code().take_while(|(_, line)| line.trim() != "mod tests {") {
        if has_word(line, "Feed") {
            findings.push(source.finding(number, "names Feed", ONE_PLACE));
        }
        let start = line.trim_start();
        using |= start.starts_with("use super::") || start.starts_with("use crate::feed") || start == "feed::{";
        if using {
            for (at, later) in ORDER.iter().enumerate().skip(own + 1) {
                let exported = exports.iter().any(|(name, of)| of == later && has_word(line, name));
                if exported || has_word(line, later) {
                    let what = format!("{module} imports {later}, which stands after it ({own} < {at})");
                    findings.push(source.finding(number, what, NO_CIRCLE));
                }
            }
        }
        using &= !line.trim_end().ends_with(';');
    }
    findings
}

/// Fields of a part that others can reach.
fn open_fields(source: &Source) -> Vec<Finding> {
    let mut findings = Vec::new();
    let mut inside = false;
    for (number, line) in source.code() {
        let part = |part: &&&str| line.contains("struct ") && has_word(line, part) && line.ends_with('{');
        if let Some(part) = PARTS.iter().find(part) {
            inside = line.split_whitespace().any(|word| word == *part);
        }
        if inside && line.starts_with("    pub") {
            findings.push(source.finding(number, "a field that others can reach", PRIVATE));
        }
        inside &= line != "}";
    }
    findings
}

/// Names that `mod.rs` exports, and the module of each.
fn exports(source: &Source) -> Vec<(String, String)> {
    let mut exports = Vec::new();
    for (_, line) in source.code() {
        let Some((module, names)) = line.strip_prefix("pub use ").and_then(|rest| rest.split_once("::")) else {
            continue;
        };
        let names = names.split([',', '{', '}', ';', ' ']).filter(|name| !name.is_empty());
        exports.extend(names.map(|name| (name.to_owned(), module.to_owned())));
    }
    exports
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::check;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        let all = [
            source("src/feed/mod.rs", "pub use intents::{Intent, Stage};\npub use event::Ticket;"),
            source(path, text),
        ];
        check(&all).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn no_part_names_the_feed() {
        assert_eq!(lines("src/feed/push.rs", "impl Feed {\n}\n"), [1]);
        assert!(lines("src/feed/push.rs", "/// Of a Feed.\nstruct Push;").is_empty());
        assert!(lines("src/feed/flow/writing.rs", "impl Feed {\n}\n").is_empty());
    }

    #[test]
    fn no_module_imports_one_that_stands_after_it() {
        assert_eq!(lines("src/feed/remote/mod.rs", "use super::{\n    list::List,\n    pull::Look,\n};\n"), [3]);
        assert_eq!(lines("src/feed/list.rs", "use super::{Intent};\n"), [1]);
        assert_eq!(lines("src/feed/now.rs", "use crate::{\n    feed::{\n    Ticket,\n},\n};\n"), [3]);
        assert!(lines("src/feed/pull/mod.rs", "use super::{Ticket, remote::Remote};\nlet peers = 1;\n").is_empty());
    }

    #[test]
    fn a_new_module_says_where_it_stands() {
        assert_eq!(lines("src/feed/snooze.rs", "struct Snooze;\n"), [1]);
    }

    #[test]
    fn a_part_keeps_its_fields_to_itself() {
        let text = "pub(super) struct Push {\n    queue: u32,\n    pub(super) done: u32,\n}\nstruct Write {\n    pub(super) id: u32,\n}\n";
        assert_eq!(lines("src/feed/push.rs", text), [3]);
    }
}
