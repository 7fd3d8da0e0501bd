//! The JavaScript edge: the methods that the element class calls, and the events it gets. Typed values become
//! JavaScript values only here.

mod attributes;
mod events;
mod locale;
mod rest;
mod token;

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, JSON, Promise};
use wasm_bindgen::{JsValue, prelude::wasm_bindgen};
use web_sys::Element;
use yew::{AppHandle, Callback, Renderer};

use self::locale::Words;
use crate::{
    NotificationBell, NotificationBellProps,
    api::encode_list,
    bell::Msg,
    config::Config,
    effect::take_from,
    error::Failure,
    event::BellEvent,
    feed::Notice,
    handle::{BellHandle, Done},
    js,
    model::NotificationId,
};

/// A mounted bell, as the element class holds it.
#[wasm_bindgen]
pub struct Bell {
    root: Element,
    app: Rc<RefCell<Option<AppHandle<NotificationBell>>>>,
    props: Rc<RefCell<NotificationBellProps>>,
    words: RefCell<Words>,
    /// The reported problems of attributes, so that each is reported once.
    reported: RefCell<Vec<Failure>>,
}

/// A page's listener may call a method while another method runs. So each takes `&self`, and none holds a borrow while
/// it emits an event.
#[wasm_bindgen]
impl Bell {
    /// A new bell in `root`, a child of the element's shadow root, or a resting bell, which has its own root: the
    /// element must use the property `root`. [`Bell::update`] mounts the bell.
    ///
    /// `emit(name, detail, cancelable)` fires an event on the element and returns whether its default was prevented;
    /// `locale_url(name)` returns the URL of a locale file.
    #[wasm_bindgen(constructor)]
    pub fn new(root: Element, emit: Function, locale_url: Function) -> Self {
        let on_event: Callback<BellEvent> = Callback::from(move |event| events::emit(&emit, event));
        let props = NotificationBellProps { on_event, ..NotificationBellProps::default() };
        let (root, app) = match rest::take() {
            Some(rested) => (rested.root, Some(rested.app)),
            None => (root, None),
        };
        Self {
            root,
            app: Rc::new(RefCell::new(app)),
            props: Rc::new(RefCell::new(props)),
            words: RefCell::new(Words::new(locale_url)),
            reported: RefCell::default(),
        }
    }

    /// The element that the bell is drawn in.
    #[wasm_bindgen(getter)]
    pub fn root(&self) -> Element {
        self.root.clone()
    }

    /// Applies the page's settings, for the first time or again.
    ///
    /// `settings` has the attributes under their names (`null` where absent), `locale` as it was found, `labels` as
    /// JSON, `portal-coworker` as the portal says, `early-count` as it is painted, `waited` (milliseconds since the element
    /// was connected, where this is the first time), and `open`; `token` is a string, a function, or nothing.
    pub fn update(&self, settings: &JsValue, token: &JsValue) {
        let problems = self.read(settings, token);
        if self.app.borrow().is_some() {
            redraw(&self.app, &self.props);
        } else {
            let props = self.props.borrow().clone();
            let app = Renderer::<NotificationBell>::with_root_and_props(self.root.clone(), props).render();
            self.app.replace(Some(app));
        }
        self.report(problems);
    }

    /// Takes the bell down, and sends what is pending at once.
    pub fn unmount(self) {
        if let Some(app) = self.app.take() {
            rest::give(app, self.root);
        }
    }

    /// `unreadCount`
    #[wasm_bindgen(getter = unreadCount)]
    pub fn unread_count(&self) -> u32 {
        self.handle().unread_count()
    }

    /// `status`
    #[wasm_bindgen(getter)]
    pub fn status(&self) -> String {
        if self.props.borrow().blocked.is_some() {
            return "error".to_owned();
        }
        self.handle().status().name().to_owned()
    }

    /// `notifications`: the records, fields named as the API names them.
    #[wasm_bindgen(getter)]
    pub fn notifications(&self) -> JsValue {
        let list = self.handle().snapshot().map(|snapshot| snapshot.notifications.clone()).unwrap_or_default();
        JSON::parse(&encode_list(list.iter().map(|one| &**one))).unwrap_or_else(|_| js_sys::Array::new().into())
    }

    /// `preferences`, as JSON: those in effect.
    #[wasm_bindgen(getter = chosen)]
    pub fn preferences(&self) -> String {
        self.handle().preferences().encode()
    }

    /// `refresh()`
    pub fn refresh(&self) -> Promise {
        let (promise, done) = promise();
        self.handle().refresh(done);
        promise
    }

    /// `loadMore()`
    #[wasm_bindgen(js_name = loadMore)]
    pub fn load_more(&self) -> Promise {
        let (promise, done) = promise();
        self.handle().load_more(done);
        promise
    }

    /// `dismiss(id)`
    pub fn dismiss(&self, id: f64) -> Promise {
        let on_event = self.props.borrow().on_event.clone();
        self.handle().dismiss(whole(id), &on_event);
        self.drawn()
    }

    /// `snooze(id, until)`: `until` in milliseconds since the Unix epoch.
    pub fn snooze(&self, id: f64, until: f64) -> Promise {
        let on_event = self.props.borrow().on_event.clone();
        self.handle().snooze(whole(id), until as i64, &on_event);
        self.drawn()
    }

    /// `dismissAll()`
    #[wasm_bindgen(js_name = dismissAll)]
    pub fn dismiss_all(&self) -> Promise {
        let on_event = self.props.borrow().on_event.clone();
        let (promise, done) = promise();
        self.handle().dismiss_all(on_event, done);
        promise
    }

    /// `restore(id)`
    pub fn restore(&self, id: f64) -> Promise {
        self.handle().restore(whole(id));
        self.drawn()
    }

    /// Resolves once everything up to now is drawn.
    pub fn drawn(&self) -> Promise {
        let (promise, done) = promise();
        match &*self.app.borrow() {
            Some(app) => app.send_message(Msg::WhenDrawn(Done::new(done))),
            None => done(),
        }
        promise
    }
}

/// Sets the function that hands over the requests that the element's script has sent. Called once, before the first
/// bell is mounted.
#[wasm_bindgen(js_name = onFirstRequest)]
#[allow(unreachable_pub, reason = "the macro exports it")]
pub fn on_first_request(take: Function) {
    take_from(take);
}

impl Bell {
    fn handle(&self) -> BellHandle {
        self.props.borrow().handle.clone()
    }

    /// Reads the settings; returns what is wrong with them.
    fn read(&self, settings: &JsValue, token: &JsValue) -> Vec<Failure> {
        let reading = Config::read(&attributes::read(settings), &origin());
        let mut problems = reading.problems;
        problems.extend(reading.unsafe_base.clone());
        {
            let mut props = self.props.borrow_mut();
            props.config = Rc::new(reading.config);
            props.preferences = attributes::preferences(settings);
            props.blocked = reading.unsafe_base;
            props.token = token::source(token);
            props.coworker = attributes::portal_coworker(settings);
            props.early_count = attributes::number(settings, "early-count");
            props.waited = attributes::number(settings, "waited").unwrap_or_default();
            props.open = attributes::flag(settings, "open");
        }
        let (app, props) = (self.app.clone(), self.props.clone());
        let labels = attributes::text(settings, "labels");
        let arrived = move |text| {
            props.borrow_mut().text = Some(text);
            redraw(&app, &props);
        };
        let locale = attributes::text(settings, "locale");
        let now = self.words.borrow_mut().choose(locale, labels, arrived, &mut problems);
        if let Some(text) = now {
            self.props.borrow_mut().text = Some(text);
        }
        problems
    }

    /// Reports what is wrong with the page's settings, each problem once while it lasts.
    fn report(&self, problems: Vec<Failure>) {
        let on_event = self.props.borrow().on_event.clone();
        let reported = self.reported.replace(problems.clone());
        for failure in problems.into_iter().filter(|failure| !reported.contains(failure)) {
            on_event.emit(BellEvent::Notice(Notice::Error { failure, retry_at: None }));
        }
    }
}

/// The page's origin. The address of a `srcdoc` frame has none, so the frame's global object is asked. Only there: a page
/// may have a variable `origin`, which takes its place.
fn origin() -> String {
    let text = |object: &JsValue| js::get(object, "origin").and_then(|origin| origin.as_string()).unwrap_or_default();
    let by_address = js::global("location").map(|location| text(&location)).unwrap_or_default();
    if by_address == "null" { text(&js_sys::global()) } else { by_address }
}

/// The id that a script gives; 0, for no notification, if it is not whole.
fn whole(id: f64) -> NotificationId {
    let whole = id as i64;
    NotificationId(if whole as f64 == id { whole } else { 0 })
}

/// Gives a mounted bell its new properties.
fn redraw(app: &RefCell<Option<AppHandle<NotificationBell>>>, props: &RefCell<NotificationBellProps>) {
    let props = props.borrow().clone();
    if let Ok(mut app) = app.try_borrow_mut()
        && let Some(app) = app.as_mut()
    {
        app.update(props);
    }
}

/// A promise, and the function that resolves it.
fn promise() -> (Promise, Box<dyn FnOnce()>) {
    let mut resolve = None;
    let promise = Promise::new(&mut |function, _| resolve = Some(function));
    let done = move || {
        let _ = resolve.map(|resolve: Function| resolve.call0(&JsValue::UNDEFINED));
    };
    (promise, Box::new(done))
}
