//! Who is asking: a token becomes a member, or a reason why not.
//!
//! The space's portal says whose a member's own Nexudus token is. A token that the operator's server has signed is
//! checked here. The gateway keeps neither of them, only a keyed hash for some minutes.

mod client;
mod jwks;
mod jwt;
mod memory;
mod portal;
mod ring_provider;

use std::sync::Arc;
use std::time::{Duration, SystemTime};

use coworker_notifications::model::CoworkerId;

pub use client::BuildError;

use crate::config::{Address, JwtConfig};
use jwt::{Signed, Verdict};
use memory::{Known, Memory};
use portal::Portal;

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
pub enum Unknown {
    /// The token is wrong or has expired, in words.
    Refused(&'static str),
    /// The token is good, but its user is no member of the space.
    NoProfile,
    /// The server that knows does not answer now.
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
    memory: Memory,
    portal: Option<Portal>,
    signed: Option<Signed>,
}

impl Identity {
    /// Sends no request yet.
    pub fn new(portal: Option<&Address>, jwt: Option<&JwtConfig>) -> Result<Self, BuildError> {
        let client = client::build()?;
        let portal = portal.map(|address| Portal::new(client.clone(), address));
        let signed = jwt.map(|config| Signed::new(client, config));
        Ok(Self { inner: Arc::new(Inner { memory: Memory::new(), portal, signed }) })
    }

    /// The member that a token belongs to.
    pub async fn of(&self, token: &str) -> Result<Member, Unknown> {
        let inner = &*self.inner;
        if token.len() > LONGEST_TOKEN || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(Unknown::Refused("The token is none: it is too long, or holds spaces or other characters."));
        }
        let key = inner.memory.key(token);
        if let Some(known) = inner.memory.get(&key).await {
            return known.answer(SystemTime::now());
        }
        let mut refused = "The token is not known, or has expired.";
        if let Some(signed) = &inner.signed {
            match signed.verify(token).await {
                Verdict::Member(member) => {
                    inner.memory.insert(key, Known::Member(member.clone())).await;
                    return Ok(member);
                }
                Verdict::Refused(why) => return Err(Unknown::Refused(why)),
                Verdict::Unavailable { retry_after } => return Err(Unknown::Unavailable { retry_after }),
                Verdict::NotOurs(why) => refused = why,
            }
        }
        let Some(portal) = &inner.portal else { return Err(Unknown::Refused(refused)) };
        let known = inner.memory.get_or_ask(key, portal.ask(token)).await;
        known
            .map_err(|unavailable| Unknown::Unavailable { retry_after: unavailable.retry_after })?
            .answer(SystemTime::now())
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
