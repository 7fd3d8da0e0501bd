//! A world for scripts of events: feeds in tabs, a server, and a clock that the script moves.
//!
//! ```ignore
//! let mut world = World::new(Server::with(60));
//! world.start();
//! world.dismiss(&[60]);
//! world.pass(6 * SECOND);
//! assert_eq!(world.server.writes(), [(60, true)]);
//! ```
//!
//! The invariants are checked after every step (see [`tab::Tab::check`]).

#![allow(dead_code, unused_imports, reason = "each test program uses its part")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::print_stderr)]

pub mod between;
pub mod envelope;
pub mod freeze;
pub mod server;
pub mod setup;
pub mod tab;
pub mod world;

pub use envelope::Envelope;
pub use server::{Call, DirMeaning, Faulty, Server, Ties, note};
pub use setup::settings;
pub use tab::{InFlight, Tab};
pub use world::World;

use coworker_notifications::{
    error::{Failure, FailureKind},
    feed::{Intent, Stage, Stamp},
    model::NotificationId,
    sorted::SortedMap,
};

/// Milliseconds.
pub const SECOND: u64 = 1_000;
/// Milliseconds.
pub const MINUTE: u64 = 60 * SECOND;

/// The failure that an answer with this status is.
pub fn http(status: u16) -> Failure {
    let kind = match status {
        401 => FailureKind::Unauthorized,
        403 => FailureKind::Forbidden,
        409 | 429 => FailureKind::Throttled,
        _ => FailureKind::Server,
    };
    Failure::new(kind, format!("HTTP {status}")).with_status(status)
}

/// Stored intents of notifications that are dismissed in this browser only.
pub fn local_only(ids: impl IntoIterator<Item = i64>) -> SortedMap<NotificationId, Intent> {
    let stamp = Stamp { counter: 1_750_000_000_000, tab: 3 };
    let intent = Intent { stamp, stage: Stage::Local, dismissed: true, snoozed_until: None };
    ids.into_iter().map(|id| (NotificationId(id), intent)).collect()
}

/// No answer.
pub fn no_network() -> Failure {
    Failure::new(FailureKind::Network, "no answer")
}

/// HTTP 429 with `Retry-After`.
pub fn throttled(seconds: u64) -> Failure {
    http(429).with_retry_after(seconds * SECOND)
}
