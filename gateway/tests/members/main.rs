//! The members' HTTP interface: what a member gets, and what is refused. Requests go to the router without a socket. The
//! sandbox plays Nexudus.

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

mod every_answer;
mod isolation;
mod limits;
mod lists;
mod streams;
mod test_gateway;
mod webhooks;
mod writes;
