//! Notifications that arrive while the panel is closed, shown for a moment beside the bell.
//!
//! The widget's live region announces arrivals, so the cards are no live region themselves.

use std::rc::Rc;

use gloo_events::EventListener;
use web_sys::{KeyboardEvent, MouseEvent, PointerEvent};
use yew::prelude::*;

use super::{
    act::Act,
    dom,
    follow::Follow,
    icon::Icon,
    intent::Intent,
    item, msg,
    news::arrived,
    popover::{self, Placing},
    swipe::Swipe,
    tag::{Tag, button, tag},
    text::{Key, Text},
    toasts::Toasts,
};
use crate::{
    config::Config,
    effect::Timer,
    feed::Snapshot,
    model::{Notification, NotificationId},
};

#[derive(Properties, PartialEq)]
pub(super) struct ToasterProps {
    pub(super) snapshot: Rc<Snapshot>,
    pub(super) config: Rc<Config>,
    pub(super) text: Rc<Text>,
    /// Whether the panel is open.
    pub(super) open: bool,
    pub(super) on_intent: Callback<Intent>,
    pub(super) bell: NodeRef,
}

/// Arrivals beside the bell.
pub(super) struct Toaster {
    act: Act,
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

#[derive(Debug)]
pub(super) enum Msg {
    Ask(Intent),
    Touch(PointerEvent),
    Over {
        by_finger: bool,
    },
    Close(NotificationId),
    Clear,
    /// Time has passed, or the page is hidden.
    Look,
}

impl Component for Toaster {
    type Message = Msg;
    type Properties = ToasterProps;

    fn create(ctx: &Context<Self>) -> Self {
        let heard = ctx.link().batch_callback(|msg| match msg {
            msg::Msg::Ask(intent) => Some(Msg::Ask(intent)),
            msg::Msg::Touch(event) => Some(Msg::Touch(event)),
            _ => None,
        });
        Self {
            act: Act::new(heard),
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

    fn changed(&mut self, ctx: &Context<Self>, old: &ToasterProps) -> bool {
        self.about_to_draw();
        let ToasterProps { snapshot, open, .. } = ctx.props();
        if *open {
            self.toasts.clear();
        } else if !Rc::ptr_eq(&old.snapshot, snapshot) {
            self.take_in(&old.snapshot, snapshot);
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        self.about_to_draw();
        match msg {
            Msg::Ask(intent) => {
                if let Intent::Select(id) = intent {
                    self.toasts.keep(|other| other != id);
                }
                ctx.props().on_intent.emit(intent);
            }
            Msg::Touch(event) => {
                if event.type_() == "pointerdown" {
                    self.swipe = Swipe::begin(&event);
                }
                let Some(id) = Swipe::follow(&mut self.swipe, &event) else { return false };
                self.toasts.keep(|other| other != id);
            }
            Msg::Over { by_finger } => {
                self.by_finger = by_finger;
                return false;
            }
            Msg::Close(id) => self.toasts.keep(|other| other != id),
            Msg::Clear => self.toasts.clear(),
            Msg::Look if is_hidden() => self.toasts.clear(),
            Msg::Look => self.toasts.expire(now(), self.is_read()),
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        if self.toasts.is_empty() {
            return Html::default();
        }
        let ToasterProps { snapshot, text, .. } = ctx.props();
        let listed = |id| snapshot.notifications.iter().find(|one| one.id == id);
        let more = self.toasts.more();
        let over = |event: PointerEvent| Msg::Over { by_finger: event.pointer_type() == "touch" };
        let more = (more > 0).then(|| {
            button()
                .attr("part", "toast-more")
                .attr("class", "link")
                .on("click", ctx.link().callback(|_: MouseEvent| Msg::Ask(Intent::Open)))
                .text(text.count(Key::ToastMore, more))
        });
        tag("div")
            .attr("class", "arrivals")
            .attr("popover", "manual")
            .attr("role", "group")
            .set("aria-label", text.get(Key::Title))
            .node(&self.node)
            .attr("dir", text.direction())
            .set("lang", text.locale.clone())
            .touch(&self.act)
            .on("pointerover", ctx.link().callback(over))
            .on("keydown", ctx.link().batch_callback(|event: KeyboardEvent| key(&event)))
            .children(self.toasts.shown().filter_map(listed).map(|one| self.toast(ctx, one)))
            .child(more)
            .into()
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if self.toasts.is_empty() {
            self.timer = None;
            self.follow = None;
            self.visibility = None;
        } else {
            self.stay(ctx);
            self.wait(ctx);
        }
        if self.had_keyboard && !ctx.props().open {
            self.keep_keyboard(ctx);
        }
    }
}

impl Toaster {
    /// Compares the feed with what it was.
    fn take_in(&mut self, old: &Snapshot, new: &Snapshot) {
        let listed = || new.notifications.iter().map(|one| one.id);
        self.toasts.keep(|id| listed().any(|other| other == id));
        let arrived = arrived(old, new);
        if !arrived.is_empty() && !is_hidden() {
            let ids: Vec<_> = listed().filter(|id| arrived.contains(id)).collect();
            self.toasts.arrive(&ids, now());
        }
    }

    fn toast(&self, ctx: &Context<Self>, notification: &Notification) -> Tag {
        let ToasterProps { config, text, .. } = ctx.props();
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
            .set("aria-labelledby", [part("c"), part("l")].join(" "))
            .on("click", ctx.link().callback(move |_: MouseEvent| Msg::Close(id)))
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
            .on("click", self.act.select(id))
            .on("auxclick", self.act.select(id))
            .child(item::icon(notification))
            .child(tag("div").attr("class", "body").children([label, message]))
            .child(close)
    }

    /// Keeps the arrivals in the top layer and at the bell, wherever the element is moved in the page.
    fn stay(&mut self, ctx: &Context<Self>) {
        popover::keep_shown(&self.node);
        let ToasterProps { config, text, bell, .. } = ctx.props();
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
    fn wait(&mut self, ctx: &Context<Self>) {
        let look = |link: html::Scope<Self>| move || link.send_message(Msg::Look);
        if let Some(wait) = self.toasts.wait(now()) {
            self.timer = Some(Timer::new(wait.max(0.0) as u32 + 1, look(ctx.link().clone())));
        }
        if self.visibility.is_none()
            && let Some(document) = web_sys::window().and_then(|window| window.document())
        {
            let look = look(ctx.link().clone());
            self.visibility = Some(EventListener::new(&document, "visibilitychange", move |_| look()));
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

    fn about_to_draw(&mut self) {
        self.had_keyboard = self.has_keyboard();
    }

    /// Moves the keyboard to the next arrival, or to the bell, if the arrival that it was on is gone.
    fn keep_keyboard(&self, ctx: &Context<Self>) {
        if self.has_keyboard() {
            return;
        }
        let next = dom::drawn(&self.node).and_then(|node| node.query_selector("[part=toast]").ok()?);
        if let Some(next) = next.or_else(|| dom::drawn(&ctx.props().bell)) {
            dom::focus(&next);
        }
    }
}

/// What a key means on an arrival, or on its button.
fn key(event: &KeyboardEvent) -> Option<Msg> {
    let toast = dom::closest(event, "[data-id]");
    let id = toast.as_ref().and_then(dom::row_id);
    let is_on_toast = toast.is_some() && toast == event.target().and_then(dom::element);
    let msg = match (&*event.key(), id) {
        ("Escape", _) => Msg::Clear,
        ("Enter", Some(id)) if is_on_toast => Msg::Ask(Intent::Select(id)),
        ("Delete" | "Backspace", Some(id)) => Msg::Close(id),
        _ => return None,
    };
    event.prevent_default();
    Some(msg)
}

fn is_hidden() -> bool {
    web_sys::window().and_then(|window| window.document()).is_none_or(|document| document.hidden())
}

/// Milliseconds on a monotonic clock.
fn now() -> f64 {
    crate::effect::now().mono as f64
}
