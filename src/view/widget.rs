//! The whole widget as it is seen: bell, panel and the words said to screen readers.

use std::rc::Rc;

use gloo_timers::callback::Timeout;
use web_sys::{Element, MouseEvent};
use yew::prelude::*;

use super::{
    bell, dom,
    intent::Intent,
    news::{News, arrived},
    panel::Panel,
    text::Text,
    time::{Clock, millis},
};
use crate::{
    config::{Config, Variant},
    feed::Snapshot,
    model::{Notification, NotificationId},
    sorted::SortedSet,
};

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
    /// Told what the member wants.
    pub on_intent: Callback<Intent>,
    /// The server's time.
    pub clock: Clock,
    /// When the panel was last open on an earlier visit, in milliseconds since the Unix epoch by the server's clock:
    /// what was created later is marked as new.
    #[prop_or_default]
    pub last_opened: Option<f64>,
}

/// Bell and panel, or the list alone.
pub struct Widget {
    bell: NodeRef,
    node: NodeRef,
    /// What was never on screen.
    new: Rc<SortedSet<NotificationId>>,
    /// The panel is on its way off screen.
    leaving: Option<Timeout>,
    refocus: bool,
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
}

impl Component for Widget {
    type Message = Msg;
    type Properties = WidgetProps;

    fn create(ctx: &Context<Self>) -> Self {
        let mut widget = Self {
            bell: NodeRef::default(),
            node: NodeRef::default(),
            new: Rc::default(),
            leaving: None,
            refocus: false,
            said: AttrValue::default(),
            saying: 0,
        };
        widget.mark_first(ctx);
        widget
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &WidgetProps) -> bool {
        let props = ctx.props();
        if let Some(news) = News::between(&old.snapshot, &props.snapshot) {
            self.said = news.words(&props.text);
            self.saying = self.saying.wrapping_add(1);
        }
        if !props.snapshot.loaded {
            self.new = Rc::default();
        } else if old.snapshot.loaded {
            let arrived = arrived(&old.snapshot, &props.snapshot);
            if !arrived.is_empty() {
                Rc::make_mut(&mut self.new).extend(arrived);
            }
        } else {
            self.mark_first(ctx);
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
            Msg::Toggle if ctx.props().open => Intent::Close { refocus: false },
            Msg::Toggle => Intent::Open,
            Msg::Ask(intent) => intent,
        };
        if let Intent::Close { refocus } = intent {
            self.refocus = refocus;
        }
        ctx.props().on_intent.emit(intent);
        false
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let WidgetProps { snapshot, config, text, open, clock, .. } = ctx.props();
        let inline = config.variant == Variant::Inline;
        html! {
            <div class={if inline { "root inline" } else { "root" }} ref={self.node.clone()}>
                if !inline {
                    { bell::view(snapshot.count, config.max_badge, text, *open, self.bell.clone(),
                        ctx.link().callback(|_: MouseEvent| Msg::Toggle)) }
                }
                // In the DOM from the start: only changes of a known live region are sure to be read.
                <div part="live" role="status" class="hidden" lang={text.locale.clone()}>
                    <span key={self.saying}>{ self.said.clone() }</span>
                </div>
                if inline || *open || self.leaving.is_some() {
                    <Panel key={config.variant.name()} snapshot={snapshot.clone()} config={config.clone()} text={text.clone()}
                        open={inline || *open} on_intent={ctx.link().callback(Msg::Ask)}
                        clock={*clock} new={self.new.clone()} bell={self.bell.clone()} />
                }
            </div>
        }
    }
}

impl Widget {
    /// What the first list holds is not new, unless an earlier visit tells otherwise.
    fn mark_first(&mut self, ctx: &Context<Self>) {
        let WidgetProps { snapshot, last_opened, .. } = ctx.props();
        let Some(opened) = *last_opened else { return };
        let later = |item: &&Rc<Notification>| item.created.is_some_and(|created| millis(created) > opened);
        self.new = Rc::new(snapshot.notifications.iter().filter(later).map(|item| item.id).collect());
    }

    fn close(&mut self, ctx: &Context<Self>) {
        // All that was listed has been on screen, or could have been.
        self.new = Rc::default();
        // Focus in a panel that closes would be lost.
        let within = self.node.cast::<Element>().is_some_and(|node| dom::has_focus(&node));
        let refocus = std::mem::take(&mut self.refocus) || within;
        if let Some(bell) = self.bell.cast::<Element>().filter(|_| refocus) {
            dom::focus_still(&bell);
        }
        let link = ctx.link().clone();
        self.leaving = Some(Timeout::new(LEAVING_MS, move || link.send_message(Msg::Left)));
    }
}
