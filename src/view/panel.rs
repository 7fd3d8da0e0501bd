//! The panel: header, filters, list, notices, undo. A labelled, non-modal dialog (WAI-ARIA Authoring Practices,
//! "Dialog", without the modal parts), or a region of the page in the inline variant.
//!
//! It exists only while it is open: timers, listeners and measurements end with it.

mod presence;
mod props;

use gloo_events::EventListener;
use yew::NodeRef;

pub(super) use self::props::Props;
use super::{
    act::{self, Act, Reaction},
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
    notice, preferences,
    rows::{self, Rows},
    scene::Scene,
    states,
    tag::{Tag, tag},
    text::Key,
    time::{Ago, Days, millis},
    undo,
};
use crate::{
    config::{Variant, View},
    effect::visible,
    model::Meaning,
};

/// The panel's own state, apart from the feed's.
#[derive(Debug)]
pub(super) struct Panel {
    /// What is drawn. A panel that leaves the screen keeps what it was drawn with.
    props: Props,
    act: Act,
    /// It has come on screen.
    entered: bool,
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

impl Panel {
    /// A panel whose messages go through `act` and come back by [`Self::update`].
    pub(super) fn new(props: Props, act: Act) -> Self {
        let mut panel = Self {
            props,
            act,
            entered: false,
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
        panel.take_in();
        panel
    }

    /// There is something else to draw.
    pub(super) fn changed(&mut self, props: Props) {
        if !props.open {
            if self.props.open {
                self.props.open = false;
                self.leave();
            }
            return;
        }
        let old = std::mem::replace(&mut self.props, props);
        if !old.open {
            // The panel was leaving the screen and comes back.
            self.enter();
            self.take_in();
        }
        if old.snapshot.view != self.props.snapshot.view {
            self.start_over();
        } else if !old.snapshot.notifications.is_same(&self.props.snapshot.notifications) {
            self.keep_place();
            self.list.hold();
            self.take_in();
        } else if !self.days.are_around(self.props.clock.now()) {
            self.take_in();
        }
    }

    /// The variant it is drawn for.
    pub(super) fn variant(&self) -> Variant {
        self.props.config.variant
    }

    /// Handles a message. Returns `true` if the panel must be drawn again.
    pub(super) fn update(&mut self, msg: Msg) -> bool {
        match msg {
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
                self.props.on_intent.emit(intent);
                false
            }
            Msg::Filter(filter) => {
                self.choose(filter);
                true
            }
            Msg::Choose(forward) => {
                let choices = filters::choices(&self.scene());
                self.choose(filters::neighbour(&choices, self.filter, forward));
                self.focus = Focus::Chip;
                true
            }
            Msg::All if header::count(&self.props.snapshot) > header::ASK_ABOVE => {
                self.asking = true;
                self.focus = Focus::Keep;
                true
            }
            Msg::All | Msg::AllYes => {
                self.asking = false;
                self.props.on_intent.emit(Intent::DismissAll);
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
                let Props { snapshot, muted, on_intent, .. } = &self.props;
                undo::latest(&snapshot.undo, muted.as_deref()).inspect(|intent| on_intent.emit(*intent));
                false
            }
            Msg::Touch(event) => {
                if let Some(id) = self.finger.follow(&self.act, &event, self.menus.row().is_some()) {
                    self.props.on_intent.emit(Intent::Dismiss(id));
                }
                false
            }
            Msg::Scrolled => {
                self.ask_for_more();
                self.list.scrolled()
            }
            Msg::Resized => self.list.resized(&self.act),
            Msg::Seen => {
                if self.list.has_moved() {
                    self.ask_for_more();
                }
                self.list.seen(&self.act)
            }
            Msg::Moved => self.list.choose_rows(),
            Msg::Tick => {
                let now = self.props.clock.now();
                let is_wrong = self.due.is_over(now) || !self.days.are_around(now);
                if is_wrong {
                    self.take_in();
                } else {
                    self.wake();
                }
                is_wrong
            }
            Msg::Redraw => true,
            // Dismissed rows have no menu: there is nothing to snooze or to dismiss.
            Msg::Menu(_) if self.props.snapshot.view == View::Dismissed => false,
            Msg::Menu(msg) => {
                let done = self.menus.update(msg, &self.props.snapshot.notifications);
                self.list.current = self.menus.row().or(self.list.current);
                self.focus = done.focus.unwrap_or(self.focus);
                if let Some(intent) = done.intent {
                    self.props.on_intent.emit(intent);
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
                self.props.on_preference.emit(choice);
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
                self.props.on_intent.emit(Intent::Close { refocus: true });
                false
            }
            // These are of the arrivals beside the bell.
            Msg::Close(_) | Msg::Over { .. } => false,
        }
    }

    pub(super) fn view(&self) -> Tag {
        let scene = self.scene();
        let inline = self.props.is_inline();
        let chosen = &self.props.preferences;
        let preferences = (self.preferring || preferences::any(&scene, chosen)).then_some(self.preferring);
        let offers_alerts = scene.config.desktop_alerts && !chosen.no_alerts && dom::alerts_can_be_offered();
        let alerts = || scene.button(Some("alerts"), "link", Key::AlertsOffer, Msg::Ask(Intent::AllowAlerts));
        let footer = tag("div")
            .attr("part", "footer")
            .child(tag("slot").attr("name", "footer"))
            .child(offers_alerts.then(alerts));
        let scroller = tag("div").attr("class", "scroller").node(&self.scroller);
        let [header, below] = header::view(&scene, self.asking, !inline, preferences);
        let [content, more] = states::content(&scene, &self.list);
        tag("div")
            .key(self.variant().name())
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
            .on("keydown", &self.act, Reaction::Keys(act::panel_key))
            .child(header)
            .child(below)
            .child(self.preferring.then(|| preferences::page(&scene, chosen)))
            .child(filters::view(&scene, self.filter))
            .child(notice::view(&scene))
            .child(scroller.child(content).child(more))
            .child(undo::view(&scene, self.props.muted.as_deref()))
            .child(self.menus.view(&scene))
            .child(footer)
    }

    /// After a drawing.
    pub(super) fn rendered(&mut self) {
        if !self.props.open {
            return;
        }
        if !std::mem::replace(&mut self.entered, true) {
            self.enter();
        }
        if !self.props.is_inline() {
            self.stay();
        }
        self.fill();
        if self.list.take_measures(&self.act) {
            self.act.emit(Msg::Redraw);
        }
        if let Some(node) = dom::drawn(&self.node) {
            self.menus.show(&node, self.props.placing().right_to_left, self.props.clock.device_now());
            self.focus = self.focus.move_to(&node, self.list.current_row(), self.had_focus);
        }
        self.date();
        self.wake();
    }

    fn scene(&self) -> Scene<'_> {
        let props = &self.props;
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
    fn take_in(&mut self) {
        let notifications = &self.props.snapshot.notifications;
        self.kinds = rows::kinds(notifications);
        let kinds = &self.kinds;
        if self.filter.is_some_and(|chosen| kinds.len() < 2 || kinds.iter().all(|(kind, _)| *kind != chosen)) {
            self.filter = None;
        }
        self.days = Days::around(self.props.clock.now());
        self.props.text.follow_zone(&self.days.zone);
        self.list.set_rows(Rows::new(notifications, self.filter, &self.days));
        if self.menus.row().is_some_and(|id| self.list.rows.position(id).is_none()) {
            self.menus.close();
        }
    }

    fn choose(&mut self, filter: Option<Meaning>) {
        if let Some(panel) = dom::drawn(&self.node).filter(|_| self.filter.is_none() && !self.props.is_inline()) {
            dom::style(&panel, "--_least", Some(dom::height(&panel)));
        }
        self.filter = filter;
        self.take_in();
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
    fn start_over(&mut self) {
        self.asking = false;
        self.choose(None);
        self.list.start_over();
    }

    /// Loads the next page near the end of the list.
    fn ask_for_more(&mut self) {
        let Props { snapshot, on_intent, .. } = &self.props;
        let more = snapshot.has_more && !snapshot.loading_more && snapshot.problem.is_none();
        if more && self.list.wants_more() {
            on_intent.emit(Intent::LoadMore);
        }
    }

    /// Loads the next page if all loaded rows have been dismissed.
    fn fill(&self) {
        let Props { snapshot, on_intent, .. } = &self.props;
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
            self.list.current = self.list.rows.len().checked_sub(1).and_then(|last| self.list.rows.id(last));
        }
    }

    /// Before a drawing: remembers the reader's place, and whether focus is in the panel, so that neither is lost.
    pub(super) fn about_to_draw(&mut self) {
        // A panel that leaves keeps no place: opened again it begins at its top.
        if self.props.open {
            self.list.hold();
        }
        self.had_focus = dom::drawn(&self.node).is_some_and(|node| dom::has_focus(&node));
    }

    /// After a drawing: notes when the first shown time needs other words.
    fn date(&mut self) {
        let scene = self.scene();
        let now = scene.now;
        let mut wait = self.days.tomorrow - now;
        for item in self.list.drawn() {
            let change = item.created.and_then(|created| Ago::changes_in(now, millis(created)));
            wait = wait.min(change.unwrap_or(wait));
        }
        wait = wait.min(notice::changes_in(&scene).unwrap_or(wait));
        self.due.drawn(now, wait);
    }

    /// Keeps the shown times right while somebody can see them.
    fn wake(&mut self) {
        if visible() && self.props.open {
            self.due.watch(self.props.clock.now(), &self.act);
        } else {
            self.due.rest();
        }
    }
}
