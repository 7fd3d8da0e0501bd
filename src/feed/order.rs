//! In which order a server lists. The API's reference gives `dir` three different meanings, so the order is learnt from the
//! records that come back.

use std::cmp::Ordering;

use crate::{api::Dir, model::Notification};

/// How to ask this server for the newest first. Remembered for the session.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Order {
    /// Which value of `dir` to send: an index into [`CANDIDATES`].
    candidate: u8,
    /// No value of `dir` gives the newest first, so the list is read from its last page backwards.
    pub backwards: bool,
    /// Records have confirmed it.
    pub verified: bool,
}

/// The values of `dir` that mean "descending" in one of the three generations of the reference, newest first.
const CANDIDATES: [Dir; 3] = [Dir::One, Dir::MinusOne, Dir::Descending];

impl Order {
    /// The value of `dir` to send.
    pub fn dir(self) -> Dir {
        CANDIDATES.get(usize::from(self.candidate)).copied().unwrap_or(Dir::One)
    }

    /// What to try next, where this gave the oldest first: another value of `dir`, or reading backwards.
    #[must_use]
    pub(super) fn next(self) -> Self {
        let candidate = self.candidate + 1;
        if usize::from(candidate) < CANDIDATES.len() {
            Self { candidate, backwards: false, verified: false }
        } else {
            Self { candidate: 0, backwards: true, verified: false }
        }
    }

    /// The same, confirmed by records.
    #[must_use]
    pub(super) fn verified(self) -> Self {
        Self { verified: true, ..self }
    }

    /// A word for it in the session's storage, followed by a question mark if it is not verified. The element's script looks
    /// for the first of `WORDS`.
    pub fn word(self) -> String {
        let plain = WORDS.get(usize::from(self.candidate)).copied().filter(|_| !self.backwards);
        [plain.unwrap_or(BACKWARDS), if self.verified { "" } else { "?" }].concat()
    }

    /// Reads [`Order::word`] back; any other word is a fresh start.
    pub fn from_word(text: &str) -> Self {
        let (word, verified) = text.strip_suffix('?').map_or((text, true), |word| (word, false));
        let candidate = WORDS.iter().position(|known| *known == word);
        match candidate {
            Some(candidate) => Self { candidate: candidate as u8, backwards: false, verified },
            None if word == BACKWARDS => Self { candidate: 0, backwards: true, verified },
            None => Self::default(),
        }
    }
}

/// The stored words of [`CANDIDATES`].
const WORDS: [&str; 3] = ["descending", "dir=-1", "dir=descending"];
const BACKWARDS: &str = "backwards";

/// What records say about the order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Evidence {
    NewestFirst,
    OldestFirst,
    /// Too few records, or all of one moment.
    None,
}

/// Judges by the dates of records, in the order in which the server gave them. Undated records prove nothing, for they may
/// stand anywhere; nor do ids, because many servers have an order of their own for records of one moment.
pub(super) fn evidence(records: &[Notification]) -> Evidence {
    let (mut newer, mut older) = (0_u32, 0_u32);
    for (one, next) in records.iter().zip(records.iter().skip(1)) {
        if let (Some(first), Some(second)) = (one.created, next.created) {
            newer += u32::from(second > first);
            older += u32::from(second < first);
        }
    }
    verdict(older.cmp(&newer))
}

/// Compares the first page with the last, by their dates.
pub(super) fn compare(first: &[Notification], last: &[Notification]) -> Evidence {
    let newest = |records: &[Notification]| records.iter().map(|one| one.created).max();
    let oldest = |records: &[Notification]| records.iter().map(|one| one.created).min();
    verdict(newest(first).cmp(&newest(last)).then(oldest(first).cmp(&oldest(last))))
}

/// Compares the first page with the last by their ids: only a guess, for where all dates are equal.
pub(super) fn guess(first: &[Notification], last: &[Notification]) -> Evidence {
    let highest = |records: &[Notification]| records.iter().map(|one| one.id).max();
    verdict(highest(first).cmp(&highest(last)))
}

fn verdict(newest_first: Ordering) -> Evidence {
    match newest_first {
        Ordering::Greater => Evidence::NewestFirst,
        Ordering::Less => Evidence::OldestFirst,
        Ordering::Equal => Evidence::None,
    }
}

/// The page with the record at this offset from the newest.
pub(super) fn page_of(order: Order, offset: u32, size: u32, total: u32) -> u32 {
    let size = size.max(1);
    if order.backwards { total.saturating_sub(1).saturating_sub(offset) / size + 1 } else { offset / size + 1 }
}

/// How many positions from the newest on are known once `page` is read, if all pages with newer records have been read.
pub(super) fn covered(order: Order, page: u32, size: u32, total: u32) -> u32 {
    let pages = page.saturating_mul(size);
    if order.backwards { total.saturating_sub(pages.saturating_sub(size)) } else { pages.min(total) }
}

/// The next page towards older records, or towards newer ones if `back`.
pub(super) fn beside(order: Order, page: u32, back: bool) -> u32 {
    if order.backwards == back { page.saturating_add(1) } else { page.saturating_sub(1).max(1) }
}

#[cfg(test)]
mod tests {
    use super::super::testing::note;
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dates_say_the_order() {
        assert_eq!(evidence(&[note(1, 30), note(2, 20), note(3, 20)]), Evidence::NewestFirst);
        assert_eq!(evidence(&[note(3, 20), note(2, 20), note(1, 30)]), Evidence::OldestFirst);
    }

    #[test]
    fn records_of_one_moment_say_nothing_about_a_list_of_several() {
        assert_eq!(evidence(&[note(3, 20), note(2, 20)]), Evidence::None);
        assert_eq!(evidence(&[note(2, 20), note(3, 20)]), Evidence::None);
    }

    #[test]
    fn the_last_page_says_what_the_first_does_not() {
        let page = |ids: [i64; 2], minute| ids.map(|id| note(id, minute));
        assert_eq!(compare(&page([1, 2], 20), &page([3, 4], 10)), Evidence::NewestFirst);
        assert_eq!(compare(&page([3, 4], 10), &page([1, 2], 20)), Evidence::OldestFirst);
    }

    #[test]
    fn where_all_dates_are_equal_the_ids_allow_a_guess() {
        let page = |ids: [i64; 2]| ids.map(|id| note(id, 20));
        assert_eq!(compare(&page([4, 3]), &page([2, 1])), Evidence::None);
        assert_eq!(guess(&page([4, 3]), &page([2, 1])), Evidence::NewestFirst);
        assert_eq!(guess(&page([1, 2]), &page([3, 4])), Evidence::OldestFirst);
    }

    #[test]
    fn one_record_or_none_says_nothing() {
        assert_eq!(evidence(&[]), Evidence::None);
        assert_eq!(evidence(&[note(1, 1)]), Evidence::None);
    }

    #[test]
    fn each_documented_dir_is_tried_before_reading_backwards() {
        let first = Order::default();
        let dirs = [first.dir(), first.next().dir(), first.next().next().dir()];
        assert_eq!(dirs, CANDIDATES);
        assert!(first.next().next().next().backwards);
    }

    proptest! {
        #[test]
        fn the_page_of_an_offset_covers_it(backwards: bool, size in 1_u32..100, total in 1_u32..5_000, at in 0.0_f64..1.0) {
            let order = Order { backwards, ..Order::default() };
            let offset = (f64::from(total) * at) as u32;
            let page = page_of(order, offset, size, total);
            prop_assert!(page >= 1);
            prop_assert!(covered(order, page, size, total) > offset);
        }
    }

    #[test]
    fn a_word_is_read_back_and_any_other_is_a_fresh_start() {
        let mut order = Order::default();
        for word in ["descending", "dir=-1", "dir=descending", "backwards"] {
            assert_eq!((order.word(), order.verified().word()), (format!("{word}?"), word.to_owned()));
            assert_eq!((Order::from_word(&order.word()), Order::from_word(word)), (order, order.verified()));
            order = order.next();
        }
        for word in ["", "0", "32", "?", "ascending"] {
            assert_eq!(Order::from_word(word), Order::default());
        }
    }
}
