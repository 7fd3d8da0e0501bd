//! The panel: header, filters, list, notices, undo. A labelled, non-modal dialog (WAI-ARIA Authoring Practices,
//! "Dialog", without the modal parts), or a region of the page in the inline variant.
//!
//! It exists only while it is open: timers, listeners and measurements end with it.

use std::{collections::BTreeSet, rc::Rc};

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use web_sys::{Element, PointerEvent};
use yew::prelude::*;

use super::{
    act::Act,
    dom, filters, header,
    intent::Intent,
    list::{List, Move},
    notice, popover,
    rows::{self, Rows},
    states,
    swipe::{Swipe, Touch},
    text::{Key, Text},
    time::{Ago, Clock, Days, millis},
    undo,
};
use crate::{
    config::{Config, Variant},
    feed::Snapshot,
    model::{Meaning, NotificationId},
};

#[derive(Properties, PartialEq)]
pub(super) struct PanelProps {
    pub(super) snapshot: Rc<Snapshot>,
    pub(super) config: Rc<Config>,
    pub(super) text: Rc<Text>,
    /// `false` while the panel leaves the screen.
    pub(super) open: bool,
    pub(super) on_intent: Callback<Intent>,
    pub(super) clock: Clock,
    /// What was never on screen before.
    pub(super) new: Rc<BTreeSet<NotificationId>>,
    pub(super) bell: NodeRef,
}

/// What can happen to a panel.
#[derive(Debug, Clone)]
pub(super) enum Msg {
    Ask(Intent),
    Select(NotificationId),
    Filter(Option<Meaning>),
    /// The next filter, or the one before.
    Choose(bool),
    All,
    AllYes,
    AllNo,
    Expand(NotificationId),
    Focused(NotificationId),
    Step(Move),
    Touch(PointerEvent),
    Scrolled,
    /// The page around scrolled, or the window changed its size.
    Moved,
    /// Something shown may be called otherwise now.
    Tick,
    /// The last drawing taught something about sizes.
    Redraw,
    Escape,
}

/// What the views of a panel draw from.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) config: &'a Config,
    pub(super) text: &'a Text,
    pub(super) new: &'a BTreeSet<NotificationId>,
    pub(super) filtered: bool,
    /// The server's time.
    pub(super) now: f64,
    /// This device's time.
    pub(super) device_now: f64,
    pub(super) days: &'a Days,
    pub(super) act: &'a Act,
}

/// Where focus goes after the next drawing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Focus {
    /// Nowhere else, unless what had it is gone.
    Stays,
    /// To the first row without moving the page, or to the panel.
    Enters,
    Row,
    Chip,
    Keep,
}

pub(super) struct Panel {
    act: Act,
    node: NodeRef,
    scroller: NodeRef,
    list: List,
    filter: Option<Meaning>,
    asking: bool,
    days: Days,
    swipe: Option<Swipe>,
    /// A click that ends a swipe is no press.
    swiped: bool,
    focus: Focus,
    had_focus: bool,
    listeners: Vec<EventListener>,
    tick: Option<Timeout>,
}

impl Component for Panel {
    type Message = Msg;
    type Properties = PanelProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut panel = Self {
            act: Act(ctx.link().clone()),
            node: NodeRef::default(),
            scroller: NodeRef::default(),
            list: List::default(),
            filter: None,
            asking: false,
            days: Days::default(),
            swipe: None,
            swiped: false,
            focus: Focus::Stays,
            had_focus: false,
            listeners: Vec::new(),
            tick: None,
        };
        panel.take_in(ctx);
        panel
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &PanelProps) -> bool {
        let props = ctx.props();
        if !props.open {
            if old.open {
                self.leave();
            }
            // What leaves the screen needs no drawing.
            return false;
        }
        if !old.open {
            self.enter(ctx);
        }
        if !Rc::ptr_eq(&old.snapshot.notifications, &props.snapshot.notifications) {
            self.list.hold();
            self.take_in(ctx);
        }
        self.about_to_draw()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let draw = match msg {
            Msg::Ask(intent) => {
                ctx.props().on_intent.emit(intent);
                false
            }
            Msg::Select(id) => {
                if !std::mem::take(&mut self.swiped) {
                    ctx.props().on_intent.emit(Intent::Select(id));
                }
                false
            }
            Msg::Filter(filter) => {
                self.choose(ctx, filter);
                true
            }
            Msg::Choose(forward) => {
                let choices = filters::choices(&self.scene(ctx));
                self.choose(ctx, filters::neighbour(&choices, self.filter, forward));
                self.focus = Focus::Chip;
                true
            }
            Msg::All
                if ctx
                    .props()
                    .snapshot
                    .count
                    .is_some_and(|count| count > header::ASK_ABOVE) =>
            {
                self.asking = true;
                self.focus = Focus::Keep;
                true
            }
            Msg::All | Msg::AllYes => {
                self.asking = false;
                ctx.props().on_intent.emit(Intent::DismissAll);
                true
            }
            Msg::AllNo => {
                self.asking = false;
                true
            }
            Msg::Expand(id) => {
                self.list.expand(id);
                true
            }
            Msg::Focused(id) => self.list.current.replace(id) != Some(id),
            Msg::Step(to) => {
                self.list.step(to);
                self.focus = Focus::Row;
                true
            }
            Msg::Touch(event) => {
                self.touch(ctx, &event);
                false
            }
            Msg::Scrolled => {
                let snapshot = &ctx.props().snapshot;
                if snapshot.has_more && !snapshot.loading_more && self.list.wants_more() {
                    ctx.props().on_intent.emit(Intent::LoadMore);
                }
                self.look()
            }
            Msg::Moved => {
                self.place(ctx);
                self.look()
            }
            Msg::Tick => {
                self.take_in(ctx);
                true
            }
            Msg::Redraw => true,
            Msg::Escape if self.asking => {
                self.asking = false;
                true
            }
            Msg::Escape => {
                ctx.props().on_intent.emit(Intent::Close { refocus: true });
                false
            }
        };
        draw && self.about_to_draw()
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let scene = self.scene(ctx);
        let inline = is_inline(ctx);
        html! {
            <div part="panel" id="cn-panel" ref={self.node.clone()} tabindex="-1"
                role={if inline { "region" } else { "dialog" }} aria-labelledby="cn-title"
                popover={(!inline).then_some("manual")}
                dir={scene.text.direction()} lang={scene.text.locale.clone()}
                onkeydown={self.act.keys()}
            >
                { header::view(&scene, self.asking, !inline) }
                { filters::view(&scene, self.filter) }
                { notice::view(&scene) }
                <div class="scroller" ref={self.scroller.clone()}>{ self.content(&scene) }</div>
                { undo::view(&scene) }
                <div part="footer">
                    <slot name="footer" />
                    if scene.config.desktop_alerts && dom::alerts_can_be_offered() {
                        <button part="alerts" class="link" type="button" onclick={self.act.press(Msg::Ask(Intent::AllowAlerts))}>
                            { scene.text.get(Key::AlertsOffer) }
                        </button>
                    }
                </div>
            </div>
        }
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first && ctx.props().open {
            self.enter(ctx);
        }
        if self.list.settle() {
            self.act.0.send_message(Msg::Redraw);
        }
        self.move_focus();
        self.wake(ctx);
    }
}

impl Panel {
    fn scene<'a>(&'a self, ctx: &'a Context<Self>) -> Scene<'a> {
        let props = ctx.props();
        Scene {
            snapshot: &props.snapshot,
            config: &props.config,
            text: &props.text,
            new: &props.new,
            filtered: self.filter.is_some(),
            now: props.clock.now(),
            device_now: props.clock.device_now(),
            days: &self.days,
            act: &self.act,
        }
    }

    fn content(&self, scene: &Scene<'_>) -> Html {
        let snapshot = scene.snapshot;
        if !snapshot.loaded {
            let idle = snapshot.waiting.is_some() || snapshot.problem.is_some();
            return if idle { Html::default() } else { states::skeleton(scene) };
        }
        if snapshot.notifications.is_empty() && !snapshot.has_more {
            return states::empty(scene);
        }
        html! {
            <>
                { self.list.view(scene) }
                if snapshot.has_more {
                    <button part="more" class="button" type="button" disabled={snapshot.loading_more}
                        onclick={self.act.press(Msg::Ask(Intent::LoadMore))}
                    >{ scene.text.get(if snapshot.loading_more { Key::MoreLoading } else { Key::More }) }</button>
                }
            </>
        }
    }

    /// Takes in the notifications and the day.
    fn take_in(&mut self, ctx: &Context<Self>) {
        let notifications = &ctx.props().snapshot.notifications;
        let kinds = rows::kinds(notifications);
        if self
            .filter
            .is_some_and(|chosen| kinds.len() < 2 || kinds.iter().all(|(kind, _)| *kind != chosen))
        {
            self.filter = None;
        }
        self.days = Days::around(ctx.props().clock.now());
        self.list.set_rows(Rows::new(notifications, self.filter, &self.days));
    }

    fn choose(&mut self, ctx: &Context<Self>, filter: Option<Meaning>) {
        self.filter = filter;
        self.take_in(ctx);
        if let Some(scroller) = self.scroller.cast::<Element>() {
            scroller.set_scroll_top(0);
        }
    }

    fn look(&mut self) -> bool {
        self.list.hold();
        self.list.look()
    }

    fn touch(&mut self, ctx: &Context<Self>, event: &PointerEvent) {
        if event.type_() == "pointerdown" {
            self.swiped = false;
            self.swipe = Swipe::begin(event);
            return;
        }
        match Swipe::follow(&mut self.swipe, event) {
            Touch::Nothing => {}
            Touch::Back => self.swiped = true,
            Touch::Away(id) => {
                self.swiped = true;
                ctx.props().on_intent.emit(Intent::Dismiss(id));
            }
        }
    }

    /// The panel comes on screen.
    fn enter(&mut self, ctx: &Context<Self>) {
        let Some(window) = web_sys::window() else { return };
        let capture = EventListenerOptions::run_in_capture_phase();
        if let Some(scroller) = self.scroller.get() {
            self.listeners
                .push(EventListener::new(&scroller, "scroll", self.act.send(Msg::Scrolled)));
        }
        self.listeners.push(EventListener::new_with_options(
            &window,
            "scroll",
            capture,
            self.act.send(Msg::Moved),
        ));
        self.listeners
            .push(EventListener::new(&window, "resize", self.act.send(Msg::Moved)));
        if let Some(document) = window.document() {
            self.listeners.push(EventListener::new(
                &document,
                "visibilitychange",
                self.act.send(Msg::Tick),
            ));
        }
        if !is_inline(ctx) {
            let inside = [self.node.clone(), ctx.props().bell.clone()];
            self.listeners.extend(
                popover::listen(&self.act, inside, ctx.props().on_intent.clone())
                    .into_iter()
                    .flatten(),
            );
            popover::show(&self.node);
            self.place(ctx);
            self.list.current = self.list.rows.id(0);
            self.focus = Focus::Enters;
        }
    }

    /// The panel goes off screen.
    fn leave(&mut self) {
        self.listeners.clear();
        self.tick = None;
        popover::hide(&self.node);
    }

    fn place(&self, ctx: &Context<Self>) {
        if let (Some(panel), Some(bell)) = (self.node.cast::<Element>(), ctx.props().bell.cast::<Element>()) {
            popover::place(
                &panel,
                &bell,
                ctx.props().config.placement,
                ctx.props().text.direction() == "rtl",
            );
        }
    }

    /// Before a drawing: is focus in the panel? It must not be lost with what had it.
    fn about_to_draw(&mut self) -> bool {
        self.had_focus = self.node.cast::<Element>().is_some_and(|node| dom::has_focus(&node));
        true
    }

    fn move_focus(&mut self) {
        let Some(node) = self.node.cast::<Element>() else {
            return;
        };
        let find = |selector: &str| node.query_selector(selector).ok().flatten();
        let target = match std::mem::replace(&mut self.focus, Focus::Stays) {
            Focus::Enters => return dom::focus_still(&self.list.current_row().unwrap_or(node)),
            Focus::Row => self.list.current_row(),
            Focus::Chip => find("[aria-checked=true]"),
            Focus::Keep => find("#cn-keep"),
            Focus::Stays if self.had_focus && !dom::has_focus(&node) => {
                return dom::focus_still(&self.list.current_row().unwrap_or(node));
            }
            Focus::Stays => None,
        };
        if let Some(target) = target {
            dom::focus(&target);
        }
    }

    /// Sets the one timer for the next moment at which anything shown is called otherwise.
    fn wake(&mut self, ctx: &Context<Self>) {
        self.tick = None;
        let hidden = web_sys::window()
            .and_then(|window| window.document())
            .is_none_or(|document| document.hidden());
        if hidden || !ctx.props().open {
            return;
        }
        let snapshot = &ctx.props().snapshot;
        let (now, device_now) = (ctx.props().clock.now(), ctx.props().clock.device_now());
        let wait = self
            .list
            .drawn()
            .filter_map(|notification| Ago::changes_in(now, millis(notification.created?)))
            .chain(notice::changes_in(
                device_now,
                snapshot.problem.as_ref(),
                snapshot.last_look,
            ))
            .fold(self.days.tomorrow - now, f64::min);
        let link = self.act.0.clone();
        self.tick = Some(Timeout::new(wait.clamp(50.0, 86_400_000.0) as u32 + 1, move || {
            link.send_message(Msg::Tick)
        }));
    }
}

fn is_inline(ctx: &Context<Panel>) -> bool {
    ctx.props().config.variant == Variant::Inline
}
