//! Carries out the feed's commands with the browser's services.
//!
//! Each timer, listener, request and lock is a value that ends when it is dropped.

pub mod alerts;
mod back_forward_cache;
mod channel;
mod clock;
mod early;
mod election;
mod fetch;
mod flight;
mod key;
mod leadership;
mod lock;
mod navigate;
mod page;
mod preferences;
mod prefix;
mod push;
mod registry;
mod seen;
mod sse;
mod storage;
mod store;
mod stream;
mod subscribers;
mod subscription;
mod tabs;
mod timer;
mod title;
mod token;
mod waiters;
mod wire;

pub use clock::{now, wall};
#[cfg(feature = "element")]
pub(crate) use early::take_from;
pub use fetch::Fetch;
pub use key::FeedKey;
pub use navigate::navigate;
pub(crate) use page::visible;
pub use preferences::StoredPreferences;
pub use registry::{find, hand_over, open};
pub use store::Store;
pub use subscribers::Update;
pub use subscription::Subscription;
pub(crate) use timer::Timer;
pub use title::TitleBadge;
#[cfg(feature = "element")]
pub(crate) use token::bare;
pub use token::{Provider, TokenSource};
#[cfg(feature = "element")]
pub(crate) use wire::fetch_text;
