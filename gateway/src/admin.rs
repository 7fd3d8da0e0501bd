//! The operator's endpoints, on an address of their own: whether the gateway is alive and ready, and its metrics.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse;
use axum::routing::get;
use metrics::gauge;
use metrics_exporter_prometheus::{BuildError, PrometheusBuilder, PrometheusHandle};

use crate::http::App;
use crate::{Readiness, Space};

/// Upper bounds of the buckets of times, in seconds.
const TIMES: &[f64] = &[0.001, 0.005, 0.025, 0.1, 0.5, 1.0, 5.0, 10.0];

#[derive(Clone)]
struct Admin {
    space: Space,
    app: App,
    metrics: PrometheusHandle,
}

/// `/healthz`, `/readyz`, `/metrics`.
pub fn router(space: Space, app: App, metrics: PrometheusHandle) -> Router {
    Router::new()
        .route("/healthz", get(async || "ok\n"))
        .route("/readyz", get(ready))
        .route("/metrics", get(measured))
        .fallback(async || (StatusCode::NOT_FOUND, "/healthz, /readyz and /metrics are here.\n"))
        .with_state(Admin { space, app, metrics })
}

/// Collects what is measured, from now on.
pub fn collect_metrics() -> Result<PrometheusHandle, BuildError> {
    let handle = PrometheusBuilder::new().set_buckets(TIMES)?.install_recorder()?;
    describe();
    Ok(handle)
}

async fn ready(State(admin): State<Admin>) -> impl IntoResponse {
    if admin.app.is_stopping() {
        return (StatusCode::SERVICE_UNAVAILABLE, "not ready: told to stop\n".to_owned());
    }
    match admin.space.readiness() {
        Readiness::Ready => (StatusCode::OK, "ready\n".to_owned()),
        Readiness::NotReady(why) => (StatusCode::SERVICE_UNAVAILABLE, format!("not ready: {why}\n")),
    }
}

async fn measured(State(admin): State<Admin>) -> impl IntoResponse {
    gauge!("gateway_ready").set(if admin.space.readiness() == Readiness::Ready { 1 } else { 0 });
    gauge!("gateway_leader").set(if admin.space.leads() { 1 } else { 0 });
    gauge!("gateway_list_age_seconds").set(admin.space.age().unwrap_or_default().as_secs_f64());
    if let Ok(waiting) = admin.space.waiting_writes().await {
        gauge!("gateway_writes_waiting").set(waiting as f64);
    }
    ([(CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8")], admin.metrics.render())
}

fn describe() {
    use metrics::{describe_counter, describe_gauge, describe_histogram};
    describe_counter!("gateway_requests_total", "Requests of members, by method, route and status");
    describe_histogram!("gateway_request_seconds", "How long an answer took to begin, by route");
    describe_gauge!("gateway_streams_open", "Streams that are open");
    describe_counter!("gateway_portal_questions_total", "Questions to the portal about a member's token, by outcome");
    describe_counter!("gateway_jwks_fetches_total", "Fetches of the keys of signed tokens, by outcome");
    describe_gauge!("gateway_ready", "1: members get what Nexudus has now");
    describe_gauge!("gateway_leader", "1: this gateway asks Nexudus for all gateways of its store");
    describe_gauge!("gateway_list_age_seconds", "How old the lists are while Nexudus does not answer, else 0");
    describe_gauge!("gateway_writes_waiting", "Dismissals that are stored and not yet written to Nexudus");
    describe_counter!("gateway_nexudus_requests_total", "Requests to Nexudus, by purpose and status");
    describe_counter!("gateway_webhooks_total", "Webhooks, by outcome");
}
