//! The gateway between a space's members and Nexudus: it holds the space's credential, asks Nexudus once for everybody,
//! and gives each member their own notifications and nothing else.
//!
//! In reading order:

#![allow(clippy::duplicate_mod, reason = "store/shared is compiled once for each kind of database")]

pub mod admin;
pub mod budget;
pub mod check;
pub mod clock;
pub mod config;
pub mod http;
mod hub;
pub mod identity;
pub mod log;
pub mod nexudus;
pub mod query;
pub mod record;
pub mod serve;
pub mod space;
pub mod store;
mod sync;
mod task;

pub use budget::Budget;
pub use nexudus::Nexudus;
pub use query::ListQuery;
pub use record::StoredRecord;
pub use space::{Listing, MemberState, MemberWatch, Readiness, Revision, Space, SpaceError, SpaceOptions, StartError};
pub use store::Store;
