//! Authentication: the member to whom a request's token belongs, within the limits of one member.

use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;
use coworker_notifications::model::CoworkerId;

use super::App;
use super::error::ApiError;
use crate::identity::Member;

/// The member who sends the request, within their request limits.
pub(super) struct AuthenticatedMember(pub(super) Member);

impl FromRequestParts<App> for AuthenticatedMember {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, ApiError> {
        let token = bearer(&parts.headers)?;
        let member = app.identity().member(token).await?;
        app.limits().admit(member.default_coworker())?;
        Ok(Self(member))
    }
}

/// The profile for this request: the named one, which must be the member's, or the default one if none is named.
pub(super) fn requested_profile(member: &Member, named: Option<CoworkerId>) -> Result<CoworkerId, ApiError> {
    match named {
        None => Ok(member.default_coworker()),
        Some(coworker) if member.is(coworker) => Ok(coworker),
        Some(_) => Err(ApiError::Forbidden("This coworker is not yours.")),
    }
}

/// The token of a request that has exactly one `Authorization` header.
fn bearer(headers: &HeaderMap) -> Result<&str, ApiError> {
    let mut values = headers.get_all(AUTHORIZATION).iter();
    let value = values.next().ok_or(ApiError::Unauthorized("A token is needed: Authorization: Bearer …"))?;
    if values.next().is_some() {
        return Err(ApiError::Unauthorized("There is more than one Authorization header."));
    }
    let token = value.to_str().ok().and_then(|text| text.split_once(' ')).and_then(|(scheme, token)| {
        let token = token.trim_ascii();
        (scheme.eq_ignore_ascii_case("bearer") && !token.is_empty()).then_some(token)
    });
    token.ok_or(ApiError::Unauthorized("The Authorization header has to be: Bearer, a space, and a token."))
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn token(values: &[&'static str]) -> Option<String> {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(AUTHORIZATION, HeaderValue::from_static(value));
        }
        bearer(&headers).ok().map(str::to_owned)
    }

    #[test]
    fn a_token_is_named_once_and_as_a_bearer_token() {
        assert_eq!(token(&["Bearer abc"]).as_deref(), Some("abc"));
        assert_eq!(token(&["bearer  abc "]).as_deref(), Some("abc"));
        for values in [&[][..], &["abc"], &["Bearer"], &["Bearer "], &["Basic abc"], &["Bearer a", "Bearer b"]] {
            assert_eq!(token(values), None, "{values:?}");
        }
    }
}
