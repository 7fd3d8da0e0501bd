//! `POST /api/token`: a bearer token for a password, or for a refresh token.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::Serialize;

use super::params::Params;
use crate::access::{IssuedToken, TOKEN_LIFETIME};
use crate::state::{Data, Sandbox};

/// A refusal in the format of OAuth.
#[derive(Debug, Serialize)]
pub(super) struct TokenError {
    error: &'static str,
    error_description: &'static str,
}

type Refusal = (StatusCode, Json<TokenError>);

pub(super) async fn token(State(sandbox): State<Sandbox>, form: String) -> Result<Json<IssuedToken>, Refusal> {
    let form = Params::parse(&form);
    let field = |name| form.text(name).unwrap_or_default();
    let now = sandbox.now();
    let Data { tokens, faults, .. } = &mut *sandbox.data();
    let lifetime = faults.token_lifetime.map_or(TOKEN_LIFETIME, i64::from);

    // A `totp` is accepted and ignored: no user here has a second factor.
    match field("grant_type") {
        "password" => tokens
            .sign_in(field("username"), field("password"), now, lifetime)
            .map(Json)
            .ok_or_else(|| refuse("invalid_grant", "The user name or password is incorrect.")),
        "refresh_token" => tokens
            .renew(field("refresh_token"), now, lifetime)
            .map(Json)
            .ok_or_else(|| refuse("invalid_grant", "The refresh token is unknown or was used.")),
        _ => Err(refuse("unsupported_grant_type", "grant_type has to be password or refresh_token.")),
    }
}

fn refuse(error: &'static str, error_description: &'static str) -> Refusal {
    (StatusCode::BAD_REQUEST, Json(TokenError { error, error_description }))
}
