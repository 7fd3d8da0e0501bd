//! The count in the document's title and on the application's icon.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Function, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use web_sys::{Document, MutationObserver, MutationObserverInit};

/// Keeps `(3) ` before the document's title, whatever the page makes of the title, and the count on the application's
/// icon, until dropped.
pub struct TitleBadge {
    state: Rc<RefCell<State>>,
    observer: Option<(MutationObserver, Closure<dyn FnMut()>)>,
}

thread_local! {
    /// The bells that want the title and the icon. The first has them: two counts would never stop to take each other's
    /// place.
    static BELLS: RefCell<Vec<Rc<RefCell<State>>>> = const { RefCell::new(Vec::new()) };
}

struct State {
    document: Document,
    prefix: String,
    count: u32,
}

impl TitleBadge {
    /// Begins without a count, behind the bells that have begun before. `None` where there is no document.
    pub fn new() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let state = Rc::new(RefCell::new(State { document: document.clone(), prefix: String::new(), count: 0 }));
        BELLS.with_borrow_mut(|bells| bells.push(state.clone()));
        let observer = document.head().and_then(|head| {
            let state = state.clone();
            // Setting the title is observed too; it then has its prefix and nothing more is done.
            let changed = Closure::new(move || {
                if is_first(&state) {
                    state.borrow().show();
                }
            });
            let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok()?;
            let what = MutationObserverInit::new();
            what.set_child_list(true);
            what.set_subtree(true);
            what.set_character_data(true);
            observer.observe_with_options(&head, &what).ok()?;
            Some((observer, changed))
        });
        Some(Self { state, observer })
    }

    /// Shows this count; none at 0.
    pub fn set(&self, count: u32) {
        let mut state = self.state.borrow_mut();
        let prefix = if count == 0 { String::new() } else { ["(", &count.to_string(), ") "].concat() };
        state.count = count;
        if !is_first(&self.state) {
            state.prefix = prefix;
            return;
        }
        if state.prefix != prefix {
            let bare = state.bare();
            state.prefix = prefix;
            state.document.set_title(&[&state.prefix, &*bare].concat());
        }
        set_app_badge(count);
    }
}

fn is_first(state: &Rc<RefCell<State>>) -> bool {
    BELLS.with_borrow(|bells| bells.first().is_some_and(|first| Rc::ptr_eq(first, state)))
}

impl State {
    fn bare(&self) -> String {
        let title = self.document.title();
        title.strip_prefix(&self.prefix).map(str::to_owned).unwrap_or(title)
    }

    fn show(&self) {
        let title = self.document.title();
        // The browser trims the title, so a prefix alone loses its space.
        if !title.starts_with(self.prefix.trim_end()) {
            self.document.set_title(&[&self.prefix, &*title].concat());
        }
    }
}

impl Drop for TitleBadge {
    fn drop(&mut self) {
        if let Some((observer, _)) = &self.observer {
            observer.disconnect();
        }
        self.set(0);
        let first = BELLS.with_borrow_mut(|bells| {
            bells.retain(|other| !Rc::ptr_eq(other, &self.state));
            bells.first().cloned()
        });
        if let Some(first) = first {
            let first = first.borrow();
            first.show();
            set_app_badge(first.count);
        }
    }
}

/// Shows the count on the installed application's icon (Badging API), where the browser has that; none at 0.
fn set_app_badge(count: u32) {
    let Some(window) = web_sys::window() else { return };
    let navigator = window.navigator();
    let badge = || -> Result<(), JsValue> {
        let set: Function = Reflect::get(&navigator, &"setAppBadge".into())?.dyn_into()?;
        let promise: js_sys::Promise = set.call1(&navigator, &count.into())?.dyn_into()?;
        wasm_bindgen_futures::spawn_local(async move {
            // Refused where the page is not installed: then there is no icon to put it on.
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        });
        Ok(())
    };
    let _ = badge();
}
