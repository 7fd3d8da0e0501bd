//! The endpoints as plain data.

use super::{ApiBase, Draft, ListQuery, Update, record};
use crate::{json, model::NotificationId};

/// The most records per page.
pub(super) const LARGEST_PAGE: usize = 100;

const PATH: &str = "/api/spaces/coworkernotifications";

/// One call of the API, without the API's base and the token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// The path, from `/api`.
    pub path: String,
    /// The query string's pairs, not yet encoded.
    pub query: Vec<(&'static str, String)>,
    /// The JSON body.
    pub body: Option<String>,
}

/// The methods that the API knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    /// Reads.
    Get,
    /// Creates.
    Post,
    /// Updates.
    Put,
    /// Deletes.
    Delete,
}

impl Method {
    /// The name in HTTP.
    pub fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Post => "POST",
            Self::Put => "PUT",
            Self::Delete => "DELETE",
        }
    }
}

/// A request with its full address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WireRequest {
    /// The method.
    pub method: Method,
    /// The absolute URL.
    pub url: String,
    /// The JSON body of a `POST` or `PUT`.
    pub body: Option<String>,
}

impl WireRequest {
    /// The `Accept` header: some endpoints answer HTML without it.
    pub const ACCEPT: &'static str = "application/json";
    /// The `Content-Type` of every body.
    pub const CONTENT_TYPE: &'static str = "application/json";
}

impl Request {
    /// `GET /api/spaces/coworkernotifications?…`: a search.
    pub fn list(query: &ListQuery) -> Self {
        Self { query: query.pairs(), ..Self::bare(Method::Get) }
    }

    /// `GET /api/spaces/coworkernotifications/{id}`: one record.
    pub fn get(id: NotificationId) -> Self {
        Self { path: record_path(id), ..Self::bare(Method::Get) }
    }

    /// `GET /api/spaces/coworkernotifications?id=[1,2,3]`: several records. The answer is a page, as for a search.
    pub fn get_many(ids: &[NotificationId], page: u32) -> Self {
        let ids = json::numbers(ids.iter().map(|id| id.0));
        let query = vec![("id", ids), ("page", page.to_string()), ("size", LARGEST_PAGE.to_string())];
        Self { query, ..Self::bare(Method::Get) }
    }

    /// `POST /api/spaces/coworkernotifications`: a new record.
    pub fn create(draft: &Draft) -> Self {
        Self { body: Some(record::encode_draft(None, draft)), ..Self::bare(Method::Post) }
    }

    /// `PUT /api/spaces/coworkernotifications`: a changed record.
    pub fn update(update: &Update) -> Self {
        Self { body: Some(record::encode_draft(Some(update.id), &update.fields)), ..Self::bare(Method::Put) }
    }

    /// `DELETE /api/spaces/coworkernotifications/{id}`
    pub fn delete(id: NotificationId) -> Self {
        Self { path: record_path(id), ..Self::bare(Method::Delete) }
    }

    /// The full address.
    pub fn url(&self, base: &ApiBase) -> String {
        let mut url = base.as_str().to_owned();
        self.push_target(&mut url);
        url
    }

    /// Path and query, encoded.
    pub fn target(&self) -> String {
        let mut target = String::new();
        self.push_target(&mut target);
        target
    }

    /// The request as a transport sends it.
    pub fn to_wire(&self, base: &ApiBase) -> WireRequest {
        WireRequest { method: self.method, url: self.url(base), body: self.body.clone() }
    }

    fn bare(method: Method) -> Self {
        Self { method, path: PATH.to_owned(), query: Vec::new(), body: None }
    }

    fn push_target(&self, url: &mut String) {
        url.push_str(&self.path);
        let mut separator = '?';
        for (name, value) in &self.query {
            url.push(separator);
            url.push_str(name);
            url.push('=');
            push_encoded(url, value);
            separator = '&';
        }
    }
}

fn record_path(id: NotificationId) -> String {
    [PATH, "/", &id.0.to_string()].concat()
}

/// Percent-encodes all but the unreserved characters (RFC 3986 §2.3).
///
/// That includes the brackets and commas of `id=[1,2]`, which the reference shows bare: RFC 3986 does not allow brackets
/// in a query, some proxies refuse them, and every server decodes a value before it looks at it. A space becomes `%20`,
/// which unlike `+` has only one meaning.
fn push_encoded(url: &mut String, value: &str) {
    const HEX: [char; 16] = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F'];
    let hex = |nibble: u8| HEX.get(usize::from(nibble)).copied().unwrap_or('0');
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.extend(['%', hex(byte >> 4), hex(byte & 15)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CoworkerId, EntityId, NotificationType};

    fn draft() -> Draft {
        Draft {
            coworker: CoworkerId(1001),
            message: "Your \"locker\"\nis open".into(),
            kind: NotificationType::SALTO_LOCKER,
            entity: EntityId(7),
            is_dismissed: None,
        }
    }

    #[test]
    fn a_search_goes_to_the_collection_under_the_base() {
        let request = Request::list(&ListQuery::new().page(2));
        assert_eq!(request.method, Method::Get);
        assert_eq!(
            request.url(&ApiBase::default()),
            "https://spaces.nexudus.com/api/spaces/coworkernotifications?page=2"
        );
        assert_eq!(request.body, None);
    }

    #[test]
    fn values_are_percent_encoded() {
        let request = Request::list(&ListQuery::new().message("a&b=c d+e/é?#%~-._"));
        assert_eq!(
            request.target(),
            "/api/spaces/coworkernotifications?CoworkerNotification_Message=a%26b%3Dc%20d%2Be%2F%C3%A9%3F%23%25~-._"
        );
    }

    #[test]
    fn several_ids_are_one_bracketed_list() {
        let request = Request::get_many(&[NotificationId(1), NotificationId(2), NotificationId(3)], 1);
        assert_eq!(request.target(), "/api/spaces/coworkernotifications?id=%5B1%2C2%2C3%5D&page=1&size=100");
    }

    #[test]
    fn one_record_is_read_and_deleted_by_its_path() {
        for (request, method) in
            [(Request::get(NotificationId(87654321)), "GET"), (Request::delete(NotificationId(87654321)), "DELETE")]
        {
            assert_eq!(request.method.name(), method);
            assert_eq!(request.target(), "/api/spaces/coworkernotifications/87654321");
            assert_eq!(request.body, None);
        }
    }

    #[test]
    fn create_sends_the_required_fields_and_no_id() {
        let request = Request::create(&draft());
        assert_eq!(request.method.name(), "POST");
        assert_eq!(
            request.body.as_deref(),
            Some(
                r#"{"CoworkerId":1001,"Message":"Your \"locker\"\nis open","NotificationType":"salto-locker","EntityId":7}"#
            )
        );
    }

    #[test]
    fn an_update_says_whose_it_is_only_where_the_record_did_not() {
        let update = |whose| Update { id: NotificationId(5), fields: Draft { coworker: CoworkerId(whose), ..draft() } };
        assert_eq!(update(0).of(CoworkerId(7)), update(7));
        assert_eq!(update(1001).of(CoworkerId(7)), update(1001));
    }

    #[test]
    fn update_sends_the_id_and_every_required_field() {
        let request = Request::update(&Update {
            id: NotificationId(5),
            fields: Draft { is_dismissed: Some(true), message: String::new(), ..draft() },
        });
        assert_eq!(request.method.name(), "PUT");
        assert_eq!(request.target(), "/api/spaces/coworkernotifications");
        assert_eq!(
            request.body.as_deref(),
            Some(
                r#"{"Id":5,"CoworkerId":1001,"Message":"","NotificationType":"salto-locker","EntityId":7,"IsDismissed":true}"#
            )
        );
    }
}
