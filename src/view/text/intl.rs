//! The browser's own words for numbers and times.

use std::cell::{OnceCell, RefCell};

use js_sys::{Array, Function, JsString, Object, Reflect};
use wasm_bindgen::{JsCast, JsValue};

use super::locale::bare;

/// Formatters of one locale. Making one costs far more than using it, so each is made once, when first needed.
///
/// They are made by reflection: the locale tag comes from the page, and the constructors throw at a malformed tag.
#[derive(Debug, Default)]
pub(super) struct Intl {
    locale: String,
    plural: OnceCell<Option<Formatter>>,
    number: OnceCell<Option<Formatter>>,
    relative: OnceCell<Option<Formatter>>,
    relative_in_full: OnceCell<Option<Formatter>>,
    dates: RefCell<Dates>,
}

/// Formatters that keep the time zone in which they were made.
#[derive(Debug, Default)]
struct Dates {
    zone: String,
    day: OnceCell<Option<Formatter>>,
    day_of_year: OnceCell<Option<Formatter>>,
    soon: OnceCell<Option<Formatter>>,
    moment: OnceCell<Option<Formatter>>,
    hour: OnceCell<Option<Formatter>>,
}

/// A form in which a time is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// Day and month.
    Day,
    /// Day, month and year.
    DayOfYear,
    /// Weekday, day, month and time.
    Soon,
    /// Everything, for the title.
    Moment,
    /// Day of the week and time of day.
    Hour,
}

impl Intl {
    pub(super) fn new(locale: &str) -> Self {
        Self { locale: locale.to_owned(), ..Self::default() }
    }

    /// The CLDR plural category of a number.
    pub(super) fn plural(&self, number: u32) -> String {
        self.formatter(&self.plural, "PluralRules", "select", &[])
            .and_then(|formatter| formatter.call(&[number.into()]))
            .unwrap_or_else(|| "other".to_owned())
    }

    pub(super) fn number(&self, number: u32) -> String {
        self.formatter(&self.number, "NumberFormat", "format", &[])
            .and_then(|formatter| formatter.call(&[number.into()]))
            .unwrap_or_else(|| number.to_string())
    }

    /// "5 min. ago", "in 3 sec."
    pub(super) fn relative(&self, value: i32, unit: &str) -> String {
        self.formatter(&self.relative, "RelativeTimeFormat", "format", &[("style", "short")])
            .and_then(|formatter| formatter.call(&[value.into(), unit.into()]))
            .unwrap_or_default()
    }

    /// "5 minutes ago", "in 3 seconds": without abbreviations, to stand within a sentence.
    pub(super) fn relative_in_full(&self, value: i32, unit: &str) -> String {
        self.formatter(&self.relative_in_full, "RelativeTimeFormat", "format", &[])
            .and_then(|formatter| formatter.call(&[value.into(), unit.into()]))
            .unwrap_or_default()
    }

    /// From now on dates are in this time zone.
    pub(super) fn follow_zone(&self, zone: &str) {
        if let Ok(mut dates) = self.dates.try_borrow_mut()
            && dates.zone != zone
        {
            *dates = Dates { zone: zone.to_owned(), ..Dates::default() };
        }
    }

    /// A moment in the viewer's zone, given in milliseconds since the Unix epoch.
    pub(super) fn date(&self, millis: f64, shape: Shape) -> String {
        let dates = self.dates.borrow();
        let (cell, options): (_, &[_]) = match shape {
            Shape::Day => (&dates.day, &[("day", "numeric"), ("month", "short")]),
            Shape::DayOfYear => (&dates.day_of_year, &[("day", "numeric"), ("month", "short"), ("year", "numeric")]),
            Shape::Soon => (
                &dates.soon,
                &[
                    ("weekday", "short"),
                    ("day", "numeric"),
                    ("month", "short"),
                    ("hour", "numeric"),
                    ("minute", "2-digit"),
                ],
            ),
            Shape::Moment => (&dates.moment, &[("dateStyle", "full"), ("timeStyle", "short")]),
            Shape::Hour => (&dates.hour, &[("weekday", "short"), ("hour", "numeric"), ("minute", "2-digit")]),
        };
        self.formatter(cell, "DateTimeFormat", "format", options)
            .and_then(|formatter| formatter.call(&[millis.into()]))
            .unwrap_or_default()
    }

    fn formatter<'a>(
        &self,
        cell: &'a OnceCell<Option<Formatter>>,
        class: &str,
        method: &str,
        options: &[(&str, &str)],
    ) -> Option<&'a Formatter> {
        cell.get_or_init(|| {
            Formatter::new(&self.locale, class, method, options)
                .or_else(|_| Formatter::new(bare(&self.locale), class, method, options))
                .ok()
        })
        .as_ref()
    }
}

/// An `Intl` object and the method that turns a value into text.
#[derive(Debug)]
struct Formatter {
    object: JsValue,
    method: Function,
}

impl Formatter {
    fn new(locale: &str, class: &str, method: &str, options: &[(&str, &str)]) -> Result<Self, JsValue> {
        let intl = Reflect::get(&js_sys::global(), &"Intl".into())?;
        let class: Function = Reflect::get(&intl, &class.into())?.dyn_into()?;
        let bag = Object::new();
        for (name, value) in options {
            Reflect::set(&bag, &(*name).into(), &(*value).into())?;
        }
        let object = Reflect::construct(&class, &Array::of2(&locale.into(), &bag))?;
        let method = Reflect::get(&object, &method.into())?.dyn_into()?;
        Ok(Self { object, method })
    }

    fn call(&self, values: &[JsValue]) -> Option<String> {
        let values: Array = values.iter().collect();
        let text: JsString = self.method.apply(&self.object, &values).ok()?.dyn_into().ok()?;
        Some(text.into())
    }
}
