//! Envelopes that say less than the reference promises, or contradict themselves.

use coworker_notifications::api::{Page, decode_list, encode_list};

/// What an envelope says about its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Envelope {
    /// All that the reference promises.
    Whole,
    /// No `TotalItems`.
    NoTotal,
    /// Neither `TotalItems` nor `TotalPages`.
    NoTotals,
    /// `Records` and `HasNextPage`, nothing else.
    NextOnly,
    /// `HasNextPage` is false on every page.
    NeverNext,
    /// `TotalItems` is how many records this page holds.
    TotalOfPage,
    /// `TotalItems` is 0.
    TotalIsZero,
}

impl Envelope {
    /// The page as somebody reads it who gets this envelope.
    pub fn put_around(self, page: Page) -> Page {
        if self == Self::Whole {
            return page;
        }
        let mut records = encode_list(&page.notifications);
        for one in &page.unreadable {
            records.truncate(records.len() - 1);
            let comma = if records.len() > 1 { "," } else { "" };
            let id = one.id.map_or_else(|| "null".to_owned(), |id| id.0.to_string());
            records += &format!(r#"{comma}{{"Id": {id}, "Message": {{}}}}]"#);
        }
        let held = page.notifications.len() + page.unreadable.len();
        let has_next = self != Self::NeverNext && page.has_next;
        let mut fields = vec![format!(r#""Records": {records}, "HasNextPage": {has_next}"#)];
        if self != Self::NextOnly {
            fields.push(format!(r#""CurrentPage": {}, "CurrentPageSize": {}"#, page.page, page.size));
        }
        if !matches!(self, Self::NoTotals | Self::NextOnly) {
            fields.push(format!(r#""TotalPages": {}"#, page.total_pages));
        }
        match self {
            Self::NeverNext => fields.push(format!(r#""TotalItems": {}"#, page.total)),
            Self::TotalOfPage => fields.push(format!(r#""TotalItems": {held}"#)),
            Self::TotalIsZero => fields.push(r#""TotalItems": 0"#.to_owned()),
            _ => {}
        }
        decode_list(200, &format!("{{{}}}", fields.join(", "))).unwrap()
    }
}
