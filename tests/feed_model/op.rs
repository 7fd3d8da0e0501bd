//! What can happen, and how to make it up.

use coworker_notifications::error::Failure;
use proptest::prelude::*;

use super::support::{SECOND, http, no_network, throttled};

/// One thing that happens. Numbers pick one of what there is at that moment.
#[derive(Debug, Clone)]
pub enum Op {
    // Elsewhere.
    Arrive,
    /// A new notification with an old date.
    ArriveLate(u8),
    DismissElsewhere(u8),
    RestoreElsewhere(u8),
    Delete(u8),
    Rewrite(u8),
    // The member and the page.
    Refresh,
    /// All that is on its way arrives; then each tab reads everything again.
    Calm,
    LoadMore,
    Dismiss(u8, u8),
    /// So many, for so many seconds.
    Snooze(u8, u8, u16),
    Undo(u8),
    Restore(u8),
    /// Bring back what was dismissed elsewhere.
    Recall(u8),
    RetryWrite,
    DismissAll,
    Agree,
    Hide,
    Show,
    Offline,
    Online,
    PageSize(u8),
    /// Closed and opened again: did it say goodbye, and does what it sent last get through?
    Visit(bool, bool),
    /// Into the back/forward cache: does what it sent last get through? It is back when something happens in it again.
    Freeze(bool),
    /// Another tab leads.
    Lead,
    // The network.
    Serve(u8),
    Deliver(u8),
    Lose(u8),
    Hear(u8),
    Settle,
    // Trouble.
    ReadsFail(Trouble),
    WritesFail(Trouble),
    /// With this status; `None`: not any more.
    WritesRefused(Option<u16>),
    TokenExpires,
    // Time.
    Tick(u16),
    Pass(u8),
}

impl Op {
    /// Done by the member, who has seen what was shown before.
    pub fn is_the_members(&self) -> bool {
        matches!(
            self,
            Self::Dismiss(..)
                | Self::Snooze(..)
                | Self::Undo(_)
                | Self::Restore(_)
                | Self::Recall(_)
                | Self::RetryWrite
                | Self::DismissAll
                | Self::Agree
        )
    }

    /// Happens in a tab, not to all of them or elsewhere.
    pub fn is_of_a_tab(&self) -> bool {
        !matches!(
            self,
            Self::Arrive
                | Self::ArriveLate(_)
                | Self::DismissElsewhere(_)
                | Self::RestoreElsewhere(_)
                | Self::Delete(_)
                | Self::Rewrite(_)
                | Self::Hear(_)
                | Self::Settle
                | Self::ReadsFail(_)
                | Self::WritesFail(_)
                | Self::WritesRefused(_)
                | Self::TokenExpires
                | Self::Tick(_)
                | Self::Pass(_)
        )
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Trouble {
    Server,
    Throttled,
    /// The vendor's way: 409, to be tried again after a second.
    Busy,
    Forbidden,
    Network,
}

impl Trouble {
    pub fn failure(self) -> Failure {
        match self {
            Self::Server => http(500),
            Self::Throttled => throttled(30),
            Self::Busy => http(409).with_retry_after(SECOND),
            Self::Forbidden => http(403),
            Self::Network => no_network(),
        }
    }
}

pub fn ops(most: usize) -> impl Strategy<Value = Vec<(usize, Op)>> {
    prop::collection::vec((0_usize..4, op()), 0..most)
}

fn op() -> impl Strategy<Value = Op> {
    let any = any::<u8>;
    let trouble = || {
        prop_oneof![
            Just(Trouble::Server),
            Just(Trouble::Throttled),
            Just(Trouble::Busy),
            Just(Trouble::Forbidden),
            Just(Trouble::Network)
        ]
    };
    let refusal = prop_oneof![
        4 => Just(None),
        2 => Just(Some(405)),
        1 => Just(Some(403)),
        1 => Just(Some(404)),
        1 => Just(Some(501)),
    ];
    prop_oneof![
        5 => Just(Op::Arrive),
        1 => any().prop_map(Op::ArriveLate),
        3 => any().prop_map(Op::DismissElsewhere),
        1 => any().prop_map(Op::RestoreElsewhere),
        2 => any().prop_map(Op::Delete),
        1 => any().prop_map(Op::Rewrite),
        3 => Just(Op::Refresh),
        4 => Just(Op::Calm),
        6 => Just(Op::LoadMore),
        8 => (any(), 1_u8..9).prop_map(|(at, count)| Op::Dismiss(at, count)),
        2 => (any(), 1_u8..4, 1_u16..600).prop_map(|(at, count, seconds)| Op::Snooze(at, count, seconds)),
        3 => any().prop_map(Op::Undo),
        4 => any().prop_map(Op::Restore),
        3 => any().prop_map(Op::Recall),
        2 => Just(Op::RetryWrite),
        1 => Just(Op::DismissAll),
        1 => Just(Op::Agree),
        1 => Just(Op::Hide),
        2 => Just(Op::Show),
        1 => Just(Op::Offline),
        2 => Just(Op::Online),
        1 => (1_u8..30).prop_map(Op::PageSize),
        1 => (prop::bool::ANY, prop::bool::ANY).prop_map(|(orderly, arrives)| Op::Visit(orderly, arrives)),
        1 => prop::bool::ANY.prop_map(Op::Freeze),
        2 => Just(Op::Lead),
        9 => any().prop_map(Op::Serve),
        12 => any().prop_map(Op::Deliver),
        2 => any().prop_map(Op::Lose),
        6 => any().prop_map(Op::Hear),
        4 => Just(Op::Settle),
        1 => trouble().prop_map(Op::ReadsFail),
        1 => trouble().prop_map(Op::WritesFail),
        1 => refusal.prop_map(Op::WritesRefused),
        1 => Just(Op::TokenExpires),
        5 => (0_u16..7_000).prop_map(Op::Tick),
        2 => (1_u8..120).prop_map(Op::Pass),
    ]
}
