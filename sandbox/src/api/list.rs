//! The search: `GET /api/spaces/coworkernotifications`.

use std::hash::{DefaultHasher, Hasher};

use axum::extract::{RawQuery, State};
use axum::http::header::{CONTENT_TYPE, ETAG, IF_NONE_MATCH, LAST_MODIFIED};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::query::{Found, Query};
use super::record::RecordBody;
use crate::access::{Client, Role};
use crate::clock::http_date;
use crate::error::ApiError;
use crate::faults::Direction;
use crate::state::Sandbox;

pub(super) async fn list(
    client: Client,
    State(sandbox): State<Sandbox>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, ApiError> {
    client.must_have(Role::List)?;
    let data = sandbox.data();
    let query = Query::parse(query.as_deref().unwrap_or_default(), &data.faults)?;
    let found = query.run(data.store.all());
    let answer = ListBody::new(&found, data.faults.dir, sandbox.now());
    let body = serde_json::to_vec(&answer).map_err(|e| ApiError::BadRequest(e.to_string()))?;

    let tag = tag_of(&body);
    let validators = [(ETAG, tag.clone()), (LAST_MODIFIED, http_date(data.store.changed_on()))];
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, validators).into_response());
    }
    Ok((validators, [(CONTENT_TYPE, "application/json")], body).into_response())
}

fn tag_of(body: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(body);
    format!("\"{:016x}\"", hasher.finish())
}

/// Whether the client has what the tag stands for.
fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
    known.split(',').map(|known| known.trim().trim_start_matches("W/")).any(|k| k == tag || k == "*")
}

/// The envelope of a page of records.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct ListBody<'a> {
    records: Vec<RecordBody<'a>>,
    current_page: usize,
    current_page_size: usize,
    current_order_field: &'static str,
    current_sort_direction: SortDirection,
    first_item: usize,
    last_item: usize,
    total_items: usize,
    total_pages: usize,
    has_next_page: bool,
    has_previous_page: bool,
    #[serde(flatten)]
    old_names: Option<OldNames>,
}

/// What the vendor's oldest documentation calls the page; it comes with the words for `dir`.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
struct OldNames {
    page_number: usize,
    page_size: usize,
}

/// A number in some versions of the API, a word in others.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum SortDirection {
    Number(i8),
    Word(&'static str),
}

impl SortDirection {
    fn new(meaning: Direction, descending: bool) -> Self {
        match (meaning, descending) {
            (Direction::Words, false) => Self::Word("ASC"),
            (Direction::Words, true) => Self::Word("DESC"),
            (Direction::OneIsAscending, false) => Self::Number(1),
            (Direction::OneIsAscending, true) => Self::Number(-1),
            (Direction::OneIsDescending | Direction::Ignored, false) => Self::Number(0),
            (Direction::OneIsDescending | Direction::Ignored, true) => Self::Number(1),
        }
    }
}

impl<'a> ListBody<'a> {
    fn new(found: &Found<'a>, meaning: Direction, now: DateTime<Utc>) -> Self {
        let Found { page, size, total, .. } = *found;
        let before = (page - 1).saturating_mul(size);
        let pages = total.div_ceil(size);
        Self {
            records: found.records.iter().map(|record| RecordBody::new(record, now)).collect(),
            current_page: page,
            current_page_size: size,
            current_order_field: found.order.name(),
            current_sort_direction: SortDirection::new(meaning, found.descending),
            first_item: before.saturating_add(1),
            last_item: before.saturating_add(found.records.len()),
            total_items: total,
            total_pages: pages,
            has_next_page: page < pages,
            has_previous_page: page > 1,
            old_names: (meaning == Direction::Words).then_some(OldNames { page_number: page, page_size: size }),
        }
    }
}
