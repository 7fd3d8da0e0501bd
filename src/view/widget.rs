//! The whole visible widget: bell, panel and the announcements for screen readers.
//!
//! It is no Yew component but a part of one: what Yew does for a component is compiled anew for each.

use std::rc::Rc;

use yew::prelude::*;

use super::{
    act::Act,
    bell, dom,
    intent::Intent,
    msg,
    news::{News, arrived},
    panel::{self, Panel},
    tag::tag,
    text::{Key, Text},
    time::Clock,
    toaster::Toaster,
    undo::Muted,
    views,
};
use crate::{
    config::{Config, Preference, Preferences, Variant},
    effect::Timer,
    feed::{Snapshot, Status},
    model::NotificationId,
    sorted::SortedSet,
};

/// How long a muting can be taken back: as long as a dismissal.
const UNDO_MS: u32 = 6_000;
/// A little longer than the stylesheet's transition of a panel that leaves.
const LEAVING_MS: u32 = 200;

/// What the widget draws.
pub struct WidgetProps {
    /// The feed as it is now.
    pub snapshot: Rc<Snapshot>,
    /// The settings.
    pub config: Rc<Config>,
    /// The words.
    pub text: Rc<Text>,
    /// Whether the panel is open. Only this property opens and closes the panel.
    pub open: bool,
    /// The count to show until there is a list.
    pub early_count: Option<u32>,
    /// What the member has chosen.
    pub preferences: Rc<Preferences>,
    /// Called with each preference that the member chooses.
    pub on_preference: Callback<Preference>,
    /// Called with each intent of the member.
    pub on_intent: Callback<Intent>,
    /// The server's time.
    pub clock: Clock,
    /// The highest id that was on screen before this visit: higher ids are marked as new.
    pub last_seen: Option<NotificationId>,
}

/// Bell and panel, or the list alone.
pub struct Widget {
    /// What is drawn.
    props: WidgetProps,
    /// Where messages go that come back by [`Self::update`].
    send: Callback<Msg>,
    /// Handles the bell's events.
    act: Act,
    bell: NodeRef,
    node: NodeRef,
    /// Notifications that were never on screen.
    new: Rc<SortedSet<NotificationId>>,
    /// Until the panel closes, all ids above this one are new, whichever page they are on.
    since: Option<NotificationId>,
    /// The panel is leaving the screen.
    leaving: Option<Timer>,
    refocus: bool,
    /// The panel, while it is on screen or leaves it.
    panel: Option<Panel>,
    /// The arrivals beside the bell, if they are shown.
    toaster: Option<Toaster>,
    /// The latest muting, while it can be taken back.
    muted: Option<(Rc<Muted>, Timer)>,
    announced: AttrValue,
    /// Grows with each announcement, so that the same words can be announced twice.
    announcement: u32,
}

/// What can happen to the widget itself.
#[derive(Debug)]
pub enum Msg {
    /// Pass on the member's intent.
    Ask(Intent),
    /// The bell was pressed.
    Bell(msg::Msg),
    /// The panel is off screen.
    Left,
    /// The muting can no longer be undone.
    Muted,
    /// Something about the panel.
    Panel(msg::Msg),
    /// Something about the arrivals beside the bell.
    Toast(msg::Msg),
}

impl Widget {
    /// A widget whose messages go through `send` and come back by [`Self::update`].
    pub fn new(props: WidgetProps, send: Callback<Msg>) -> Self {
        let snapshot = props.snapshot.clone();
        let mut widget = Self {
            since: props.last_seen,
            props,
            act: Act::new(send.reform(Msg::Bell)),
            send,
            bell: NodeRef::default(),
            node: NodeRef::default(),
            new: Rc::default(),
            leaving: None,
            refocus: false,
            panel: None,
            toaster: None,
            muted: None,
            announced: AttrValue::default(),
            announcement: 0,
        };
        widget.mark(Vec::new());
        widget.toast(&snapshot);
        widget.lay_open();
        widget
    }

    /// Before each drawing but the first: what is drawn may have changed.
    pub fn changed(&mut self, props: WidgetProps) {
        let old = std::mem::replace(&mut self.props, props);
        if !Rc::ptr_eq(&old.snapshot, &self.props.snapshot) {
            self.take_in(&old.snapshot);
        }
        self.toast(&old.snapshot);
        match (old.open, self.props.open) {
            (true, false) => self.close(),
            (false, true) => self.leaving = None,
            _ => {}
        }
        self.lay_open();
        if let Some(toaster) = &mut self.toaster {
            toaster.about_to_draw();
        }
        if let Some(panel) = &mut self.panel {
            panel.about_to_draw();
        }
    }

    /// Handles a message. Returns `true` if the widget must be drawn again.
    pub fn update(&mut self, msg: Msg) -> bool {
        match msg {
            Msg::Left => {
                self.leaving = None;
                self.panel = None;
                true
            }
            Msg::Muted => {
                self.muted = None;
                true
            }
            Msg::Panel(msg) => self.panel.as_mut().is_some_and(|panel| panel.update(msg)),
            Msg::Toast(msg) => self.toaster.as_mut().is_some_and(|toaster| toaster.update(msg)),
            Msg::Ask(intent) | Msg::Bell(msg::Msg::Ask(intent)) => self.ask(intent),
            Msg::Bell(_) => false,
        }
    }

    /// Draws the widget.
    pub fn view(&self) -> Html {
        let WidgetProps { snapshot, config, text, open, early_count, .. } = &self.props;
        let inline = config.variant == Variant::Inline;
        let early = early_count.filter(|_| snapshot.status == Status::Loading);
        let toaster = self.toaster.as_ref().and_then(|toaster| toaster.view(snapshot, config, text));
        let panel = self.panel.as_ref().map(Panel::view);
        let count = snapshot.count.or(early);
        let bell = (!inline).then(|| bell::view(count, config.max_badge, text, *open, &self.bell, &self.act));
        // The live region is in the DOM from the start: only changes of a known one are sure to be read aloud.
        let live = tag("div")
            .attr("part", "live")
            .attr("role", "status")
            .attr("class", "hidden")
            .set("lang", text.locale.clone())
            .child(tag("span").key(i64::from(self.announcement)).text(self.announced.clone()));
        let root = tag("div").attr("class", if inline { "root inline" } else { "root" }).node(&self.node);
        root.child(bell).child(live).child(toaster).child(panel).into()
    }

    /// After each drawing.
    pub fn rendered(&mut self) {
        let WidgetProps { config, text, open, .. } = &self.props;
        if let Some(toaster) = &mut self.toaster {
            toaster.rendered(config, text, *open, &self.bell);
        }
        if let Some(panel) = &mut self.panel {
            panel.rendered();
        }
    }

    /// Passes an intent on, or carries it out. Returns `true` if the widget must be drawn again.
    fn ask(&mut self, intent: Intent) -> bool {
        match intent {
            Intent::Unmute => {
                self.unmute();
                return true;
            }
            Intent::Close { refocus } => self.refocus = refocus,
            Intent::Mute(id) => self.mute(id),
            _ => {}
        }
        self.props.on_intent.emit(intent);
        false
    }

    /// Shows arrivals beside the bell, if the page and the member want them.
    fn toast(&mut self, old: &Snapshot) {
        let WidgetProps { snapshot, config, preferences, open, .. } = &self.props;
        let wanted = config.toasts && !preferences.no_toasts && config.variant != Variant::Inline;
        match &mut self.toaster {
            Some(toaster) if wanted => toaster.changed(old, snapshot, *open),
            None if wanted => {
                let act = Act::new(self.send.reform(Msg::Toast));
                self.toaster = Some(Toaster::new(act, self.send.reform(Msg::Ask)));
            }
            _ => self.toaster = None,
        }
    }

    /// Opens the panel, updates it, or closes it.
    fn lay_open(&mut self) {
        let WidgetProps { snapshot, config, text, open, preferences, on_preference, clock, .. } = &self.props;
        let open = *open || config.variant == Variant::Inline;
        if self.panel.as_ref().is_some_and(|panel| panel.variant() != config.variant) {
            self.panel = None;
        }
        if !open && self.panel.is_none() {
            return;
        }
        let muted = self.muted.as_ref().map(|(muted, _)| muted).filter(|muted| preferences.mutes(muted.kind()));
        let props = panel::Props {
            snapshot: views::looked_at(snapshot),
            config: config.clone(),
            text: text.clone(),
            open,
            on_intent: self.send.reform(Msg::Ask),
            preferences: preferences.clone(),
            on_preference: on_preference.clone(),
            clock: *clock,
            muted: muted.cloned(),
            new: self.new.clone(),
            bell: self.bell.clone(),
        };
        match &mut self.panel {
            Some(panel) => panel.changed(props),
            None => self.panel = Some(Panel::new(props, Act::new(self.send.reform(Msg::Panel)))),
        }
    }

    /// Compares the feed with its old snapshot, announces the most important change, and marks new notifications.
    fn take_in(&mut self, old: &Snapshot) {
        let snapshot = self.props.snapshot.clone();
        let news = News::between(old, &snapshot);
        if let Some(news) = news {
            self.announce(news.words(&self.props.text));
        }
        if !(old.loaded && snapshot.loaded) {
            self.new = Rc::default();
            self.since = self.props.last_seen;
        }
        // Restored notifications are not new.
        if !matches!(news, Some(News::Restored | News::NotDismissed)) {
            self.mark(arrived(old, &snapshot).to_vec());
        }
    }

    /// Announces words to screen readers.
    fn announce(&mut self, words: AttrValue) {
        self.announced = words;
        self.announcement = self.announcement.wrapping_add(1);
    }

    /// Announces that this notification's type is muted, and offers to undo that: its rows vanish without a trace.
    fn mute(&mut self, id: NotificationId) {
        let WidgetProps { snapshot, text, .. } = &self.props;
        let Some(notification) = snapshot.notifications.with_id(id) else { return };
        let kind = &notification.kind;
        let words = text.with(Key::LiveMuted, &[("label", &text.label(kind.meaning()))]);
        let muted = Rc::new(Muted::new(kind.clone(), &snapshot.undo));
        self.muted = Some((muted, self.later(UNDO_MS, || Msg::Muted)));
        self.announce(words);
    }

    fn unmute(&mut self) {
        if let Some((muted, _)) = self.muted.take() {
            self.announce(self.props.text.get(Key::LiveRestored));
            self.props.on_preference.emit(Preference::Type(muted.kind().clone(), true));
        }
    }

    /// Sends a message after a while, unless the timer is dropped.
    fn later(&self, wait: u32, msg: fn() -> Msg) -> Timer {
        let send = self.send.clone();
        Timer::new(wait, move || send.emit(msg()))
    }

    /// Marks arrivals as new, and notifications that earlier visits have not seen. On the first visit it marks only
    /// arrivals.
    fn mark(&mut self, mut new: Vec<NotificationId>) {
        if let Some(since) = self.since {
            for item in self.props.snapshot.notifications.iter() {
                if item.id > since {
                    new.push(item.id);
                }
            }
            // The oldest first, so that each one goes to the end of the sorted set.
            new.reverse();
        }
        if !new.is_empty() {
            Rc::make_mut(&mut self.new).extend(new);
        }
    }

    fn close(&mut self) {
        // All listed notifications were on screen, or could have been.
        self.new = Rc::default();
        self.since = None;
        // Focus in a closing panel would be lost, so it goes to the bell.
        let within = dom::drawn(&self.node).is_some_and(|node| dom::has_focus(&node));
        let refocus = std::mem::take(&mut self.refocus) || within;
        if let Some(bell) = dom::drawn(&self.bell).filter(|_| refocus) {
            dom::focus_still(&bell);
        }
        self.leaving = Some(self.later(LEAVING_MS, || Msg::Left));
    }
}
