//! The whole visible widget: bell, panel and the announcements for screen readers.

use std::rc::Rc;

use web_sys::MouseEvent;
use yew::prelude::*;

use super::{
    bell, dom,
    intent::Intent,
    news::{News, arrived},
    panel::Panel,
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
    Toggle,
    /// The panel is off screen.
    Left,
    /// The muting can no longer be undone.
    Muted,
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
            muted: None,
            said: AttrValue::default(),
            saying: 0,
        };
        widget.mark(ctx, Vec::new());
        widget
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &WidgetProps) -> bool {
        let props = ctx.props();
        if !Rc::ptr_eq(&old.snapshot, &props.snapshot) {
            self.take_in(ctx, &old.snapshot);
        }
        match (old.open, props.open) {
            (true, false) => self.close(ctx),
            (false, true) => self.leaving = None,
            _ => {}
        }
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        let intent = match msg {
            Msg::Left => {
                self.leaving = None;
                return true;
            }
            Msg::Muted => {
                self.muted = None;
                return true;
            }
            Msg::Ask(Intent::Unmute) => {
                self.unmute(ctx);
                return true;
            }
            Msg::Toggle if ctx.props().open => Intent::Close { refocus: false },
            Msg::Toggle => Intent::Open,
            Msg::Ask(intent) => intent,
        };
        if let Intent::Close { refocus } = intent {
            self.refocus = refocus;
        }
        if let Intent::Mute(id) = intent {
            self.mute(ctx, id);
        }
        ctx.props().on_intent.emit(intent);
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let WidgetProps { snapshot, config, text, open, preferences, on_preference, clock, .. } = ctx.props();
        let inline = config.variant == Variant::Inline;
        let early = ctx.props().early_count.filter(|_| snapshot.status == Status::Loading);
        let muted = self.muted.as_ref().map(|(muted, _)| muted).filter(|muted| preferences.mutes(muted.kind()));
        let toasts = config.toasts && !preferences.no_toasts && !inline;
        let toaster = html! {
            if toasts {
                <Toaster snapshot={snapshot.clone()} config={config.clone()} text={text.clone()} open={*open}
                    on_intent={ctx.link().callback(Msg::Ask)} bell={self.bell.clone()} />
            }
        };
        let panel = html! {
            if inline || *open || self.leaving.is_some() {
                <Panel key={config.variant.name()} snapshot={views::looked_at(snapshot)} config={config.clone()} text={text.clone()}
                    open={inline || *open} on_intent={ctx.link().callback(Msg::Ask)}
                    preferences={preferences.clone()} on_preference={on_preference.clone()}
                    muted={muted.cloned()}
                    clock={*clock} new={self.new.clone()} bell={self.bell.clone()} />
            }
        };
        let count = snapshot.count.or(early);
        let pressed = ctx.link().callback(|_: MouseEvent| Msg::Toggle);
        let bell = (!inline).then(|| bell::view(count, config.max_badge, text, *open, &self.bell, pressed));
        // The live region is in the DOM from the start: only changes of a known one are sure to be read aloud.
        let live = tag("div")
            .attr("part", "live")
            .attr("role", "status")
            .attr("class", "hidden")
            .set("lang", text.locale.clone())
            .child(tag("span").key(self.saying).text(self.said.clone()));
        let root = tag("div").attr("class", if inline { "root inline" } else { "root" }).node(&self.node);
        root.child(bell).child(live).append(toaster).append(panel).into()
    }
}

impl Widget {
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
        let Some(notification) = snapshot.notifications.iter().find(|one| one.id == id) else { return };
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
            // The oldest first, so that each one goes to the end of the sorted set.
            new.extend(ctx.props().snapshot.notifications.iter().rev().map(|item| item.id).filter(|id| *id > since));
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
