//! A local stand-in for the Nexudus CoworkerNotifications API, for development, demos and tests.
//!
//! Everything lives in memory and starts from a seed, so a run can be repeated to the letter.
//! One [`router`] answers three groups of paths:
//!
//! - `/api/…`: the API itself, with roles per token, filters, paging, validation and CORS;
//! - `/sandbox/…`: the controls: faults, request log, generator, reset;
//! - everything else: a directory of static files, the page.
//!
//! ```
//! # fn main() {
//! let sandbox = sandbox::Sandbox::new(sandbox::Options::default());
//! let app: axum::Router = sandbox::router(sandbox);
//! # }
//! ```
//!
//! The sandbox knows the API's contract only from its documentation and from the JSON fixtures it
//! shares with the widget. It never imports the widget, so the two check each other.

mod access;
mod api;
mod clock;
mod control;
mod error;
mod faults;
mod generator;
mod local;
mod log;
mod messages;
mod meter;
mod people;
mod seed;
mod serve;
mod site;
mod state;
mod store;
mod webhook;

use axum::Router;

pub use access::TokenInfo;
pub use meter::Gateway;
pub use people::{Coworker, FIRST_FURTHER};
pub use serve::serve;
pub use state::{Options, Sandbox};

/// The whole sandbox as a service. Needs no socket: tests call it directly.
///
/// The generator of notifications is a task beside it, which [`serve()`] starts.
pub fn router(sandbox: Sandbox) -> Router {
    Router::new()
        .merge(api::routes(&sandbox))
        .merge(control::routes())
        .fallback_service(site::service(sandbox.options()))
        .with_state(sandbox)
}
