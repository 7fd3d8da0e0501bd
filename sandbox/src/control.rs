//! The sandbox's own controls, `/sandbox/…`.
//!
//! They need no token: [`serve`](crate::serve()) listens on the loopback interface alone, and without
//! CORS headers pages of other origins cannot read or change anything here.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, Uri};
use axum::routing::{any, get, post};
use axum::{Json, Router};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::access::TokenInfo;
use crate::api::params::Params;
use crate::error::ApiError;
use crate::faults::Faults;
use crate::generator::Schedule;
use crate::log::Entry;
use crate::meter::Reading;
use crate::people::{COWORKERS, Coworker};
use crate::state::Sandbox;
use crate::webhook::Receiver;

pub(crate) fn routes() -> Router<Sandbox> {
    Router::new()
        .route("/sandbox/info", get(info))
        .route("/sandbox/faults", get(faults).put(set_faults).delete(clear_faults))
        .route("/sandbox/requests", get(requests).delete(clear_requests))
        .route("/sandbox/generator", get(generator).put(set_generator))
        .route("/sandbox/webhook", get(webhook).put(set_webhook).delete(clear_webhook))
        .route("/sandbox/tokens/end", post(end_token))
        .route("/sandbox/meter", get(meter))
        .route("/sandbox/reset", post(reset))
        .route("/sandbox", any(no_path))
        .route("/sandbox/", any(no_path))
        .route("/sandbox/{*path}", any(no_path))
        .method_not_allowed_fallback(async || ApiError::WrongMethod)
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Info {
    /// The bell's `api-base`: a gateway's address, or empty for this origin.
    api_base: String,
    /// The bell asks a gateway, which takes members' own tokens.
    has_gateway: bool,
    seed: u64,
    coworkers: &'static [Coworker],
    tokens: Vec<TokenInfo>,
}

async fn info(State(sandbox): State<Sandbox>) -> Json<Info> {
    let gateway = sandbox.options().gateway.as_ref();
    Json(Info {
        api_base: gateway.map(|gateway| gateway.members().to_owned()).unwrap_or_default(),
        has_gateway: gateway.is_some(),
        seed: sandbox.options().seed,
        coworkers: &COWORKERS,
        tokens: sandbox.tokens(),
    })
}

async fn faults(State(sandbox): State<Sandbox>) -> Json<Faults> {
    Json(sandbox.data().faults.clone())
}

/// Replaces the whole object: a field that is left out is off.
async fn set_faults(State(sandbox): State<Sandbox>, body: Bytes) -> Result<Json<Faults>, ApiError> {
    let faults: Faults = parse(&body)?;
    faults.check().map_err(ApiError::BadRequest)?;
    sandbox.data().faults = faults.clone();
    Ok(Json(faults))
}

async fn clear_faults(State(sandbox): State<Sandbox>) -> Json<Faults> {
    sandbox.data().faults = Faults::default();
    Json(Faults::default())
}

#[derive(Debug, Serialize)]
struct Requests {
    requests: Vec<Entry>,
    /// What to ask for next time, as `since`.
    next: u64,
}

async fn requests(State(sandbox): State<Sandbox>, RawQuery(query): RawQuery) -> Result<Json<Requests>, ApiError> {
    let since = Params::parse(query.as_deref().unwrap_or_default()).number("since")?;
    let since = since.and_then(|number| number.try_into().ok()).unwrap_or(0);
    let log = &sandbox.data().log;
    Ok(Json(Requests { requests: log.since(since), next: log.last() }))
}

async fn clear_requests(State(sandbox): State<Sandbox>) -> StatusCode {
    sandbox.data().log.clear();
    StatusCode::NO_CONTENT
}

async fn generator(State(sandbox): State<Sandbox>) -> Json<Schedule> {
    Json(*sandbox.schedule().borrow())
}

async fn set_generator(State(sandbox): State<Sandbox>, body: Bytes) -> Result<Json<Schedule>, ApiError> {
    let schedule: Schedule = parse(&body)?;
    let id = schedule.coworker_id;
    if !sandbox.has_coworker(id) {
        return Err(ApiError::BadRequest(format!("coworkerId: there is no coworker {id}")));
    }
    sandbox.schedule().send_replace(schedule);
    Ok(Json(schedule))
}

async fn webhook(State(sandbox): State<Sandbox>) -> Json<Option<Receiver>> {
    Json(sandbox.webhook().borrow().clone())
}

async fn set_webhook(State(sandbox): State<Sandbox>, body: Bytes) -> Result<StatusCode, ApiError> {
    let receiver: Receiver = parse(&body)?;
    receiver.check().map_err(ApiError::BadRequest)?;
    sandbox.webhook().send_replace(Some(receiver));
    Ok(StatusCode::NO_CONTENT)
}

async fn clear_webhook(State(sandbox): State<Sandbox>) -> StatusCode {
    sandbox.webhook().send_replace(None);
    StatusCode::NO_CONTENT
}

#[derive(Debug, Deserialize)]
struct EndToken {
    token: String,
}

async fn end_token(State(sandbox): State<Sandbox>, body: Bytes) -> Result<StatusCode, ApiError> {
    let EndToken { token } = parse(&body)?;
    sandbox.data().tokens.end(token);
    Ok(StatusCode::NO_CONTENT)
}

/// What the gateway counts; 404 where there is none.
async fn meter(State(sandbox): State<Sandbox>, uri: Uri) -> Result<Json<Reading>, ApiError> {
    match &sandbox.options().gateway {
        Some(gateway) => gateway.read().await.map(Json).map_err(ApiError::NoGateway),
        None => Err(ApiError::NoPath(uri.path().to_owned())),
    }
}

async fn reset(State(sandbox): State<Sandbox>) -> StatusCode {
    sandbox.reset();
    StatusCode::NO_CONTENT
}

async fn no_path(uri: Uri) -> ApiError {
    ApiError::NoPath(uri.path().to_owned())
}

fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, ApiError> {
    serde_json::from_slice(body).map_err(|e| ApiError::BadRequest(e.to_string()))
}
