//! Random operations in random order, with answers that are late, lost or refused. After every step the feed's invariants
//! hold ([`support::Tab`] checks them). At the end, when nothing is in flight any more, every tab shows exactly what the
//! server has.

#![cfg(not(target_family = "wasm"))]
#![allow(unreachable_pub, reason = "what tests share is public to them")]
#![allow(unused_imports, reason = "each test program uses its part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod crossed_writes;
mod op;
mod recall;
mod recount;
mod regressions;
mod reopen;
mod scenario;
mod start;

use proptest::{prelude::*, test_runner::RngSeed};

use self::{
    op::{Op, ops},
    scenario::Scenario,
    start::{Start, start},
};

fn cases(count: u32) -> ProptestConfig {
    // The same scenarios in each run, unless the environment variable `PROPTEST_CASES` sets a number of random ones.
    let requested = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if requested.is_some() { RngSeed::Random } else { RngSeed::Fixed(7) };
    ProptestConfig {
        cases: requested.unwrap_or(count),
        max_shrink_iters: 20_000,
        failure_persistence: None,
        rng_seed,
        ..ProptestConfig::default()
    }
}

/// Applies the operations, each in its tab, and checks the end.
fn run(start: Start, tabs: usize, ops: &[(usize, Op)]) {
    let mut scenario = Scenario::begin(start, tabs);
    for (tab, op) in ops {
        scenario.apply(*tab % tabs, op);
    }
    scenario.check_end();
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn one_tab_is_right_in_the_end(start in start(), ops in ops(60)) {
        run(start, 1, &ops);
    }

    #[test]
    fn two_tabs_agree_in_the_end(start in start(), ops in ops(60)) {
        run(start, 2, &ops);
    }

    #[test]
    fn four_tabs_agree_in_the_end(start in start(), ops in ops(60)) {
        run(start, 4, &ops);
    }
}
