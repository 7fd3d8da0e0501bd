//! A member's preferences, and the text that stores them.

use crate::{
    json::{Object, array, boolean, join, text},
    model::NotificationType,
};

/// A member's preferences.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Preferences {
    /// These types are neither listed nor counted.
    pub muted_types: Vec<NotificationType>,
    /// Arrivals are not shown beside the bell, whatever the page offers.
    pub no_toasts: bool,
    /// No system notifications, whatever the page offers.
    pub no_alerts: bool,
}

/// One choice of a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Preference {
    /// Whether notifications of this type are listed and counted.
    Type(NotificationType, bool),
    /// Whether arrivals are shown beside the bell.
    Toasts(bool),
    /// Whether system notifications are shown.
    Alerts(bool),
}

impl Preferences {
    /// Reads a JSON object such as `{"mutedTypes":["survey"],"toasts":true,"alerts":false}`; a missing field restricts
    /// nothing. `None` for anything else.
    pub fn decode(json: &str) -> Option<Self> {
        let object = Object::parse(json).ok()?;
        let mut muted: Vec<NotificationType> = Vec::new();
        if let Some(types) = object.get("mutedTypes") {
            for item in array(types)? {
                let kind = NotificationType::from(text(item)?);
                if !muted.iter().any(|other| other.matches(&kind)) {
                    muted.push(kind);
                }
            }
        }
        let is_off = |name| object.get(name).map_or(Some(false), |value| boolean(value).map(|on| !on));
        Some(Self { muted_types: muted, no_toasts: is_off("toasts")?, no_alerts: is_off("alerts")? })
    }

    /// The text that [`Preferences::decode`] reads.
    pub fn encode(&self) -> String {
        let word = |off| if off { "false" } else { "true" };
        let muted = self.muted_types.iter().map(|kind| serde_json::to_string(kind.as_str()).unwrap_or_default());
        let muted = join(muted);
        ["{\"mutedTypes\":", &muted, ",\"toasts\":", word(self.no_toasts), ",\"alerts\":", word(self.no_alerts), "}"]
            .concat()
    }

    /// Whether notifications of this type are hidden.
    pub fn mutes(&self, kind: &NotificationType) -> bool {
        self.muted_types.iter().any(|muted| muted.matches(kind))
    }

    /// The same with one choice changed.
    #[must_use]
    pub fn with(mut self, choice: Preference) -> Self {
        match choice {
            Preference::Type(kind, shown) => {
                self.muted_types.retain(|muted| !muted.matches(&kind));
                if !shown {
                    self.muted_types.push(kind);
                }
            }
            Preference::Toasts(shown) => self.no_toasts = !shown,
            Preference::Alerts(shown) => self.no_alerts = !shown,
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> NotificationType {
        NotificationType::from(text)
    }

    #[test]
    fn what_is_written_is_read_again() {
        let chosen = Preferences {
            muted_types: vec![kind("thread-like"), kind("a \"b\", \\c"), kind("")],
            no_toasts: true,
            no_alerts: false,
        };
        assert_eq!(Preferences::decode(&chosen.encode()), Some(chosen));
        assert_eq!(Preferences::default().encode(), r#"{"mutedTypes":[],"toasts":true,"alerts":true}"#);
    }

    #[test]
    fn what_is_left_out_is_not_restricted() {
        for json in ["{}", r#"{"mutedTypes":null,"alerts":null}"#, r#"{"later":[1]}"#] {
            assert_eq!(Preferences::decode(json), Some(Preferences::default()), "{json}");
        }
    }

    #[test]
    fn anything_else_is_no_preferences() {
        for json in ["", "[]", "{", r#"{"mutedTypes":"blog"}"#, r#"{"mutedTypes":[{}]}"#, r#"{"alerts":"perhaps"}"#] {
            assert_eq!(Preferences::decode(json), None, "{json}");
        }
    }

    #[test]
    fn a_type_is_muted_once_in_whatever_spelling_and_unmuted_in_any() {
        let failed = "identitycheck-fail";
        let chosen = Preferences::decode(r#"{"mutedTypes":["identity-check-failed","IDENTITYCHECK-FAIL"]}"#).unwrap();
        assert_eq!(chosen.muted_types.len(), 1);
        let chosen = chosen.with(Preference::Type(kind(failed), false));
        assert_eq!(chosen.muted_types, [kind(failed)]);
        assert!(chosen.mutes(&kind("identity-check-failed")));
        assert!(!chosen.mutes(&kind("survey")));
        assert_eq!(chosen.with(Preference::Type(kind("identity-check-failed"), true)), Preferences::default());
    }

    #[test]
    fn switches_are_independent() {
        let chosen = Preferences::default().with(Preference::Toasts(false)).with(Preference::Alerts(false));
        assert!(chosen.no_toasts && chosen.no_alerts);
        let chosen = chosen.with(Preference::Toasts(true));
        assert!(!chosen.no_toasts && chosen.no_alerts);
    }
}
