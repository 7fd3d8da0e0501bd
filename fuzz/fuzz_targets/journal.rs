//! Whatever lies in the browser's store, it is a journal; and changes to a journal survive being stored.
//!
//! The input is the stored text, taken for both that are stored, then lines of changes: a letter, and an id or a count.

#![no_main]

use coworker_notifications::{
    feed::{Checked, Entry, Journal},
    model::NotificationId,
};
use libfuzzer_sys::fuzz_target;

const NOW: i64 = 1_760_000_000_000;
const MOST: usize = 10_000;

fuzz_target!(|input: &str| {
    let (stored, changes) = input.split_once('\n').unwrap_or((input, ""));
    let mut journal = Journal::decode(stored, stored, NOW);
    for entry in changes.lines().filter_map(entry) {
        journal.apply(&entry, NOW, "tab");
        match entry {
            Entry::Pend(id) => assert!(journal.pending.get(&id).is_some_and(|pending| pending.at == NOW)),
            Entry::Take(_) => {}
            Entry::Done(id) => assert!(journal.pending.get(&id).is_none_or(|pending| pending.tab != "tab")),
            Entry::Keep(id) => assert!(journal.local.contains(&id)),
            Entry::Forget(id) => assert!(!journal.local.contains(&id)),
            Entry::Count(count) => assert_eq!(journal.count, Some(count)),
            Entry::Checked(checked) => assert_eq!(journal.checked, Some(checked)),
        }
    }
    let living = journal.orphans(&["tab".to_owned()]);
    assert!(living.iter().all(|id| journal.pending.get(id).is_some_and(|pending| pending.tab != "tab")));
    assert!(
        journal.orphans_before(NOW).iter().all(|id| journal.pending.get(id).is_some_and(|pending| pending.at < NOW))
    );
    if journal.local.len() <= MOST {
        assert_eq!(Journal::decode(&journal.dismissals(), &journal.seen(), NOW), journal);
    }
});

fn entry(line: &str) -> Option<Entry> {
    let (what, number) = line.split_at_checked(1)?;
    let id = || number.parse().ok().map(NotificationId);
    match what {
        "p" => id().map(Entry::Pend),
        "t" => id().map(Entry::Take),
        "d" => id().map(Entry::Done),
        "k" => id().map(Entry::Keep),
        "f" => id().map(Entry::Forget),
        "c" => number.parse().ok().map(Entry::Count),
        "s" => number
            .parse()
            .ok()
            .map(|total| Entry::Checked(Checked { total, highest: NotificationId(i64::from(total) - 10) })),
        _ => None,
    }
}
