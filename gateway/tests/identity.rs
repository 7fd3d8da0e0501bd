//! Who a token belongs to: asked at the portal, or read from what an operator's server has signed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod outside;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::Router;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use gateway::config::{Command, Config, read};
use gateway::identity::{Identity, IdentityError, Member};
use outside::nexudus::FakeNexudus;
use outside::tokens::{Issuer, SECRET, claims, from_now, hs256, hs256_with, token};
use serde_json::{Value, json};
use tokio::net::TcpListener;

/// A configuration as an operator writes it.
fn config(flags: &[&str]) -> Config {
    let arguments = std::iter::once("gateway").chain(flags.iter().copied()).map(Into::into);
    let token = |name: &str| (name == "NEXUDUS_TOKEN").then(|| "space-token".into());
    match read(arguments, token) {
        Ok(Command::Run(_, config)) => *config,
        other => panic!("{other:?}"),
    }
}

fn identity(flags: &[&str]) -> Identity {
    let config = config(flags);
    Identity::new(config.portal.as_ref(), config.jwt.as_ref()).unwrap()
}

fn secret_file() -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), format!("{SECRET}\n")).unwrap();
    file
}

/// Knows tokens signed with the shared secret.
fn by_secret(flags: &[&str]) -> Identity {
    let file = secret_file();
    let path = file.path().to_str().unwrap();
    identity(&[&["--jwt-secret-file", path], flags].concat())
}

/// A server of one answer; how often it was asked.
async fn server(
    path: &str,
    answer: impl Fn(HeaderMap) -> Response + Clone + Send + Sync + 'static,
) -> (String, Arc<AtomicUsize>) {
    let asked = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&asked);
    let handler = get(move |headers: HeaderMap| {
        count.fetch_add(1, Ordering::SeqCst);
        std::future::ready(answer(headers))
    });
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let router = Router::new().route(path, handler);
    tokio::spawn(async move { axum::serve(listener, router).await });
    (address, asked)
}

async fn keys(issuer: &Issuer) -> (String, Arc<AtomicUsize>) {
    let jwks = issuer.jwks().to_string();
    let (address, asked) = server("/keys", move |_| jwks.clone().into_response()).await;
    (format!("{address}/keys"), asked)
}

const PROFILES: &str = "/api/public/coworkers/profiles";

fn ids(member: Result<Member, IdentityError>) -> Result<Vec<i64>, IdentityError> {
    member.map(|member| member.coworkers().iter().map(|id| id.0).collect())
}

fn is_rejected(member: Result<Member, IdentityError>) -> bool {
    matches!(member, Err(IdentityError::Rejected(_)))
}

#[tokio::test]
async fn the_portal_says_who_a_members_own_token_belongs_to() {
    let nexudus = FakeNexudus::start().await;
    let identity = identity(&["--portal", &nexudus.address]);
    assert_eq!(ids(identity.member("portal-1001").await), Ok(vec![1001]));
    assert_eq!(ids(identity.member("portal-two").await), Ok(vec![1004, 1001]), "without the profile of the past");
    for token in ["nonsense", "expired", "admin", ""] {
        assert!(identity.member(token).await.is_err(), "{token}");
    }
    assert!(identity.check_portal().await.unwrap().is_ok());
}

#[tokio::test]
async fn one_question_is_asked_about_one_token() {
    let (portal, asked) = server(PROFILES, |_| json!({"Profiles": [{"Id": 7}]}).to_string().into_response()).await;
    let identity = identity(&["--portal", &portal]);
    let (one, two, three) = tokio::join!(identity.member("abc"), identity.member("abc"), identity.member("abc"));
    assert!(one.is_ok() && two.is_ok() && three.is_ok());
    assert!(identity.member("abc").await.is_ok());
    assert_eq!(asked.load(Ordering::SeqCst), 1);
    assert!(identity.member("abd").await.is_ok());
    assert_eq!(asked.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn a_refused_token_is_not_asked_about_again_at_once() {
    let (portal, asked) = server(PROFILES, |_| StatusCode::UNAUTHORIZED.into_response()).await;
    let identity = identity(&["--portal", &portal]);
    assert!(is_rejected(identity.member("abc").await));
    assert!(is_rejected(identity.member("abc").await));
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn the_portal_is_asked_as_a_browser_asks_and_redirects_are_not_followed() {
    let (elsewhere, leaked) = server("/", |_| "thank you".into_response()).await;
    let to = elsewhere.clone();
    let (portal, _) = server(PROFILES, move |headers| {
        assert!(
            headers["user-agent"]
                .to_str()
                .unwrap()
                .starts_with("Mozilla/5.0 (compatible; coworker-notifications-gateway/")
        );
        assert_eq!(headers["authorization"], "Bearer abc");
        Redirect::temporary(&to).into_response()
    })
    .await;
    let identity = identity(&["--portal", &portal]);
    assert!(matches!(identity.member("abc").await, Err(IdentityError::Unavailable { .. })));
    assert_eq!(leaked.load(Ordering::SeqCst), 0);
}

#[tokio::test]
async fn a_portal_that_cannot_say_is_no_reason_to_refuse_and_is_left_alone_for_a_while() {
    for (status, body) in
        [(StatusCode::BAD_GATEWAY, ""), (StatusCode::OK, "<html>"), (StatusCode::FORBIDDEN, "<html>wall</html>")]
    {
        let (portal, asked) = server(PROFILES, move |_| (status, body).into_response()).await;
        let identity = identity(&["--portal", &portal]);
        assert!(matches!(identity.member("abc").await, Err(IdentityError::Unavailable { .. })), "{status}");
        assert!(identity.check_portal().await.unwrap().unwrap_err().contains("--portal"));
        assert!(asked.load(Ordering::SeqCst) >= 1);
    }
    let throttled = |_| (StatusCode::CONFLICT, [("retry-after", "30")]).into_response();
    let (portal, asked) = server(PROFILES, throttled).await;
    let identity = identity(&["--portal", &portal]);
    for token in ["abc", "abd", "abe"] {
        let Err(IdentityError::Unavailable { retry_after }) = identity.member(token).await else { panic!("{token}") };
        assert!(retry_after.as_secs() >= 29, "{retry_after:?}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1, "asked for rest, the portal is not asked");
}

#[tokio::test]
async fn a_portal_that_is_down_is_told_by_check() {
    let identity = identity(&["--portal", "http://127.0.0.1:9"]);
    assert!(matches!(identity.member("abc").await, Err(IdentityError::Unavailable { .. })));
    assert!(identity.check_portal().await.unwrap().unwrap_err().contains("no connection"));
}

#[tokio::test]
async fn a_signed_token_names_its_members() {
    let identity = by_secret(&[]);
    assert_eq!(ids(identity.member(&hs256(&claims(1001))).await), Ok(vec![1001]));
    let several = json!({"coworker_ids": [1004, 1001], "exp": from_now(60)});
    assert_eq!(ids(identity.member(&hs256(&several)).await), Ok(vec![1004, 1001]), "the first is the default one");
    let both = json!({"coworker_id": 3, "coworker_ids": [1, 3], "exp": from_now(60)});
    assert_eq!(ids(identity.member(&hs256(&both)).await), Ok(vec![3, 1]));
}

#[tokio::test]
async fn every_public_algorithm_is_taken_with_its_own_key() {
    let issuer = Issuer::new();
    let (url, asked) = keys(&issuer).await;
    let identity = identity(&["--jwks", &url]);
    for token in [issuer.rs256(&claims(1)), issuer.es256(&claims(2)), issuer.ed25519(&claims(3))] {
        assert!(identity.member(&token).await.is_ok(), "{token}");
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1, "keys are fetched once");
    let words = identity.check_keys().await.unwrap().unwrap();
    assert!(words.contains("3 keys") && words.contains("JWT_AUDIENCE"), "{words}");
}

#[tokio::test]
async fn a_token_that_is_not_good_is_rejected() {
    let identity = by_secret(&["--jwt-audience", "bell", "--jwt-issuer", "https://id.example"]);
    let good = json!({"coworker_id": 1, "exp": from_now(60), "aud": "bell", "iss": "https://id.example"});
    assert!(identity.member(&hs256(&good)).await.is_ok());
    let with = |change: fn(&mut Value)| {
        let mut claims = good.clone();
        change(&mut claims);
        hs256(&claims)
    };
    for (what, token) in [
        ("expired", with(|claims| claims["exp"] = from_now(-61).into())),
        ("without exp", with(|claims| _ = claims.as_object_mut().unwrap().remove("exp"))),
        ("exp as text", with(|claims| claims["exp"] = "never".into())),
        ("not valid yet", with(|claims| claims["nbf"] = from_now(90).into())),
        ("another audience", with(|claims| claims["aud"] = "door".into())),
        ("other audiences", with(|claims| claims["aud"] = json!(["door", "gate"]))),
        ("without an audience", with(|claims| _ = claims.as_object_mut().unwrap().remove("aud"))),
        ("another issuer", with(|claims| claims["iss"] = "https://evil.example".into())),
        ("without an issuer", with(|claims| _ = claims.as_object_mut().unwrap().remove("iss"))),
        ("without a member", with(|claims| _ = claims.as_object_mut().unwrap().remove("coworker_id"))),
        ("a member as text", with(|claims| claims["coworker_id"] = "1".into())),
        ("member 0", with(|claims| claims["coworker_id"] = 0.into())),
        (
            "no members",
            with(|claims| {
                claims["coworker_ids"] = json!([]);
                claims["coworker_id"] = Value::Null;
            }),
        ),
        ("another secret", hs256_with(b"guessed", &good)),
        ("an empty secret", hs256_with(b"", &good)),
    ] {
        assert!(is_rejected(identity.member(&token).await), "{what}");
    }
    let audiences = with(|claims| claims["aud"] = json!(["door", "bell"]));
    assert!(identity.member(&audiences).await.is_ok(), "one of the audiences is right");
}

#[tokio::test]
async fn without_an_audience_configured_any_is_taken() {
    let identity = by_secret(&[]);
    let claims = json!({"coworker_id": 1, "exp": from_now(60), "aud": "door"});
    assert!(identity.member(&hs256(&claims)).await.is_ok());
}

#[tokio::test]
async fn what_a_token_says_of_its_algorithm_decides_nothing() {
    let issuer = Issuer::new();
    let (url, _) = keys(&issuer).await;
    let identity = by_secret(&["--jwks", &url]);
    let claims = claims(1001);
    let hmac_with = |secret: &[u8], header: &Value| {
        let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, secret);
        token(header, &claims, |message| ring::hmac::sign(&key, message).as_ref().to_vec())
    };
    let secret = SECRET.as_bytes();
    let tampered = {
        let good = hs256(&claims);
        let (head, tail) = good.split_once('.').unwrap();
        let other = hs256(&json!({"coworker_id": 1002, "exp": from_now(3600)}));
        let payload = other.split('.').nth(1).unwrap();
        format!("{head}.{payload}.{}", tail.split_once('.').unwrap().1)
    };
    for (what, token) in [
        ("none", token(&json!({"alg": "none"}), &claims, |_| Vec::new())),
        ("NONE", token(&json!({"alg": "NONE"}), &claims, |_| Vec::new())),
        ("none with a signature", hmac_with(secret, &json!({"alg": "none"}))),
        ("no algorithm", hmac_with(secret, &json!({"typ": "JWT"}))),
        ("HS512 by name", hmac_with(secret, &json!({"alg": "HS512"}))),
        ("HS256 with the public key", hmac_with(&issuer.rsa_public_key(), &json!({"alg": "HS256", "kid": "rsa"}))),
        ("HS256 with the key set", hmac_with(issuer.jwks().to_string().as_bytes(), &json!({"alg": "HS256"}))),
        ("RS256 with the secret", hmac_with(secret, &json!({"alg": "RS256", "kid": "rsa"}))),
        ("ES256 with the secret", hmac_with(secret, &json!({"alg": "ES256", "kid": "oct"}))),
        ("another key's name", issuer.es256_as("rsa", &claims)),
        ("a key that is not there", issuer.es256_as("gone", &claims)),
        ("a key in the header", hmac_with(b"mine", &json!({"alg": "HS256", "jwk": {"kty": "oct", "k": "bWluZQ"}}))),
        ("critical extensions", hmac_with(secret, &json!({"alg": "HS256", "crit": ["exp"]}))),
        ("no signature", hs256(&claims).rsplit_once('.').unwrap().0.to_owned() + "."),
        ("two parts", hs256(&claims).rsplit_once('.').unwrap().0.to_owned()),
        ("four parts", hs256(&claims) + ".x"),
        ("other claims", tampered),
        ("another issuer's key", Issuer::new().es256(&claims)),
        ("very long", format!("{}{}", hs256(&claims), "x".repeat(10_000))),
    ] {
        assert!(is_rejected(identity.member(&token).await), "{what}");
    }
    assert!(identity.member(&hs256(&claims)).await.is_ok());
    assert!(identity.member(&issuer.rs256(&claims)).await.is_ok());
}

#[tokio::test]
async fn a_public_key_alone_takes_no_shared_secret() {
    let issuer = Issuer::new();
    let (url, _) = keys(&issuer).await;
    let identity = identity(&["--jwks", &url]);
    assert!(is_rejected(identity.member(&hs256(&claims(1))).await));
    assert!(is_rejected(identity.member(&hs256_with(&issuer.rsa_public_key(), &claims(1))).await));
}

#[tokio::test]
async fn keys_are_fetched_at_a_limited_rate() {
    let issuer = Issuer::new();
    let (url, asked) = keys(&issuer).await;
    let identity = identity(&["--jwks", &url]);
    for number in 0..20 {
        assert!(is_rejected(identity.member(&issuer.es256_as(&format!("made-up-{number}"), &claims(1))).await));
    }
    assert_eq!(asked.load(Ordering::SeqCst), 1);
}

#[tokio::test]
async fn without_keys_nobody_is_rejected() {
    let issuer = Issuer::new();
    let identity = identity(&["--jwks", "http://127.0.0.1:9/keys"]);
    assert!(matches!(identity.member(&issuer.es256(&claims(1))).await, Err(IdentityError::Unavailable { .. })));
    assert!(identity.check_keys().await.unwrap().unwrap_err().contains("--jwks"));
}

#[tokio::test]
async fn a_token_that_is_not_ours_is_asked_about_at_the_portal() {
    let (portal, asked) = server(PROFILES, |_| json!({"Profiles": [{"Id": 7}]}).to_string().into_response()).await;
    let identity = by_secret(&["--portal", &portal]);
    assert_eq!(ids(identity.member(&hs256_with(b"the vendor's", &json!({"sub": "x"}))).await), Ok(vec![7]));
    assert_eq!(ids(identity.member("opaque").await), Ok(vec![7]));
    assert_eq!(asked.load(Ordering::SeqCst), 2);
    let expired = hs256(&json!({"coworker_id": 1, "exp": from_now(-100)}));
    assert!(is_rejected(identity.member(&expired).await));
    assert_eq!(asked.load(Ordering::SeqCst), 2, "a token of ours is nobody else's business");
}
