//! Damages answers before they are sent.

use std::io;
use std::time::Duration;

use axum::body::{Body, Bytes, to_bytes};
use axum::http::HeaderValue;
use axum::http::header::{CONTENT_LENGTH, CONTENT_TYPE, ETAG};
use axum::response::Response;
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use tokio::time::sleep;

use super::BodyFault;

const ERROR_PAGE: &str = include_str!("error-page.html");
const GARBAGE: &[u8] = b"\xff\xfe\x00{\x93NUMPY\x00\"Records\":\xc3\x28]]>\x1b[31m;;;";

/// Gives the answer another body under the same status.
pub(super) async fn replace_body(response: Response, fault: BodyFault) -> Response {
    match fault {
        BodyFault::Html => {
            let mut response = with_body(response, ERROR_PAGE.into());
            let html = HeaderValue::from_static("text/html; charset=utf-8");
            response.headers_mut().insert(CONTENT_TYPE, html);
            response
        }
        BodyFault::Empty => with_body(response, Bytes::new()),
        BodyFault::Garbage => with_body(response, Bytes::from_static(GARBAGE)),
        BodyFault::Truncated => {
            let (response, body) = take_body(response).await;
            with_body(response, body.slice(..body.len() / 2))
        }
    }
}

/// Makes the middle one of a list's records unreadable.
pub(super) async fn spoil_record(response: Response) -> Response {
    let (response, body) = take_body(response).await;
    let Ok(mut list) = serde_json::from_slice::<Value>(&body) else {
        return with_body(response, body);
    };
    if let Some(Value::Array(records)) = list.get_mut("Records")
        && let middle = records.len() / 2
        && let Some(record) = records.get_mut(middle)
    {
        record["Id"] = json!({ "Value": record["Id"].take() });
        record["CreatedOn"] = json!("the day before yesterday");
    }
    with_body(response, list.to_string().into())
}

/// Announces the whole body, sends half of it, and breaks the connection.
pub(super) async fn cut_connection(response: Response) -> Response {
    let (response, body) = take_body(response).await;
    let half = body.slice(..body.len() / 2);
    let first = stream::iter([Ok(half)]);
    let then = stream::once(async {
        // Long enough for the first half to leave.
        sleep(Duration::from_millis(30)).await;
        Err(io::Error::other("the connection is cut on purpose"))
    });
    let (mut parts, _) = response.into_parts();
    // At least one byte is missing, even of an empty body.
    parts.headers.insert(CONTENT_LENGTH, body.len().max(1).into());
    Response::from_parts(parts, Body::from_stream(first.chain(then)))
}

async fn take_body(response: Response) -> (Response, Bytes) {
    let (parts, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    (Response::from_parts(parts, Body::empty()), body)
}

/// Replaces the body, and removes the headers that belong to the former one.
fn with_body(response: Response, body: Bytes) -> Response {
    let (mut parts, _) = response.into_parts();
    parts.headers.remove(CONTENT_LENGTH);
    parts.headers.remove(ETAG);
    Response::from_parts(parts, Body::from(body))
}
