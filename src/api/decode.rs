//! Answers to reads: a page of notifications, or one.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{confirmation, json, record::Received};
use crate::{
    error::Failure,
    model::{Notification, NotificationId},
};

/// One page of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// The notifications, in the server's order.
    pub notifications: Vec<Notification>,
    /// The records that could not be read.
    pub unreadable: Vec<Unreadable>,
    /// Which page this is, from 1.
    pub page: u32,
    /// The page size the server used, which may be smaller than the one asked for.
    pub size: u32,
    /// How many notifications match on all pages; where the server does not say, the fewest there can be.
    pub total: u32,
    /// How many pages there are.
    pub total_pages: u32,
    /// There is a page after this one.
    pub has_next: bool,
}

/// A record that could not be read, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// Its place on the page, from 0.
    pub index: usize,
    /// Its id, where at least that could be read.
    pub id: Option<NotificationId>,
    /// What is wrong with it, in words.
    pub reason: String,
}

/// The envelope of a search. Older and newer answers name page and size differently.
#[derive(Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Envelope<'a> {
    #[serde(borrow)]
    records: Option<&'a RawValue>,
    current_page: Option<&'a RawValue>,
    page_number: Option<&'a RawValue>,
    current_page_size: Option<&'a RawValue>,
    page_size: Option<&'a RawValue>,
    last_item: Option<&'a RawValue>,
    total_items: Option<&'a RawValue>,
    total_pages: Option<&'a RawValue>,
    has_next_page: Option<&'a RawValue>,
}

const LIST: &str = "a list of records";
const RECORD: &str = "a record";

/// Reads the answer to a search: the documented envelope, or a bare array of records.
///
/// A record that cannot be read is reported in [`Page::unreadable`] and costs no other. Numbers that the envelope
/// leaves out are worked out from the others. `WasSuccessful: false` is a failure of kind `Server` whatever the status.
///
/// ```
/// use coworker_notifications::api::decode_list;
///
/// let page = decode_list(200, r#"{"Records": [{"Id": 7, "Message": "Hello"}, {"Id": "seven"}], "TotalItems": 41}"#)?;
/// assert_eq!(page.notifications[0].message, "Hello");
/// assert_eq!(page.unreadable[0].reason, "Id is “\"seven\"” where a whole number is needed");
/// assert_eq!(page.total, 41);
/// # Ok::<(), coworker_notifications::error::Failure>(())
/// ```
pub fn decode_list(status: u16, body: &str) -> Result<Page, Failure> {
    let whole: &RawValue = json::body(status, body, LIST)?;
    let wrong = |what: &str, value: &RawValue| {
        json::decode_failure(
            status,
            &["is JSON, but ", what, LIST, ": ", &json::excerpt(value.get())],
        )
    };
    if let Some(records) = json::array(whole) {
        return Ok(Numbers::default().page(records));
    }
    let envelope: Envelope<'_> = json::object(whole).ok_or_else(|| wrong("not ", whole))?;
    let numbers = Numbers::from(&envelope);
    let records = match envelope.records {
        Some(records) => json::array(records).ok_or_else(|| wrong("Records is not ", records))?,
        None if numbers.total == Some(0) => Vec::new(),
        None => {
            confirmation::refuse(status, whole)?;
            return Err(wrong("has no Records and is not ", whole));
        }
    };
    Ok(numbers.page(records))
}

/// Reads the answer to a read of one record.
pub fn decode_record(status: u16, body: &str) -> Result<Notification, Failure> {
    let whole: &RawValue = json::body(status, body, RECORD)?;
    let received: Received<'_> = json::object(whole).ok_or_else(|| {
        json::decode_failure(
            status,
            &["is JSON, but not ", RECORD, ": ", &json::excerpt(whole.get())],
        )
    })?;
    received.notification().or_else(|reason| {
        confirmation::refuse(status, whole)?;
        Err(json::decode_failure(
            status,
            &["is a record that cannot be read: ", &reason, "."],
        ))
    })
}

/// What an envelope says about its page; `None` where it does not, or not readably.
#[derive(Default)]
struct Numbers {
    page: Option<u32>,
    size: Option<u32>,
    last_item: Option<u32>,
    total: Option<u32>,
    total_pages: Option<u32>,
    has_next: Option<bool>,
}

impl From<&Envelope<'_>> for Numbers {
    fn from(envelope: &Envelope<'_>) -> Self {
        let number = |value: Option<&RawValue>| u32::try_from(json::integer(value?)?).ok();
        let positive = |value| number(value).filter(|&number| number > 0);
        Self {
            page: positive(envelope.current_page).or_else(|| positive(envelope.page_number)),
            size: positive(envelope.current_page_size).or_else(|| positive(envelope.page_size)),
            last_item: number(envelope.last_item),
            total: number(envelope.total_items),
            total_pages: number(envelope.total_pages),
            has_next: envelope.has_next_page.and_then(json::boolean),
        }
    }
}

impl Numbers {
    fn page(self, records: Vec<&RawValue>) -> Page {
        let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
        let page = self.page.unwrap_or(1);
        let size = self.size.unwrap_or(count);
        let total = self.total.unwrap_or_else(|| self.fewest(page, size, count));
        let total_pages = self
            .total_pages
            .unwrap_or_else(|| if size == 0 { 0 } else { total.div_ceil(size) });
        let mut answer = Page {
            notifications: Vec::with_capacity(records.len()),
            unreadable: Vec::new(),
            page,
            size,
            total,
            total_pages,
            has_next: self.has_next.unwrap_or(page < total_pages),
        };
        for (index, raw) in records.into_iter().enumerate() {
            match read(raw) {
                Ok(notification) => answer.notifications.push(notification),
                Err((id, reason)) => answer.unreadable.push(Unreadable { index, id, reason }),
            }
        }
        answer
    }

    /// The fewest records there can be, for an envelope without `TotalItems`.
    fn fewest(&self, page: u32, size: u32, count: u32) -> u32 {
        let here = if count == 0 {
            0
        } else {
            (page - 1).saturating_mul(size).saturating_add(count)
        };
        let seen = here.max(self.last_item.unwrap_or(0));
        match self.total_pages {
            Some(pages) if pages > page => (pages - 1).saturating_mul(size).saturating_add(1).max(seen),
            _ => seen.saturating_add(u32::from(self.has_next == Some(true))),
        }
    }
}

fn read(raw: &RawValue) -> Result<Notification, (Option<NotificationId>, String)> {
    let received: Received<'_> =
        json::object(raw).ok_or_else(|| (None, ["not a record: ", &json::excerpt(raw.get())].concat()))?;
    received.notification().map_err(|reason| (received.id(), reason))
}
