//! A notification bell for coworking portals on Nexudus.
pub mod api;
pub mod config;
pub mod error;
pub mod feed;
pub mod model;
pub mod effect;
