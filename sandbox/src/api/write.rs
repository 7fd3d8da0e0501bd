//! Create, update, delete.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use serde_json::{Map, Value};

use super::confirmation::{Confirmation, FieldError};
use super::record::parse_id;
use crate::access::{Client, Role};
use crate::error::ApiError;
use crate::state::{Data, Sandbox};
use crate::store::Content;
use crate::webhook::Hook;

/// `POST /api/spaces/coworkernotifications`
pub(super) async fn create(
    client: Client,
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Confirmation>, ApiError> {
    client.must_have(Role::Create)?;
    let mut form = Form::read(&headers, &body)?;
    let content = form.content(&sandbox, false);
    form.finish()?;

    let hook = Hook::of(&content);
    let by = Some(client.email.to_owned());
    let id = {
        let Data { store, composer, .. } = &mut *sandbox.data();
        store.add(content, composer.unique_id(), sandbox.now(), by)
    };
    sandbox.announce(hook);
    Ok(Json(Confirmation::success(id, "created")))
}

/// `PUT /api/spaces/coworkernotifications`. Without `IsDismissed`, that stays as it is.
pub(super) async fn update(
    client: Client,
    State(sandbox): State<Sandbox>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Confirmation>, ApiError> {
    client.must_have(Role::Edit)?;
    let mut form = Form::read(&headers, &body)?;
    let id = form.number("Id");

    let mut data = sandbox.data();
    let dismissed = data.store.get(id).is_some_and(|record| record.content.is_dismissed);
    let content = form.content(&sandbox, dismissed);
    form.finish()?;

    if !data.store.update(id, content, sandbox.now(), client.email.to_owned()) {
        return Err(ApiError::NoRecord(id));
    }
    Ok(Json(Confirmation::success(id, "updated")))
}

/// `DELETE /api/spaces/coworkernotifications/{id}`
pub(super) async fn delete(
    client: Client,
    State(sandbox): State<Sandbox>,
    Path(id): Path<String>,
) -> Result<Json<Confirmation>, ApiError> {
    client.must_have(Role::Delete)?;
    let id = parse_id(&id)?;
    if !sandbox.data().store.remove(id, sandbox.now()) {
        return Err(ApiError::NoRecord(id));
    }
    Ok(Json(Confirmation::success(id, "deleted")))
}

/// A JSON object that is read property by property, collecting what is wrong with it.
struct Form {
    fields: Map<String, Value>,
    errors: Vec<FieldError>,
}

impl Form {
    fn read(headers: &HeaderMap, body: &[u8]) -> Result<Self, ApiError> {
        let media_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        if !media_type.is_some_and(|text| text.to_ascii_lowercase().contains("json")) {
            return Err(ApiError::NotJson);
        }
        match serde_json::from_slice(body) {
            Ok(fields) => Ok(Self { fields, errors: Vec::new() }),
            Err(e) => Err(ApiError::BadRequest(format!("The body is not a JSON object: {e}."))),
        }
    }

    /// All that makes up a notification; wrong properties are noted and stand as zero or empty.
    fn content(&mut self, sandbox: &Sandbox, dismissed_before: bool) -> Content {
        Content {
            coworker_id: self.coworker(sandbox),
            message: self.text("Message"),
            notification_type: self.text("NotificationType"),
            entity_id: self.number("EntityId"),
            is_dismissed: self.flag("IsDismissed", dismissed_before),
        }
    }

    fn finish(self) -> Result<(), ApiError> {
        if self.errors.is_empty() { Ok(()) } else { Err(ApiError::Invalid(self.errors)) }
    }

    fn coworker(&mut self, sandbox: &Sandbox) -> i64 {
        let before = self.errors.len();
        let id = self.number("CoworkerId");
        if self.errors.len() == before && !sandbox.has_coworker(id) {
            self.wrong("CoworkerId", "there is no such coworker");
        }
        id
    }

    fn number(&mut self, name: &'static str) -> i64 {
        self.required(name, "is not a whole number", Value::as_i64)
    }

    fn text(&mut self, name: &'static str) -> String {
        let text = self.required(name, "is not a text", |value| value.as_str().map(str::to_owned));
        if text.trim().is_empty() && self.fields.get(name).is_some_and(Value::is_string) {
            self.wrong(name, "is a required field");
        }
        text
    }

    fn flag(&mut self, name: &'static str, default: bool) -> bool {
        match self.fields.get(name) {
            None | Some(Value::Null) => default,
            Some(_) => self.required(name, "is not true or false", Value::as_bool),
        }
    }

    fn required<T: Default>(&mut self, name: &'static str, complaint: &str, read: impl Fn(&Value) -> Option<T>) -> T {
        match self.fields.get(name) {
            None | Some(Value::Null) => self.wrong(name, "is a required field"),
            Some(value) => match read(value) {
                Some(value) => return value,
                None => self.wrong(name, complaint),
            },
        }
        T::default()
    }

    fn wrong(&mut self, name: &'static str, complaint: &str) {
        self.errors.push(FieldError {
            attempted_value: self.fields.get(name).cloned().unwrap_or_default(),
            message: complaint.to_owned(),
            property_name: name,
        });
    }
}
