//! The browser's storage. It may be refused, full or damaged at any time: then the widget works without it.

use web_sys::{Storage, Window};

use crate::{
    api::ApiBase,
    feed::{Entry, Journal, Order, Stage, strike_out},
    model::{CoworkerId, NotificationId},
};

/// Stores one coworker's ids and one server's habits, but never a token or a message.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    intents_key: String,
    /// The intents' key in the version before.
    earlier_key: String,
    count_key: String,
    order_key: String,
    refusal_key: String,
    seen_key: String,
}

/// All keys begin with this, so that a page's owner knows them as ours.
pub(super) const PREFIX: &str = "coworker-notifications:";

impl Memory {
    pub(super) fn new(base: &ApiBase, coworker: CoworkerId) -> Self {
        let key = |what: &str, tail: &str| [PREFIX, what, ":", base.as_str(), tail].concat();
        let member = [":", &coworker.0.to_string()].concat();
        Self {
            intents_key: key("intents", &member),
            earlier_key: key("journal", &member),
            count_key: key("count", &member),
            order_key: key("order", ""),
            refusal_key: key("refusal", &member),
            seen_key: key("seen", &member),
        }
    }

    pub(super) fn journal(&self, wall: i64) -> Journal {
        let stored = |key| read(local(), key).unwrap_or_default();
        Journal::decode(&stored(&self.intents_key), &stored(&self.count_key), &stored(&self.earlier_key), wall)
    }

    /// Reads, changes and writes in one step: other tabs change the same texts.
    pub(super) fn apply(&self, entries: &[Entry], wall: i64) -> bool {
        let mut journal = self.journal(wall);
        let mut over = Vec::new();
        let (mut seen, mut intents) = (false, false);
        for entry in entries {
            journal.apply(entry);
            match entry {
                Entry::Intents(some) => {
                    intents = true;
                    over.extend(some.iter().filter(|(_, intent)| intent.is_over()).map(|(id, _)| *id));
                }
                _ => seen = true,
            }
        }
        if let Some(earlier) = read(local(), &self.earlier_key).and_then(|text| strike_out(&text, &over)) {
            write(local(), &self.earlier_key, &earlier);
        }
        let stored = !intents || write(local(), &self.intents_key, &journal.intents(wall));
        (!seen || write(local(), &self.count_key, &journal.seen())) && stored
    }

    /// Marks this notification's pending intent as acknowledged.
    pub(super) fn acknowledge(&self, id: NotificationId, wall: i64) {
        let known = self.journal(wall).intents.get(&id).copied();
        if let Some(intent) = known.filter(|intent| intent.stage == Stage::Pending) {
            self.apply(&[Entry::Intents(vec![(id, intent.at(Stage::Acknowledged))])], wall);
        }
    }

    pub(super) fn order(&self) -> Order {
        read(session(), &self.order_key).map(|word| Order::from_word(&word)).unwrap_or_default()
    }

    pub(super) fn remember_order(&self, order: Order) {
        write(session(), &self.order_key, &order.word());
    }

    pub(super) fn refuses_writes(&self) -> bool {
        read(session(), &self.refusal_key).is_some()
    }

    pub(super) fn remember_refusal(&self) {
        write(session(), &self.refusal_key, "1");
    }

    /// The highest id that has been on screen.
    pub(super) fn seen(&self) -> Option<NotificationId> {
        read(local(), &self.seen_key)?.parse().ok().map(NotificationId)
    }

    pub(super) fn remember_seen(&self, id: NotificationId) {
        write(local(), &self.seen_key, &id.0.to_string());
    }
}

pub(super) type Place = fn(&Window) -> Result<Option<Storage>, wasm_bindgen::JsValue>;

pub(super) fn local() -> Place {
    Window::local_storage
}

fn session() -> Place {
    Window::session_storage
}

pub(super) fn read(place: Place, key: &str) -> Option<String> {
    place(&web_sys::window()?).ok()??.get_item(key).ok()?
}

pub(super) fn write(place: Place, key: &str, text: &str) -> bool {
    let storage = web_sys::window().and_then(|window| place(&window).ok().flatten());
    storage.is_some_and(|storage| storage.set_item(key, text).is_ok())
}
