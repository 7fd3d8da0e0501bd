//! What can happen, and how to make it up.

use proptest::prelude::*;

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
    LoadMore,
    Dismiss(u8, u8),
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
    WritesRefused(bool),
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
                | Self::Undo(_)
                | Self::Restore(_)
                | Self::Recall(_)
                | Self::RetryWrite
                | Self::DismissAll
                | Self::Agree
        )
    }
}

#[derive(Debug, Clone, Copy)]
pub enum Trouble {
    Server,
    Throttled,
    Forbidden,
    Network,
}

pub fn ops(most: usize) -> impl Strategy<Value = Vec<(usize, Op)>> {
    prop::collection::vec((0_usize..4, op()), 0..most)
}

fn op() -> impl Strategy<Value = Op> {
    let any = any::<u8>;
    let trouble = || {
        prop_oneof![Just(Trouble::Server), Just(Trouble::Throttled), Just(Trouble::Forbidden), Just(Trouble::Network)]
    };
    prop_oneof![
        5 => Just(Op::Arrive),
        1 => any().prop_map(Op::ArriveLate),
        3 => any().prop_map(Op::DismissElsewhere),
        1 => any().prop_map(Op::RestoreElsewhere),
        2 => any().prop_map(Op::Delete),
        1 => any().prop_map(Op::Rewrite),
        3 => Just(Op::Refresh),
        6 => Just(Op::LoadMore),
        8 => (any(), 1_u8..9).prop_map(|(at, count)| Op::Dismiss(at, count)),
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
        2 => Just(Op::Lead),
        9 => any().prop_map(Op::Serve),
        12 => any().prop_map(Op::Deliver),
        2 => any().prop_map(Op::Lose),
        6 => any().prop_map(Op::Hear),
        4 => Just(Op::Settle),
        1 => trouble().prop_map(Op::ReadsFail),
        1 => trouble().prop_map(Op::WritesFail),
        1 => prop::bool::ANY.prop_map(Op::WritesRefused),
        1 => Just(Op::TokenExpires),
        5 => (0_u16..7_000).prop_map(Op::Tick),
        2 => (1_u8..120).prop_map(Op::Pass),
    ]
}
