//! A notification bell for coworking portals on Nexudus.
//!
//! The same widget three ways: the custom element `<coworker-notifications>` (built by `cargo xtask dist`), the Yew
//! component [`NotificationBell`], and below them the parts: the [`api`] client, the [`model`], and the [`feed`], a pure
//! state machine that knows nothing of browsers.
//!
//! In reading order:

pub mod api;
#[cfg(feature = "component")]
mod bell;
pub mod config;
#[cfg(feature = "component")]
pub mod effect;
#[cfg(feature = "element")]
mod element;
pub mod error;
#[cfg(feature = "component")]
mod event;
pub mod feed;
#[cfg(feature = "component")]
mod handle;
#[cfg(all(feature = "small-heap", target_family = "wasm"))]
mod heap;
#[cfg(feature = "component")]
mod js;
mod json;
pub mod model;
pub mod sorted;
#[cfg(feature = "component")]
pub mod view;

#[cfg(feature = "component")]
pub use bell::{NotificationBell, NotificationBellProps};
#[cfg(feature = "component")]
pub use event::{BellEvent, Veto};
#[cfg(feature = "component")]
pub use handle::BellHandle;

/// The widget's styles, in this order: the bell's, the panel's, the list's, those of what is done with a row, those of
/// the choice of a list, those of the preferences, and those of arrivals. They are written for a shadow root.
pub const STYLES: [&str; 7] = [
    include_str!("../static/element/bell.css"),
    include_str!("../static/widget.css"),
    include_str!("../static/list.css"),
    include_str!("../static/actions.css"),
    include_str!("../static/views.css"),
    include_str!("../static/preferences.css"),
    include_str!("../static/toasts.css"),
];

/// The examples of the README compile.
#[cfg(all(doctest, feature = "component"))]
#[doc = include_str!("../README.md")]
mod readme {}
