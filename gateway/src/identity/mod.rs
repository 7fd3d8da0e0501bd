//! Identity: finds the member to whom a token belongs, or says why there is none.
//!
//! The space's portal says to whom a Nexudus token belongs. A token that the operator's server has signed is verified
//! here. The gateway stores neither of them: it keeps a keyed hash in memory for some minutes.

mod client;
mod jwks;
mod jwt;
mod portal;
mod ring_provider;
mod token_cache;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use coworker_notifications::model::CoworkerId;

pub use client::BuildError;

use crate::config::{Address, JwtConfig};
use jwt::{TokenVerifier, Verification};
use portal::Portal;
use token_cache::{TokenCache, TokenOwner};

/// The longest token that is looked at. Headers of common servers hold no longer ones.
const LONGEST_TOKEN: usize = 8 * 1024;

/// A member, with the profiles that they may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    coworkers: Arc<[CoworkerId]>,
    default: CoworkerId,
    expires: Option<SystemTime>,
}

impl Member {
    /// A member with these profiles, the default one first; `None` without any.
    pub fn new(coworkers: &[CoworkerId], expires: Option<SystemTime>) -> Option<Self> {
        let default = *coworkers.first()?;
        Some(Self { coworkers: coworkers.into(), default, expires })
    }

    /// All profiles that are theirs.
    pub fn coworkers(&self) -> &[CoworkerId] {
        &self.coworkers
    }

    /// The profile for requests that name none.
    pub fn default_coworker(&self) -> CoworkerId {
        self.default
    }

    /// Whether this profile is theirs.
    pub fn is(&self, coworker: CoworkerId) -> bool {
        self.coworkers.contains(&coworker)
    }

    /// When the token says that it expires.
    pub fn expires(&self) -> Option<SystemTime> {
        self.expires
    }

    /// Whether the token has expired by this clock. Another machine's clock may be a few seconds behind.
    pub fn has_expired(&self, now: SystemTime) -> bool {
        self.expires.is_some_and(|expires| expires <= now)
    }
}

/// Why a token does not identify a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IdentityError {
    /// The token is wrong or has expired, in words.
    Rejected(&'static str),
    /// The token is good, but its user is no member of the space.
    NoProfile,
    /// The server that knows the token does not answer now.
    Unavailable {
        /// After this time another try makes sense.
        retry_after: Duration,
    },
}

/// Finds members by their tokens. A clone shares its state.
#[derive(Clone)]
pub struct Identity {
    inner: Arc<Inner>,
}

struct Inner {
    tokens: TokenCache,
    portal: Option<Portal>,
    signed: Option<TokenVerifier>,
}

impl Identity {
    /// Sends no request yet.
    pub fn new(portal: Option<&Address>, jwt: Option<&JwtConfig>) -> Result<Self, BuildError> {
        let client = client::build()?;
        let portal = portal.map(|address| Portal::new(client.clone(), address));
        let signed = jwt.map(|config| TokenVerifier::new(client, config));
        Ok(Self { inner: Arc::new(Inner { tokens: TokenCache::new(), portal, signed }) })
    }

    /// The member that a token belongs to.
    pub async fn member(&self, token: &str) -> Result<Member, IdentityError> {
        let inner = &*self.inner;
        if token.len() > LONGEST_TOKEN || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(IdentityError::Rejected(
                "The token is none: it is too long, or holds spaces or other characters.",
            ));
        }
        let key = inner.tokens.key(token);
        if let Some(owner) = inner.tokens.get(&key).await {
            return owner.member(SystemTime::now());
        }
        let mut reason = "The token is not known, or has expired.";
        if let Some(signed) = &inner.signed {
            match signed.verify(token).await {
                Verification::Member(member) => {
                    inner.tokens.insert(key, TokenOwner::Member(member.clone())).await;
                    return Ok(member);
                }
                Verification::Rejected(why) => return Err(IdentityError::Rejected(why)),
                Verification::Unavailable { retry_after } => return Err(IdentityError::Unavailable { retry_after }),
                Verification::UnknownSigner(why) => reason = why,
            }
        }
        let Some(portal) = &inner.portal else { return Err(IdentityError::Rejected(reason)) };
        let owner = inner.tokens.get_or_request(key, portal.owner_of(token)).await;
        owner
            .map_err(|unavailable| IdentityError::Unavailable { retry_after: unavailable.retry_after })?
            .member(SystemTime::now())
    }

    /// Tries the portal with a token that nobody has: what was found, or what is wrong and what to do.
    pub async fn check_portal(&self) -> Option<Result<String, String>> {
        match &self.inner.portal {
            Some(portal) => Some(portal.check().await),
            None => None,
        }
    }

    /// Fetches the keys of signed tokens: what was found, or what is wrong and what to do.
    pub async fn check_keys(&self) -> Option<Result<String, String>> {
        match &self.inner.signed {
            Some(signed) => Some(signed.check().await),
            None => None,
        }
    }
}
