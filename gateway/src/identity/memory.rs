//! A memory of tokens: a keyed hash of each, and its member, for some minutes.

use std::sync::Arc;
use std::time::{Duration, Instant, SystemTime};

use moka::Expiry;
use moka::future::Cache;
use ring::{hmac, rand};

use super::portal::Unavailable;
use super::{Member, Unknown};

/// How long a token's member is remembered.
const KNOWN: Duration = Duration::from_secs(5 * 60);
/// How long it is remembered that a token belongs to no member.
const UNKNOWN: Duration = Duration::from_secs(30);
/// More tokens than the largest space has members. Tokens beyond that are asked about again.
const MOST: u64 = 100_000;

/// A token's keyed hash.
pub(super) type Key = [u8; 32];

/// What is known of a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Known {
    Member(Member),
    Nobody,
    NoProfile,
}

impl Known {
    pub(super) fn answer(self, now: SystemTime) -> Result<Member, Unknown> {
        match self {
            Self::Member(member) if member.expires().is_some_and(|expires| expires + super::jwt::LEEWAY < now) => {
                Err(Unknown::Refused("The token has expired."))
            }
            Self::Member(member) => Ok(member),
            Self::Nobody => Err(Unknown::Refused("The portal does not know the token, or it has expired.")),
            Self::NoProfile => Err(Unknown::NoProfile),
        }
    }

    fn lifetime(&self) -> Duration {
        match self {
            Self::Member(_) => KNOWN,
            Self::Nobody | Self::NoProfile => UNKNOWN,
        }
    }
}

/// The tokens of the last minutes. Only one question at a time is sent about the same token.
pub(super) struct Memory {
    secret: hmac::Key,
    known: Cache<Key, Known>,
}

impl Memory {
    pub(super) fn new() -> Self {
        let random = rand::SystemRandom::new();
        // If the system's random numbers fail at all, they fail before the first request.
        let secret = hmac::Key::generate(hmac::HMAC_SHA256, &random)
            .unwrap_or_else(|_| hmac::Key::new(hmac::HMAC_SHA256, &::rand::random::<[u8; 32]>()));
        Self { secret, known: Cache::builder().max_capacity(MOST).expire_after(Lifetimes).build() }
    }

    /// The hash that represents a token. It is useless without this process's key.
    pub(super) fn key(&self, token: &str) -> Key {
        let tag = hmac::sign(&self.secret, token.as_bytes());
        let mut key = Key::default();
        key.copy_from_slice(tag.as_ref());
        key
    }

    pub(super) async fn get(&self, key: &Key) -> Option<Known> {
        self.known.get(key).await
    }

    pub(super) async fn insert(&self, key: Key, known: Known) {
        self.known.insert(key, known).await;
    }

    /// The remembered answer, or the answer to `question`. Simultaneous callers share one question.
    pub(super) async fn get_or_ask(
        &self,
        key: Key,
        question: impl Future<Output = Result<Known, Unavailable>>,
    ) -> Result<Known, Arc<Unavailable>> {
        self.known.try_get_with(key, question).await
    }
}

struct Lifetimes;

impl Expiry<Key, Known> for Lifetimes {
    fn expire_after_create(&self, _: &Key, known: &Known, _: Instant) -> Option<Duration> {
        Some(known.lifetime())
    }

    fn expire_after_update(&self, _: &Key, known: &Known, _: Instant, _: Option<Duration>) -> Option<Duration> {
        Some(known.lifetime())
    }
}

#[cfg(test)]
mod tests {
    use coworker_notifications::model::CoworkerId;

    use super::*;

    #[test]
    fn nothing_is_remembered_for_longer_than_promised() {
        let member = Known::Member(Member::new(&[CoworkerId(1)], None).unwrap());
        let lifetime = |known: &Known| Lifetimes.expire_after_create(&Key::default(), known, Instant::now());
        assert_eq!(lifetime(&member), Some(Duration::from_secs(300)));
        assert_eq!(lifetime(&Known::Nobody), Some(Duration::from_secs(30)));
        assert_eq!(lifetime(&Known::NoProfile), Some(Duration::from_secs(30)));
    }

    #[test]
    fn a_remembered_token_still_expires() {
        let now = SystemTime::now();
        let member = |expires| Known::Member(Member::new(&[CoworkerId(1)], Some(expires)).unwrap());
        assert!(member(now + Duration::from_secs(1)).answer(now).is_ok());
        assert!(member(now - Duration::from_secs(61)).answer(now).is_err());
    }

    #[test]
    fn hashes_of_two_processes_differ() {
        let (one, other) = (Memory::new(), Memory::new());
        assert_eq!(one.key("token"), one.key("token"));
        assert_ne!(one.key("token"), one.key("token2"));
        assert_ne!(one.key("token"), other.key("token"));
    }
}
