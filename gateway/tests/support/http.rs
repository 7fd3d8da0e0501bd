//! Serves the fake Nexudus on a port.

use std::time::Duration;

use axum::{
    Router,
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{Method, StatusCode, header},
    response::{IntoResponse, Response},
};
use coworker_notifications::api;
use gateway::nexudus::{Exchange, HttpRequest, Secret};
use tokio::net::TcpListener;

use super::nexudus::Fake;

/// The delay of a write before it takes effect, and the delay of its answer after that.
const BEFORE: Duration = Duration::from_millis(15);
const AFTER: Duration = Duration::from_millis(150);

/// Serves on a free port until the runtime ends. Returns the address.
pub async fn serve(fake: &Fake) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = format!("http://{}", listener.local_addr().expect("an address"));
    let router = Router::new().fallback(answer).with_state(fake.clone());
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn answer(State(fake): State<Fake>, request: Request<Body>) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, 1 << 20).await.expect("a body");
    let bearer = parts.headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let method = match parts.method {
        Method::GET => api::Method::Get,
        Method::PUT => api::Method::Put,
        _ => api::Method::Post,
    };
    let is_write = method == api::Method::Put;
    let request = HttpRequest {
        method,
        url: parts.uri.to_string(),
        content_type: None,
        body: Some(String::from_utf8_lossy(&body).into_owned()),
        token: bearer.and_then(|bearer| bearer.strip_prefix("Bearer ")).map(Secret::new),
    };
    // Delays in which a test can kill the gateway: before a write takes effect, and before its answer.
    if is_write {
        tokio::time::sleep(BEFORE).await;
    }
    let answer = fake.exchange(request).await;
    if is_write {
        tokio::time::sleep(AFTER).await;
    }
    let Ok(answer) = answer else { return StatusCode::BAD_GATEWAY.into_response() };
    let status = StatusCode::from_u16(answer.status).expect("a status");
    let date = answer.date.unwrap_or_default();
    (status, [(header::DATE, date), (header::CONTENT_TYPE, "application/json".into())], answer.body).into_response()
}
