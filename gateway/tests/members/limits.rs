//! The rate limit of one member.

use axum::http::StatusCode;
use futures_util::future::join_all;

use crate::outside::tokens::{claims, hs256};
use crate::test_gateway::{LIST, TestGateway};

#[tokio::test]
async fn too_many_requests_of_one_member_are_a_429() {
    let gateway = TestGateway::start().await;
    let token = hs256(&claims(1001));
    let path = format!("{LIST}/1");
    let answers = join_all((0..400).map(|_| gateway.get(&path, &token))).await;
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == StatusCode::TOO_MANY_REQUESTS).collect();
    assert!(!refused.is_empty() && refused.len() <= 200, "{}", refused.len());
    assert_eq!(refused[0].header("retry-after"), "1");
    assert!(refused[0].json()["Message"].as_str().unwrap().contains("Too many"));
    let other = gateway.get(&path, &hs256(&claims(1004))).await;
    assert_eq!(other.status, StatusCode::NOT_FOUND, "other members are not limited");
}
