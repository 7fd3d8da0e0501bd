//! The static files beside the API.

use std::fs;
use std::path::PathBuf;

use axum::http::{HeaderValue, StatusCode};
use sandbox::Options;

use crate::client::{Client, get};

/// A site directory of its own for each test.
fn site(test: &str) -> PathBuf {
    let directory = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(test);
    fs::create_dir_all(directory.join("locales")).expect("a directory");
    for (name, text) in [
        ("index.html", "<!DOCTYPE html><title>Portal</title>"),
        ("widget.js", "export {};"),
        ("widget.js.br", "brotli"),
        ("widget_bg.wasm", "\0asm"),
        ("locales/de.json", "{}"),
    ] {
        fs::write(directory.join(name), text).expect("a file");
    }
    directory
}

fn client(test: &str) -> Client {
    Client::with(Options { site: Some(site(test)), ..Options::default() })
}

#[tokio::test]
async fn files_are_served_with_their_types_and_asked_for_again() {
    let client = client("types");
    for (path, media_type) in [
        ("/", "text/html"),
        ("/index.html", "text/html"),
        ("/widget.js", "text/javascript"),
        ("/widget_bg.wasm", "application/wasm"),
        ("/locales/de.json", "application/json"),
    ] {
        let answer = client.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}");
        assert_eq!(answer.header("content-type"), media_type, "{path}");
        assert_eq!(answer.header("cache-control"), "no-cache");
        assert_eq!(answer.header("access-control-allow-origin"), "*");
    }
}

#[tokio::test]
async fn compressed_files_are_sent_to_those_who_take_them() {
    let client = client("compressed");
    let mut request = get("/widget.js");
    request.headers_mut().insert("accept-encoding", HeaderValue::from_static("gzip, br"));
    let answer = client.send(request).await;
    assert_eq!(answer.header("content-encoding"), "br");
    assert_eq!(answer.header("content-type"), "text/javascript");
    assert_eq!(answer.text(), "brotli");
    assert_eq!(client.get("/widget.js").await.text(), "export {};");
}

#[tokio::test]
async fn a_content_security_policy_is_for_the_site_alone() {
    let policy = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'";
    let client = Client::with(Options {
        site: Some(site("policy")),
        content_security_policy: Some(HeaderValue::from_static(policy)),
        ..Options::default()
    });
    assert_eq!(client.get("/").await.header("content-security-policy"), policy);
    assert_eq!(client.get("/sandbox/info").await.header("content-security-policy"), "");
}

#[tokio::test]
async fn a_missing_file_is_told_in_words() {
    for client in [client("missing"), Client::new()] {
        let answer = client.get("/no/this&that.js").await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND);
        assert!(answer.text().contains("cargo xtask demo"));
        assert!(answer.text().contains("/no/this&amp;that.js"));
        assert_eq!(answer.header("content-security-policy"), "");
    }
}

#[tokio::test]
async fn nothing_outside_the_directory_is_served() {
    let client = client("outside");
    for path in ["/../Cargo.toml", "/%2e%2e/Cargo.toml", "/..%2fCargo.toml"] {
        assert_ne!(client.get(path).await.status, StatusCode::OK, "{path}");
    }
}
