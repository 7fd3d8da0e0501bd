//! The words of the page's language, fetched when they are not English.

use std::{cell::RefCell, rc::Rc};

use js_sys::{Array, Function};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::spawn_local;

use crate::{
    effect::fetch_text,
    error::Failure,
    js::{call, global},
    view::text::{Language, Text},
};

thread_local! {
    /// Locale files that have been fetched, for all elements of the page.
    static FILES: RefCell<Vec<(&'static str, Rc<str>)>> = const { RefCell::new(Vec::new()) };
}

/// One element's words.
pub(super) struct Words {
    url: Function,
    /// The last choice, so that a change of anything else fetches nothing.
    chosen: Rc<RefCell<Option<Choice>>>,
}

#[derive(PartialEq, Clone)]
struct Choice {
    language: Language,
    labels: Option<String>,
}

impl Words {
    /// `url(name)` returns the URL of a locale file.
    pub(super) fn new(url: Function) -> Self {
        Self { url, chosen: Rc::default() }
    }

    /// The words for the language that a page asks for. `None`: nothing has changed, or `arrived` gets them later.
    pub(super) fn choose(
        &mut self,
        asked: Option<String>,
        labels: Option<String>,
        arrived: impl FnOnce(Rc<Text>) + 'static,
        problems: &mut Vec<Failure>,
    ) -> Option<Rc<Text>> {
        let choice = Choice { language: Language::of(&canonical(asked.unwrap_or_default())), labels };
        if let Some(labels) = &choice.labels
            && let Err(failure) = Text::english().with_labels(labels)
        {
            problems.push(failure);
        }
        if self.chosen.borrow().as_ref() == Some(&choice) {
            return None;
        }
        self.chosen.replace(Some(choice.clone()));
        let file = choice.language.words();
        if file == Text::BUILT_IN {
            return Some(labelled(Text::english().with_locale(choice.language.tag()), &choice));
        }
        let fetched =
            FILES.with_borrow(|files| files.iter().find(|(name, _)| *name == file).map(|(_, json)| json.clone()));
        if let Some(json) = fetched {
            return read(&json, &choice);
        }
        let chosen = self.chosen.clone();
        let url = self.url.call1(&JsValue::UNDEFINED, &file.into()).ok().and_then(|url| url.as_string());
        spawn_local(async move {
            let text = fetch_text(url).await.and_then(|json| {
                let json: Rc<str> = json.into();
                FILES.with_borrow_mut(|files| files.push((file, json.clone())));
                read(&json, &choice)
            });
            if chosen.borrow().as_ref() == Some(&choice) {
                // Without the words, everything is English: English words with foreign times would mix two languages.
                arrived(text.unwrap_or_else(|| labelled(Text::english(), &choice)));
            }
        });
        None
    }
}

/// The tag in the browser's spelling, such as `he` for `iw` or `de` for `deu`; a malformed tag stays as it is.
fn canonical(tag: String) -> String {
    let tags = global("Intl").and_then(|intl| call(&intl, "getCanonicalLocales", &tag.trim().replace('_', "-").into()));
    let known = tags.and_then(|tags| tags.dyn_ref::<Array>()?.get(0).as_string());
    known.unwrap_or(tag)
}

fn read(json: &str, choice: &Choice) -> Option<Rc<Text>> {
    Text::parse(json, choice.language.tag()).ok().map(|text| labelled(text, choice))
}

fn labelled(text: Text, choice: &Choice) -> Rc<Text> {
    let changed = choice.labels.as_ref().and_then(|labels| text.with_labels(labels).ok());
    Rc::new(changed.unwrap_or(text))
}
