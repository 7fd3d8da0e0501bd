//! The public keys of an issuer, fetched when they are needed and not too often.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use jsonwebtoken::jwk::{AlgorithmParameters, EllipticCurve, Jwk, KeyAlgorithm, PublicKeyUse};
use jsonwebtoken::{Algorithm, DecodingKey};
use metrics::counter;
use reqwest::header::ACCEPT;
use serde::Deserialize;
use tokio::time::Instant;

use super::client::{body, reason};
use crate::config::Address;

/// Keys of this age are fetched again, so that a withdrawn key is not accepted for ever.
const FRESH: Duration = Duration::from_secs(10 * 60);
/// The least time between two fetches, whatever tokens come in.
const FETCH_SPACING: Duration = Duration::from_secs(10);
/// The most keys that one token is tried with.
const MOST_TRIES: usize = 8;

/// The keys cannot be fetched now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct KeysUnavailable {
    pub(super) retry_after: Duration,
}

pub(super) struct Jwks {
    client: reqwest::Client,
    url: String,
    state: Mutex<State>,
    /// Locked during a fetch.
    fetching: tokio::sync::Mutex<()>,
}

#[derive(Default, Clone)]
struct State {
    keys: Option<Arc<[PublicKey]>>,
    fetched: Option<Instant>,
    tried: Option<Instant>,
}

/// A key and the one algorithm that it is for.
struct PublicKey {
    id: Option<String>,
    algorithm: Algorithm,
    key: DecodingKey,
}

impl Jwks {
    pub(super) fn new(client: reqwest::Client, address: &Address) -> Self {
        let state = Mutex::default();
        Self { client, url: address.as_str().to_owned(), state, fetching: tokio::sync::Mutex::default() }
    }

    /// The keys that may have signed a token with this header.
    pub(super) async fn candidates(
        &self,
        algorithm: Algorithm,
        id: Option<&str>,
    ) -> Result<Vec<DecodingKey>, KeysUnavailable> {
        let now = Instant::now();
        let state = self.state();
        let found = state.find(algorithm, id);
        let is_fresh = state.fetched.is_some_and(|fetched| now < fetched + FRESH);
        if is_fresh && !found.is_empty() {
            return Ok(found);
        }
        // Either the key may be new, or the known keys are old; old keys still count until new ones are fetched.
        let may_fetch = |state: &State| state.tried.is_none_or(|tried| Instant::now() >= tried + FETCH_SPACING);
        if state.keys.is_some() && !may_fetch(&state) {
            return Ok(found);
        }
        let guard = match found.is_empty() {
            true => Some(self.fetching.lock().await),
            false => self.fetching.try_lock().ok(),
        };
        if guard.is_some() && may_fetch(&self.state()) {
            self.fetch()
                .await
                .inspect_err(|why| tracing::warn!(reason = %why, "the keys of signed tokens cannot be fetched"))
                .ok();
        }
        let state = self.state();
        match state.keys {
            Some(_) => Ok(state.find(algorithm, id)),
            None => Err(KeysUnavailable { retry_after: FETCH_SPACING }),
        }
    }

    /// Fetches the keys: how many of which kind, or what is wrong and what to do.
    pub(super) async fn check(&self) -> Result<String, String> {
        let _guard = self.fetching.lock().await;
        let what_to_do = "check --jwks (JWKS_URL) and the network";
        self.fetch().await.map_err(|why| format!("signed tokens: {}: {why}: {what_to_do}", self.url))?;
        let keys = self.state().keys.unwrap_or_default();
        let ids: Vec<_> = keys
            .iter()
            .map(|key| format!("{:?} {}", key.algorithm, key.id.as_deref().unwrap_or("without a kid")))
            .collect();
        Ok(format!("{} with {} keys ({})", self.url, keys.len(), ids.join(", ")))
    }

    /// Fetches the keys. If that fails, the known keys stay.
    async fn fetch(&self) -> Result<(), String> {
        self.update(|state| state.tried = Some(Instant::now()));
        let fetched = self.download().await;
        let outcome = if fetched.is_ok() { "fetched" } else { "failed" };
        counter!("gateway_jwks_fetches_total", "outcome" => outcome).increment(1);
        let keys = fetched?;
        self.update(|state| {
            state.keys = Some(keys.into());
            state.fetched = Some(Instant::now());
        });
        Ok(())
    }

    async fn download(&self) -> Result<Vec<PublicKey>, String> {
        let request = self.client.get(&self.url).header(ACCEPT, "application/json");
        let response = request.send().await.map_err(|error| reason(&error).to_owned())?;
        if response.status() != reqwest::StatusCode::OK {
            return Err(format!("it answers HTTP {}", response.status().as_u16()));
        }
        let body = body(response).await.ok_or("its answer breaks off or is too large")?;
        let keys = read(&body).ok_or("its answer is no set of keys (JWKS)")?;
        if keys.is_empty() {
            return Err("its answer has no key for RS256, ES256 or EdDSA".to_owned());
        }
        Ok(keys)
    }

    fn state(&self) -> State {
        self.state.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn update(&self, change: impl FnOnce(&mut State)) {
        change(&mut self.state.lock().unwrap_or_else(PoisonError::into_inner));
    }
}

impl State {
    fn find(&self, algorithm: Algorithm, id: Option<&str>) -> Vec<DecodingKey> {
        let fits = |key: &&PublicKey| key.algorithm == algorithm && (id.is_none() || key.id.as_deref() == id);
        self.keys.iter().flat_map(|keys| keys.iter()).filter(fits).take(MOST_TRIES).map(|key| key.key.clone()).collect()
    }
}

/// The usable keys. Others in the set are skipped, since an issuer may publish them for other uses.
fn read(body: &[u8]) -> Option<Vec<PublicKey>> {
    #[derive(Deserialize)]
    struct Set {
        keys: Vec<serde_json::Value>,
    }
    let set: Set = serde_json::from_slice(body).ok()?;
    Some(set.keys.into_iter().filter_map(|key| PublicKey::read(serde_json::from_value(key).ok()?)).collect())
}

impl PublicKey {
    fn read(jwk: Jwk) -> Option<Self> {
        let (algorithm, named) = match &jwk.algorithm {
            AlgorithmParameters::RSA(_) => (Algorithm::RS256, KeyAlgorithm::RS256),
            AlgorithmParameters::EllipticCurve(key) if key.curve == EllipticCurve::P256 => {
                (Algorithm::ES256, KeyAlgorithm::ES256)
            }
            AlgorithmParameters::OctetKeyPair(key) if key.curve == EllipticCurve::Ed25519 => {
                (Algorithm::EdDSA, KeyAlgorithm::EdDSA)
            }
            // A symmetric key that anybody can fetch is not secret.
            _ => return None,
        };
        let is_for_this = jwk.common.key_algorithm.is_none_or(|for_this| for_this == named);
        let is_for_signatures = matches!(jwk.common.public_key_use, None | Some(PublicKeyUse::Signature));
        if !is_for_this || !is_for_signatures {
            return None;
        }
        let key = DecodingKey::from_jwk(&jwk).ok()?;
        Some(Self { id: jwk.common.key_id, algorithm, key })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSA: &str = r#"{"kty":"RSA","kid":"r","n":"AQAB","e":"AQAB"}"#;
    const ED: &str =
        r#"{"kty":"OKP","crv":"Ed25519","kid":"e","use":"sig","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;

    fn kinds(keys: &[&str]) -> Vec<(Algorithm, Option<String>)> {
        let body = format!(r#"{{"keys":[{}]}}"#, keys.join(","));
        read(body.as_bytes()).unwrap().into_iter().map(|key| (key.algorithm, key.id)).collect()
    }

    #[test]
    fn each_key_is_for_one_algorithm() {
        let ec = r#"{"kty":"EC","crv":"P-256","alg":"ES256","x":"AA","y":"AA"}"#;
        let found = kinds(&[RSA, ED, ec]);
        assert_eq!(
            found,
            [(Algorithm::RS256, Some("r".into())), (Algorithm::EdDSA, Some("e".into())), (Algorithm::ES256, None)]
        );
    }

    #[test]
    fn keys_for_other_uses_are_skipped() {
        assert!(
            kinds(&[
                r#"{"kty":"oct","k":"c2VjcmV0","alg":"HS256"}"#,
                r#"{"kty":"RSA","use":"enc","n":"AQAB","e":"AQAB"}"#,
                r#"{"kty":"RSA","alg":"PS256","n":"AQAB","e":"AQAB"}"#,
                r#"{"kty":"EC","crv":"P-384","x":"AA","y":"AA"}"#,
                r#"{"kty":"new","x":"AA"}"#,
                "17",
            ])
            .is_empty()
        );
    }

    #[test]
    fn what_is_no_set_of_keys_is_an_error() {
        for body in ["", "<html>", "[]", "{}", RSA] {
            assert!(read(body.as_bytes()).is_none(), "{body}");
        }
    }

    #[test]
    fn a_key_is_found_by_algorithm_and_id() {
        let keys = read(format!(r#"{{"keys":[{RSA},{ED}]}}"#).as_bytes()).unwrap();
        let state = State { keys: Some(keys.into()), ..State::default() };
        assert_eq!(state.find(Algorithm::RS256, Some("r")).len(), 1);
        assert_eq!(state.find(Algorithm::RS256, None).len(), 1);
        assert_eq!(state.find(Algorithm::RS256, Some("e")).len(), 0);
        assert_eq!(state.find(Algorithm::EdDSA, Some("r")).len(), 0);
    }
}
