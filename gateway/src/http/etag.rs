//! Entity tags, so that an answer that the client has already is not sent again.

use std::hash::{DefaultHasher, Hash, Hasher};

use axum::http::header::{ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::list::json;

/// A strong tag: the same tag, the same bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag(String);

/// The version of the answers' format: the same data in another format needs another tag.
const FORMAT: u8 = 1;

impl Tag {
    /// The tag of a list: `what` says which list it is, `state` which state of it.
    pub(super) fn of(what: &impl Hash, state: impl std::fmt::Display) -> Self {
        let mut hasher = DefaultHasher::new();
        (FORMAT, what).hash(&mut hasher);
        Self(format!("\"{state}-{:016x}\"", hasher.finish()))
    }

    /// The tag of an answer by its bytes.
    pub(super) fn of_bytes(bytes: &[u8]) -> Self {
        Self::of(&bytes, bytes.len())
    }

    /// Whether the client has it (`If-None-Match`, RFC 9110 §13.1.2: weak comparison).
    pub(super) fn is_known(&self, headers: &HeaderMap) -> bool {
        let lines = headers.get_all(IF_NONE_MATCH).iter().filter_map(|line| line.to_str().ok());
        // This program's tags have no commas.
        let mut known = lines.flat_map(|line| line.split(',')).map(str::trim_ascii);
        known.any(|known| known == "*" || known.strip_prefix("W/").unwrap_or(known) == self.0)
    }

    /// The body with this tag, or 304 if the client has it already.
    pub(super) fn json_unless_known(&self, headers: &HeaderMap, body: String) -> Response {
        if self.is_known(headers) {
            return self.not_modified();
        }
        let mut response = json(body);
        self.add_to(&mut response);
        response
    }

    /// 304 with this tag.
    pub(super) fn not_modified(&self) -> Response {
        let mut response = StatusCode::NOT_MODIFIED.into_response();
        self.add_to(&mut response);
        response
    }

    pub(super) fn add_to(&self, response: &mut Response) {
        if let Ok(value) = HeaderValue::from_str(&self.0) {
            response.headers_mut().insert(ETAG, value);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn known(lines: &[&'static str]) -> bool {
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(IF_NONE_MATCH, HeaderValue::from_static(line));
        }
        Tag("\"1-a\"".to_owned()).is_known(&headers)
    }

    #[test]
    fn a_tag_is_found_among_others() {
        for lines in [&["\"1-a\""][..], &["W/\"1-a\""], &["\"x\", \"1-a\""], &["\"x\"", "\"1-a\""], &["*"]] {
            assert!(known(lines), "{lines:?}");
        }
        for lines in [&[][..], &["\"1-b\""], &["1-a"], &["\"1-a"]] {
            assert!(!known(lines), "{lines:?}");
        }
    }
}
