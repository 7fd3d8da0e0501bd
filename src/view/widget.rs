//! The whole visible widget: bell, panel and the announcements for screen readers.

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

/// What the widget draws. The widget keeps none of it: the feed's owner passes a new snapshot after each change.
#[derive(Properties, PartialEq)]
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
    #[prop_or_default]
    pub early_count: Option<u32>,
    /// What the member has chosen.
    #[prop_or_default]
    pub preferences: Rc<Preferences>,
    /// Called with each preference that the member chooses.
    #[prop_or_default]
    pub on_preference: Callback<Preference>,
    /// Called with each intent of the member.
    pub on_intent: Callback<Intent>,
    /// The server's time.
    pub clock: Clock,
    /// The highest id that was on screen before this visit: higher ids are marked as new.
    #[prop_or_default]
    pub last_seen: Option<NotificationId>,
}

/// Bell and panel, or the list alone.
pub struct Widget {
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
    said: AttrValue,
    /// Grows with each announcement, so that the same words can be announced twice.
    saying: u32,
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

impl Component for Widget {
    type Message = Msg;
    type Properties = WidgetProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut widget = Self {
            bell: NodeRef::default(),
            node: NodeRef::default(),
            new: Rc::default(),
            since: ctx.props().last_seen,
            leaving: None,
            refocus: false,
            panel: None,
            toaster: None,
            muted: None,
            said: AttrValue::default(),
            saying: 0,
        };
        widget.mark(ctx, Vec::new());
        widget.toast(ctx, &ctx.props().snapshot);
        widget.lay_open(ctx);
        widget
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &WidgetProps) -> bool {
        let props = ctx.props();
        if !Rc::ptr_eq(&old.snapshot, &props.snapshot) {
            self.take_in(ctx, &old.snapshot);
        }
        self.toast(ctx, &old.snapshot);
        match (old.open, props.open) {
            (true, false) => self.close(ctx),
            (false, true) => self.leaving = None,
            _ => {}
        }
        self.lay_open(ctx);
        self.about_to_draw()
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let draw = match msg {
            Msg::Left => {
                self.leaving = None;
                self.panel = None;
                true
            }
            Msg::Muted => {
                self.muted = None;
                self.lay_open(ctx);
                true
            }
            Msg::Panel(msg) => self.panel.as_mut().is_some_and(|panel| panel.update(msg)),
            Msg::Toast(msg) => self.toaster.as_mut().is_some_and(|toaster| toaster.update(msg)),
            Msg::Ask(intent) | Msg::Bell(msg::Msg::Ask(intent)) => self.ask(ctx, intent),
            Msg::Bell(_) => false,
        };
        draw && self.about_to_draw()
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let WidgetProps { snapshot, config, text, open, early_count, .. } = ctx.props();
        let inline = config.variant == Variant::Inline;
        let early = early_count.filter(|_| snapshot.status == Status::Loading);
        let toaster = self.toaster.as_ref().and_then(|toaster| toaster.view(snapshot, config, text));
        let panel = self.panel.as_ref().map(Panel::view);
        let count = snapshot.count.or(early);
        let act = Act::new(ctx.link().callback(Msg::Bell));
        let bell = (!inline).then(|| bell::view(count, config.max_badge, text, *open, &self.bell, &act));
        // The live region is in the DOM from the start: only changes of a known one are sure to be read aloud.
        let live = tag("div")
            .attr("part", "live")
            .attr("role", "status")
            .attr("class", "hidden")
            .set("lang", text.locale.clone())
            .child(tag("span").key(i64::from(self.saying)).text(self.said.clone()));
        let root = tag("div").attr("class", if inline { "root inline" } else { "root" }).node(&self.node);
        root.child(bell).child(live).child(toaster).child(panel).into()
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        let WidgetProps { config, text, open, .. } = ctx.props();
        if let Some(toaster) = &mut self.toaster {
            toaster.rendered(config, text, *open, &self.bell);
        }
        if let Some(panel) = &mut self.panel {
            panel.rendered();
        }
    }
}

impl Widget {
    /// Passes an intent on, or carries it out. Returns `true` if the widget must be drawn again.
    fn ask(&mut self, ctx: &Context<Self>, intent: Intent) -> bool {
        match intent {
            Intent::Unmute => {
                self.unmute(ctx);
                self.lay_open(ctx);
                return true;
            }
            Intent::Close { refocus } => self.refocus = refocus,
            Intent::Mute(id) => self.mute(ctx, id),
            _ => {}
        }
        ctx.props().on_intent.emit(intent);
        false
    }

    /// Shows arrivals beside the bell, if the page and the member want them.
    fn toast(&mut self, ctx: &Context<Self>, old: &Snapshot) {
        let WidgetProps { snapshot, config, preferences, open, .. } = ctx.props();
        let wanted = config.toasts && !preferences.no_toasts && config.variant != Variant::Inline;
        match &mut self.toaster {
            Some(toaster) if wanted => toaster.changed(old, snapshot, *open),
            None if wanted => {
                let link = ctx.link();
                self.toaster = Some(Toaster::new(Act::new(link.callback(Msg::Toast)), link.callback(Msg::Ask)));
            }
            _ => self.toaster = None,
        }
    }

    /// Opens the panel, tells it what to draw, or lets it leave.
    fn lay_open(&mut self, ctx: &Context<Self>) {
        let WidgetProps { snapshot, config, text, open, preferences, on_preference, clock, .. } = ctx.props();
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
            on_intent: ctx.link().callback(Msg::Ask),
            preferences: preferences.clone(),
            on_preference: on_preference.clone(),
            clock: *clock,
            muted: muted.cloned(),
            new: self.new.clone(),
            bell: self.bell.clone(),
        };
        match &mut self.panel {
            Some(panel) => panel.changed(props),
            None => self.panel = Some(Panel::new(props, Act::new(ctx.link().callback(Msg::Panel)))),
        }
    }

    /// Before a drawing.
    fn about_to_draw(&mut self) -> bool {
        if let Some(toaster) = &mut self.toaster {
            toaster.about_to_draw();
        }
        if let Some(panel) = &mut self.panel {
            panel.about_to_draw();
        }
        true
    }

    /// Compares the feed with its old snapshot, announces the most important change, and marks new notifications.
    fn take_in(&mut self, ctx: &Context<Self>, old: &Snapshot) {
        let WidgetProps { snapshot, text, last_seen, .. } = ctx.props();
        let news = News::between(old, snapshot);
        if let Some(news) = news {
            self.say(news.words(text));
        }
        if !(old.loaded && snapshot.loaded) {
            self.new = Rc::default();
            self.since = *last_seen;
        }
        // Restored notifications are not new.
        if !matches!(news, Some(News::Restored | News::NotDismissed)) {
            self.mark(ctx, arrived(old, snapshot).to_vec());
        }
    }

    /// Announces words to screen readers.
    fn say(&mut self, words: AttrValue) {
        self.said = words;
        self.saying = self.saying.wrapping_add(1);
    }

    /// Announces that this notification's type is muted, and offers to undo that: its rows vanish without a trace.
    fn mute(&mut self, ctx: &Context<Self>, id: NotificationId) {
        let WidgetProps { snapshot, text, .. } = ctx.props();
        let Some(notification) = snapshot.notifications.with_id(id) else { return };
        let kind = &notification.kind;
        self.say(text.with(Key::LiveMuted, &[("label", &text.label(kind.meaning()))]));
        let over = ctx.link().callback(|()| Msg::Muted);
        let muted = Rc::new(Muted::new(kind.clone(), &snapshot.undo));
        self.muted = Some((muted, Timer::new(UNDO_MS, move || over.emit(()))));
    }

    fn unmute(&mut self, ctx: &Context<Self>) {
        if let Some((muted, _)) = self.muted.take() {
            self.say(ctx.props().text.get(Key::LiveRestored));
            ctx.props().on_preference.emit(Preference::Type(muted.kind().clone(), true));
        }
    }

    /// Marks arrivals as new, and notifications that earlier visits have not seen. On the first visit it marks only
    /// arrivals.
    fn mark(&mut self, ctx: &Context<Self>, mut new: Vec<NotificationId>) {
        if let Some(since) = self.since {
            for item in ctx.props().snapshot.notifications.iter() {
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

    fn close(&mut self, ctx: &Context<Self>) {
        // All listed notifications were on screen, or could have been.
        self.new = Rc::default();
        self.since = None;
        // Focus in a closing panel would be lost, so it goes to the bell.
        let within = dom::drawn(&self.node).is_some_and(|node| dom::has_focus(&node));
        let refocus = std::mem::take(&mut self.refocus) || within;
        if let Some(bell) = dom::drawn(&self.bell).filter(|_| refocus) {
            dom::focus_still(&bell);
        }
        let link = ctx.link().clone();
        self.leaving = Some(Timer::new(LEAVING_MS, move || link.send_message(Msg::Left)));
    }
}
