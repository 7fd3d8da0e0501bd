//! A notification on the wire, and the endpoint that reads one.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::header::LAST_MODIFIED;
use axum::response::IntoResponse;
use chrono::{DateTime, TimeDelta, Utc};
use serde::Serialize;

use crate::access::{Client, Role};
use crate::clock::{http_date, iso};
use crate::error::ApiError;
use crate::state::Sandbox;
use crate::store::Record;

/// How long a notification counts as new.
const NEW: TimeDelta = TimeDelta::days(1);

/// `GET /api/spaces/coworkernotifications/{id}`: the record, bare.
pub(super) async fn get(
    client: Client,
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, ApiError> {
    client.must_have(Role::Read)?;
    let id = parse_id(&id)?;
    let data = sandbox.data();
    let record = data.store.get(id).ok_or(ApiError::NoRecord(id))?;
    let modified = [(LAST_MODIFIED, http_date(record.updated_on))];
    Ok((modified, Json(RecordBody::new(record, sandbox.now()))).into_response())
}

/// The id in a path. Words in its place are a path that does not exist.
pub(super) fn parse_id(text: &str) -> Result<i64, ApiError> {
    text.parse().map_err(|_| ApiError::NoPath(format!("{}/{text}", super::LIST_PATH)))
}

/// All properties of a record, as the API names and prints them.
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct RecordBody<'a> {
    coworker_id: i64,
    message: &'a str,
    notification_type: &'a str,
    entity_id: i64,
    is_dismissed: bool,
    id: i64,
    updated_on: String,
    created_on: String,
    unique_id: &'a str,
    updated_by: Option<&'a str>,
    is_new: bool,
    system_id: Option<&'a str>,
    to_string_text: String,
    localization_details: Option<&'a str>,
    custom_fields: Option<&'a str>,
}

impl<'a> RecordBody<'a> {
    pub(super) fn new(record: &'a Record, now: DateTime<Utc>) -> Self {
        Self {
            coworker_id: record.content.coworker_id,
            message: &record.content.message,
            notification_type: &record.content.notification_type,
            entity_id: record.content.entity_id,
            is_dismissed: record.content.is_dismissed,
            id: record.id,
            updated_on: iso(record.updated_on),
            created_on: iso(record.created_on),
            unique_id: &record.unique_id,
            updated_by: record.updated_by.as_deref(),
            is_new: now - record.created_on < NEW,
            system_id: None,
            to_string_text: format!("CoworkerNotification {}", record.id),
            localization_details: None,
            custom_fields: None,
        }
    }
}
