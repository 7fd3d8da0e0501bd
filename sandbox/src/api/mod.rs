//! The CoworkerNotifications API, `/api/…`, as the vendor documents it.

pub(crate) mod confirmation;
pub(crate) mod limits;
mod list;
pub(crate) mod params;
mod profiles;
mod query;
mod record;
mod token;
mod write;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::header::{CACHE_CONTROL, DATE, ETAG, LAST_MODIFIED, RETRY_AFTER};
use axum::http::{HeaderValue, Uri};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;
use axum::routing::{any, get, post};
use tower_http::cors::{AllowHeaders, AllowMethods, AllowOrigin, CorsLayer};

use crate::clock::http_date;
use crate::error::ApiError;
use crate::state::Sandbox;
use crate::{faults, log};

pub(crate) const LIST_PATH: &str = "/api/spaces/coworkernotifications";
pub(crate) const TOKEN_PATH: &str = "/api/token";
pub(crate) const PROFILES_PATH: &str = "/api/public/coworkers/profiles";
const RECORD_PATH: &str = "/api/spaces/coworkernotifications/{id}";

/// All of the API. A request passes CORS, the log, the common headers, the limits and the faults, in this order.
pub(crate) fn routes(sandbox: &Sandbox) -> Router<Sandbox> {
    Router::new()
        .route(LIST_PATH, get(list::list).post(write::create).put(write::update))
        .route(RECORD_PATH, get(record::get).delete(write::delete))
        .route(TOKEN_PATH, post(token::token))
        .route(PROFILES_PATH, get(profiles::profiles))
        .route("/api", any(no_path))
        .route("/api/", any(no_path))
        .route("/api/{*path}", any(no_path))
        .method_not_allowed_fallback(async || ApiError::WrongMethod)
        .layer(from_fn_with_state(sandbox.clone(), faults::apply))
        .layer(from_fn_with_state(sandbox.clone(), limits::apply))
        .layer(from_fn_with_state(sandbox.clone(), common_headers))
        .layer(from_fn_with_state(sandbox.clone(), log::record))
        .layer(cors(sandbox.clone()))
}

async fn no_path(uri: Uri) -> ApiError {
    ApiError::NoPath(uri.path().to_owned())
}

/// The sandbox's own time, and no answers from caches that were not asked about.
async fn common_headers(State(sandbox): State<Sandbox>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("private, no-cache"));
    if let Ok(date) = http_date(sandbox.now()).parse() {
        headers.insert(DATE, date);
    }
    response
}

/// Pages of all origins may call, with a token, unless switched off.
fn cors(sandbox: Sandbox) -> CorsLayer {
    CorsLayer::new()
        .allow_origin(AllowOrigin::predicate(move |_, _| sandbox.data().faults.cors))
        .allow_methods(AllowMethods::mirror_request())
        .allow_headers(AllowHeaders::mirror_request())
        .expose_headers([RETRY_AFTER, ETAG, LAST_MODIFIED, DATE])
}
