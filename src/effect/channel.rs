//! Texts between the tabs of one origin (BroadcastChannel).

use gloo_events::EventListener;
use js_sys::Reflect;
use wasm_bindgen::JsCast;
use web_sys::{BroadcastChannel, MessageEvent};

/// Open until it is dropped.
pub(super) struct Channel {
    channel: BroadcastChannel,
    _listener: EventListener,
}

impl Channel {
    /// `hear` gets the texts of the other tabs. `None` where the browser has no channels, or not for this page.
    pub(super) fn open(name: &str, hear: impl Fn(&str) + 'static) -> Option<Self> {
        Reflect::has(&js_sys::global(), &"BroadcastChannel".into()).ok().filter(|there| *there)?;
        let channel = BroadcastChannel::new(name).ok()?;
        let listener = EventListener::new(&channel, "message", move |event| {
            let text = event.dyn_ref::<MessageEvent>().and_then(|event| event.data().as_string());
            if let Some(text) = text {
                hear(&text);
            }
        });
        Some(Self { channel, _listener: listener })
    }

    pub(super) fn say(&self, text: &str) {
        // A closed channel says nothing: the page is going away.
        let _ = self.channel.post_message(&text.into());
    }
}

impl Drop for Channel {
    fn drop(&mut self) {
        self.channel.close();
    }
}
