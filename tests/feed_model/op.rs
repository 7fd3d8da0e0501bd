//! The operations of a scenario, and how they are generated.

use coworker_notifications::error::Failure;
use proptest::prelude::*;

use super::support::{SECOND, http, no_network, throttled};

/// An operation. Its numbers choose among what there is when it is applied.
#[derive(Debug, Clone)]
pub enum Op {
    // On the server, by others than these tabs.
    Arrive,
    /// A new notification with an old date arrives.
    ArriveLate(u8),
    DismissRemotely(u8),
    RestoreRemotely(u8),
    Delete(u8),
    Rewrite(u8),
    // The member and the page.
    Refresh,
    /// Everything in flight arrives; then each tab refreshes.
    RefreshAll,
    LoadMore,
    Dismiss(u8, u8),
    /// From this one on, so many notifications, for so many seconds.
    Snooze(u8, u8, u16),
    Undo(u8),
    Restore(u8),
    /// Restore what was dismissed remotely.
    Recall(u8),
    RetryWrite,
    DismissAll,
    Confirm,
    Hide,
    Show,
    Offline,
    Online,
    PageSize(u8),
    /// The tab is closed and another opened in its place: whether it could send its last writes, and whether they arrive.
    Reopen(bool, bool),
    /// The tab enters the back/forward cache: whether its last writes arrive. The next operation in the tab restores it.
    Freeze(bool),
    /// This tab becomes the leader.
    Lead,
    // The network.
    Serve(u8),
    Deliver(u8),
    Lose(u8),
    Receive(u8),
    /// The next tab that stores intents reads the text from before another tab's last write.
    ReadOld,
    ReportStored,
    RunUntilIdle,
    // Faults.
    ReadsFail(Fault),
    WritesFail(Fault),
    /// Refused with this status from now on. `None`: accepted again.
    WritesRefused(Option<u16>),
    TokenExpires,
    // Time.
    Tick(u16),
    Pass(u8),
}

impl Op {
    /// Whether the member does this, who has seen what was shown before.
    pub fn is_by_the_member(&self) -> bool {
        matches!(
            self,
            Self::Dismiss(..)
                | Self::Snooze(..)
                | Self::Undo(_)
                | Self::Restore(_)
                | Self::Recall(_)
                | Self::RetryWrite
                | Self::DismissAll
                | Self::Confirm
        )
    }

    /// Whether this happens in one tab, not in all of them or on the server.
    pub fn is_in_a_tab(&self) -> bool {
        !matches!(
            self,
            Self::Arrive
                | Self::ArriveLate(_)
                | Self::DismissRemotely(_)
                | Self::RestoreRemotely(_)
                | Self::Delete(_)
                | Self::Rewrite(_)
                | Self::Receive(_)
                | Self::ReadOld
                | Self::ReportStored
                | Self::RunUntilIdle
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
pub enum Fault {
    Server,
    Throttled,
    /// HTTP 409 with `Retry-After: 1`, as the vendor throttles.
    Busy,
    Forbidden,
    Network,
}

impl Fault {
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
    let fault = || {
        prop_oneof![
            Just(Fault::Server),
            Just(Fault::Throttled),
            Just(Fault::Busy),
            Just(Fault::Forbidden),
            Just(Fault::Network)
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
        3 => any().prop_map(Op::DismissRemotely),
        1 => any().prop_map(Op::RestoreRemotely),
        2 => any().prop_map(Op::Delete),
        1 => any().prop_map(Op::Rewrite),
        3 => Just(Op::Refresh),
        4 => Just(Op::RefreshAll),
        6 => Just(Op::LoadMore),
        8 => (any(), 1_u8..9).prop_map(|(at, count)| Op::Dismiss(at, count)),
        2 => (any(), 1_u8..4, 1_u16..600).prop_map(|(at, count, seconds)| Op::Snooze(at, count, seconds)),
        3 => any().prop_map(Op::Undo),
        4 => any().prop_map(Op::Restore),
        3 => any().prop_map(Op::Recall),
        2 => Just(Op::RetryWrite),
        1 => Just(Op::DismissAll),
        1 => Just(Op::Confirm),
        1 => Just(Op::Hide),
        2 => Just(Op::Show),
        1 => Just(Op::Offline),
        2 => Just(Op::Online),
        1 => (1_u8..30).prop_map(Op::PageSize),
        1 => (prop::bool::ANY, prop::bool::ANY).prop_map(|(orderly, arrives)| Op::Reopen(orderly, arrives)),
        1 => prop::bool::ANY.prop_map(Op::Freeze),
        2 => Just(Op::Lead),
        9 => any().prop_map(Op::Serve),
        12 => any().prop_map(Op::Deliver),
        2 => any().prop_map(Op::Lose),
        6 => any().prop_map(Op::Receive),
        2 => Just(Op::ReadOld),
        3 => Just(Op::ReportStored),
        4 => Just(Op::RunUntilIdle),
        1 => fault().prop_map(Op::ReadsFail),
        1 => fault().prop_map(Op::WritesFail),
        1 => refusal.prop_map(Op::WritesRefused),
        1 => Just(Op::TokenExpires),
        5 => (0_u16..7_000).prop_map(Op::Tick),
        2 => (1_u8..120).prop_map(Op::Pass),
    ]
}
