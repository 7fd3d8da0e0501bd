//! The views: presentational, drawn from a [`Snapshot`](crate::feed::Snapshot).
//!
//! Views keep only their own state (the open filter, the keyboard's place, sizes). They report what a member wants as
//! an [`Intent`], and get the result as a new snapshot. Styles are set through the CSSOM and text is always a text
//! node, so the widget runs under strict content security policies and Trusted Types.

mod act;
mod anchor;
mod bell;
#[cfg(test)]
mod contrast;
mod dom;
mod due;
mod filters;
mod finger;
mod focus;
mod follow;
mod frame;
mod header;
mod icon;
mod intent;
mod item;
mod layers;
mod list;
mod listen;
mod menu;
mod msg;
mod news;
mod notice;
mod panel;
mod place;
mod popover;
mod preferences;
mod rows;
mod scene;
mod snooze;
mod states;
mod swipe;
mod tag;
#[cfg(test)]
mod testing;
pub mod text;
mod time;
mod toaster;
mod toasts;
mod undo;
mod viewport;
mod views;
mod virtual_list;
mod widget;

pub use intent::Intent;
pub use time::{Ago, Clock, Unit};
pub use widget::{Msg as WidgetMsg, Widget, WidgetProps};
