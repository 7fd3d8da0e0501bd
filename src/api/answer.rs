//! An HTTP answer, and the meaning of its status.

use super::{
    Confirmation, Page, Rejected, confirmation::blame, decode_confirmation, decode_list, decode_record, retry_after,
    status::refusal,
};
use crate::{
    error::{Failure, FailureKind},
    model::{Notification, Timestamp},
};

/// An answer of the API, whatever its status.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Response {
    /// The HTTP status.
    pub status: u16,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The `Date` header.
    pub date: Option<String>,
    /// The `ETag` header.
    pub etag: Option<String>,
    /// The `Link` header.
    pub link: Option<String>,
    /// The body.
    pub body: String,
}

impl Response {
    /// As the answer to a search. For `now` see [`check`].
    pub fn page(&self, now: Option<Timestamp>) -> Result<Page, Failure> {
        check(self, now)?;
        decode_list(self.status, &self.body)
    }

    /// As the answer to a read of one record.
    pub fn record(&self, now: Option<Timestamp>) -> Result<Notification, Failure> {
        check(self, now)?;
        decode_record(self.status, &self.body)
    }

    /// As the answer to a create or update.
    pub fn confirmation(&self, now: Option<Timestamp>) -> Result<Confirmation, Rejected> {
        check(self, now).map_err(|failure| Rejected { failure, errors: blame(&self.body).1 })?;
        decode_confirmation(self.status, &self.body)
    }

    /// As the answer to a delete: the reference does not say what its body is, so only a failed envelope matters.
    pub fn deletion(&self, now: Option<Timestamp>) -> Result<Confirmation, Rejected> {
        match self.confirmation(now) {
            Err(rejected) if rejected.failure.kind == FailureKind::Decode => Ok(Confirmation::default()),
            other => other,
        }
    }
}

/// Turns an error status into a failure: its kind, its words and how long to wait.
///
/// The vendor documents 409 as its answer to too many requests ("for legacy reasons"); 429 is seen as well. Either may say
/// "Wait N seconds" in its body. Without `Retry-After` and such words, the caller chooses the pause: browsers hide the
/// header from pages of other origins unless the API exposes it.
///
/// `now` is the caller's clock. It is used if `Retry-After` is a date and the answer shows no `Date` (browsers hide
/// `Date` from other origins).
///
/// ```
/// use coworker_notifications::{api::{Response, check}, error::FailureKind};
///
/// let answer = Response { status: 429, retry_after: Some("5".into()), ..Response::default() };
/// let failure = check(&answer, None).unwrap_err();
/// assert_eq!(failure.kind, FailureKind::Throttled);
/// assert_eq!(failure.retry_after, Some(5_000));
/// ```
pub fn check(response: &Response, now: Option<Timestamp>) -> Result<(), Failure> {
    if (200..300).contains(&response.status) {
        return Ok(());
    }
    let complaint = blame(&response.body).0;
    let mut failure = refusal(response.status, &complaint);
    if let Some(value) = &response.retry_after {
        failure.retry_after = retry_after::milliseconds(value, response.date.as_deref(), now);
    }
    if failure.kind == FailureKind::Throttled {
        let words = if complaint.is_empty() { &response.body } else { &complaint };
        failure.retry_after = failure.retry_after.or_else(|| retry_after::in_words(words));
    }
    Err(failure)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Response {
        Response { status, body: body.to_owned(), ..Response::default() }
    }

    fn failure(status: u16, body: &str) -> Failure {
        check(&answer(status, body), None).unwrap_err()
    }

    #[test]
    fn success_is_any_2xx() {
        for status in [200, 201, 204, 299] {
            assert_eq!(check(&answer(status, "<html>"), None), Ok(()));
        }
    }

    #[test]
    fn each_status_has_its_kind() {
        for (status, kind) in [
            (401, FailureKind::Unauthorized),
            (403, FailureKind::Forbidden),
            (409, FailureKind::Throttled),
            (429, FailureKind::Throttled),
            (302, FailureKind::Server),
            (400, FailureKind::Server),
            (404, FailureKind::Server),
            (405, FailureKind::Server),
            (500, FailureKind::Server),
            (501, FailureKind::Server),
            (503, FailureKind::Server),
        ] {
            let failure = failure(status, "");
            assert_eq!((failure.kind, failure.status), (kind, Some(status)));
            assert!(failure.message.ends_with(&format!("(HTTP {status}).")), "{failure}");
        }
    }

    #[test]
    fn the_servers_own_words_are_passed_on() {
        let failure = failure(403, r#"{"Message": "You need the role CoworkerNotification-Edit."}"#);
        assert_eq!(
            failure.message,
            "The token's user lacks the role for this (HTTP 403): You need the role CoworkerNotification-Edit."
        );
    }

    #[test]
    fn an_error_page_is_not_passed_on() {
        let failure = failure(502, "<html><body>Bad gateway</body></html>");
        assert_eq!(failure.message, "The server has a problem (HTTP 502).");
    }

    #[test]
    fn retry_after_counts_on_any_refusal() {
        for status in [429, 503] {
            let answer = Response { retry_after: Some("120".into()), ..answer(status, "") };
            assert_eq!(check(&answer, None).unwrap_err().retry_after, Some(120_000));
        }
        assert_eq!(failure(429, "").retry_after, None);
    }

    #[test]
    fn a_throttled_answer_may_say_in_words_how_long_to_wait() {
        for (status, body, wait) in [
            (409, "", None),
            (409, "You must wait before accessing this url again.", None),
            (429, "Too many requests. Wait 7 seconds.", Some(7_000)),
            (409, r#""Too many requests. Please wait 30 seconds.""#, Some(30_000)),
            (429, r#"{"Message": "API calls quota exceeded. Wait 1 second."}"#, Some(1_000)),
            (500, "Wait 7 seconds.", None),
        ] {
            assert_eq!(failure(status, body).retry_after, wait, "{status} {body}");
        }
        let answer = Response { retry_after: Some("2".into()), ..answer(429, "Wait 7 seconds.") };
        assert_eq!(check(&answer, None).unwrap_err().retry_after, Some(2_000), "the header counts first");
    }

    #[test]
    fn a_bare_json_string_is_what_the_server_says() {
        let body = "\u{feff} \"CoworkerId: \\u0022me\\u0022 is not a number\" ";
        assert_eq!(failure(400, body).message, "The server refused (HTTP 400): CoworkerId: \"me\" is not a number");
        let rejected = answer(400, body).confirmation(None).unwrap_err();
        assert_eq!(rejected.failure, failure(400, body));
        assert_eq!(rejected.errors, []);
        for body in ["\"\"", "[\"x\"]", "7", "\"breaks off"] {
            assert_eq!(failure(400, body).message, "The server refused (HTTP 400).", "{body}");
        }
    }

    #[test]
    fn a_400_names_the_fields_to_blame() {
        let body = r#"{"Message": "Message: is a required field", "WasSuccessful": false,
            "Errors": [{"Message": "is a required field", "PropertyName": "Message"}]}"#;
        let rejected = answer(400, body).confirmation(None).unwrap_err();
        assert_eq!(rejected.failure.kind, FailureKind::Server);
        assert_eq!(rejected.failure.message, "The server refused (HTTP 400): Message: is a required field");
        assert_eq!(rejected.errors[0].to_string(), "Message: is a required field");
    }

    #[test]
    fn a_delete_is_done_whatever_its_body_but_a_failed_envelope() {
        for body in ["", "true", "<p>Gone.", r#"{"WasSuccessful": true, "Message": "Deleted."}"#] {
            assert!(answer(200, body).deletion(None).is_ok(), "{body}");
        }
        assert!(answer(204, "").deletion(None).is_ok());
        assert!(answer(200, r#"{"WasSuccessful": false}"#).deletion(None).is_err());
        assert!(answer(404, "").deletion(None).is_err());
    }
}
