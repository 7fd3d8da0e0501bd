//! Helpers of several tests.

#![allow(dead_code, unreachable_pub, reason = "each test takes what it needs")]
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, reason = "a test fails by panicking")]

pub mod child;
pub mod http;
pub mod nexudus;
pub mod postgres;

use std::{io::Write, sync::Arc};

use gateway::{
    Store,
    clock::System,
    store::{Location, open},
};

/// Runs a test with a store of each kind.
pub async fn each_store(test: impl AsyncFn(Arc<dyn Store>)) {
    let folder = tempfile::tempdir().expect("a folder");
    let file = Location::File(folder.path().join("gateway.db"));
    for location in [Location::Memory, file] {
        test(open(&location, System::clock()).await.expect("a store")).await;
    }
    if let Some(server) = postgres::server() {
        test(open(&server.database(), System::clock()).await.expect("a store")).await;
    }
}

/// Prints a line that the test harness does not capture.
pub fn say(line: &str) {
    writeln!(std::io::stderr(), "{line}").ok();
}
