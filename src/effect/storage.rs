//! The browser's storage. It may be refused, full or damaged at any time: then the widget works without it.

use gloo_events::EventListener;
use wasm_bindgen::JsCast;
use web_sys::Storage;

use crate::{
    api::ApiBase,
    feed::{Entry, Intent, Journal, Order, Stage, strike_out},
    js::{call, get, global},
    model::{CoworkerId, NotificationId},
    sorted::SortedMap,
};

/// Stores one coworker's ids and one server's habits, but never a token or a message.
#[derive(Debug, Clone)]
pub(super) struct Memory {
    base: ApiBase,
    coworker: CoworkerId,
}

/// All keys begin with this, so that a page's owner knows them as ours.
const PREFIX: &str = "coworker-notifications:";

/// The key of something that is stored for one coworker.
pub(super) fn key(what: &str, base: &ApiBase, coworker: CoworkerId) -> String {
    [PREFIX, what, ":", base.as_str(), ":", &coworker.0.to_string()].concat()
}

const INTENTS: &str = "intents";
/// The intents in the version before.
const EARLIER: &str = "journal";
const COUNT: &str = "count";
const REFUSAL: &str = "refusal";
const SEEN: &str = "seen";

impl Memory {
    pub(super) fn new(base: &ApiBase, coworker: CoworkerId) -> Self {
        Self { base: base.clone(), coworker }
    }

    fn key(&self, what: &str) -> String {
        key(what, &self.base, self.coworker)
    }

    /// The order is the server's, whoever asks.
    fn order_key(&self) -> String {
        [PREFIX, "order:", self.base.as_str()].concat()
    }

    fn read(&self, what: &str) -> Option<String> {
        read(LOCAL, &self.key(what))
    }

    fn write(&self, what: &str, text: &str) -> bool {
        write(LOCAL, &self.key(what), text)
    }

    pub(super) fn journal(&self, wall: i64) -> Journal {
        let stored = |what| self.read(what).unwrap_or_default();
        Journal::decode(&stored(INTENTS), &stored(COUNT), &stored(EARLIER), wall)
    }

    /// The stored intents alone; `None` where there is no text, or none of this version.
    pub(super) fn intents(&self, wall: i64) -> Option<SortedMap<NotificationId, Intent>> {
        Journal::decode_intents(&self.read(INTENTS)?, wall)
    }

    /// Calls `changed` when another tab has stored intents.
    pub(super) fn watch(&self, changed: impl Fn() + 'static) -> Option<EventListener> {
        watch(self.key(INTENTS), changed)
    }

    /// Reads, changes and writes in one go. Another tab may write in between all the same: see [`Memory::watch`].
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
        if let Some(earlier) = self.read(EARLIER).and_then(|text| strike_out(&text, &over)) {
            self.write(EARLIER, &earlier);
        }
        let stored = !intents || self.write(INTENTS, &journal.intents(wall));
        (!seen || self.write(COUNT, &journal.seen())) && stored
    }

    /// Marks this notification's pending intent as acknowledged.
    pub(super) fn acknowledge(&self, id: NotificationId, wall: i64) {
        let known = self.journal(wall).intents.get(&id).copied();
        if let Some(intent) = known.filter(|intent| intent.stage == Stage::Pending) {
            self.apply(&[Entry::Intents(vec![(id, intent.at(Stage::Acknowledged))])], wall);
        }
    }

    pub(super) fn order(&self) -> Order {
        read(SESSION, &self.order_key()).map(|word| Order::from_word(&word)).unwrap_or_default()
    }

    pub(super) fn remember_order(&self, order: Order) {
        write(SESSION, &self.order_key(), &order.word());
    }

    pub(super) fn refuses_writes(&self) -> bool {
        read(SESSION, &self.key(REFUSAL)).is_some()
    }

    pub(super) fn remember_refusal(&self) {
        write(SESSION, &self.key(REFUSAL), "1");
    }

    /// The highest id that has been on screen.
    pub(super) fn seen(&self) -> Option<NotificationId> {
        self.read(SEEN)?.parse().ok().map(NotificationId)
    }

    pub(super) fn remember_seen(&self, id: NotificationId) {
        self.write(SEEN, &id.0.to_string());
    }
}

/// The browser's storages, by their names in the window.
pub(super) const LOCAL: &str = "localStorage";
const SESSION: &str = "sessionStorage";

pub(super) fn read(storage: &str, key: &str) -> Option<String> {
    call(&global(storage)?, "getItem", &key.into())?.as_string()
}

pub(super) fn write(storage: &str, key: &str, text: &str) -> bool {
    global(storage).is_some_and(|storage| storage.unchecked_into::<Storage>().set_item(key, text).is_ok())
}

/// Calls `changed` when another tab has stored something for this key, or has cleared all. Listens until dropped.
pub(super) fn watch(key: String, changed: impl Fn() + 'static) -> Option<EventListener> {
    let window = web_sys::window()?;
    Some(EventListener::new(&window, "storage", move |event| {
        let name = get(event, "key").unwrap_or_default();
        // No key: all was cleared.
        if name.is_null() || name.as_string().as_deref() == Some(&key) {
            changed();
        }
    }))
}
