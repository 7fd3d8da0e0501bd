//! A log of the API's requests, for tests and for the page.

use std::collections::VecDeque;
use std::time::Instant;

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{OriginalUri, Request, State};
use axum::http::{Method, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use serde_json::Value;

use crate::api::params::Params;
use crate::clock::iso;
use crate::error::ApiError;
use crate::state::Sandbox;

/// Older requests are forgotten.
const CAPACITY: usize = 1_000;
const LARGEST_BODY: usize = 1 << 20;

/// One request, as `/sandbox/requests` shows it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Entry {
    seq: u64,
    method: String,
    path: String,
    query: String,
    /// `None`: the client closed the connection before the answer.
    status: Option<u16>,
    coworker_id: Option<i64>,
    body: Option<Value>,
    at: String,
}

/// The latest requests, oldest first.
#[derive(Debug, Default)]
pub(crate) struct RequestLog {
    entries: VecDeque<Entry>,
    last: u64,
}

impl RequestLog {
    fn push(&mut self, mut entry: Entry) {
        self.last += 1;
        entry.seq = self.last;
        if self.entries.len() == CAPACITY {
            self.entries.pop_front();
        }
        self.entries.push_back(entry);
    }

    /// Those after number `since`.
    pub(crate) fn since(&self, since: u64) -> Vec<Entry> {
        self.entries.iter().filter(|entry| entry.seq > since).cloned().collect()
    }

    /// The number of the latest request, kept or not.
    pub(crate) fn last(&self) -> u64 {
        self.last
    }

    /// Forgets all requests; the numbers go on.
    pub(crate) fn clear(&mut self) {
        self.entries.clear();
    }
}

/// Middleware that logs each request once it has been answered.
pub(crate) async fn record(
    State(sandbox): State<Sandbox>,
    OriginalUri(uri): OriginalUri,
    request: Request,
    next: Next,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return ApiError::TooLarge.into_response();
    };

    let entry = Entry::of(&sandbox, &parts.method, &uri, &body);
    let mut note = Note { sandbox, entry: Some(entry), arrived: Instant::now() };
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    note.finish(Some(response.status().as_u16()));
    response
}

impl Entry {
    fn of(sandbox: &Sandbox, method: &Method, uri: &Uri, body: &Bytes) -> Self {
        let query = uri.query().unwrap_or_default();
        // Passwords travel as forms and so are never kept.
        let body: Option<Value> = serde_json::from_slice(body).ok();
        let named = Params::parse(query).number("CoworkerNotification_Coworker").ok().flatten();
        let coworker_id = named.or_else(|| body.as_ref()?.get("CoworkerId")?.as_i64()).or_else(|| {
            let id = uri.path().rsplit('/').next()?.parse().ok()?;
            Some(sandbox.data().store.get(id)?.content.coworker_id)
        });
        Self {
            seq: 0,
            method: method.to_string(),
            path: uri.path().to_owned(),
            query: query.to_owned(),
            status: None,
            coworker_id,
            body,
            at: iso(sandbox.now()),
        }
    }
}

/// A request that is being answered. If it is dropped before that, the client has closed the connection.
struct Note {
    sandbox: Sandbox,
    entry: Option<Entry>,
    arrived: Instant,
}

impl Note {
    fn finish(&mut self, status: Option<u16>) {
        let Some(mut entry) = self.entry.take() else { return };
        entry.status = status;
        let Entry { method, path, query, .. } = &entry;
        let ms = self.arrived.elapsed().as_millis();
        tracing::info!(%method, %path, %query, status, ms, "request");
        self.sandbox.data().log.push(entry);
    }
}

impl Drop for Note {
    fn drop(&mut self) {
        self.finish(None);
    }
}
