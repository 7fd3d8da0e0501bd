//! Faults that can be switched on: the ways in which a real API misbehaves.
//!
//! This file has the switches and their effect on one request; `layer` applies it.

mod damage;
mod layer;

use std::num::NonZeroUsize;
use std::time::Duration;

use axum::http::{HeaderValue, StatusCode};
use serde::{Deserialize, Serialize};

pub(crate) use layer::apply;

/// The switches, as `/sandbox/faults` reads and writes them. The default is a faultless API.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub(crate) struct Faults {
    /// Every answer waits this long.
    pub(crate) delay_ms: u64,
    /// Answer with this error without handling the request.
    pub(crate) status: Option<u16>,
    /// The Retry-After of those errors: seconds or an HTTP date.
    pub(crate) retry_after: Option<String>,
    /// Handle the request, then answer with another body.
    pub(crate) body: Option<BodyFault>,
    /// Handle the request, then cut the connection in the middle of the answer.
    pub(crate) drop: bool,
    /// Refuse all writes with this status, as accounts do whose notifications are read-only.
    pub(crate) refuse_writes: Option<u16>,
    /// Answer writes with HTTP 200 and `WasSuccessful: false`, without doing anything.
    pub(crate) envelope_failure: bool,
    /// What `dir` means.
    pub(crate) dir: Direction,
    /// Pages are never longer than this.
    pub(crate) max_page_size: Option<NonZeroUsize>,
    /// Whether pages of other origins may call.
    pub(crate) cors: bool,
    /// One record of every list cannot be read.
    pub(crate) bad_record: bool,
    /// The vendor's documented limits hold: what is above them is answered with 409.
    pub(crate) limits: bool,
    /// Lifetime in seconds of tokens that are issued from now on; `null` for the vendor's 604,799.
    pub(crate) token_lifetime: Option<u32>,
    /// Which requests `delayMs`, `status`, `body` and `drop` affect.
    pub(crate) apply_to: ApplyTo,
    /// Only this many requests are affected; `null` for all. (`dir`, `maxPageSize` and `cors` stay.)
    pub(crate) remaining: Option<u32>,
}

impl Default for Faults {
    fn default() -> Self {
        Self {
            delay_ms: 0,
            status: None,
            retry_after: None,
            body: None,
            drop: false,
            refuse_writes: None,
            envelope_failure: false,
            dir: Direction::default(),
            max_page_size: None,
            cors: true,
            bad_record: false,
            limits: false,
            token_lifetime: None,
            apply_to: ApplyTo::default(),
            remaining: None,
        }
    }
}

/// The body that is sent instead of the right one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum BodyFault {
    /// An error page for people.
    Html,
    Empty,
    /// The first half of the JSON, as if that were all.
    Truncated,
    /// Bytes that are neither JSON nor text.
    Garbage,
}

/// The three documented meanings of `dir`, and none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Direction {
    /// `0` ascending, `1` descending (newest documentation).
    #[default]
    OneIsDescending,
    /// `1` ascending, `-1` descending (older documentation).
    OneIsAscending,
    /// `ascending`, `descending` (oldest documentation).
    Words,
    /// Always ascending.
    Ignored,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum ApplyTo {
    #[default]
    All,
    Reads,
    Writes,
    /// The portal's answer about a member, which no other target affects.
    Portal,
}

/// What kind of request is to be affected.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Target {
    List,
    Record,
    Write,
    Portal,
}

/// The effect of the faults on one request, in this order.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Effect {
    pub(crate) delay: Duration,
    /// Instead of the real answer.
    pub(crate) answer: Option<FalseAnswer>,
    pub(crate) bad_record: bool,
    pub(crate) body: Option<BodyFault>,
    pub(crate) drop: bool,
}

/// An answer that no handler gave.
#[derive(Debug, PartialEq)]
pub(crate) enum FalseAnswer {
    Error { status: StatusCode, retry_after: Option<HeaderValue> },
    Refused(StatusCode),
    Failed,
}

impl Faults {
    /// Checks the values. `Err` names the field, its value, and what would be right.
    pub(crate) fn check(&self) -> Result<(), String> {
        if let Some(status) = self.status
            && !(400..600).contains(&status)
        {
            return Err(format!("status: {status} is no error; it has to be from 400 to 599"));
        }
        if let Some(status) = self.refuse_writes
            && ![403, 404, 405, 501].contains(&status)
        {
            return Err(format!("refuseWrites: {status} is not one of 403, 404, 405, 501"));
        }
        if let Some(text) = &self.retry_after
            && HeaderValue::from_str(text).is_err()
        {
            return Err(format!("retryAfter: {text:?} cannot stand in a header"));
        }
        Ok(())
    }

    /// The effect on a request, if there is one, which then counts `remaining` down.
    pub(crate) fn effect(&mut self, target: Target) -> Option<Effect> {
        let effect = self.plan(target);
        if effect == Effect::default() {
            return None;
        }
        match &mut self.remaining {
            Some(0) => return None,
            Some(remaining) => *remaining -= 1,
            None => {}
        }
        Some(effect)
    }

    fn plan(&self, target: Target) -> Effect {
        let mut effect = Effect::default();
        if self.applies_to(target) {
            effect.delay = Duration::from_millis(self.delay_ms);
            effect.body = self.body;
            effect.drop = self.drop;
            effect.answer = status(self.status).map(|status| FalseAnswer::Error {
                status,
                retry_after: self.retry_after.as_deref().and_then(|text| text.parse().ok()),
            });
        }
        if target == Target::Write && effect.answer.is_none() {
            effect.answer = status(self.refuse_writes)
                .map(FalseAnswer::Refused)
                .or(self.envelope_failure.then_some(FalseAnswer::Failed));
        }
        effect.bad_record = self.bad_record && target == Target::List;
        effect
    }

    fn applies_to(&self, target: Target) -> bool {
        match self.apply_to {
            ApplyTo::All => target != Target::Portal,
            ApplyTo::Reads => matches!(target, Target::List | Target::Record),
            ApplyTo::Writes => target == Target::Write,
            ApplyTo::Portal => target == Target::Portal,
        }
    }
}

fn status(code: Option<u16>) -> Option<StatusCode> {
    code.and_then(|code| StatusCode::from_u16(code).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_faults_nothing_is_struck() {
        for target in [Target::List, Target::Record, Target::Write] {
            assert_eq!(Faults::default().effect(target), None);
        }
    }

    #[test]
    fn only_requests_that_are_struck_count() {
        let mut faults = Faults { refuse_writes: Some(403), remaining: Some(1), ..Faults::default() };
        assert_eq!(faults.effect(Target::List), None);
        assert_eq!(faults.remaining, Some(1));
        assert!(faults.effect(Target::Write).is_some());
        assert_eq!(faults.effect(Target::Write), None);
    }

    #[test]
    fn reads_can_be_struck_alone() {
        let mut faults = Faults { drop: true, apply_to: ApplyTo::Reads, ..Faults::default() };
        assert!(faults.effect(Target::List).is_some());
        assert!(faults.effect(Target::Record).is_some());
        assert_eq!(faults.effect(Target::Write), None);
    }

    #[test]
    fn the_portal_is_struck_only_where_that_is_asked_for() {
        let mut faults = Faults { status: Some(503), ..Faults::default() };
        assert_eq!(faults.effect(Target::Portal), None);
        faults.apply_to = ApplyTo::Portal;
        assert!(faults.effect(Target::Portal).is_some());
        assert_eq!(faults.effect(Target::List), None);
    }

    #[test]
    fn impossible_values_are_named() {
        let wrong = |faults: Faults| faults.check().expect_err("should be refused");
        let status = wrong(Faults { status: Some(200), ..Faults::default() });
        assert!(status.contains("status: 200"), "{status}");
        let refuse = wrong(Faults { refuse_writes: Some(500), ..Faults::default() });
        assert!(refuse.contains("403, 404, 405, 501"), "{refuse}");
        let retry = wrong(Faults { retry_after: Some("a\nb".into()), ..Faults::default() });
        assert!(retry.contains("retryAfter"), "{retry}");
    }
}
