//! What the bell does, told as scripts: things happen to a feed, and this is what it shows and what the server hears.

#![cfg(not(target_family = "wasm"))]
#![allow(unreachable_pub, reason = "what tests share is public to them")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[path = "../support/mod.rs"]
mod support;

mod count;
mod dismiss_all;
mod dismissal;
mod dismissed_view;
mod earlier;
mod envelope;
mod failure_and_retry;
mod journal;
mod leaving;
mod loading;
mod local_only;
mod many_local;
mod order;
mod paging;
mod peers;
mod polling;
mod recall;
mod refusal;
mod restore;
mod snooze;
mod token;
mod undo;
