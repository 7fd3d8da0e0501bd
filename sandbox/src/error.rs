//! The one error of all handlers, and its response.

use axum::Json;
use axum::http::header::WWW_AUTHENTICATE;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::Serialize;

use crate::access::Role;
use crate::api::confirmation::{Confirmation, FieldError};

/// Why a request was refused.
#[derive(Debug)]
pub(crate) enum ApiError {
    TokenMissing,
    TokenUnknown,
    TokenExpired,
    RoleMissing(Role),
    /// No record of this id.
    NoRecord(i64),
    /// Nothing is at this path.
    NoPath(String),
    WrongMethod,
    /// The gateway's metrics cannot be read.
    NoGateway(std::io::Error),
    NotJson,
    TooLarge,
    /// A parameter or a control object that cannot be read, in words.
    BadRequest(String),
    /// A record that cannot be written, by property.
    Invalid(Vec<FieldError>),
}

/// The body of every error but [`ApiError::Invalid`].
#[derive(Debug, Serialize)]
#[serde(rename_all = "PascalCase")]
pub(crate) struct ErrorBody {
    pub(crate) message: String,
}

impl ApiError {
    fn status(&self) -> StatusCode {
        match self {
            Self::TokenMissing | Self::TokenUnknown | Self::TokenExpired => StatusCode::UNAUTHORIZED,
            Self::RoleMissing(_) => StatusCode::FORBIDDEN,
            Self::NoRecord(_) | Self::NoPath(_) => StatusCode::NOT_FOUND,
            Self::WrongMethod => StatusCode::METHOD_NOT_ALLOWED,
            Self::NoGateway(_) => StatusCode::BAD_GATEWAY,
            Self::NotJson => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::BadRequest(_) | Self::Invalid(_) => StatusCode::BAD_REQUEST,
        }
    }

    fn message(&self) -> String {
        match self {
            Self::TokenMissing => "Authorization has been denied for this request: no bearer token was sent.".into(),
            Self::TokenUnknown => "Authorization has been denied for this request: the token is not known.".into(),
            Self::TokenExpired => "Authorization has been denied for this request: the token has expired.".into(),
            Self::RoleMissing(role) => {
                format!("You need the role {} to do this.", role.name())
            }
            Self::NoRecord(id) => format!("There is no CoworkerNotification with Id {id}."),
            Self::NoPath(path) => format!("There is nothing at {path}."),
            Self::WrongMethod => "The requested resource does not support this method.".into(),
            Self::NoGateway(error) => format!("The gateway's metrics cannot be read: {error}."),
            Self::NotJson => "The body has to be JSON and sent with Content-Type: application/json.".into(),
            Self::TooLarge => "The body is larger than one megabyte.".into(),
            Self::BadRequest(words) => words.clone(),
            Self::Invalid(errors) => Confirmation::summary(errors),
        }
    }
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let status = self.status();
        let message = self.message();
        if let Self::Invalid(errors) = self {
            return (status, Json(Confirmation::refused(status, errors))).into_response();
        }
        let mut response = (status, Json(ErrorBody { message })).into_response();
        if status == StatusCode::UNAUTHORIZED {
            response.headers_mut().insert(WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}
