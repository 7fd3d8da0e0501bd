//! A page of a Yew application with a bell on it.

use std::{cell::RefCell, rc::Rc};

use coworker_notifications::{
    BellEvent, BellHandle, NotificationBell, NotificationBellProps,
    api::ApiBase,
    config::Config,
    effect::TokenSource,
    model::{CoworkerId, NotificationId},
};
use js_sys::{Date, Promise};
use wasm_bindgen_futures::JsFuture;
use web_sys::Element;
use yew::{AppHandle, Callback, Renderer};

/// A bell and the events that it has emitted. Dropping it removes it from the page.
pub struct Page {
    app: Option<AppHandle<NotificationBell>>,
    props: NotificationBellProps,
    root: Element,
    pub handle: BellHandle,
    pub on_event: Callback<BellEvent>,
    events: Rc<RefCell<Vec<BellEvent>>>,
}

impl Page {
    /// A bell with a token, for a coworker of its own, so that tests share no feed and no storage.
    pub fn new() -> Self {
        Self::of(new_coworker(), TokenSource::Fixed("secret".into()), |_| {})
    }

    /// A bell of this coworker; `on_event` is called before the event is noted.
    pub fn of(coworker: CoworkerId, token: TokenSource, on_event: impl Fn(&BellEvent) + 'static) -> Self {
        let document = web_sys::window().unwrap().document().unwrap();
        let root = document.create_element("div").unwrap();
        document.body().unwrap().append_child(&root).unwrap();
        let events = Rc::new(RefCell::new(Vec::new()));
        let on_event = {
            let events = events.clone();
            Callback::from(move |event| {
                on_event(&event);
                events.borrow_mut().push(event);
            })
        };
        let handle = BellHandle::new();
        let props = NotificationBellProps {
            config: Rc::new(Config {
                coworker: Some(coworker),
                api_base: ApiBase::parse("https://api.example", "").unwrap(),
                ..Config::default()
            }),
            token: Some(token),
            on_event: on_event.clone(),
            handle: handle.clone(),
            ..NotificationBellProps::default()
        };
        let app = Renderer::<NotificationBell>::with_root_and_props(root.clone(), props.clone()).render();
        Self { app: Some(app), props, root, handle, on_event, events }
    }

    pub fn badge(&self) -> Option<String> {
        self.root.query_selector("[part=badge]").unwrap()?.text_content()
    }

    pub fn events(&self) -> Vec<BellEvent> {
        self.events.borrow().clone()
    }

    pub fn ids(&self) -> Vec<i64> {
        let list = self.handle.snapshot().unwrap().notifications.clone();
        list.iter().map(|notification| notification.id.0).collect()
    }

    pub fn dismiss(&self, id: i64) {
        self.handle.dismiss(NotificationId(id), &self.on_event);
    }

    /// The application draws the bell with other properties.
    pub fn change(&mut self, change: impl FnOnce(&mut NotificationBellProps)) {
        change(&mut self.props);
        self.app.as_mut().unwrap().update(self.props.clone());
    }

    /// The bell leaves the page.
    pub fn unmount(&mut self) {
        if let Some(app) = self.app.take() {
            app.destroy();
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        self.unmount();
        self.root.remove();
    }
}

/// A coworker that no other test has.
pub fn new_coworker() -> CoworkerId {
    thread_local!(static NEXT: std::cell::Cell<i64> = const { std::cell::Cell::new(1) });
    CoworkerId(NEXT.replace(NEXT.get() + 1))
}

/// Waits until something is so; fails after five seconds.
pub async fn until(what: &str, so: impl Fn() -> bool) {
    let begun = Date::now();
    while !so() {
        assert!(Date::now() - begun < 5_000.0, "waited in vain until {what}");
        tick().await;
    }
}

/// One turn of the event loop.
pub async fn tick() {
    let turn = Promise::new(&mut |resolve, _| {
        let window = web_sys::window().unwrap();
        window.set_timeout_with_callback(&resolve).unwrap();
    });
    JsFuture::from(turn).await.unwrap();
}
