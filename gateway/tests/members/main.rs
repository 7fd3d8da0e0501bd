//! What members get, and what they do not: through the router, without a socket, over a space that is kept in step with
//! a Nexudus that the sandbox plays.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]
#![allow(unreachable_pub, reason = "a test program has no outside")]

#[path = "../outside/mod.rs"]
mod outside;

mod desk;
mod frame;
mod limits;
mod lists;
mod strangers;
mod streams;
mod webhooks;
mod writes;
