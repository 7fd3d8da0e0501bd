//! The words: one table per language, and numbers and times in the form of the locale.

mod intl;
mod key;
mod locale;
mod words;

pub use key::Key;
pub use locale::{LOCALES, Language};
use yew::AttrValue;

use self::{
    intl::{Intl, Shape},
    words::{Word, fill, read},
};
use super::time::{Ago, Unit};
use crate::{
    error::{Failure, FailureKind},
    model::Meaning,
};

/// Everything the widget says, in one language.
///
/// ```
/// use coworker_notifications::view::text::{Key, Text};
///
/// let text = Text::english().with_labels(r#"{"title": "Inbox", "coworkerinvoice": "Bill"}"#).unwrap();
/// assert_eq!(text.get(Key::Title), "Inbox");
/// assert_eq!(text.get(Key::TypeInvoice), "Bill");
/// assert_eq!(text.get(Key::Undo), "Undo");
/// ```
#[derive(Debug)]
pub struct Text {
    /// The tag (BCP 47) of the language, for `lang`, numbers, times and plurals.
    pub locale: AttrValue,
    words: Vec<Word>,
    intl: Intl,
}

// Texts are shared behind `Rc`, and comparing two `Rc`s of an `Eq` type compares their pointers first.
impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.locale == other.locale && self.words == other.words
    }
}

impl Eq for Text {}

impl Text {
    /// The language that needs no file.
    pub(crate) const BUILT_IN: &'static str = "en";

    /// English, which is built in.
    pub fn english() -> Self {
        let words = read(include_str!("../../../static/locales/en.json"));
        Self {
            locale: AttrValue::Static(Self::BUILT_IN),
            // A test checks that the file is complete; a missing text would be empty.
            words: words
                .unwrap_or_default()
                .into_iter()
                .map(|word| word.unwrap_or(Word::Plain(AttrValue::Static(""))))
                .collect(),
            intl: Intl::new(Self::BUILT_IN),
        }
    }

    /// The texts of a locale file. Texts that the file lacks are in English.
    pub fn parse(json: &str, locale: &str) -> Result<Self, Failure> {
        let mut text = Self::english().with_locale(locale);
        text.overlay(json, "the locale file")?;
        Ok(text)
    }

    /// The same words with numbers, times and plurals of another locale of the language (`en-GB`).
    #[must_use]
    pub fn with_locale(mut self, locale: &str) -> Self {
        self.locale = locale.to_owned().into();
        self.intl = Intl::new(locale);
        self
    }

    /// The same texts, some of them replaced: a JSON object from text name or NotificationType to text.
    pub fn with_labels(&self, json: &str) -> Result<Self, Failure> {
        let mut text = Self { locale: self.locale.clone(), words: self.words.clone(), intl: Intl::new(&self.locale) };
        text.overlay(json, "labels")?;
        Ok(text)
    }

    fn overlay(&mut self, json: &str, what: &str) -> Result<(), Failure> {
        let words = read(json).ok_or_else(|| {
            let shown: String = json.chars().take(60).collect();
            Failure::new(
                FailureKind::Config,
                [
                    what,
                    " is not usable: \"",
                    &shown,
                    "\": give a JSON object from text name to text, as in {\"title\": \"Inbox\"}.",
                ]
                .concat(),
            )
        })?;
        for (place, word) in self.words.iter_mut().zip(words) {
            if let Some(word) = word {
                *place = word;
            }
        }
        Ok(())
    }

    /// `rtl` or `ltr`, for the `dir` attribute.
    pub fn direction(&self) -> &'static str {
        locale::direction(&self.locale)
    }

    /// A text as it is.
    pub fn get(&self, key: Key) -> AttrValue {
        self.form(key, "other")
    }

    /// A text with values for its placeholders.
    pub fn with(&self, key: Key, values: &[(&str, &str)]) -> AttrValue {
        fill(&self.get(key), values)
    }

    /// A text with a count: the plural form for the number, with the number in place of `{count}`.
    pub fn count(&self, key: Key, count: u32) -> AttrValue {
        fill(&self.form(key, &self.intl.plural(count)), &[("count", &self.number(count))])
    }

    /// The label of a kind of notification.
    pub fn label(&self, meaning: Meaning) -> AttrValue {
        self.get(Key::of_type(meaning))
    }

    /// A whole number in the locale's digits.
    pub fn number(&self, number: u32) -> String {
        self.intl.number(number)
    }

    /// A whole number in the locale's digits alone, without separators.
    pub fn digits(&self, number: u32) -> String {
        number.to_string().bytes().map(|digit| self.number(u32::from(digit - b'0'))).collect()
    }

    /// How long ago, the way a list shows it.
    pub fn ago(&self, ago: Ago, then: f64) -> AttrValue {
        match ago {
            Ago::Now => self.get(Key::TimeNow),
            Ago::Past(count, unit) => self.intl.relative(-count, unit.name()).into(),
            Ago::Future(count, unit) => self.intl.relative(count, unit.name()).into(),
            Ago::ThisYear => self.intl.date(then, Shape::Day).into(),
            Ago::OtherYear => self.intl.date(then, Shape::DayOfYear).into(),
        }
    }

    /// How long ago, to stand within a sentence.
    pub fn ago_in_full(&self, ago: Ago, then: f64) -> AttrValue {
        match ago {
            Ago::Past(count, unit) => self.intl.relative_in_full(-count, unit.name()).into(),
            ago => self.ago(ago, then),
        }
    }

    /// "in 12 seconds", for a countdown.
    pub fn countdown(&self, seconds: i32) -> String {
        match seconds {
            ..90 => self.intl.relative_in_full(seconds, Unit::Second.name()),
            _ => self.intl.relative_in_full((seconds + 59) / 60, Unit::Minute.name()),
        }
    }

    /// Day of the week and time of day of a moment, in the viewer's zone.
    pub fn hour(&self, millis: f64) -> AttrValue {
        self.intl.date(millis, Shape::Hour).into()
    }

    /// A moment to come, within a year.
    pub(in crate::view) fn soon(&self, millis: f64) -> String {
        self.intl.date(millis, Shape::Soon)
    }

    /// A moment in full, in the viewer's zone.
    pub fn moment(&self, millis: f64) -> AttrValue {
        self.intl.date(millis, Shape::Moment).into()
    }

    /// From now on moments are in the browser's current time zone. `zone` is the browser's name for it.
    pub(in crate::view) fn follow_zone(&self, zone: &str) {
        self.intl.follow_zone(zone);
    }

    fn form(&self, key: Key, category: &str) -> AttrValue {
        self.words.get(key.index()).map(|word| word.form(category)).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
