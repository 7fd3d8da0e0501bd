//! The gateway between a space's members and Nexudus: it holds the space's credential, asks Nexudus once for everybody,
//! and gives each member their own notifications and nothing else.
//!
//! In reading order:

pub mod budget;
pub mod clock;
pub mod nexudus;
pub mod query;
pub mod record;
pub mod space;
pub mod store;

pub use budget::Budget;
pub use nexudus::Nexudus;
pub use query::ListQuery;
pub use record::StoredRecord;
pub use space::{Listing, MemberState, MemberWatch, Readiness, Revision, Space, SpaceError, SpaceOptions, StartError};
pub use store::Store;
