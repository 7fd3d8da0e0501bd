//! Messages between the tabs of one origin (BroadcastChannel).

use gloo_events::EventListener;
use wasm_bindgen::JsValue;
use web_sys::BroadcastChannel;

use crate::js::{call, get, global};

/// Open until it is dropped.
pub(super) struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Channel {
    /// Calls `receive` with the messages of other tabs. `None`: the browser has no channels, or none for this page.
    pub(super) fn open(name: &str, receive: impl Fn(&str) + 'static) -> Option<Self> {
        Self::exists().then_some(())?;
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            if let Some(text) = get(event, "data").and_then(|text| text.as_string()) {
                receive(&text);
            }
        });
        Some(Self { channel, _listener: listener })
    }

    /// Whether the browser has channels.
    pub(super) fn exists() -> bool {
        global("BroadcastChannel").is_some_and(|class| class.is_function())
    }

    pub(super) fn post(&self, text: &str) {
        // Sending fails only on a closed channel, when the page is being left.
        let _ = call(&self.channel, "postMessage", &text.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        let _ = call(&self.channel, "close", &JsValue::UNDEFINED);
    }
}
