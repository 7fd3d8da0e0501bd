//! The visible part of a frame. The windows around a frame may hide some of it, and it cannot ask them: they may be of
//! other origins. The browser's `IntersectionObserver` knows.

use std::{cell::Cell, rc::Rc};

use js_sys::Array;
use web_sys::{
    Element, IntersectionObserver, IntersectionObserverEntry, Window,
    wasm_bindgen::{JsCast, JsValue, closure::Closure},
};

use super::{dom, place::Rect};

/// Edges that differ by less than this (in pixels) are the same.
const SAME: f64 = 1.0;

/// Whether a window is a frame of another one.
pub(super) fn is_frame(window: &Window) -> bool {
    window.parent().ok().flatten().is_some_and(|parent| parent != *window)
}

/// The top and the bottom of a frame's visible part, in its own pixels, once they are known.
#[derive(Debug, Clone, Default)]
pub(super) struct Sight(Rc<Cell<Option<(f64, f64)>>>);

impl Sight {
    /// The visible part of a frame's page; `None` while that is not known.
    pub(super) fn of(&self, page: Rect) -> Option<Rect> {
        let (top, bottom) = self.0.get()?;
        Some(Rect { top: page.top.max(top), bottom: page.bottom.min(bottom), ..page })
    }
}

/// Asks the browser for the visible part of a list in a frame. Ends when it is dropped.
#[derive(Debug)]
pub(super) struct Outlook {
    observer: IntersectionObserver,
    _callback: Closure<dyn FnMut(JsValue)>,
}

impl Outlook {
    /// Begins to observe, and calls `notify` when `sight` has a result. `inside` gives the part of the list that the
    /// frame itself shows, and the frame's height.
    pub(super) fn new(
        list: &Element,
        sight: Sight,
        inside: impl Fn() -> (Rect, f64) + 'static,
        notify: impl Fn() + 'static,
    ) -> Option<Self> {
        let callback = Closure::<dyn FnMut(JsValue)>::new(move |entries: JsValue| {
            let entry: IntersectionObserverEntry = entries.unchecked_ref::<Array>().pop().unchecked_into();
            let (inside, height) = inside();
            let rect = entry.intersection_rect();
            sight.0.set(Some(seen(inside, height, entry.is_intersecting().then(|| (rect.top(), rect.bottom())))));
            notify();
        });
        let observer = IntersectionObserver::new(callback.as_ref().unchecked_ref()).ok()?;
        observer.observe(list);
        Some(Self { observer, _callback: callback })
    }

    /// The observer, with which [`ask_again`] can be called.
    pub(super) fn observer(&self) -> IntersectionObserver {
        self.observer.clone()
    }
}

impl Drop for Outlook {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

/// Asks again for the visible part of the list.
pub(super) fn ask_again(observer: &IntersectionObserver, list: &Element) {
    observer.unobserve(list);
    observer.observe(list);
}

/// The top and the bottom of a frame's visible part. `inside` is the part of the list that the frame shows, `part` its
/// visible part: where both end at the same place, the windows around cut nothing off.
fn seen(inside: Rect, height: f64, part: Option<(f64, f64)>) -> (f64, f64) {
    match part {
        // The frame itself shows nothing of the list, so nothing can be known.
        _ if inside.bottom - inside.top < SAME => (0.0, height),
        None => (0.0, 0.0),
        Some((top, bottom)) => (
            if top - inside.top < SAME { 0.0 } else { top },
            if inside.bottom - bottom < SAME { height } else { bottom },
        ),
    }
}

/// The part of a list that its page shows, without what the elements around the list cut off.
pub(super) fn inside(list: &Element, page: Rect, clips: impl Iterator<Item = Element>) -> Rect {
    clips.map(|clip| dom::rect(&clip)).chain([dom::rect(list)]).fold(page, Rect::common)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_is_seen_as_far_as_the_list_in_it_is() {
        let inside = Rect { left: 0.0, top: 20.0, right: 600.0, bottom: 2_980.0 };
        assert_eq!(seen(inside, 3_000.0, Some((20.0, 600.0))), (0.0, 600.0), "its beginning");
        assert_eq!(seen(inside, 3_000.0, Some((800.0, 1_400.0))), (800.0, 1_400.0));
        assert_eq!(seen(inside, 3_000.0, Some((2_400.0, 2_980.0))), (2_400.0, 3_000.0), "its end");
        assert_eq!(seen(inside, 3_000.0, Some((20.0, 2_980.0))), (0.0, 3_000.0), "all of it");
        assert_eq!(seen(inside, 3_000.0, None), (0.0, 0.0), "nothing");
        assert_eq!(seen(Rect { bottom: 20.0, ..inside }, 3_000.0, None), (0.0, 3_000.0), "the list has no height");
    }

    #[test]
    fn before_the_browser_has_said_so_nothing_is_known() {
        let page = Rect { left: 0.0, top: 0.0, right: 600.0, bottom: 3_000.0 };
        let sight = Sight::default();
        assert_eq!(sight.of(page), None);
        sight.0.set(Some((100.0, 700.0)));
        assert_eq!(sight.of(page), Some(Rect { top: 100.0, bottom: 700.0, ..page }));
    }
}
