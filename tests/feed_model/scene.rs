//! What a story begins with: a server, and what is on it.

use coworker_notifications::config::DismissMode;
use proptest::prelude::*;

use super::support::{DirMeaning, Ties};

/// How it begins.
#[derive(Debug, Clone)]
pub struct Scene {
    pub records: i64,
    /// So many notifications share each minute; 0: all of them one.
    pub a_minute: i64,
    pub dir: DirMeaning,
    pub ties: Ties,
    pub largest_page: u32,
    pub page_size: u32,
    pub mode: DismissMode,
    /// The server gives records by their ids.
    pub answers_ids: bool,
}

pub fn scene() -> impl Strategy<Value = Scene> {
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
        |(records, a_minute, dir, ties, largest_page, page_size, mode, answers_ids)| Scene {
            records,
            a_minute,
            dir,
            ties,
            largest_page,
            page_size,
            mode,
            answers_ids,
        },
    )
}
