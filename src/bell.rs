//! The Yew component: settings in, events out, and between them one feed and the views.

mod chosen;
mod outside;
mod props;

use std::{cell::RefCell, rc::Rc};

use yew::prelude::*;

pub use props::NotificationBellProps;

use crate::{
    config::{Preference, Preferences, Push, Variant, View},
    effect::{
        FeedKey, Store, StoredPreferences, Subscription, Timer, TitleBadge, Update, alerts, find as find_feed,
        hand_over, navigate, open as open_feed,
    },
    error::{Failure, FailureKind},
    event::{BellEvent, allowed, may_dismiss},
    feed::{Event as FeedEvent, Notice, Settings, Snapshot, Status, Waiting},
    handle::{Done, Request, dismiss, snooze},
    model::NotificationId,
    view::{Clock, Intent, Widget, WidgetMsg, WidgetProps, text::Text},
};

/// After this time without a token or a coworker the page gets an error (milliseconds): 30 seconds.
const PATIENCE: u32 = 30_000;

/// A bell with its panel, attached to a coworker's feed.
///
/// Bells with the same API base, coworker and token share one feed. The component brings no styles: the custom element
/// adds them; a Yew application puts [`crate::STYLES`] into the shadow root that it mounts the bell in.
pub struct NotificationBell {
    feed: Option<Attached>,
    snapshot: Rc<Snapshot>,
    open: bool,
    view: View,
    /// The preferences in effect.
    preferences: Rc<Preferences>,
    /// Stores this coworker's preferences.
    kept: Option<StoredPreferences>,
    text: Rc<Text>,
    /// What is seen, from the first drawing on. Each drawing passes it what has changed.
    widget: RefCell<Option<Widget>>,
    /// Set while the token or the coworker is missing; it rings once.
    patience: Option<Timer>,
    title: Option<TitleBadge>,
    /// Events to emit once everything is drawn.
    news: Vec<BellEvent>,
    /// Callers that wait for that.
    waiting: Vec<Done>,
}

/// The attachment to a feed: dropping it ends the subscription.
struct Attached {
    key: FeedKey,
    subscription: Subscription,
}

/// What can happen to the component.
pub enum Msg {
    /// The feed sends an update.
    Feed(Update),
    /// Something about the widget.
    Widget(WidgetMsg),
    /// The member or a call asks for something.
    Intent(Intent),
    /// The member has changed a preference.
    Prefer(Preference),
    /// The preferences were changed elsewhere.
    Preferences(Rc<Preferences>),
    /// The wait for the page is over.
    Impatient,
    /// The member has said whether system notifications may be shown.
    Answered,
    /// A caller waits until everything up to now is drawn.
    WhenDrawn(Done),
}

impl From<Request> for Msg {
    fn from(request: Request) -> Self {
        match request {
            Request::Intent(intent) => Self::Intent(intent),
            Request::WhenDrawn(done) => Self::WhenDrawn(done),
        }
    }
}

impl Component for NotificationBell {
    type Message = Msg;
    type Properties = NotificationBellProps;

    fn create(ctx: &Context<Self>) -> Self {
        let props = ctx.props();
        let mut bell = Self {
            feed: None,
            snapshot: Rc::default(),
            open: props.open,
            view: props.config.view,
            preferences: props.preferences.clone().unwrap_or_default(),
            kept: None,
            text: props.text.clone().unwrap_or_else(|| Rc::new(Text::english())),
            widget: RefCell::default(),
            patience: None,
            title: None,
            news: Vec::new(),
            waiting: Vec::new(),
        };
        if props.resting {
            return bell;
        }
        if bell.open {
            bell.news.push(BellEvent::Open);
        }
        bell.connect(ctx);
        bell.show_count(ctx);
        bell
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &NotificationBellProps) -> bool {
        let props = ctx.props();
        if props.handle != old.handle {
            old.handle.detach();
        }
        if props.resting || old.resting {
            *self = <Self as Component>::create(ctx);
            return true;
        }
        if let Some(text) = &props.text {
            self.text = text.clone();
        }
        if props.open != old.open {
            self.set_open(ctx, props.open);
        }
        if props.config.view != old.config.view {
            self.view = props.config.view;
        }
        if let Some(chosen) = props.preferences.as_ref().filter(|_| props.preferences != old.preferences) {
            self.preferences = chosen.clone();
        }
        self.connect(ctx);
        self.show_count(ctx);
        true
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Feed(Update::Changed(snapshot)) => {
                let first = !self.snapshot.loaded;
                self.snapshot = snapshot;
                if first && self.is_seen(ctx) {
                    self.remember_seen();
                }
                self.show_count(ctx);
                true
            }
            Msg::Feed(Update::Notice(notice)) => {
                self.alert(ctx, &notice);
                self.news.push(BellEvent::Notice(notice));
                true
            }
            Msg::Widget(msg) => self.widget.get_mut().as_mut().is_some_and(|widget| widget.update(msg)),
            Msg::Intent(intent) => self.act(ctx, intent),
            Msg::Prefer(choice) => {
                self.prefer(ctx, choice);
                true
            }
            Msg::Preferences(chosen) => {
                self.preferences = chosen;
                self.connect(ctx);
                true
            }
            Msg::Impatient => {
                if let Some(waiting) = self.snapshot.waiting {
                    fail(ctx, missing(waiting));
                }
                false
            }
            Msg::Answered => {
                self.connect(ctx);
                true
            }
            Msg::WhenDrawn(done) => {
                self.waiting.push(done);
                true
            }
        }
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let props = ctx.props();
        if props.resting {
            return Html::default();
        }
        let props = WidgetProps {
            snapshot: self.snapshot.clone(),
            config: props.config.clone(),
            text: self.text.clone(),
            open: self.is_seen(ctx),
            early_count: props.early_count,
            preferences: self.preferences.clone(),
            on_preference: ctx.link().callback(Msg::Prefer),
            on_intent: ctx.link().callback(Msg::Intent),
            clock: Clock { skew_ms: self.store().map_or(0.0, |store| store.skew()) },
            last_seen: self.store().and_then(|store| store.last_seen()),
        };
        let mut widget = self.widget.borrow_mut();
        match &mut *widget {
            Some(widget) => widget.changed(props),
            none => *none = Some(Widget::new(props, ctx.link().callback(Msg::Widget))),
        }
        widget.as_ref().map(Widget::view).unwrap_or_default()
    }

    fn rendered(&mut self, ctx: &Context<Self>, _first: bool) {
        if let Some(widget) = self.widget.get_mut() {
            widget.rendered();
        }
        // Waiting callers continue only after the page has the events.
        let waiting = std::mem::take(&mut self.waiting);
        for event in std::mem::take(&mut self.news) {
            ctx.props().on_event.emit(event);
        }
        drop(waiting);
    }

    fn destroy(&mut self, ctx: &Context<Self>) {
        ctx.props().handle.detach();
    }
}

impl NotificationBell {
    /// Attaches the component to the feed that its properties name.
    fn connect(&mut self, ctx: &Context<Self>) {
        let props = ctx.props();
        let config = &props.config;
        let coworker = config.coworker.or(props.coworker);
        if let Some(failure) = &props.blocked {
            self.disconnect(ctx);
            let snapshot = Snapshot {
                status: Status::Error,
                problem: Some(crate::feed::Problem { failure: failure.clone(), retry_at: None }),
                revision: u64::MAX,
                ..Snapshot::default()
            };
            self.snapshot = Rc::new(snapshot);
            return;
        }
        let (Some(coworker), Some(token)) = (coworker, props.token.clone()) else {
            self.disconnect(ctx);
            let waiting = if props.token.is_none() { Waiting::Token } else { Waiting::Coworker };
            self.snapshot = Rc::new(Snapshot { waiting: Some(waiting), ..Snapshot::default() });
            if waiting == Waiting::Coworker && config.coworker_is_wrong {
                self.patience = None;
                return;
            }
            let link = ctx.link().clone();
            let left = PATIENCE.saturating_sub(props.waited);
            self.patience.get_or_insert_with(|| Timer::new(left, move || link.send_message(Msg::Impatient)));
            return;
        };
        self.patience = None;
        self.keep(ctx, coworker);
        let key = FeedKey { base: config.api_base.clone(), coworker, token };
        let settings = Settings {
            page_size: config.page_size,
            poll_interval: config.poll_interval,
            dismiss_mode: config.dismiss_mode,
            types: config.types.clone(),
            muted: self.preferences.muted_types.clone(),
            stream: config.push == Push::Auto,
            alerts: self.offers_alerts(ctx) && alerts::permission() == alerts::Permission::Granted,
        };
        match &mut self.feed {
            Some(attached) if attached.goes_on(&key, &settings) => {
                if attached.key.token != key.token {
                    hand_over(attached.store(), &key.token);
                    attached.key = key;
                }
                attached.store().set(settings);
            }
            _ => {
                // The old feed's data must disappear at once.
                self.disconnect(ctx);
                let store = open_feed(&key, settings);
                self.snapshot = store.snapshot();
                let subscription = Subscription::new(&store, ctx.link().callback(Msg::Feed));
                self.feed = Some(Attached { key, subscription });
            }
        }
        self.look_at(self.view);
        self.attach_handle(ctx);
    }

    fn disconnect(&mut self, ctx: &Context<Self>) {
        self.feed = None;
        self.attach_handle(ctx);
    }

    fn attach_handle(&self, ctx: &Context<Self>) {
        let (store, preferences) = (self.store().cloned(), self.preferences.clone());
        ctx.props().handle.attach(store, preferences, ctx.link().callback(Msg::from));
    }

    fn store(&self) -> Option<&Rc<Store>> {
        self.feed.as_ref().map(Attached::store)
    }

    /// Carries out an intent. Returns `true` if the component must be drawn again.
    fn act(&mut self, ctx: &Context<Self>, intent: Intent) -> bool {
        match (intent, self.store().cloned()) {
            (Intent::Open, _) => return self.set_open(ctx, true),
            (Intent::Close { .. }, _) => return self.set_open(ctx, false),
            (Intent::AllowAlerts, _) => {
                let link = ctx.link().clone();
                alerts::ask(move || link.send_message(Msg::Answered));
            }
            (Intent::View(view), _) => {
                self.view = view;
                self.look_at(view);
                ctx.props().on_event.emit(BellEvent::View(view));
            }
            // The widget handles it: it knows what was muted.
            (_, None) | (Intent::Unmute, _) => {}
            (Intent::Select(id), Some(store)) => return self.select(ctx, &store, id),
            (Intent::Dismiss(id), Some(store)) => dismiss(&store, &ctx.props().on_event, vec![id]),
            (Intent::Mute(id), Some(store)) => {
                if let Some(notification) = store.notification(id) {
                    self.prefer(ctx, Preference::Type(notification.kind.clone(), false));
                }
                return true;
            }
            (Intent::Snooze(id, until), Some(store)) => snooze(&store, &ctx.props().on_event, id, until),
            (Intent::DismissAll, Some(store)) => {
                let on_event = ctx.props().on_event.clone();
                store.dismiss_all(move |ids| may_dismiss(&on_event, ids), || {});
            }
            (Intent::Restore(id), Some(store)) => store.dispatch(FeedEvent::Restore(id)),
            (Intent::Undo(batch), Some(store)) => store.dispatch(FeedEvent::Undo(batch)),
            (Intent::Retry, Some(store)) => store.refresh(|| {}),
            (Intent::RetryWrite(id), Some(store)) => store.dispatch(FeedEvent::RetryWrite(id)),
            (Intent::LoadMore, Some(store)) => store.load_more(|| {}),
        }
        false
    }

    /// Makes the feed list this view.
    fn look_at(&self, view: View) {
        if let Some(store) = self.store().filter(|store| store.snapshot().view != view) {
            store.dispatch(FeedEvent::View(view));
        }
    }

    fn select(&mut self, ctx: &Context<Self>, store: &Rc<Store>, id: NotificationId) -> bool {
        let Some(notification) = store.notification(id) else {
            return false;
        };
        let href = ctx.props().config.links.link(&notification);
        let event = |veto| BellEvent::Select { notification, href: href.clone(), veto };
        let may_follow = allowed(&ctx.props().on_event, event);
        match href {
            Some(link) if may_follow => {
                navigate(&link);
                self.set_open(ctx, false)
            }
            _ => false,
        }
    }

    fn set_open(&mut self, ctx: &Context<Self>, open: bool) -> bool {
        if self.open == open {
            return false;
        }
        self.open = open;
        // Closing counts too: what arrived in an open panel has been on screen.
        self.remember_seen();
        ctx.props().on_event.emit(if open { BellEvent::Open } else { BellEvent::Close });
        true
    }

    fn is_seen(&self, ctx: &Context<Self>) -> bool {
        self.open || ctx.props().config.variant == Variant::Inline
    }

    /// The listed notifications are not new at the next visit.
    fn remember_seen(&self) {
        if let Some(store) = self.store() {
            store.remember_seen(&self.snapshot);
        }
    }
}

impl Attached {
    fn store(&self) -> &Rc<Store> {
        self.subscription.store()
    }

    /// Whether this feed fits, or can be changed to fit without changing what other bells show.
    fn goes_on(&self, key: &FeedKey, settings: &Settings) -> bool {
        let (own, store) = (&self.key, self.store());
        if own.base != key.base || own.coworker != key.coworker {
            return false;
        }
        let is_right = own.token == key.token && store.suits(settings);
        is_right || (!store.is_shared() && find_feed(key, settings).is_none())
    }
}

fn fail(ctx: &Context<NotificationBell>, failure: Failure) {
    ctx.props().on_event.emit(BellEvent::Notice(Notice::Error { failure, retry_at: None }));
}

fn missing(waiting: Waiting) -> Failure {
    Failure::new(
        FailureKind::Config,
        match waiting {
            Waiting::Token => {
                "The bell has waited 30 seconds for a token: set the token attribute or the tokenProvider property."
            }
            Waiting::Coworker => {
                "The bell has waited 30 seconds for a coworker: set coworker-id, or use it where window.__nexudus.auth.coworker.Id says who is signed in."
            }
        },
    )
}
