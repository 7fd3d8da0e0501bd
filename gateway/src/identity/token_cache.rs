//! Remembers for some minutes to whom tokens belong. The key of an entry is a keyed hash of the token.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use moka::Expiry;
use moka::future::Cache;
use ring::{hmac, rand};

use super::portal::Unavailable;
use super::{IdentityError, Member};

/// How long it is remembered to which member a token belongs.
const OF_A_MEMBER: Duration = Duration::from_secs(5 * 60);
/// How long it is remembered that a token belongs to no member.
const OF_NOBODY: Duration = Duration::from_secs(30);
/// The most entries: more than the largest space has members. Tokens beyond that are looked up again.
const MOST: u64 = 100_000;

/// A token's keyed hash.
pub(super) type Key = [u8; 32];

/// To whom a token belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum TokenOwner {
    Member(Member),
    Nobody,
    NoProfile,
}

impl TokenOwner {
    pub(super) fn member(self, now: SystemTime) -> Result<Member, IdentityError> {
        match self {
            Self::Member(member) if member.expires().is_some_and(|expires| expires + super::jwt::LEEWAY < now) => {
                Err(IdentityError::Rejected("The token has expired."))
            }
            Self::Member(member) => Ok(member),
            Self::Nobody => Err(IdentityError::Rejected("The portal does not know the token, or it has expired.")),
            Self::NoProfile => Err(IdentityError::NoProfile),
        }
    }

    fn lifetime(&self) -> Duration {
        match self {
            Self::Member(_) => OF_A_MEMBER,
            Self::Nobody | Self::NoProfile => OF_NOBODY,
        }
    }
}

/// The tokens of the last minutes. Only one request at a time is sent for one token.
pub(super) struct TokenCache {
    secret: hmac::Key,
    owners: Cache<Key, TokenOwner>,
}

impl TokenCache {
    pub(super) fn new() -> Self {
        let random = rand::SystemRandom::new();
        // If the system's random numbers fail at all, they fail before the first request.
        let secret = hmac::Key::generate(hmac::HMAC_SHA256, &random)
            .unwrap_or_else(|_| hmac::Key::new(hmac::HMAC_SHA256, &::rand::random::<[u8; 32]>()));
        Self { secret, owners: Cache::builder().max_capacity(MOST).expire_after(Lifetimes).build() }
    }

    /// The hash that represents a token. It is useless without this process's key.
    pub(super) fn key(&self, token: &str) -> Key {
        let tag = hmac::sign(&self.secret, token.as_bytes());
        let mut key = Key::default();
        key.copy_from_slice(tag.as_ref());
        key
    }

    pub(super) async fn get(&self, key: &Key) -> Option<TokenOwner> {
        self.owners.get(key).await
    }

    pub(super) async fn insert(&self, key: Key, known: TokenOwner) {
        self.owners.insert(key, known).await;
    }

    /// The remembered owner, or the result of `request`, which simultaneous calls for one token share.
    pub(super) async fn get_or_request(
        &self,
        key: Key,
        request: impl Future<Output = Result<TokenOwner, Unavailable>>,
    ) -> Result<TokenOwner, Arc<Unavailable>> {
        self.owners.try_get_with(key, request).await
    }
}

struct Lifetimes;

impl Expiry<Key, TokenOwner> for Lifetimes {
    fn expire_after_create(&self, _: &Key, known: &TokenOwner, _: Instant) -> Option<Duration> {
        Some(known.lifetime())
    }

    fn expire_after_update(&self, _: &Key, known: &TokenOwner, _: Instant, _: Option<Duration>) -> Option<Duration> {
        Some(known.lifetime())
    }
}

#[cfg(test)]
mod tests {
    use coworker_notifications::model::CoworkerId;

    use super::*;

    #[test]
    fn nothing_is_remembered_for_longer_than_promised() {
        let member = TokenOwner::Member(Member::new(&[CoworkerId(1)], None).unwrap());
        let lifetime = |known: &TokenOwner| Lifetimes.expire_after_create(&Key::default(), known, Instant::now());
        assert_eq!(lifetime(&member), Some(Duration::from_secs(300)));
        assert_eq!(lifetime(&TokenOwner::Nobody), Some(Duration::from_secs(30)));
        assert_eq!(lifetime(&TokenOwner::NoProfile), Some(Duration::from_secs(30)));
    }

    #[test]
    fn a_remembered_token_still_expires() {
        let now = SystemTime::now();
        let member = |expires| TokenOwner::Member(Member::new(&[CoworkerId(1)], Some(expires)).unwrap());
        assert!(member(now + Duration::from_secs(1)).member(now).is_ok());
        assert!(member(now - Duration::from_secs(61)).member(now).is_err());
    }

    #[test]
    fn hashes_of_two_processes_differ() {
        let (one, other) = (TokenCache::new(), TokenCache::new());
        assert_eq!(one.key("token"), one.key("token"));
        assert_ne!(one.key("token"), one.key("token2"));
        assert_ne!(one.key("token"), other.key("token"));
    }
}
