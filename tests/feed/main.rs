//! The behaviour of the bell as scripts of events: what the feed then shows and which requests it sends.

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
mod overwritten;
mod paging;
mod peers;
mod polling;
mod recall;
mod refusal;
mod restore;
mod snooze;
mod token;
mod undo;
