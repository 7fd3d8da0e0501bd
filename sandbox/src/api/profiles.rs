//! `GET /api/public/coworkers/profiles`: the space's portal says to whom a member's own token belongs.

use axum::Json;
use axum::extract::State;
use axum::http::header::USER_AGENT;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::{Value, json};

use crate::access::bearer;
use crate::error::ApiError;
use crate::people::coworker;
use crate::state::Sandbox;

/// A profile that the member once had and may not be served.
const PAST: i64 = 1003;

/// Public hosts were seen to refuse programs that do not name themselves as browsers do.
pub(super) async fn profiles(State(sandbox): State<Sandbox>, headers: HeaderMap) -> Result<Response, ApiError> {
    let agent = headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    if !agent.starts_with("Mozilla/") {
        return Ok((StatusCode::FORBIDDEN, "<html><title>403 Forbidden</title></html>").into_response());
    }
    let token = bearer(&headers).ok_or(ApiError::TokenMissing)?;
    let ids = sandbox.data().tokens.profiles(token, sandbox.now(), |id| sandbox.has_coworker(id))?;
    let mut profiles: Vec<Value> = ids.iter().enumerate().map(|(index, id)| profile(*id, index == 0, true)).collect();
    if profiles.len() > 1 {
        profiles.push(profile(PAST, false, false));
    }
    let (name, email) = ids.first().map_or_else(Default::default, |id| person(*id));
    Ok(Json(json!({
        "User": { "Id": 500 + ids.first().unwrap_or(&0), "FullName": name, "Email": email, "AccessToken": token },
        "DefaultBusiness": { "Id": 77, "Name": "Harbour Works" },
        "Profiles": profiles,
    }))
    .into_response())
}

fn profile(id: i64, is_default: bool, active: bool) -> Value {
    let (name, email) = person(id);
    json!({ "Id": id, "FullName": name, "Email": email, "IsDefaultProfile": is_default, "Active": active })
}

fn person(id: i64) -> (String, String) {
    match coworker(id) {
        Some(known) => (known.name.to_owned(), known.email.to_owned()),
        None => (format!("Member {id}"), format!("member-{id}@harbourworks.example")),
    }
}
