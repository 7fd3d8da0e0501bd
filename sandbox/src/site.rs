//! The static files: the page and the widget's bundle.

use std::convert::Infallible;

use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY};
use axum::http::{HeaderValue, StatusCode, Uri};
use axum::response::{Html, IntoResponse};
use axum::routing::any;
use tower_http::cors::{Any, CorsLayer};
use tower_http::services::ServeDir;
use tower_http::set_header::SetResponseHeaderLayer;

use crate::state::Options;

/// Serves the site directory, if there is one. Other origins may load its scripts.
pub(crate) fn service(options: &Options) -> Router {
    let site = match &options.site {
        Some(directory) => Router::new().fallback_service(
            ServeDir::new(directory).precompressed_br().precompressed_gzip().fallback(any(not_found)),
        ),
        None => Router::new().fallback(not_found),
    };
    let no_cache = HeaderValue::from_static("no-cache");
    let policy = options.content_security_policy.clone();
    site.layer(SetResponseHeaderLayer::overriding(CACHE_CONTROL, no_cache))
        .layer(SetResponseHeaderLayer::overriding(CONTENT_SECURITY_POLICY, policy))
        .layer(CorsLayer::new().allow_origin(Any))
}

async fn not_found(uri: Uri) -> Result<impl IntoResponse, Infallible> {
    let page = NOT_FOUND.replace("{path}", &escaped(uri.path()));
    Ok((StatusCode::NOT_FOUND, Html(page)))
}

const NOT_FOUND: &str = include_str!("not-found.html");

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
