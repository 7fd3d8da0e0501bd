//! What a feed begins with in tests, benchmarks and fuzz targets: a tab that is seen and online, and nothing stored.

use coworker_notifications::{
    config::DismissMode,
    feed::{Journal, Order, Settings, Setup},
    model::CoworkerId,
};

/// What an element without attributes has.
pub fn settings() -> Settings {
    Settings {
        page_size: 25,
        poll_interval: 60,
        dismiss_mode: DismissMode::Auto,
        types: Vec::new(),
        muted: Vec::new(),
        stream: true,
        alerts: false,
    }
}

/// The feed of such an element.
pub fn setup() -> Setup {
    Setup {
        coworker: CoworkerId(1001),
        settings: settings(),
        order: Order::default(),
        writes_refused: false,
        journal: Journal::default(),
        tab: 7,
        locks: true,
        visible: true,
        online: true,
        answered: false,
        seed: 7,
    }
}
