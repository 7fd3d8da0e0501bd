//! What a story begins with: a server, and what is on it.

use coworker_notifications::config::DismissMode;
use proptest::prelude::*;

use super::support::{DirMeaning, Envelope, Ties};

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
    /// The server lists only the undismissed.
    pub filters: bool,
    /// The server gives records by their ids.
    pub answers_ids: bool,
    pub envelope: Envelope,
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
    let able = || prop_oneof![5 => Just(true), 1 => Just(false)];
    (records, 0_i64..4, dir, ties, largest, 1_u32..30, mode, (able(), Just(true))).prop_map(
        |(records, a_minute, dir, ties, largest_page, page_size, mode, (filters, answers_ids))| Scene {
            records,
            a_minute,
            dir,
            ties,
            largest_page,
            page_size,
            mode,
            filters,
            answers_ids,
            envelope: Envelope::Whole,
        },
    )
}

/// Pages of fewer records say too little about the order where the server does not say how many there are.
pub(super) const LEAST_PAGE: u32 = 8;

/// How it begins where the server does not say how many there are.
pub fn scene_without_total() -> impl Strategy<Value = Scene> {
    let envelope = prop_oneof![
        Just(Envelope::NoTotal),
        Just(Envelope::NoTotals),
        Just(Envelope::NextOnly),
        Just(Envelope::TotalOfPage),
        Just(Envelope::TotalIsZero),
    ];
    (scene(), envelope).prop_map(|(scene, envelope)| Scene {
        envelope,
        filters: true,
        page_size: scene.page_size.max(LEAST_PAGE),
        largest_page: scene.largest_page.max(LEAST_PAGE),
        ..scene
    })
}
