//! The names of all texts.

use crate::{error::FailureKind, model::Meaning};

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident = $text:literal,)+) => {
        /// One text of the widget. Its name is the key in `locales/*.json` and in the element's `labels`.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Key { $($(#[$doc])* $name),+ }

        impl Key {
            /// The names, in the order of the variants.
            pub const NAMES: &'static [&'static str] = &[$($text),+];
        }
    };
}

keys! {
    /// Heading of the panel, and the bell's name while nothing is unread.
    Title = "title",
    /// The bell's name, `{count}`.
    BellUnread = "bell.unread",
    /// Closes the panel.
    Close = "close",
    /// Marks what came since the panel was last open.
    New = "new",
    /// Names a row's dismiss button, `{label}`.
    Dismiss = "dismiss",
    /// Dismisses all.
    All = "all",
    /// Asks before dismissing all, `{count}`.
    AllAsk = "all.ask",
    /// Yes to that.
    AllYes = "all.yes",
    /// No to that.
    AllNo = "all.no",
    /// How far dismissing all has come, `{done}` and `{total}`.
    AllProgress = "all.progress",
    /// Heading of today's notifications.
    GroupToday = "group.today",
    /// Heading of yesterday's.
    GroupYesterday = "group.yesterday",
    /// Heading of the last seven days.
    GroupWeek = "group.week",
    /// Heading of the rest.
    GroupEarlier = "group.earlier",
    /// Names the row of filters.
    Filters = "filters",
    /// The filter that lets all through.
    FilterAll = "filter.all",
    /// Loads the next page.
    More = "more",
    /// The next page is on its way.
    MoreLoading = "more.loading",
    /// Shows the rest of a long message.
    MessageMore = "message.more",
    /// Hides it again.
    MessageLess = "message.less",
    /// Less than a minute ago.
    TimeNow = "time.now",
    /// Nothing has arrived yet.
    Loading = "loading",
    /// There are no notifications.
    EmptyTitle = "empty.title",
    /// What will happen here.
    EmptyText = "empty.text",
    /// Names the choice between the two lists.
    Views = "views",
    /// What is neither dismissed nor snoozed.
    ViewInbox = "view.inbox",
    /// What is dismissed or snoozed.
    ViewDismissed = "view.dismissed",
    /// Brings a dismissed one back.
    Restore = "restore",
    /// How long one is snoozed, `{when}`.
    SnoozedUntil = "snoozed.until",
    /// Ends that now.
    Wake = "wake",
    /// Nothing is dismissed.
    DismissedTitle = "dismissed.title",
    /// What will be found here.
    DismissedText = "dismissed.text",
    /// There is no token yet.
    WaitingToken = "waiting.token",
    /// There is no coworker yet.
    WaitingCoworker = "waiting.coworker",
    /// No answer.
    ErrorNetwork = "error.network",
    /// No answer in time.
    ErrorTimeout = "error.timeout",
    /// HTTP 401.
    ErrorUnauthorized = "error.unauthorized",
    /// HTTP 403.
    ErrorForbidden = "error.forbidden",
    /// HTTP 409 or 429.
    ErrorThrottled = "error.throttled",
    /// Any other refusal.
    ErrorServer = "error.server",
    /// An answer that cannot be read.
    ErrorDecode = "error.decode",
    /// A wrong attribute.
    ErrorConfig = "error.config",
    /// The browser does not store.
    ErrorStorage = "error.storage",
    /// A row's dismissal failed.
    ErrorDismiss = "error.dismiss",
    /// Tries again now.
    Retry = "retry",
    /// When it tries again by itself, `{when}`.
    RetryAt = "retry.at",
    /// There is no network.
    Offline = "offline",
    /// When the list was last the server's, `{when}`.
    OfflineSince = "offline.since",
    /// Takes a dismissal back.
    Undo = "undo",
    /// What can be taken back, `{count}`.
    UndoCount = "undo.count",
    /// How many arrivals there are beside those that are shown, `{count}`.
    ToastMore = "toast.more",
    /// Said aloud: notifications arrived, `{count}`.
    LiveArrived = "live.arrived",
    /// Said aloud: notifications were dismissed, `{count}`.
    LiveDismissed = "live.dismissed",
    /// Said aloud: a dismissal was taken back.
    LiveRestored = "live.restored",
    /// Names the button of a row's menu, `{label}`.
    Menu = "menu",
    /// Hides a notification for a while.
    MenuSnooze = "menu.snooze",
    /// Hides all of a notification's type.
    MenuMute = "menu.mute",
    /// Puts a message on the clipboard.
    MenuCopy = "menu.copy",
    /// For so long.
    SnoozeHour = "snooze.hour",
    /// Until then.
    SnoozeEvening = "snooze.evening",
    /// Until then.
    SnoozeTomorrow = "snooze.tomorrow",
    /// Until then.
    SnoozeMonday = "snooze.monday",
    /// Until a moment of the member's own choice.
    SnoozePick = "snooze.pick",
    /// Names the field for that moment.
    SnoozeAt = "snooze.at",
    /// What can be taken back, `{count}`.
    UndoSnoozed = "undo.snoozed",
    /// Said aloud: notifications were snoozed, `{count}`.
    LiveSnoozed = "live.snoozed",
    /// What can be taken back: a type was muted, `{label}`.
    UndoMuted = "undo.muted",
    /// Said aloud: a type was muted, `{label}`.
    LiveMuted = "live.muted",
    /// Names the page of preferences, and the button that opens it.
    Preferences = "preferences",
    /// Names the switches of the types.
    PreferencesTypes = "preferences.types",
    /// Names the switch for arrivals shown beside the bell.
    PreferencesToasts = "preferences.toasts",
    /// Names the switch for system notifications.
    PreferencesAlerts = "preferences.alerts",
    /// Offers system notifications.
    AlertsOffer = "alerts.offer",
    /// Label of a type; the others follow in the order of [`Meaning::ALL`].
    TypeBlog = "type.blog",
    /// Label of a type.
    TypeCommunityEvent = "type.community-event",
    /// Label of a type.
    TypeCommunityMessage = "type.community-message",
    /// Label of a type.
    TypeCommunityThread = "type.community-thread",
    /// Label of a type.
    TypeCourse = "type.course",
    /// Label of a type.
    TypeInvoice = "type.invoice",
    /// Label of a type.
    TypeIdentityCheckFailed = "type.identity-check-failed",
    /// Label of a type.
    TypeIdentityCheckSucceeded = "type.identity-check-success",
    /// Label of a type.
    TypePushNotification = "type.push-notification",
    /// Label of a type.
    TypeReplyLike = "type.reply-like",
    /// Label of a type.
    TypeSaltoLocker = "type.salto-locker",
    /// Label of a type.
    TypeSurvey = "type.survey",
    /// Label of a type.
    TypeThreadLike = "type.thread-like",
    /// Label of types this version does not know.
    TypeGeneric = "type.generic",
}

impl Key {
    /// Where the text is kept.
    pub(super) fn index(self) -> usize {
        self as usize
    }

    /// Where the text of this name is kept. A raw NotificationType names its label.
    pub(super) fn find(name: &str) -> Option<usize> {
        let position = |wanted: &str| Self::NAMES.iter().position(|name| *name == wanted);
        position(name).or_else(|| {
            let kind = crate::model::NotificationType::from(name.strip_prefix("type.").unwrap_or(name));
            let meaning = kind.meaning();
            (meaning != Meaning::Generic).then(|| Self::of_type(meaning).index())
        })
    }

    /// The label of a kind of notification.
    pub fn of_type(meaning: Meaning) -> Self {
        match meaning {
            Meaning::Blog => Self::TypeBlog,
            Meaning::CommunityEvent => Self::TypeCommunityEvent,
            Meaning::CommunityMessage => Self::TypeCommunityMessage,
            Meaning::CommunityThread => Self::TypeCommunityThread,
            Meaning::Course => Self::TypeCourse,
            Meaning::Invoice => Self::TypeInvoice,
            Meaning::IdentityCheckFailed => Self::TypeIdentityCheckFailed,
            Meaning::IdentityCheckSucceeded => Self::TypeIdentityCheckSucceeded,
            Meaning::PushNotification => Self::TypePushNotification,
            Meaning::ReplyLike => Self::TypeReplyLike,
            Meaning::SaltoLocker => Self::TypeSaltoLocker,
            Meaning::Survey => Self::TypeSurvey,
            Meaning::ThreadLike => Self::TypeThreadLike,
            Meaning::Generic => Self::TypeGeneric,
        }
    }

    /// What a failure is called.
    pub fn of_failure(kind: FailureKind) -> Self {
        match kind {
            FailureKind::Network => Self::ErrorNetwork,
            FailureKind::Timeout => Self::ErrorTimeout,
            FailureKind::Unauthorized => Self::ErrorUnauthorized,
            FailureKind::Forbidden => Self::ErrorForbidden,
            FailureKind::Throttled => Self::ErrorThrottled,
            FailureKind::Server => Self::ErrorServer,
            FailureKind::Decode => Self::ErrorDecode,
            FailureKind::Config => Self::ErrorConfig,
            FailureKind::Storage => Self::ErrorStorage,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_meaning_finds_its_label_by_its_own_key() {
        for meaning in Meaning::ALL {
            let name = ["type.", meaning.key()].concat();
            assert_eq!(Key::find(&name), Some(Key::of_type(*meaning).index()), "{name}");
        }
    }

    #[test]
    fn a_received_spelling_names_its_label_too() {
        assert_eq!(Key::find("coworkerinvoice"), Some(Key::TypeInvoice.index()));
        assert_eq!(Key::find("identitycheck-fail"), Some(Key::TypeIdentityCheckFailed.index()));
        assert_eq!(Key::find("no-such-text"), None);
    }
}
