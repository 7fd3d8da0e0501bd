//! What the bell does, told as scripts: things happen to a feed, and this is what it shows and what the server hears.

#![cfg(not(target_family = "wasm"))]
#![allow(unreachable_pub, reason = "what tests share is public to them")]
#![allow(unused_imports, reason = "each test program uses its part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod loading;
