//! Parameters of a query or a form, by name whatever its case, as the vendor reads them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use crate::clock::parse_minute;
use crate::error::ApiError;

/// Parameters that were given. Empty ones count as not given.
#[derive(Debug)]
pub(crate) struct Params(BTreeMap<String, String>);

impl Params {
    pub(crate) fn parse(encoded: &str) -> Self {
        let pairs = form_urlencoded::parse(encoded.as_bytes())
            .filter(|(_, value)| !value.trim().is_empty())
            .map(|(name, value)| (name.to_ascii_lowercase(), value.into_owned()));
        Self(pairs.collect())
    }

    pub(crate) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(&name.to_ascii_lowercase()).map(|value| value.trim())
    }

    pub(crate) fn number(&self, name: &str) -> Result<Option<i64>, ApiError> {
        self.read(name, "a whole number", |text| text.parse().ok())
    }

    pub(crate) fn flag(&self, name: &str) -> Result<Option<bool>, ApiError> {
        self.read(name, "true or false", |text| text.to_ascii_lowercase().parse().ok())
    }

    pub(crate) fn minute(&self, name: &str) -> Result<Option<DateTime<Utc>>, ApiError> {
        self.read(name, "a time like 2025-01-10T08:00", parse_minute)
    }

    /// `[1,2,3]`, also without brackets.
    pub(crate) fn numbers(&self, name: &str) -> Result<Option<Vec<i64>>, ApiError> {
        self.read(name, "a list like [1,2,3]", |text| {
            let inner = text.trim_start_matches('[').trim_end_matches(']').trim();
            if inner.is_empty() {
                return Some(Vec::new());
            }
            inner.split(',').map(|number| number.trim().parse().ok()).collect()
        })
    }

    fn read<T>(&self, name: &str, expected: &str, parse: impl Fn(&str) -> Option<T>) -> Result<Option<T>, ApiError> {
        let Some(text) = self.text(name) else {
            return Ok(None);
        };
        match parse(text) {
            Some(value) => Ok(Some(value)),
            None => Err(ApiError::BadRequest(format!("{name}: {text:?} is not {expected}."))),
        }
    }
}
