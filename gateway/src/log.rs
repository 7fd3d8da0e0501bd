//! Logging to stderr: the lines of this program that the level allows, and warnings of other libraries.

use std::io;

use tracing::Level;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::LogFormat;

/// Starts logging. Of other libraries only warnings are logged, since their lines may hold addresses and headers.
pub fn start(level: Level, format: LogFormat) {
    let targets = Targets::new()
        .with_default(LevelFilter::WARN)
        .with_target(env!("CARGO_PKG_NAME"), level)
        .with_target("audit", level.max(Level::INFO));
    let registry = tracing_subscriber::registry().with(targets);
    let layer = fmt::layer().with_writer(io::stderr).with_ansi(false);
    // Only this sets a logger in this process; in tests the first call counts.
    let _ = match format {
        LogFormat::Text => registry.with(layer).try_init(),
        LogFormat::Json => registry.with(layer.json().flatten_event(true)).try_init(),
    };
}
