//! The words of the page's language, fetched when they are not English.

use std::{cell::RefCell, rc::Rc};

use js_sys::Function;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::Response;

use crate::{
    error::Failure,
    sorted::SortedMap,
    view::text::{Text, choose},
};

/// The language that a locale file need not be fetched for.
const BUILT_IN: &str = "en";

thread_local! {
    /// Locale files that have been fetched, for all elements of the page.
    static FILES: RefCell<SortedMap<&'static str, Rc<str>>> = const { RefCell::new(SortedMap::new()) };
}

/// One element's words.
pub(super) struct Words {
    url: Function,
    /// What was last chosen, so that a change of anything else fetches nothing.
    chosen: Rc<RefCell<Choice>>,
}

#[derive(Default, PartialEq, Clone)]
struct Choice {
    locale: String,
    labels: Option<String>,
}

impl Words {
    /// `url(name)` returns the URL of a locale file.
    pub(super) fn new(url: Function) -> Self {
        Self { url, chosen: Rc::default() }
    }

    /// The words for a locale. `None`: nothing has changed, or `arrived` is told later.
    pub(super) fn choose(
        &mut self,
        locale: Option<String>,
        labels: Option<String>,
        arrived: impl FnOnce(Rc<Text>) + 'static,
        problems: &mut Vec<Failure>,
    ) -> Option<Rc<Text>> {
        let choice = Choice { locale: locale.unwrap_or_else(|| BUILT_IN.to_owned()), labels };
        if let Some(labels) = &choice.labels
            && let Err(failure) = Text::english().with_labels(labels)
        {
            problems.push(failure);
        }
        if *self.chosen.borrow() == choice {
            return None;
        }
        self.chosen.replace(choice.clone());
        let file = choose(&choice.locale);
        if file == BUILT_IN {
            return Some(labelled(Text::english().with_locale(&choice.locale), &choice));
        }
        if let Some(json) = FILES.with_borrow(|files| files.get(&file).cloned()) {
            return read(&json, &choice);
        }
        let chosen = self.chosen.clone();
        let url = self.url.call1(&JsValue::UNDEFINED, &file.into()).ok().and_then(|url| url.as_string());
        spawn_local(async move {
            // Without its file a language is spoken in English; the numbers and times still follow the locale.
            let text = match fetch(url).await {
                Some(json) => {
                    let json: Rc<str> = json.into();
                    FILES.with_borrow_mut(|files| files.insert(file, json.clone()));
                    read(&json, &choice)
                }
                None => None,
            };
            if let Some(text) = text.filter(|_| *chosen.borrow() == choice) {
                arrived(text);
            }
        });
        None
    }
}

fn read(json: &str, choice: &Choice) -> Option<Rc<Text>> {
    Text::parse(json, &choice.locale).ok().map(|text| labelled(text, choice))
}

fn labelled(text: Text, choice: &Choice) -> Rc<Text> {
    let changed = choice.labels.as_ref().and_then(|labels| text.with_labels(labels).ok());
    Rc::new(changed.unwrap_or(text))
}

async fn fetch(url: Option<String>) -> Option<String> {
    let answer = JsFuture::from(web_sys::window()?.fetch_with_str(&url?)).await.ok()?;
    let answer: Response = answer.dyn_into().ok()?;
    let text = if answer.ok() { answer.text().ok()? } else { return None };
    JsFuture::from(text).await.ok()?.as_string()
}
