//! What caused a notification, and what that means to a member.

use std::{borrow::Cow, fmt};

/// `NotificationType`: the text as received, and what it means.
///
/// The reference names 15 common values and allows others. Two of them have an alternate spelling with the same
/// [`Meaning`]; case and surrounding space do not matter to the meaning. The text stays as it was received, because
/// an update writes it back. Source: Nexudus REST reference, CoworkerNotification.
///
/// ```
/// use coworker_notifications::model::{Meaning, NotificationType};
///
/// let kind = NotificationType::from(" IdentityCheck-Fail ");
/// assert_eq!(kind.meaning(), Meaning::IdentityCheckFailed);
/// assert_eq!(kind.as_str(), " IdentityCheck-Fail ");
/// assert!(kind.matches(&NotificationType::IDENTITY_CHECK_FAILED));
/// assert_eq!(NotificationType::from("printer-jam").meaning(), Meaning::Generic);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct NotificationType {
    meaning: Meaning,
    text: Cow<'static, str>,
}

macro_rules! known {
    ($($(#[$doc:meta])* $name:ident = $text:literal => $meaning:ident;)+) => {
        impl NotificationType {
            $($(#[$doc])* pub const $name: Self = Self { meaning: Meaning::$meaning, text: Cow::Borrowed($text) };)+

            /// The 15 values that the reference names.
            pub const KNOWN: &'static [Self] = &[$(Self::$name),+];
        }
    };
}

known! {
    /// New blog post published.
    BLOG = "blog" => Blog;
    /// Community event update.
    COMMUNITY_EVENT = "community-event" => CommunityEvent;
    /// New community message.
    COMMUNITY_MESSAGE = "community-message" => CommunityMessage;
    /// New community thread.
    COMMUNITY_THREAD = "community-thread" => CommunityThread;
    /// Course update.
    COURSE = "course" => Course;
    /// New invoice generated.
    COWORKER_INVOICE = "coworkerinvoice" => Invoice;
    /// Identity check failed.
    IDENTITYCHECK_FAIL = "identitycheck-fail" => IdentityCheckFailed;
    /// Identity check failed (alternate spelling).
    IDENTITY_CHECK_FAILED = "identity-check-failed" => IdentityCheckFailed;
    /// Identity check succeeded.
    IDENTITY_CHECK_SUCCESS = "identity-check-success" => IdentityCheckSucceeded;
    /// Identity check succeeded (alternate spelling).
    IDENTITYCHECK_SUCCESS = "identitycheck-success" => IdentityCheckSucceeded;
    /// Generic push notification.
    PUSH_NOTIFICATION = "push-notification" => PushNotification;
    /// Someone liked a reply.
    REPLY_LIKE = "reply-like" => ReplyLike;
    /// Salto locker event.
    SALTO_LOCKER = "salto-locker" => SaltoLocker;
    /// Survey notification.
    SURVEY = "survey" => Survey;
    /// Someone liked a thread.
    THREAD_LIKE = "thread-like" => ThreadLike;
}

impl NotificationType {
    /// What it means, whatever the spelling.
    pub fn meaning(&self) -> Meaning {
        self.meaning
    }

    /// The text exactly as received.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether both types have the same cause. Known types are compared by their meaning, unknown ones by their text
    /// without regard to case and outer space.
    pub fn matches(&self, other: &Self) -> bool {
        self.meaning == other.meaning
            && (self.meaning != Meaning::Generic || self.text.trim().eq_ignore_ascii_case(other.text.trim()))
    }

    fn known(text: &str) -> Option<&'static Self> {
        let trimmed = text.trim();
        Self::KNOWN.iter().find(|known| known.text.eq_ignore_ascii_case(trimmed))
    }
}

impl From<&str> for NotificationType {
    fn from(text: &str) -> Self {
        match Self::known(text) {
            Some(known) if known.text == text => known.clone(),
            known => Self {
                meaning: known.map_or(Meaning::Generic, |known| known.meaning),
                text: Cow::Owned(text.to_owned()),
            },
        }
    }
}

impl From<String> for NotificationType {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl fmt::Display for NotificationType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

macro_rules! meanings {
    ($($(#[$doc:meta])* $name:ident = $key:literal, $tone:ident;)+) => {
        /// What a notification is about: the 15 common types without their alternate spellings, and the rest.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Meaning { $($(#[$doc])* $name),+ }

        impl Meaning {
            /// Every meaning, the generic one last.
            pub const ALL: &'static [Self] = &[$(Self::$name),+];

            /// A stable name, the key of text and icon tables.
            pub fn key(self) -> &'static str {
                match self { $(Self::$name => $key),+ }
            }

            /// Its tone.
            pub fn tone(self) -> Tone {
                match self { $(Self::$name => Tone::$tone),+ }
            }
        }
    };
}

meanings! {
    /// New blog post published.
    Blog = "blog", Neutral;
    /// Community event update.
    CommunityEvent = "community-event", Neutral;
    /// New community message.
    CommunityMessage = "community-message", Neutral;
    /// New community thread.
    CommunityThread = "community-thread", Neutral;
    /// Course update.
    Course = "course", Neutral;
    /// New invoice generated.
    Invoice = "invoice", Neutral;
    /// Identity check failed.
    IdentityCheckFailed = "identity-check-failed", Alert;
    /// Identity check succeeded.
    IdentityCheckSucceeded = "identity-check-success", Success;
    /// Generic push notification.
    PushNotification = "push-notification", Neutral;
    /// Someone liked a reply.
    ReplyLike = "reply-like", Neutral;
    /// Salto locker event.
    SaltoLocker = "salto-locker", Neutral;
    /// Survey notification.
    Survey = "survey", Neutral;
    /// Someone liked a thread.
    ThreadLike = "thread-like", Neutral;
    /// A type this version does not know, or none at all.
    Generic = "generic", Neutral;
}

/// The tone of a notification, which determines its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Information.
    Neutral,
    /// Something went well.
    Success,
    /// Something needs the member.
    Alert,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_15_values_is_known_and_keeps_its_text() {
        let values = [
            "blog",
            "community-event",
            "community-message",
            "community-thread",
            "course",
            "coworkerinvoice",
            "identitycheck-fail",
            "identity-check-failed",
            "identity-check-success",
            "identitycheck-success",
            "push-notification",
            "reply-like",
            "salto-locker",
            "survey",
            "thread-like",
        ];
        assert_eq!(NotificationType::KNOWN.len(), values.len());
        for value in values {
            let kind = NotificationType::from(value);
            assert_ne!(kind.meaning(), Meaning::Generic, "{value}");
            assert_eq!(kind.as_str(), value);
            assert!(matches!(kind.text, Cow::Borrowed(_)), "{value} needs no copy");
        }
    }

    #[test]
    fn alternate_spellings_share_one_meaning_and_one_tone() {
        for (one, other, tone) in [
            ("identitycheck-fail", "identity-check-failed", Tone::Alert),
            ("identitycheck-success", "identity-check-success", Tone::Success),
        ] {
            let (one, other) = (NotificationType::from(one), NotificationType::from(other));
            assert_eq!(one.meaning(), other.meaning());
            assert_eq!(one.meaning().tone(), tone);
            assert!(one.matches(&other));
            assert_ne!(one, other, "the received texts differ");
        }
    }

    #[test]
    fn case_and_outer_space_change_the_text_but_not_the_meaning() {
        let kind = NotificationType::from("  Community-EVENT\n");
        assert_eq!(kind.meaning(), Meaning::CommunityEvent);
        assert_eq!(kind.as_str(), "  Community-EVENT\n");
    }

    #[test]
    fn unknown_and_empty_types_are_generic_and_kept() {
        for text in ["", "  ", "printer-jam", "блог"] {
            let kind = NotificationType::from(text);
            assert_eq!(kind.meaning(), Meaning::Generic);
            assert_eq!(kind.as_str(), text);
        }
        assert!(NotificationType::from("Printer-Jam ").matches(&NotificationType::from("printer-jam")));
        assert!(!NotificationType::from("printer-jam").matches(&NotificationType::from("")));
    }

    #[test]
    fn keys_are_unique() {
        let mut keys: Vec<_> = Meaning::ALL.iter().map(|meaning| meaning.key()).collect();
        keys.sort_unstable();
        keys.dedup();
        assert_eq!(keys.len(), 14);
    }
}
