//! Answers to reads: a page of notifications, or one.

use super::{
    body::{self, decode_failure, excerpt},
    confirmation, record,
};
use crate::{
    error::Failure,
    json::{self, Flaw, Object},
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
    /// Whether the server gave `total`.
    pub total_known: bool,
    /// How many pages there are.
    pub total_pages: u32,
    /// There is a page after this one.
    pub has_next: bool,
    /// The server's stream of what changes in this list: the full address, below the API's base.
    pub monitor: Option<String>,
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

const LIST: &str = "a list of records";

/// Reads the answer to a search: the documented envelope, or a bare array of records.
///
/// A record that cannot be read is reported in [`Page::unreadable`]; the others stay. Numbers that the envelope leaves
/// out are worked out from the others. `WasSuccessful: false` is a failure of kind `Server`, whatever the status.
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
    let unreadable = |flaw| body::unreadable(status, body, flaw, LIST);
    let (records, envelope) = json::list(body::trim(body), "Records", read).map_err(unreadable)?;
    let Some(envelope) = envelope else {
        return Ok(Numbers::default().page(records.ok_or_else(|| unreadable(Flaw::Other))?));
    };
    confirmation::refuse(status, &envelope)?;
    let numbers = Numbers::from(&envelope);
    let records = match (records, envelope.get("Records")) {
        (Some(records), _) => records,
        (None, Some(records)) => {
            let words = ["is JSON, but Records is not ", LIST, ": ", &excerpt(records.get())];
            return Err(decode_failure(status, &words));
        }
        (None, None) if numbers.total == Some(0) => Vec::new(),
        (None, None) => {
            let words = ["is JSON, but has no Records and is not ", LIST, ": ", &excerpt(body)];
            return Err(decode_failure(status, &words));
        }
    };
    Ok(numbers.page(records))
}

/// Reads the answer to a read of one record.
pub fn decode_record(status: u16, body: &str) -> Result<Notification, Failure> {
    let object = body::object(status, body, "a record")?;
    confirmation::refuse(status, &object)?;
    record::read(&object).map_err(|reason| decode_failure(status, &["is a record that cannot be read: ", &reason, "."]))
}

/// What an envelope says about its page; `None` where a number is missing or unreadable.
#[derive(Default)]
struct Numbers {
    page: Option<u32>,
    size: Option<u32>,
    last_item: Option<u32>,
    total: Option<u32>,
    total_pages: Option<u32>,
    has_next: Option<bool>,
}

impl From<&Object<'_>> for Numbers {
    fn from(envelope: &Object<'_>) -> Self {
        let number = |name| u32::try_from(json::integer(envelope.get(name)?)?).ok();
        let positive = |name| number(name).filter(|&number| number > 0);
        Self {
            // Older and newer answers name page and size differently.
            page: positive("CurrentPage").or_else(|| positive("PageNumber")),
            size: positive("CurrentPageSize").or_else(|| positive("PageSize")),
            last_item: number("LastItem"),
            total: number("TotalItems"),
            total_pages: number("TotalPages"),
            has_next: envelope.get("HasNextPage").and_then(json::boolean),
        }
    }
}

impl Numbers {
    fn page(self, records: Vec<Record>) -> Page {
        let count = u32::try_from(records.len()).unwrap_or(u32::MAX);
        let page = self.page.unwrap_or(1);
        let size = self.size.unwrap_or(count);
        let total = self.total.unwrap_or_else(|| self.fewest(page, size, count));
        let total_pages = self.total_pages.unwrap_or_else(|| if size == 0 { 0 } else { total.div_ceil(size) });
        let mut answer = Page {
            notifications: Vec::with_capacity(records.len()),
            unreadable: Vec::new(),
            page,
            size,
            total,
            total_known: self.total.is_some(),
            total_pages,
            has_next: self.has_next.unwrap_or(page < total_pages),
            monitor: None,
        };
        for (index, record) in records.into_iter().enumerate() {
            match record {
                Ok(notification) => answer.notifications.push(notification),
                Err((id, reason)) => answer.unreadable.push(Unreadable { index, id, reason }),
            }
        }
        answer
    }

    /// The fewest records there can be, for an envelope without `TotalItems`.
    fn fewest(&self, page: u32, size: u32, count: u32) -> u32 {
        let here = if count == 0 { 0 } else { (page - 1).saturating_mul(size).saturating_add(count) };
        let seen = here.max(self.last_item.unwrap_or(0));
        match self.total_pages {
            Some(pages) if pages > page => (pages - 1).saturating_mul(size).saturating_add(1).max(seen),
            _ => seen.saturating_add(u32::from(self.has_next == Some(true))),
        }
    }
}

/// A record; or its id, where at least that could be read, and what is wrong with it.
type Record = Result<Notification, (Option<NotificationId>, String)>;

fn read(written: &str, object: Option<&Object<'_>>) -> Record {
    let object = object.ok_or_else(|| (None, ["not a record: ", &excerpt(written)].concat()))?;
    record::read(object).map_err(|reason| (record::id(object), reason))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::FailureKind;

    fn list(body: &str) -> Page {
        decode_list(200, body).unwrap()
    }

    fn message(body: &str) -> String {
        let failure = decode_list(200, body).unwrap_err();
        assert_eq!(failure.kind, FailureKind::Decode);
        assert_eq!(failure.status, Some(200));
        failure.message.clone()
    }

    #[test]
    fn a_missing_total_is_worked_out_from_the_rest() {
        for (numbers, total, total_pages, has_next) in [
            (r#""TotalItems": 41, "CurrentPageSize": 2"#, 41, 21, true),
            (r#""TotalItems": "41", "TotalPages": "21", "HasNextPage": "true""#, 41, 21, true),
            (r#""HasNextPage": true, "CurrentPageSize": 2"#, 3, 2, true),
            (r#""HasNextPage": false, "CurrentPage": 3, "PageSize": 10"#, 22, 3, false),
            (r#""LastItem": 22, "CurrentPage": 3, "CurrentPageSize": 10"#, 22, 3, false),
            (r#""TotalPages": 5, "PageNumber": 2, "PageSize": 10"#, 41, 5, true),
            (r#""TotalItems": -1, "CurrentPage": 0, "CurrentPageSize": "many""#, 2, 1, false),
            (r#""TotalItems": null"#, 2, 1, false),
        ] {
            let page = list(&format!(r#"{{"Records": [{{"Id": 1}}, {{"Id": 2}}], {numbers}}}"#));
            assert_eq!((page.total, page.total_pages, page.has_next), (total, total_pages, has_next), "{numbers}");
            assert_eq!(page.total_known, total == 41 && numbers.contains("TotalItems"), "{numbers}");
        }
    }

    #[test]
    fn a_bare_array_is_one_page() {
        let page = list(r#"[{"Id": 1}, {"Id": 2}]"#);
        assert_eq!((page.notifications.len(), page.page, page.size, page.total), (2, 1, 2, 2));
        assert!(!page.has_next);
        assert_eq!(list("[]").total, 0);
    }

    #[test]
    fn the_last_records_count_whatever_else_has_lists() {
        let others = r#""Before": [{"Id": 8}], "Deep": {"a": {"Id": 9}, "b": [[{"Id": 9}]]}"#;
        for (records, ids) in [
            (r#""Records": [{"Id": 1}, {"Id": 2}]"#, &[1, 2][..]),
            (r#""Records": [{"Id": 1}], "\u0052ecords": [{"Id": 2}, {"Id": 3}]"#, &[2, 3]),
            (r#""Records": [{"Id": 1}], "Records": []"#, &[]),
            (r#""Records": "none", "Records": [{"Id": 1}]"#, &[1]),
            (r#""Records": [{"Id": 1, "Records": [{"Id": 5}]}]"#, &[1]),
        ] {
            for body in [format!("{{{others}, {records}}}"), format!("{{{records}, {others}}}")] {
                let page = list(&body);
                assert_eq!(page.notifications.iter().map(|one| one.id.0).collect::<Vec<_>>(), ids, "{body}");
                assert_eq!(page.unreadable, [], "{body}");
            }
        }
        for last in ["null", "7", r#"{"a": {"Id": 1}}"#] {
            message(&format!(r#"{{"Records": [{{"Id": 1}}], "Records": {last}}}"#));
        }
    }

    #[test]
    fn no_records_are_fine_where_there_are_none() {
        for body in [r#"{"TotalItems": 0}"#, r#"{"Records": null, "TotalItems": 0}"#] {
            assert_eq!(list(body).notifications, []);
        }
        assert!(message(r#"{"TotalItems": 3}"#).contains("has no Records"));
    }

    #[test]
    fn each_bad_record_says_what_is_wrong_and_costs_no_other() {
        for (record, id, reason) in [
            ("null", None, "not a record: “null”"),
            ("[1, 2]", None, "not a record: “[1, 2]”"),
            ("{}", None, "Id is missing where a whole number is needed"),
            (r#"{"Id": null}"#, None, "Id is missing where a whole number is needed"),
            (r#"{"Id": 1.5}"#, None, "Id is “1.5” where a whole number is needed"),
            (r#"{"Id": 9, "Message": {"a": 1}}"#, Some(9), r#"Message is “{"a": 1}” where a text is needed"#),
            (r#"{"Id": 9, "CoworkerId": "me"}"#, Some(9), r#"CoworkerId is “"me"” where a whole number is needed"#),
            (
                r#"{"Id": 9, "IsDismissed": "maybe"}"#,
                Some(9),
                r#"IsDismissed is “"maybe"” where true or false is needed"#,
            ),
            (
                r#"{"Id": 9, "CreatedOn": "2025-02-30"}"#,
                Some(9),
                r#"CreatedOn is “"2025-02-30"” where a date as in 2025-01-10T08:00:00Z is needed"#,
            ),
        ] {
            let page = list(&format!(r#"{{"Records": [{{"Id": 1}}, {record}, {{"Id": 3}}]}}"#));
            assert_eq!(page.notifications.len(), 2, "{record}");
            let expected = Unreadable { index: 1, id: id.map(NotificationId), reason: reason.to_owned() };
            assert_eq!(page.unreadable, [expected], "{record}");
        }
    }

    #[test]
    fn odd_escapes_and_numbers_cost_no_record() {
        let page = list(
            r#"{"Records": [{"Id": 1, "Message": "\udc00"}, {"Id": 2, "Custom": 1e999}, {"Id": 3, "\udc00": 3}, {"Id": 4}]}"#,
        );
        let ids: Vec<_> = page.notifications.iter().map(|notification| notification.id.0).collect();
        assert_eq!(ids, [1, 2, 3, 4]);
    }

    #[test]
    fn dates_that_are_missing_null_or_empty_are_none() {
        let page = list(r#"[{"Id": 1}, {"Id": 2, "CreatedOn": null}, {"Id": 3, "CreatedOn": " "}]"#);
        assert!(page.notifications.iter().all(|notification| notification.created.is_none()));
        assert_eq!(page.notifications.len(), 3);
    }

    #[test]
    fn what_merely_informs_never_costs_a_record() {
        let page = list(r#"[{"Id": 1, "UniqueId": {}, "UpdatedBy": [], "IsNew": "perhaps", "SystemId": {"a": 1}}]"#);
        assert_eq!(page.notifications.len(), 1);
    }

    #[test]
    fn each_accident_has_its_own_words() {
        for (body, words) in [
            ("", "is empty where a list of records was expected"),
            (" \r\n ", "is empty"),
            ("\u{feff}", "is empty"),
            ("<!DOCTYPE html><title>Sign in</title>", "is an HTML page where a list of records was expected"),
            (r#"{"Records": [{"Id": 1}, {"Id""#, "breaks off after 29 characters"),
            (r#"{"Records": [oops]}"#, "is not JSON (line 1, column 14)"),
            ("Bad gateway", "is not JSON"),
            (r#"{"Records": []} trailing"#, "is not JSON"),
            ("42", "is JSON, but not a list of records: “42”"),
            ("null", "is JSON, but not a list of records: “null”"),
            ("{}", "has no Records"),
            (r#"{"Records": "none"}"#, r#"Records is not a list of records: “"none"”"#),
        ] {
            let message = message(body);
            assert!(message.starts_with("The answer (HTTP 200) "), "{message}");
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn a_failed_envelope_is_the_servers_failure_not_a_decoding_one() {
        let body = r#"{"Message": "Please try again.", "Value": null, "WasSuccessful": false}"#;
        for failure in [decode_list(200, body).unwrap_err(), decode_record(200, body).unwrap_err()] {
            assert_eq!(failure.kind, FailureKind::Server);
            assert!(failure.message.contains("Please try again."), "{failure}");
        }
    }

    #[test]
    fn a_failed_envelope_fails_even_with_records() {
        let failure = decode_list(200, r#"{"Records": [], "WasSuccessful": false}"#).unwrap_err();
        assert_eq!(failure.message, "The server refused (HTTP 200).");
    }

    #[test]
    fn a_byte_order_mark_is_skipped() {
        assert_eq!(list("\u{feff}{\"Records\": [{\"Id\": 1}]}").notifications.len(), 1);
        assert!(decode_record(200, "\u{feff}{\"Id\": 1}").is_ok());
    }

    #[test]
    fn one_record_has_its_own_words_too() {
        for (body, words) in [
            ("[]", "is JSON, but not a record"),
            ("{}", "is a record that cannot be read: Id is missing"),
            ("", "is empty where a record was expected"),
            ("<p>", "is an HTML page where a record was expected"),
        ] {
            let failure = decode_record(200, body).unwrap_err();
            assert_eq!(failure.kind, FailureKind::Decode);
            assert!(failure.message.contains(words), "{failure}");
        }
    }

    #[test]
    fn nesting_of_any_depth_is_skipped() {
        let deep = ["{\"Id\": 1, \"CustomFields\": ", &"[".repeat(100_000), &"]".repeat(100_000), "}"].concat();
        assert!(decode_record(200, &deep).is_ok());
    }
}
