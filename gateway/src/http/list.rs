//! The search: `GET /api/spaces/coworkernotifications`, over the member's own notifications.

use std::time::Duration;

use axum::extract::{RawQuery, State};
use axum::http::header::{AGE, CONTENT_TYPE, LINK};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use coworker_notifications::model::{CoworkerId, NotificationId};

use super::App;
use super::auth::{AuthenticatedMember, requested_profile};
use super::error::ApiError;
use super::etag::Tag;
use super::params::Search;
use crate::identity::Member;
use crate::query::Direction;
use crate::{ListQuery, Listing, StoredRecord};

pub(super) async fn list(
    AuthenticatedMember(member): AuthenticatedMember,
    State(app): State<App>,
    RawQuery(encoded): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    let Search { coworker, ids, query } = Search::parse(encoded.as_deref().unwrap_or_default())?;
    match ids {
        Some(ids) => by_ids(&member, &app, coworker, &ids, &query, &headers).await,
        None => {
            whole_list(&app, requested_profile(&member, coworker)?, encoded.unwrap_or_default(), &query, &headers).await
        }
    }
}

async fn whole_list(
    app: &App,
    coworker: CoworkerId,
    encoded: String,
    query: &ListQuery,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    app.space().visited(coworker);
    let what = (coworker.0, encoded);
    let tag = Tag::of(&what, app.space().revision(coworker).await?);
    if tag.is_known(headers) {
        let mut response = tag.not_modified();
        add_link(&mut response, coworker);
        add_age(&mut response, app.space().age());
        return Ok(response);
    }
    let listing = app.space().list(coworker, query).await?;
    let mut response = json(envelope(&listing, query));
    // The list may have changed since the revision was asked for.
    Tag::of(&what, listing.revision).add_to(&mut response);
    add_link(&mut response, coworker);
    add_age(&mut response, listing.age);
    Ok(response)
}

/// `?id=[1,2]`: those of these records that are theirs. Other members' ids are left out, like ids that do not exist.
async fn by_ids(
    member: &Member,
    app: &App,
    coworker: Option<CoworkerId>,
    ids: &[NotificationId],
    query: &ListQuery,
    headers: &HeaderMap,
) -> Result<Response, ApiError> {
    let named = match coworker {
        Some(_) => Some([requested_profile(member, coworker)?]),
        None => None,
    };
    let coworkers = named.as_ref().map_or(member.coworkers(), |named| named.as_slice());
    let records = app.space().by_ids(coworkers, ids).await?;
    let found = query.run(&records);
    let size = usize::try_from(query.size).unwrap_or(usize::MAX);
    let body = write(&found.records, found.total, found.total.div_ceil(size), query);
    let tag = Tag::of_bytes(body.as_bytes());
    let mut response = tag.json_unless_known(headers, body);
    add_age(&mut response, app.space().age());
    Ok(response)
}

/// Names the stream (RFC 5989). The link is relative to this address, so it also works behind a proxy's path prefix.
fn add_link(response: &mut Response, coworker: CoworkerId) {
    let target = format!("coworkernotifications/events?CoworkerNotification_Coworker={}", coworker.0);
    if let Ok(value) = HeaderValue::try_from(format!("<{target}>; rel=\"monitor\"")) {
        response.headers_mut().insert(LINK, value);
    }
}

/// How old the list is, while Nexudus does not answer.
pub(super) fn add_age(response: &mut Response, age: Option<Duration>) {
    if let Some(age) = age {
        response.headers_mut().insert(AGE, HeaderValue::from(age.as_secs()));
    }
}

pub(super) fn json(body: String) -> Response {
    ([(CONTENT_TYPE, "application/json")], body).into_response()
}

fn envelope(listing: &Listing, query: &ListQuery) -> String {
    write(&listing.records, listing.total, listing.pages, query)
}

/// The envelope of a page, as the newest reference has it. The records are as Nexudus gave them.
fn write(records: &[StoredRecord], total: usize, pages: usize, query: &ListQuery) -> String {
    use std::fmt::Write;

    let (page, size) = (query.page, query.size);
    let before = u64::from(page - 1) * u64::from(size);
    let length: usize = records.iter().map(|record| record.json().len() + 1).sum();
    let mut text = String::with_capacity(length + 320);
    text.push_str("{\"Records\":[");
    for (place, record) in records.iter().enumerate() {
        if place > 0 {
            text.push(',');
        }
        text.push_str(record.json());
    }
    let direction = match query.direction {
        Direction::Ascending => 0,
        Direction::Descending => 1,
    };
    // Writing to a string does not fail.
    let _ = write!(
        text,
        "],\"CurrentPage\":{page},\"CurrentPageSize\":{size},\"CurrentOrderField\":\"{}\",\
         \"CurrentSortDirection\":{direction},\"FirstItem\":{},\"LastItem\":{},\"TotalItems\":{total},\
         \"TotalPages\":{pages},\"HasNextPage\":{},\"HasPreviousPage\":{}}}",
        query.order.name(),
        before.saturating_add(1),
        before.saturating_add(records.len() as u64),
        u64::from(page) < pages as u64,
        page > 1,
    );
    text
}

#[cfg(test)]
mod tests {
    use coworker_notifications::api::decode_list;

    use super::*;

    #[test]
    fn the_envelope_is_the_documented_one() {
        let query = ListQuery { page: 2, size: 10, direction: Direction::Descending, ..ListQuery::default() };
        let body = r#"{"Id":7,"Message":"Hello","CustomFields":null}"#;
        let notification = decode_list(200, &format!("[{body}]")).unwrap().notifications.remove(0);
        let text = write(&[StoredRecord::new(notification, body, false)], 11, 2, &query);
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(
            value,
            serde_json::json!({
                "Records": [{"Id": 7, "Message": "Hello", "CustomFields": null}],
                "CurrentPage": 2, "CurrentPageSize": 10, "CurrentOrderField": "Id", "CurrentSortDirection": 1,
                "FirstItem": 11, "LastItem": 11, "TotalItems": 11, "TotalPages": 2,
                "HasNextPage": false, "HasPreviousPage": true
            })
        );
        assert_eq!(decode_list(200, &text).unwrap().total, 11);
    }
}
