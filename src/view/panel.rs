//! The panel: header, filters, list, notices, undo. A labelled, non-modal dialog (WAI-ARIA Authoring Practices,
//! "Dialog", without the modal parts), or a region of the page in the inline variant.
//!
//! It exists only while it is open: timers, listeners and measurements end with it.

mod presence;

use std::rc::Rc;

use gloo_events::EventListener;
use yew::prelude::*;

use super::{
    act::Act,
    dom,
    due::Due,
    filters,
    finger::Finger,
    focus::Focus,
    follow::Follow,
    header,
    intent::Intent,
    list::List,
    menu::Menus,
    msg::{MenuMsg, Msg},
    notice,
    popover::Placing,
    preferences,
    rows::{self, Rows},
    scene::Scene,
    states,
    tag::tag,
    text::{Key, Text},
    time::{Ago, Clock, Days, millis},
    undo,
};
use crate::{
    config::{Config, Preference, Preferences, Variant, View},
    feed::Snapshot,
    model::{Meaning, NotificationId},
    sorted::SortedSet,
};

/// What a panel draws.
#[derive(Properties, PartialEq)]
pub(super) struct PanelProps {
    pub(super) snapshot: Rc<Snapshot>,
    pub(super) config: Rc<Config>,
    pub(super) text: Rc<Text>,
    /// `false` while the panel leaves the screen.
    pub(super) open: bool,
    pub(super) on_intent: Callback<Intent>,
    pub(super) preferences: Rc<Preferences>,
    pub(super) on_preference: Callback<Preference>,
    pub(super) clock: Clock,
    /// A muting that can still be taken back.
    pub(super) muted: Option<Rc<undo::Muted>>,
    /// Notifications that were never on screen before.
    pub(super) new: Rc<SortedSet<NotificationId>>,
    pub(super) bell: NodeRef,
}

/// The panel's own state, apart from the feed's.
pub(super) struct Panel {
    act: Act,
    node: NodeRef,
    scroller: NodeRef,
    list: List,
    /// The kinds of the loaded notifications, counted once for all drawings.
    kinds: Vec<(Meaning, u32)>,
    filter: Option<Meaning>,
    asking: bool,
    /// The page of preferences covers the list.
    preferring: bool,
    days: Days,
    finger: Finger,
    menus: Menus,
    focus: Focus,
    /// Focus was in the panel before the drawing.
    had_focus: bool,
    listeners: Vec<EventListener>,
    follow: Option<Follow>,
    due: Due,
}

impl Component for Panel {
    type Message = Msg;
    type Properties = PanelProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut panel = Self {
            act: Act::new(ctx.link().callback(|msg| msg)),
            node: NodeRef::default(),
            scroller: NodeRef::default(),
            list: List::default(),
            kinds: Vec::new(),
            filter: None,
            asking: false,
            preferring: false,
            days: Days::default(),
            finger: Finger::default(),
            menus: Menus::default(),
            focus: Focus::default(),
            had_focus: false,
            listeners: Vec::new(),
            follow: None,
            due: Due::default(),
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
            // A panel that leaves the screen needs no drawing.
            return false;
        }
        if !old.open {
            // The panel was leaving the screen and comes back.
            self.enter(ctx);
            self.take_in(ctx);
        }
        if old.snapshot.view != props.snapshot.view {
            self.turn(ctx);
        } else if !old.snapshot.notifications.is_same(&props.snapshot.notifications) {
            self.keep_place();
            self.list.hold();
            self.take_in(ctx);
        } else if !self.days.are_around(props.clock.now()) {
            self.take_in(ctx);
        }
        self.about_to_draw()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let draw = match msg {
            // The end of a long press is no press of its own, and must not take focus from the menu.
            Msg::Ask(Intent::Select(_)) | Msg::Menu(MenuMsg::Left) if self.holds_menu() => {
                self.focus = Focus::Menu;
                true
            }
            Msg::Ask(Intent::Select(_)) if self.menus.row().is_some() => self.menus.close(),
            Msg::Lifted => {
                self.finger.end();
                false
            }
            Msg::Ask(intent) => {
                ctx.props().on_intent.emit(intent);
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
            Msg::All if header::count(&ctx.props().snapshot) > header::ASK_ABOVE => {
                self.asking = true;
                self.focus = Focus::Keep;
                true
            }
            Msg::All | Msg::AllYes => {
                self.asking = false;
                ctx.props().on_intent.emit(Intent::DismissAll);
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
            Msg::Undo => {
                let PanelProps { snapshot, muted, on_intent, .. } = ctx.props();
                undo::latest(&snapshot.undo, muted.as_deref()).inspect(|intent| on_intent.emit(*intent));
                false
            }
            Msg::Touch(event) => {
                if let Some(id) = self.finger.follow(&self.act, &event, self.menus.row().is_some()) {
                    ctx.props().on_intent.emit(Intent::Dismiss(id));
                }
                false
            }
            Msg::Scrolled => {
                self.ask_for_more(ctx);
                self.list.scrolled()
            }
            Msg::Resized => self.list.resized(&self.act),
            Msg::Seen => {
                if self.list.has_moved() {
                    self.ask_for_more(ctx);
                }
                self.list.seen(&self.act)
            }
            Msg::Moved => self.list.look(),
            Msg::Tick => {
                let now = ctx.props().clock.now();
                let is_wrong = self.due.is_over(now) || !self.days.are_around(now);
                if is_wrong {
                    self.take_in(ctx);
                } else {
                    self.wake(ctx);
                }
                is_wrong
            }
            Msg::Redraw => true,
            // Dismissed rows have no menu: there is nothing to snooze or to dismiss.
            Msg::Menu(_) if ctx.props().snapshot.view == View::Dismissed => false,
            Msg::Menu(msg) => {
                let done = self.menus.update(msg, &ctx.props().snapshot.notifications);
                self.list.current = self.menus.row().or(self.list.current);
                self.focus = done.focus.unwrap_or(self.focus);
                if let Some(intent) = done.intent {
                    ctx.props().on_intent.emit(intent);
                }
                true
            }
            Msg::Escape if self.menus.row().is_some() => {
                self.focus = Focus::Opener;
                self.menus.close()
            }
            Msg::Preferences(open) => {
                self.prefer(open);
                true
            }
            Msg::Prefer(choice) => {
                ctx.props().on_preference.emit(choice);
                false
            }
            Msg::Escape if self.preferring => {
                self.prefer(false);
                true
            }
            Msg::Escape if self.asking => {
                self.asking = false;
                self.focus = Focus::All;
                true
            }
            Msg::Escape => {
                ctx.props().on_intent.emit(Intent::Close { refocus: true });
                false
            }
            // These are of the arrivals beside the bell.
            Msg::Close(_) | Msg::Over { .. } => false,
        };
        draw && self.about_to_draw()
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let scene = self.scene(ctx);
        let inline = is_inline(ctx);
        let chosen = &ctx.props().preferences;
        let preferences = (self.preferring || preferences::any(&scene, chosen)).then_some(self.preferring);
        let offers_alerts = scene.config.desktop_alerts && !chosen.no_alerts && dom::alerts_can_be_offered();
        let alerts = || scene.button(Some("alerts"), "link", Key::AlertsOffer, Msg::Ask(Intent::AllowAlerts));
        let footer = tag("div")
            .attr("part", "footer")
            .child(tag("slot").attr("name", "footer"))
            .child(offers_alerts.then(alerts));
        let scroller = tag("div").attr("class", "scroller").node(&self.scroller);
        tag("div")
            .attr("part", "panel")
            .attr("id", "cn-panel")
            .node(&self.node)
            .attr("tabindex", "-1")
            .attr("role", if inline { "region" } else { "dialog" })
            .attr("aria-labelledby", "cn-title")
            // Without rows focus goes to the panel itself, and screen readers read the text in their place.
            .attr("aria-describedby", scene.snapshot.notifications.is_empty().then_some("cn-notice cn-state"))
            .attr("popover", (!inline).then_some("manual"))
            .attr("dir", scene.text.direction())
            .set("lang", scene.text.locale.clone())
            .on("keydown", self.act.keys())
            .children(header::view(&scene, self.asking, !inline, preferences))
            .child(self.preferring.then(|| preferences::page(&scene, chosen)))
            .child(filters::view(&scene, self.filter))
            .child(notice::view(&scene))
            .child(scroller.children(states::content(&scene, &self.list)))
            .child(undo::view(&scene, ctx.props().muted.as_deref()))
            .child(self.menus.view(&scene))
            .child(footer)
            .into()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first: bool) {
        if first && ctx.props().open {
            self.enter(ctx);
        }
        if ctx.props().open && !is_inline(ctx) {
            self.stay(ctx);
        }
        self.fill(ctx);
        if self.list.settle(&self.act) {
            self.act.tell(Msg::Redraw);
        }
        if let Some(node) = dom::drawn(&self.node) {
            self.menus.show(&node, placing(ctx).right_to_left, ctx.props().clock.device_now());
            self.focus = self.focus.move_to(&node, self.list.current_row(), self.had_focus);
        }
        self.date(ctx);
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
            kinds: &self.kinds,
            filtered: self.filter.is_some(),
            menu: self.menus.row(),
            now: props.clock.now(),
            device_now: props.clock.device_now(),
            days: &self.days,
            act: &self.act,
        }
    }

    /// Takes in the notifications and the day.
    fn take_in(&mut self, ctx: &Context<Self>) {
        let notifications = &ctx.props().snapshot.notifications;
        self.kinds = rows::kinds(notifications);
        let kinds = &self.kinds;
        if self.filter.is_some_and(|chosen| kinds.len() < 2 || kinds.iter().all(|(kind, _)| *kind != chosen)) {
            self.filter = None;
        }
        self.days = Days::around(ctx.props().clock.now());
        ctx.props().text.follow_zone(&self.days.zone);
        self.list.set_rows(Rows::new(notifications, self.filter, &self.days));
        if self.menus.row().is_some_and(|id| self.list.rows.position(id).is_none()) {
            self.menus.close();
        }
    }

    fn choose(&mut self, ctx: &Context<Self>, filter: Option<Meaning>) {
        if let Some(panel) = dom::drawn(&self.node).filter(|_| self.filter.is_none() && !is_inline(ctx)) {
            dom::style(&panel, "--_least", Some(dom::height(&panel)));
        }
        self.filter = filter;
        self.take_in(ctx);
        if let Some(scroller) = dom::drawn(&self.scroller) {
            scroller.set_scroll_top(0);
        }
    }

    /// Opens the page of preferences, or closes it.
    fn prefer(&mut self, open: bool) {
        self.preferring = open;
        self.asking = false;
        self.focus = if open { Focus::Preferences } else { Focus::PreferencesButton };
    }

    /// Shows the other list, from its beginning.
    fn turn(&mut self, ctx: &Context<Self>) {
        self.asking = false;
        self.choose(ctx, None);
        self.list.start_over();
    }

    /// Loads the next page near the end of the list.
    fn ask_for_more(&mut self, ctx: &Context<Self>) {
        let PanelProps { snapshot, on_intent, .. } = ctx.props();
        let more = snapshot.has_more && !snapshot.loading_more && snapshot.problem.is_none();
        if more && self.list.wants_more() {
            on_intent.emit(Intent::LoadMore);
        }
    }

    /// Loads the next page if all loaded rows have been dismissed.
    fn fill(&self, ctx: &Context<Self>) {
        let PanelProps { snapshot, on_intent, .. } = ctx.props();
        let drained = snapshot.loaded && snapshot.notifications.is_empty() && snapshot.count != Some(0);
        if drained && snapshot.has_more && !snapshot.loading_more && snapshot.problem.is_none() {
            on_intent.emit(Intent::LoadMore);
        }
    }

    /// Whether the finger that opened a menu is still down, or was a moment ago.
    fn holds_menu(&self) -> bool {
        self.finger.is_on() && self.menus.row().is_some()
    }

    /// The button for more disappears with the last page. If it has the focus, the last row becomes the keyboard's row.
    fn keep_place(&mut self) {
        let focused = dom::drawn(&self.node).and_then(|node| dom::focused(&node));
        if focused.is_some_and(|focused| focused.matches("[part=more]") == Ok(true)) {
            self.list.current = self.list.rows.items.iter().next_back().map(|last| last.id);
        }
    }

    /// Before a drawing: remembers the reader's place, and whether focus is in the panel, so that neither is lost.
    fn about_to_draw(&mut self) -> bool {
        self.list.hold();
        self.had_focus = dom::drawn(&self.node).is_some_and(|node| dom::has_focus(&node));
        true
    }

    /// After a drawing: notes when the first shown time needs other words.
    fn date(&mut self, ctx: &Context<Self>) {
        let scene = self.scene(ctx);
        let now = scene.now;
        let rows = self.list.drawn().filter_map(|item| Ago::changes_in(now, millis(item.created?)));
        let wait = rows.chain(notice::changes_in(&scene)).fold(self.days.tomorrow - now, f64::min);
        self.due.drawn(now, wait);
    }

    /// Keeps the shown times right while somebody can see them.
    fn wake(&mut self, ctx: &Context<Self>) {
        let hidden = web_sys::window().and_then(|window| window.document()).is_none_or(|document| document.hidden());
        if hidden || !ctx.props().open {
            self.due.rest();
        } else {
            self.due.watch(ctx.props().clock.now(), &self.act);
        }
    }
}

fn placing(ctx: &Context<Panel>) -> Placing {
    let PanelProps { config, text, .. } = ctx.props();
    Placing { placement: config.placement, right_to_left: text.direction() == "rtl", is_menu: false }
}

fn is_inline(ctx: &Context<Panel>) -> bool {
    ctx.props().config.variant == Variant::Inline
}
