//! A shadow root with the widget in it, and what a member does and sees there.

// Each file of tests uses a part of it.
#![allow(dead_code)]

use std::{cell::RefCell, rc::Rc};

use coworker_notifications::{
    STYLES,
    config::{Attributes, Config},
    feed::{Snapshot, Status},
    model::{CoworkerId, EntityId, Notification, NotificationId, NotificationType, Timestamp},
    view::{Clock, Intent, Widget, WidgetMsg, WidgetProps, text::Text},
};
use js_sys::Promise;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Element, HtmlElement, KeyboardEvent, KeyboardEventInit, ShadowRoot, wasm_bindgen::JsCast};
use yew::prelude::*;

/// The widget on a page of its own. Dropping it takes it off the page.
pub struct Stage {
    app: Option<AppHandle<Director>>,
    host: HtmlElement,
    asked: Rc<RefCell<Vec<Intent>>>,
}

impl Stage {
    /// Puts the widget on the page.
    pub fn new(snapshot: Snapshot) -> Self {
        Self::with(snapshot, &Attributes::default(), Text::english())
    }

    /// Puts the widget on the page, with settings and words.
    pub fn with(snapshot: Snapshot, attributes: &Attributes, text: Text) -> Self {
        let document = document();
        let host: HtmlElement = document.create_element("div").unwrap().unchecked_into();
        document.body().unwrap().append_child(&host).unwrap();
        let root = host.attach_shadow(&web_sys::ShadowRootInit::new(web_sys::ShadowRootMode::Open)).unwrap();
        let style = document.create_element("style").unwrap();
        style.set_text_content(Some(&STYLES.concat()));
        let place = document.create_element("div").unwrap();
        root.append_child(&style).unwrap();
        root.append_child(&place).unwrap();
        let asked = Rc::new(RefCell::new(Vec::new()));
        let props = DirectorProps {
            snapshot: Rc::new(snapshot),
            config: Rc::new(Config::read(attributes, "https://portal.example").config),
            text: Rc::new(text),
            asked: Asked(asked.clone()),
        };
        let app = yew::Renderer::<Director>::with_root_and_props(place, props).render();
        Self { app: Some(app), host, asked }
    }

    /// Presses the bell and waits for the panel.
    pub async fn open(&self) {
        self.until("the bell is there", |stage| stage.find("[part=bell]").is_some()).await;
        self.click("[part=bell]");
        self.until("the panel is open", |stage| stage.find("[part=panel]:popover-open").is_some()).await;
        frame().await;
    }

    /// Shows another snapshot of the feed.
    pub async fn show(&self, snapshot: Snapshot) {
        self.app.as_ref().unwrap().send_message(Cue::Show(snapshot));
        frame().await;
        frame().await;
    }

    pub fn root(&self) -> ShadowRoot {
        self.host.shadow_root().unwrap()
    }

    pub fn find(&self, selector: &str) -> Option<Element> {
        self.root().query_selector(selector).unwrap()
    }

    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.root().query_selector_all(selector).unwrap();
        (0..found.length()).map(|index| found.get(index).unwrap().unchecked_into()).collect()
    }

    pub fn text(&self, selector: &str) -> String {
        self.find(selector)
            .map(|element| element.text_content().unwrap_or_default().trim().to_owned())
            .unwrap_or_default()
    }

    pub fn attribute(&self, selector: &str, name: &str) -> String {
        self.find(selector).and_then(|element| element.get_attribute(name)).unwrap_or_default()
    }

    pub fn click(&self, selector: &str) {
        self.find(selector).unwrap_or_else(|| panic!("there is no {selector}")).unchecked_into::<HtmlElement>().click();
    }

    /// Presses a key where focus is.
    pub async fn key(&self, key: &str) {
        let init = KeyboardEventInit::new();
        init.set_key(key);
        init.set_bubbles(true);
        init.set_composed(true);
        init.set_cancelable(true);
        let event = KeyboardEvent::new_with_keyboard_event_init_dict("keydown", &init).unwrap();
        self.root().active_element().expect("focus in the widget").dispatch_event(&event).unwrap();
        frame().await;
        frame().await;
    }

    /// The notification whose row has focus.
    pub fn focused_row(&self) -> Option<i64> {
        self.root().active_element()?.get_attribute("data-id")?.parse().ok()
    }

    /// The intents of the member so far.
    pub fn asked(&self) -> Vec<Intent> {
        self.asked.borrow().clone()
    }

    /// Waits until something is so, for two seconds at most.
    pub async fn until(&self, what: &str, so: impl Fn(&Self) -> bool) {
        for _ in 0..120 {
            if so(self) {
                return;
            }
            frame().await;
        }
        panic!("two seconds passed, and it was not so that {what}");
    }

    /// Waits until focus is on this row.
    pub async fn until_focused(&self, row: i64) {
        self.until(&format!("row {row} has focus"), |stage| stage.focused_row() == Some(row)).await;
    }

    /// Takes the widget apart, its place stays.
    pub fn unmount(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        self.unmount();
        self.host.remove();
    }
}

/// Waits for the browser to draw.
pub async fn frame() {
    let drawn = Promise::new(&mut |resolve, _| {
        web_sys::window().unwrap().request_animation_frame(&resolve).unwrap();
    });
    JsFuture::from(drawn).await.unwrap();
}

pub fn document() -> web_sys::Document {
    web_sys::window().unwrap().document().unwrap()
}

/// A notification from so many minutes ago.
pub fn note(id: i64, kind: &str, message: &str, minutes: i64) -> Notification {
    let created = js_sys::Date::now() as i64 - minutes * 60_000;
    Notification {
        id: NotificationId(id),
        unique_id: String::new(),
        coworker: CoworkerId(1001),
        message: message.to_owned(),
        kind: NotificationType::from(kind),
        entity: EntityId(7),
        is_dismissed: false,
        created: Timestamp::from_timestamp_millis(created),
        updated: None,
        updated_by: None,
        is_new: false,
        system_id: None,
    }
}

/// A feed with these notifications.
pub fn feed(notifications: impl IntoIterator<Item = Notification>) -> Snapshot {
    let notifications: coworker_notifications::feed::Notifications = notifications.into_iter().map(Rc::new).collect();
    Snapshot {
        revision: js_sys::Math::random().to_bits(),
        status: Status::Ready,
        loaded: true,
        count: u32::try_from(notifications.len()).ok(),
        notifications,
        ..Snapshot::default()
    }
}

/// So many notifications of one kind, newest (highest id) first.
pub fn many(count: i64) -> Vec<Notification> {
    (1..=count).rev().map(|id| note(id, "blog", "A post", count - id)).collect()
}

/// Holds the widget and records its intents.
pub struct Director {
    snapshot: Rc<Snapshot>,
    open: bool,
    widget: RefCell<Option<Widget>>,
}

pub enum Cue {
    Show(Snapshot),
    Ask(Intent),
    Widget(WidgetMsg),
}

#[derive(Properties, Clone, PartialEq)]
pub struct DirectorProps {
    snapshot: Rc<Snapshot>,
    config: Rc<Config>,
    text: Rc<Text>,
    asked: Asked,
}

#[derive(Clone)]
pub struct Asked(Rc<RefCell<Vec<Intent>>>);

impl PartialEq for Asked {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.0, &other.0)
    }
}

impl Component for Director {
    type Message = Cue;
    type Properties = DirectorProps;

    fn create(ctx: &Context<Self>) -> Self {
        Self { snapshot: ctx.props().snapshot.clone(), open: false, widget: RefCell::default() }
    }

    fn update(&mut self, ctx: &Context<Self>, cue: Cue) -> bool {
        match cue {
            Cue::Show(snapshot) => self.snapshot = Rc::new(snapshot),
            Cue::Widget(msg) => return self.widget.get_mut().as_mut().unwrap().update(msg),
            Cue::Ask(intent) => {
                ctx.props().asked.0.borrow_mut().push(intent);
                match intent {
                    Intent::Open => self.open = true,
                    Intent::Close { .. } => self.open = false,
                    _ => {}
                }
            }
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let DirectorProps { config, text, .. } = ctx.props();
        let props = WidgetProps {
            snapshot: self.snapshot.clone(),
            config: config.clone(),
            text: text.clone(),
            open: self.open,
            early_count: None,
            preferences: Rc::default(),
            on_preference: Callback::noop(),
            on_intent: ctx.link().callback(Cue::Ask),
            clock: Clock::default(),
            last_seen: None,
        };
        let mut widget = self.widget.borrow_mut();
        match &mut *widget {
            Some(widget) => widget.changed(props),
            none => *none = Some(Widget::new(props, ctx.link().callback(Cue::Widget))),
        }
        widget.as_ref().map(Widget::view).unwrap_or_default()
    }

    fn rendered(&mut self, _: &Context<Self>, _: bool) {
        self.widget.get_mut().as_mut().unwrap().rendered();
    }
}
