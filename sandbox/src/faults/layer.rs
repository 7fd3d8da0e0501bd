//! Middleware that applies the switched faults.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::header::{IF_NONE_MATCH, RETRY_AFTER};
use axum::http::{Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use tokio::time::sleep;

use super::{Effect, FalseAnswer, Target, damage};
use crate::api::confirmation::Confirmation;
use crate::api::{LIST_PATH, PROFILES_PATH, TOKEN_PATH};
use crate::error::ErrorBody;
use crate::state::Sandbox;

/// Applies the switched faults to a request. The token endpoint has none: faults are about notifications.
pub(crate) async fn apply(State(sandbox): State<Sandbox>, mut request: Request, next: Next) -> Response {
    let effect = target(&request).and_then(|target| sandbox.data().faults.effect(target));
    let Some(Effect { delay, answer, bad_record, body, drop }) = effect else {
        return next.run(request).await;
    };

    sleep(delay).await;
    // A 304 has no body that could be damaged.
    request.headers_mut().remove(IF_NONE_MATCH);
    let mut response = match answer {
        Some(answer) => answer.into_response(),
        None => next.run(request).await,
    };
    if bad_record {
        response = damage::spoil_record(response).await;
    }
    if let Some(fault) = body {
        response = damage::replace_body(response, fault).await;
    }
    if drop {
        response = damage::cut_connection(response).await;
    }
    response
}

fn target(request: &Request) -> Option<Target> {
    let path = request.uri().path();
    match *request.method() {
        _ if path == TOKEN_PATH => None,
        _ if path == PROFILES_PATH => Some(Target::Portal),
        Method::GET | Method::HEAD if path == LIST_PATH => Some(Target::List),
        Method::GET | Method::HEAD => Some(Target::Record),
        _ => Some(Target::Write),
    }
}

impl IntoResponse for FalseAnswer {
    fn into_response(self) -> Response {
        match self {
            Self::Error { status, retry_after } => {
                let mut response = error(status).into_response();
                if let Some(value) = retry_after {
                    response.headers_mut().insert(RETRY_AFTER, value);
                }
                response
            }
            Self::Refused(status) => error(status).into_response(),
            Self::Failed => {
                let reason = "The notification could not be saved. Please try again later.";
                Json(Confirmation::failed(reason)).into_response()
            }
        }
    }
}

fn error(status: StatusCode) -> (StatusCode, Json<ErrorBody>) {
    let reason = status.canonical_reason().unwrap_or("Error");
    (status, Json(ErrorBody { message: format!("{reason}.") }))
}
