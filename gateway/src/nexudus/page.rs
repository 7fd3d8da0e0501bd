//! A page of a search in Nexudus.

use coworker_notifications::{
    api::{Response, decode_record},
    error::{Failure, FailureKind},
    model::{NotificationId, Timestamp},
};
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{clock::Millis, store::RemoteRecord};

/// One page of a search.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Page {
    pub(crate) records: Vec<RemoteRecord>,
    /// The ids on the page, also of records that cannot be read.
    pub(crate) ids: Vec<NotificationId>,
    /// All ids on the page could be read: a record that is not among them is not on the page.
    pub(crate) all_named: bool,
    /// How many records match, where the answer says so.
    pub(crate) total: Option<u32>,
    pub(crate) pages: u32,
    /// Nexudus's time when it answered.
    pub(crate) date: Option<Millis>,
}

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow, rename = "Records")]
    records: Option<Vec<&'a RawValue>>,
}

/// Decodes an answer to a search with the widget's decoder, record by record, and keeps the JSON of each unchanged.
pub(crate) fn read_page(response: &Response) -> Result<Page, Failure> {
    let envelope = response.page(None)?;
    let body = response.body.trim_start_matches('\u{feff}').trim();
    let records = records(body)?;
    let mut page = Page {
        records: Vec::with_capacity(records.len()),
        ids: Vec::with_capacity(records.len()),
        all_named: true,
        total: envelope.total_known.then_some(envelope.total),
        pages: envelope.total_pages,
        date: response.date.as_deref().and_then(http_date),
    };
    for raw in records {
        match decode_record(response.status, raw.get()) {
            Ok(notification) => {
                page.ids.push(notification.id);
                page.records.push(RemoteRecord { notification, json: raw.get().into() });
            }
            Err(failure) => tracing::warn!(kind = failure.kind.name(), "a record of Nexudus's is left out: {failure}"),
        }
    }
    for unreadable in envelope.unreadable {
        match unreadable.id {
            Some(id) => page.ids.push(id),
            None => page.all_named = false,
        }
    }
    Ok(page)
}

fn records(body: &str) -> Result<Vec<&RawValue>, Failure> {
    let unreadable = |error: serde_json::Error| {
        Failure::new(FailureKind::Decode, format!("Nexudus's answer cannot be taken apart: {error}."))
    };
    if body.starts_with('[') {
        return serde_json::from_str(body).map_err(unreadable);
    }
    serde_json::from_str::<Envelope<'_>>(body).map(|envelope| envelope.records.unwrap_or_default()).map_err(unreadable)
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`
fn http_date(text: &str) -> Option<Millis> {
    let moment = chrono::NaiveDateTime::parse_from_str(text.trim(), "%a, %d %b %Y %H:%M:%S GMT").ok()?;
    let moment: Timestamp = moment.and_utc();
    Some(moment.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(body: &str) -> Page {
        let date = Some("Sun, 06 Nov 1994 08:49:37 GMT".to_owned());
        read_page(&Response { status: 200, body: body.to_owned(), date, ..Response::default() }).unwrap()
    }

    #[test]
    fn each_record_is_kept_as_it_came() {
        let json = r#"{"Id": "7", "Message":"a", "CustomFields": {"x": [1.50, "\udc00"]}}"#;
        let page =
            page(&format!(r#"{{"Records": [{json}], "TotalItems": 41, "TotalPages": 3, "HasNextPage": false}}"#));
        assert_eq!(&*page.records[0].json, json);
        assert_eq!((page.total, page.pages, page.date), (Some(41), 3, Some(784_111_777_000)));
    }

    #[test]
    fn the_id_of_a_record_that_cannot_be_read_is_known() {
        let page = page(r#"[{"Id": 1}, {"Id": 2, "CreatedOn": "never"}, {"Id": "x"}]"#);
        assert_eq!(page.records.len(), 1);
        assert_eq!(page.ids, [NotificationId(1), NotificationId(2)]);
        assert!(!page.all_named);
    }

    #[test]
    fn an_answer_that_is_no_page_is_a_failure() {
        for body in ["", "<html>", r#"{"Records": 5}"#, r#"{"WasSuccessful": false}"#] {
            let response = Response { status: 200, body: body.to_owned(), ..Response::default() };
            assert!(read_page(&response).is_err(), "{body}");
        }
    }
}
