//! Verifies tokens (JWT) that a server of the operator's signs.
//!
//! The configured keys decide which algorithms are accepted, never the token: a shared secret verifies HS256 and nothing
//! else, a public key verifies the one algorithm that it is made for.

use std::collections::HashSet;
use std::time::{Duration, SystemTime};

use coworker_notifications::model::CoworkerId;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::{Algorithm, DecodingKey, Validation, decode, decode_header};
use serde::Deserialize;

use super::Member;
use super::jwks::{Jwks, KeysUnavailable};
use super::ring_provider;
use crate::config::JwtConfig;

/// How far the clocks of signer and gateway may be apart.
pub(super) const LEEWAY: Duration = Duration::from_secs(10);

/// The result of a verification.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verification {
    /// Signed with a configured key, and valid.
    Member(Member),
    /// Signed with a configured key, and not valid.
    Rejected(&'static str),
    /// Not signed with any of the configured keys. The portal may know the token.
    UnknownSigner(&'static str),
    /// The keys cannot be fetched now.
    Unavailable { retry_after: Duration },
}

/// Verifies signed tokens.
pub(super) struct TokenVerifier {
    secret: Option<DecodingKey>,
    jwks: Option<Jwks>,
    validation: Validation,
}

/// The claims that are read; `aud`, `iss` and `nbf` are checked before.
#[derive(Debug, Deserialize)]
struct Claims {
    exp: f64,
    coworker_id: Option<i64>,
    coworker_ids: Option<Vec<i64>>,
}

impl TokenVerifier {
    pub(super) fn new(client: reqwest::Client, config: &JwtConfig) -> Self {
        ring_provider::install();
        let mut validation = Validation::new(Algorithm::HS256);
        validation.leeway = LEEWAY.as_secs();
        validation.validate_nbf = true;
        validation.validate_aud = config.audience.is_some();
        let mut required: HashSet<String> = ["exp".to_owned()].into();
        if let Some(audience) = &config.audience {
            validation.set_audience(&[audience]);
            required.insert("aud".to_owned());
        }
        if let Some(issuer) = &config.issuer {
            validation.set_issuer(&[issuer]);
            required.insert("iss".to_owned());
        }
        validation.required_spec_claims = required;
        Self {
            secret: config.secret.as_ref().map(|secret| DecodingKey::from_secret(secret.reveal())),
            jwks: config.jwks.as_ref().map(|address| Jwks::new(client, address)),
            validation,
        }
    }

    pub(super) async fn verify(&self, token: &str) -> Verification {
        const UNKNOWN_SIGNER: Verification = Verification::UnknownSigner("The token is not known, or has expired.");

        let Ok(header) = decode_header(token) else { return UNKNOWN_SIGNER };
        // No critical extension (RFC 7515 §4.1.11) is supported.
        if header.crit.is_some() {
            return Verification::UnknownSigner("The token has critical extensions that are not understood.");
        }
        let keys = match (header.alg, &self.secret, &self.jwks) {
            (Algorithm::HS256, Some(secret), _) => vec![secret.clone()],
            (Algorithm::RS256 | Algorithm::ES256 | Algorithm::EdDSA, _, Some(jwks)) => {
                match jwks.candidates(header.alg, header.kid.as_deref()).await {
                    Ok(keys) => keys,
                    Err(KeysUnavailable { retry_after }) => return Verification::Unavailable { retry_after },
                }
            }
            _ => return Verification::UnknownSigner("The token is signed in a way that is not accepted here."),
        };
        let validation = Validation { algorithms: vec![header.alg], ..self.validation.clone() };
        for key in keys {
            match decode::<Claims>(token, &key, &validation) {
                Ok(data) => return data.claims.member(),
                Err(error) if matches!(error.kind(), ErrorKind::InvalidSignature) => {}
                Err(error) => return rejection(error.kind()),
            }
        }
        UNKNOWN_SIGNER
    }

    /// What of the configuration works, in words.
    pub(super) async fn check(&self) -> Result<String, String> {
        let mut ways = Vec::new();
        if self.secret.is_some() {
            ways.push("HS256 with the secret".to_owned());
        }
        if let Some(jwks) = &self.jwks {
            ways.push(jwks.check().await?);
        }
        let mut words = format!("signed tokens: {}", ways.join(", "));
        if self.validation.aud.is_none() {
            words.push_str("; any audience is taken, since --jwt-audience (JWT_AUDIENCE) is not set");
        }
        Ok(words)
    }
}

fn rejection(kind: &ErrorKind) -> Verification {
    Verification::Rejected(match kind {
        ErrorKind::ExpiredSignature => "The token has expired.",
        ErrorKind::ImmatureSignature => "The token is not valid yet.",
        ErrorKind::InvalidAudience => "The token is for another audience.",
        ErrorKind::InvalidIssuer => "The token is from another issuer.",
        ErrorKind::MissingRequiredClaim(_) => "The token lacks a claim that is needed: exp, aud or iss.",
        ErrorKind::Json(_) => {
            "The token's claims cannot be read: exp (a time) and coworker_id (a number) or coworker_ids (an array of \
             numbers) are needed."
        }
        _ => return Verification::UnknownSigner("The token is not known, or has expired."),
    })
}

impl Claims {
    fn member(self) -> Verification {
        const NONE: Verification = Verification::Rejected(
            "The token names no member: coworker_id (a number) or coworker_ids (an array of numbers) is needed.",
        );
        let mut ids: Vec<CoworkerId> = Vec::new();
        for id in self.coworker_id.into_iter().chain(self.coworker_ids.into_iter().flatten()).map(CoworkerId) {
            if id.0 <= 0 {
                return NONE;
            }
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        let expires = Duration::try_from_secs_f64(self.exp).ok().and_then(|at| SystemTime::UNIX_EPOCH.checked_add(at));
        match expires {
            Some(expires) => Member::new(&ids, Some(expires)).map_or(NONE, Verification::Member),
            None => Verification::Rejected("The token's exp is no time."),
        }
    }
}
