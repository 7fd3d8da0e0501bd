//! The state in which a scenario starts: the server, its records and the feed's settings.

use coworker_notifications::config::DismissMode;
use proptest::prelude::*;

use super::support::{DirMeaning, Ties};

/// The state in which a scenario starts.
#[derive(Debug, Clone)]
pub struct Start {
    pub records: i64,
    /// How many notifications share each minute. 0: all have the same one.
    pub per_minute: i64,
    pub dir: DirMeaning,
    pub ties: Ties,
    pub largest_page: u32,
    pub page_size: u32,
    pub mode: DismissMode,
    /// The server answers requests for single records.
    pub answers_ids: bool,
}

pub fn start() -> impl Strategy<Value = Start> {
    let dir = prop_oneof![
        Just(DirMeaning::OneIsDescending),
        Just(DirMeaning::OneIsAscending),
        Just(DirMeaning::Words),
        Just(DirMeaning::OldestFirst),
        Just(DirMeaning::NewestFirst),
    ];
    let ties = prop_oneof![Just(Ties::HigherIdFirst), Just(Ties::LowerIdFirst), Just(Ties::WithTheList)];
    let mode = prop_oneof![4 => Just(DismissMode::Auto), 3 => Just(DismissMode::Api), 1 => Just(DismissMode::Local)];
    let largest = prop_oneof![4 => Just(100_u32), 1 => 1_u32..12];
    let records = prop_oneof![1 => 0_i64..4, 4 => 4_i64..50];
    (records, 0_i64..4, dir, ties, largest, 1_u32..30, mode, Just(true)).prop_map(
        |(records, per_minute, dir, ties, largest_page, page_size, mode, answers_ids)| Start {
            records,
            per_minute,
            dir,
            ties,
            largest_page,
            page_size,
            mode,
            answers_ids,
        },
    )
}
