//! Notifications that arrive while the panel is closed, shown for a moment beside the bell.
//!
//! The widget's live region announces arrivals, so the cards are no live region themselves.

use gloo_events::EventListener;
use web_sys::KeyboardEvent;
use yew::{Callback, NodeRef};

use super::{
    act::{Act, Reaction},
    dom,
    follow::Follow,
    icon::Icon,
    intent::Intent,
    item,
    msg::Msg,
    news::arrived,
    popover::{self, Placing},
    swipe::Swipe,
    tag::{Tag, button, tag},
    text::{Key, Text},
    toasts::Toasts,
};
use crate::{
    config::Config,
    effect::{Timer, visible},
    feed::Snapshot,
    model::Notification,
};

/// Arrivals beside the bell.
#[derive(Debug)]
pub(super) struct Toaster {
    act: Act,
    on_intent: Callback<Intent>,
    node: NodeRef,
    toasts: Toasts,
    swipe: Option<Swipe>,
    /// The last pointer was a finger. Browsers report the touched element as hovered until the next touch.
    by_finger: bool,
    /// The keyboard was on an arrival before the drawing.
    had_keyboard: bool,
    timer: Option<Timer>,
    follow: Option<Follow>,
    visibility: Option<EventListener>,
}

impl Toaster {
    /// Arrivals whose messages go through `act` and come back by [`Self::update`].
    pub(super) fn new(act: Act, on_intent: Callback<Intent>) -> Self {
        Self {
            act,
            on_intent,
            node: NodeRef::default(),
            toasts: Toasts::default(),
            swipe: None,
            by_finger: false,
            had_keyboard: false,
            timer: None,
            follow: None,
            visibility: None,
        }
    }

    /// The feed has changed, or the panel was opened or closed.
    pub(super) fn changed(&mut self, old: &Snapshot, new: &Snapshot, open: bool) {
        if open {
            self.toasts.clear();
        } else if !std::ptr::eq(old, new) {
            self.take_in(old, new);
        }
    }

    /// Handles a message. Returns `true` if the arrivals must be drawn again.
    pub(super) fn update(&mut self, msg: Msg) -> bool {
        match msg {
            Msg::Ask(intent) => {
                if let Intent::Select(id) = intent {
                    self.toasts.remove(id);
                }
                self.on_intent.emit(intent);
            }
            Msg::Touch(event) => {
                if event.type_() == "pointerdown" {
                    self.swipe = Swipe::begin(&event);
                }
                let Some(id) = Swipe::follow(&mut self.swipe, &event) else { return false };
                self.toasts.remove(id);
            }
            Msg::Over { by_finger } => {
                self.by_finger = by_finger;
                return false;
            }
            Msg::Close(id) => self.toasts.remove(id),
            Msg::Escape => self.toasts.clear(),
            Msg::Tick if !visible() => self.toasts.clear(),
            Msg::Tick => self.toasts.expire(now(), self.is_read()),
            // The others are the panel's.
            _ => return false,
        }
        true
    }

    /// Draws the arrivals, if there are any.
    pub(super) fn view(&self, snapshot: &Snapshot, config: &Config, text: &Text) -> Option<Tag> {
        if self.toasts.is_empty() {
            return None;
        }
        let listed = |id| snapshot.notifications.with_id(id);
        let more = self.toasts.more();
        let more = (more > 0).then(|| {
            button()
                .attr("part", "toast-more")
                .attr("class", "link")
                .press(&self.act, Msg::Ask(Intent::Open))
                .text(text.count(Key::ToastMore, more))
        });
        let group = tag("div")
            .attr("class", "arrivals")
            .attr("popover", "manual")
            .attr("role", "group")
            .set("aria-label", text.get(Key::Title))
            .node(&self.node)
            .attr("dir", text.direction())
            .set("lang", text.locale.clone())
            .touch(&self.act)
            .on("pointerover", &self.act, Reaction::Over)
            .on("keydown", &self.act, Reaction::Keys(key))
            .children(self.toasts.shown().filter_map(listed).map(|one| self.toast(config, text, one)))
            .child(more);
        Some(group)
    }

    /// After a drawing: keeps the arrivals at the bell, and the keyboard on them.
    pub(super) fn rendered(&mut self, config: &Config, text: &Text, open: bool, bell: &NodeRef) {
        if self.toasts.is_empty() {
            self.timer = None;
            self.follow = None;
            self.visibility = None;
        } else {
            self.stay(config, text, bell);
            self.wait();
        }
        if self.had_keyboard && !open {
            self.keep_keyboard(bell);
        }
    }

    /// Compares the feed with what it was.
    fn take_in(&mut self, old: &Snapshot, new: &Snapshot) {
        self.toasts.keep(|id| new.notifications.position(id).is_some());
        let arrived = arrived(old, new);
        if !arrived.is_empty() && visible() {
            let mut ids = Vec::new();
            for one in new.notifications.iter() {
                if arrived.contains(&one.id) {
                    ids.push(one.id);
                }
            }
            self.toasts.arrive(&ids, now());
        }
    }

    fn toast(&self, config: &Config, text: &Text, notification: &Notification) -> Tag {
        let id = notification.id;
        let number = id.0.to_string();
        let part = |letter: &str| ["cn-toast-", letter, &number].concat();
        let message = tag("p")
            .attr("part", "message")
            .set("id", part("m"))
            .attr("dir", "auto")
            .attr("class", "clamp")
            .text(item::beginning(notification));
        let label = item::label(notification, config, text, part("l"));
        let close = button()
            .attr("part", "toast-close")
            .set("id", part("c"))
            .set("aria-label", text.get(Key::Close))
            // "Close Invoice"
            .set("aria-labelledby", [&part("c"), " ", &part("l")].concat())
            .press(&self.act, Msg::Close(id))
            .child(Icon::CROSS.draw());
        tag("div")
            .attr("part", "toast")
            .attr("role", "article")
            .attr("tabindex", "0")
            .key(&*number)
            .set("data-id", number.clone())
            .set("data-type", notification.kind.as_str().to_owned())
            .set("aria-labelledby", part("l"))
            .set("aria-describedby", part("m"))
            .on("click", &self.act, Reaction::Select(id))
            .on("auxclick", &self.act, Reaction::Select(id))
            .child(item::icon(notification))
            .child(tag("div").attr("class", "body").child(label).child(message))
            .child(close)
    }

    /// Keeps the arrivals in the top layer and at the bell, wherever the element is moved in the page.
    fn stay(&mut self, config: &Config, text: &Text, bell: &NodeRef) {
        popover::keep_shown(&self.node);
        let right_to_left = text.direction() == "rtl";
        let placing = Placing { placement: config.placement, right_to_left, is_menu: true };
        match &self.follow {
            Some(follow) if !follow.is_lost() => follow.refresh(placing),
            _ => {
                let drawn = dom::drawn(&self.node).zip(dom::drawn(bell));
                self.follow = drawn.map(|(node, bell)| Follow::new(node, bell, placing));
            }
        }
    }

    /// Checks again when the time of the next arrival is over, or when the page is hidden.
    fn wait(&mut self) {
        if let Some(wait) = self.toasts.wait(now()) {
            let act = self.act.clone();
            self.timer = Some(Timer::new(wait.max(0.0) as u32 + 1, move || act.emit(Msg::Tick)));
        }
        if self.visibility.is_none()
            && let Some(document) = web_sys::window().and_then(|window| window.document())
        {
            self.visibility = Some(EventListener::new(&document, "visibilitychange", self.act.handler(Msg::Tick)));
        }
    }

    /// Whether the pointer or the keyboard is on an arrival.
    fn is_read(&self) -> bool {
        let is_under_pointer = |node: &web_sys::Element| !self.by_finger && node.matches(":hover") == Ok(true);
        self.has_keyboard() || dom::drawn(&self.node).is_some_and(|node| is_under_pointer(&node))
    }

    fn has_keyboard(&self) -> bool {
        let focused = dom::drawn(&self.node).map(|node| node.query_selector(":focus-visible"));
        matches!(focused, Some(Ok(Some(_))))
    }

    /// Before a drawing: remembers whether the keyboard is on an arrival, so that it is not lost.
    pub(super) fn about_to_draw(&mut self) {
        self.had_keyboard = self.has_keyboard();
    }

    /// Moves the keyboard to the next arrival, or to the bell, if the arrival that it was on is gone.
    fn keep_keyboard(&self, bell: &NodeRef) {
        if self.has_keyboard() {
            return;
        }
        let next = dom::drawn(&self.node).and_then(|node| node.query_selector("[part=toast]").ok()?);
        if let Some(next) = next.or_else(|| dom::drawn(bell)) {
            dom::focus(&next);
        }
    }
}

/// What a key means on an arrival, or on its button.
fn key(event: &KeyboardEvent) -> Option<Msg> {
    let toast = dom::closest(event, "[data-id]");
    let id = toast.as_ref().and_then(dom::row_id);
    let is_on_toast = toast.is_some() && toast == event.target().and_then(dom::element);
    match (&*dom::key(event), id) {
        ("Escape", _) => Some(Msg::Escape),
        ("Enter", Some(id)) if is_on_toast => Some(Msg::Ask(Intent::Select(id))),
        ("Delete" | "Backspace", Some(id)) => Some(Msg::Close(id)),
        _ => None,
    }
}

/// Milliseconds on a monotonic clock.
fn now() -> f64 {
    crate::effect::now().mono as f64
}
