//! The count in the document's title and on the application's icon.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Document, MutationObserver};

use super::{clock::wall, prefix::PrefixedTitle, wire::settle};
use crate::js::{call, get, global, object, set};

/// Until dropped: keeps `(3) ` before the document's title, even if the page changes it, and the count on the
/// application's icon.
pub struct TitleBadge {
    bell: Rc<Bell>,
    observer: Option<(MutationObserver, Changed)>,
}

thread_local! {
    /// The bells that want the title and the icon. Only the first gets them: two counts would replace each other
    /// without end.
    static BELLS: RefCell<Vec<Rc<Bell>>> = const { RefCell::new(Vec::new()) };
    static TITLE: RefCell<PrefixedTitle> = RefCell::default();
}

/// Called with the changes, and with the observer that saw them.
type Changed = Closure<dyn FnMut(JsValue, MutationObserver)>;

struct Bell {
    document: Document,
    count: Cell<u32>,
}

impl TitleBadge {
    /// Begins without a count, behind the bells that came before. `None` where there is no document.
    pub fn new() -> Option<Self> {
        let document = web_sys::window()?.document()?;
        let bell = Rc::new(Bell { document, count: Default::default() });
        BELLS.with_borrow_mut(|bells| bells.push(bell.clone()));
        let changed: Changed = {
            let bell = bell.clone();
            Closure::new(move |_: JsValue, observer: MutationObserver| {
                // The page may have replaced the head.
                bell.observe(&observer);
                if bell.is_first() {
                    bell.show(|title| title.may_answer(wall()));
                }
            })
        };
        let observer = MutationObserver::new(changed.as_ref().unchecked_ref()).ok();
        let observer = observer.filter(|observer| bell.observe(observer)).map(|observer| (observer, changed));
        Some(Self { bell, observer })
    }

    /// Shows this count; 0 removes it.
    pub fn set(&self, count: u32) {
        self.bell.count.set(count);
        if self.bell.is_first() {
            self.bell.show(|_| true);
            set_app_badge(count);
        }
    }
}

impl Bell {
    fn is_first(self: &Rc<Self>) -> bool {
        BELLS.with_borrow(|bells| bells.first().is_some_and(|first| Rc::ptr_eq(first, self)))
    }

    /// Routers change the title, replace it, or replace the whole head. The body is not observed.
    fn observe(&self, observer: &MutationObserver) -> bool {
        let Some(root) = self.document.document_element() else { return false };
        let what = object(&[("childList", JsValue::TRUE)]).unchecked_into();
        if observer.observe_with_options(&root, &what).is_err() {
            return false;
        }
        set(&what, "subtree", &JsValue::TRUE);
        set(&what, "characterData", &JsValue::TRUE);
        self.document.head().is_none_or(|head| observer.observe_with_options(&head, &what).is_ok())
    }

    /// Sets the title, if that changes it and `may`. The observer sees this change too, and then finds nothing to do.
    fn show(&self, may: fn(&mut PrefixedTitle) -> bool) {
        // A form of the name `title` stands for the property, and is no text.
        let Some(now) = get(&self.document, "title").and_then(|title| title.as_string()) else { return };
        TITLE.with_borrow_mut(|title| {
            if title.update(&now, self.count.get()).is_some() && may(title) {
                self.document.set_title(title.shown());
            }
        });
    }
}

impl Drop for TitleBadge {
    fn drop(&mut self) {
        if let Some((observer, _)) = &self.observer {
            observer.disconnect();
        }
        self.set(0);
        let first = BELLS.with_borrow_mut(|bells| {
            bells.retain(|other| !Rc::ptr_eq(other, &self.bell));
            bells.first().cloned()
        });
        if let Some(first) = first {
            first.show(|_| true);
            set_app_badge(first.count.get());
        }
    }
}

/// Shows the count on the installed application's icon (Badging API), where the browser can; 0 removes it.
fn set_app_badge(count: u32) {
    let navigator = global("navigator").unwrap_or_default();
    if let Some(promise) = call(&navigator, "setAppBadge", &count.into()) {
        spawn_local(async move {
            // Refused where the page is not installed: then there is no icon to put it on.
            let _ = settle(promise).await;
        });
    }
}
