//! Anything may happen, in any order, with answers that are late, lost or refused. After every step the feed keeps its
//! promises ([`support::Tab`] checks them), and once things are calm it shows exactly what the server has.

#![cfg(not(target_family = "wasm"))]
#![allow(unreachable_pub, reason = "what tests share is public to them")]
#![allow(unused_imports, reason = "each test program uses its part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod crossed;
mod found;
mod op;
mod recall;
mod recount;
mod scene;
mod story;
mod visit;

use proptest::{prelude::*, test_runner::RngSeed};

use self::{
    op::{Op, ops},
    scene::{Scene, scene},
    story::Story,
};

fn cases(count: u32) -> ProptestConfig {
    // Always the same stories, unless `PROPTEST_CASES` in the environment asks for so many others.
    let asked = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok());
    let rng_seed = if asked.is_some() { RngSeed::Random } else { RngSeed::Fixed(7) };
    ProptestConfig {
        cases: asked.unwrap_or(count),
        max_shrink_iters: 20_000,
        failure_persistence: None,
        rng_seed,
        ..ProptestConfig::default()
    }
}

fn tell(scene: Scene, tabs: usize, ops: &[(usize, Op)]) {
    let mut story = Story::begin(scene, tabs);
    for (tab, op) in ops {
        story.happens(*tab % tabs, op);
    }
    story.ends_well();
}

proptest! {
    #![proptest_config(cases(512))]

    #[test]
    fn one_tab_is_right_in_the_end(scene in scene(), ops in ops(60)) {
        tell(scene, 1, &ops);
    }

    #[test]
    fn two_tabs_agree_in_the_end(scene in scene(), ops in ops(60)) {
        tell(scene, 2, &ops);
    }

    #[test]
    fn four_tabs_agree_in_the_end(scene in scene(), ops in ops(60)) {
        tell(scene, 4, &ops);
    }
}
