//! Whatever lies in the browser's store, it is a journal; and changes to a journal survive being stored.
//!
//! The input is the stored text, taken for all that is stored, then a line of text that stands for another tab's.

#![no_main]

use coworker_notifications::feed::{Entry, Journal, Stage, strike_out};
use libfuzzer_sys::fuzz_target;

const NOW: i64 = 1_760_000_000_000;
const MOST: usize = 10_000;

fuzz_target!(|input: &str| {
    let (stored, other) = input.split_once('\n').unwrap_or((input, ""));
    let mut journal = Journal::decode(stored, stored, stored, NOW);
    let more: Vec<_> = Journal::decode(other, "", other, NOW).intents.iter().map(|(id, intent)| (*id, *intent)).collect();
    journal.apply(&Entry::Intents(more.clone()));
    for (id, intent) in &more {
        assert!(journal.intents.get(id).is_some_and(|known| *known >= *intent));
    }
    let ids: Vec<_> = more.iter().map(|(id, _)| *id).collect();
    if let Some(left) = strike_out(stored, &ids) {
        assert_eq!(strike_out(&left, &ids), None);
    }
    journal.intents.retain(|_, intent| !intent.is_over());
    if journal.local().count() <= MOST {
        let again = Journal::decode(&journal.intents(NOW), &journal.seen(), "", NOW);
        assert!(again.intents.iter().all(|(id, intent)| intent.stage != Stage::Withdrawn && journal.intents.get(id).is_some()));
        assert_eq!(again.count, journal.count);
    }
});
