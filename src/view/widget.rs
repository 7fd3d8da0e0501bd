//! The whole widget as it is seen: bell, panel and the words said to screen readers.

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
/// As long as the stylesheet lets the panel take to leave, and a little.
const LEAVING_MS: u32 = 200;

/// What the widget draws. Nothing of it is kept: whoever holds the feed passes a new snapshot when it changes.
#[derive(Properties, PartialEq)]
pub struct WidgetProps {
    /// The feed as it is now.
    pub snapshot: Rc<Snapshot>,
    /// The settings.
    pub config: Rc<Config>,
    /// The words.
    pub text: Rc<Text>,
    /// Whether the panel is open. It opens and closes only through this.
    pub open: bool,
    /// The count to show until there is a list.
    #[prop_or_default]
    pub early_count: Option<u32>,
    /// What the member has chosen.
    #[prop_or_default]
    pub preferences: Rc<Preferences>,
    /// Told what the member chooses.
    #[prop_or_default]
    pub on_preference: Callback<Preference>,
    /// Told what the member wants.
    pub on_intent: Callback<Intent>,
    /// The server's time.
    pub clock: Clock,
    /// The highest id that was on screen before this visit: what comes after it is marked as new.
    #[prop_or_default]
    pub last_seen: Option<NotificationId>,
}

/// Bell and panel, or the list alone.
pub struct Widget {
    bell: NodeRef,
    node: NodeRef,
    /// What was never on screen.
    new: Rc<SortedSet<NotificationId>>,
    /// Until the panel closes: what comes after this one is new, whichever page it is on.
    since: Option<NotificationId>,
    /// The panel is on its way off screen.
    leaving: Option<Timer>,
    refocus: bool,
    /// The latest muting, while it can be taken back.
    muted: Option<(Rc<Muted>, Timer)>,
    said: AttrValue,
    /// Grows with everything said, so that the same words can be said twice.
    saying: u32,
}

/// What can happen to the widget itself.
#[derive(Debug)]
pub enum Msg {
    /// Pass on what the member wants.
    Ask(Intent),
    /// The bell was pressed.
    Toggle,
    /// The panel is off screen.
    Left,
    /// A muting can be taken back no more.
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
        // In the DOM from the start: only changes of a known live region are sure to be read.
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
    /// Compares the feed with what it was: something may be worth saying, and something may be new.
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
        // What comes back was here before.
        if !matches!(news, Some(News::Restored | News::NotDismissed)) {
            self.mark(ctx, arrived(old, snapshot).to_vec());
        }
    }

    /// Says this to screen readers.
    fn say(&mut self, words: AttrValue) {
        self.said = words;
        self.saying = self.saying.wrapping_add(1);
    }

    /// The type of this one is about to be muted: its rows go without a trace, so that is said, and can be taken back.
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

    /// Marks as new what has arrived, and what an earlier visit has not seen; of the first list of all, nothing.
    fn mark(&mut self, ctx: &Context<Self>, mut new: Vec<NotificationId>) {
        if let Some(since) = self.since {
            // The oldest first: each then goes to the end of the sorted set.
            new.extend(ctx.props().snapshot.notifications.iter().rev().map(|item| item.id).filter(|id| *id > since));
        }
        if !new.is_empty() {
            Rc::make_mut(&mut self.new).extend(new);
        }
    }

    fn close(&mut self, ctx: &Context<Self>) {
        // All that was listed has been on screen, or could have been.
        self.new = Rc::default();
        self.since = None;
        // Focus in a panel that closes would be lost.
        let within = dom::drawn(&self.node).is_some_and(|node| dom::has_focus(&node));
        let refocus = std::mem::take(&mut self.refocus) || within;
        if let Some(bell) = dom::drawn(&self.bell).filter(|_| refocus) {
            dom::focus_still(&bell);
        }
        let link = ctx.link().clone();
        self.leaving = Some(Timer::new(LEAVING_MS, move || link.send_message(Msg::Left)));
    }
}
