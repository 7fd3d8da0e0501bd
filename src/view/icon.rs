//! Icons: one family, drawn on a 24-unit grid and stroked in the colour of the text.
//!
//! The shapes are Lucide's (ISC licence, see THIRD-PARTY-NOTICES), each joined to a single path.

use super::tag::{Tag, tag};
use crate::model::Meaning;

/// A path on the 24-unit grid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Icon(&'static str);

impl Icon {
    /// The icon of a kind of notification.
    pub(super) fn of(meaning: Meaning) -> Self {
        match meaning {
            Meaning::Blog => Self::NEWSPAPER,
            Meaning::CommunityEvent => Self::CALENDAR,
            Meaning::CommunityMessage => Self::BUBBLE,
            Meaning::CommunityThread => Self::BUBBLES,
            Meaning::Course => Self::MORTARBOARD,
            Meaning::Invoice => Self::RECEIPT,
            Meaning::IdentityCheckFailed => Self::SHIELD_CROSS,
            Meaning::IdentityCheckSucceeded => Self::SHIELD_TICK,
            Meaning::PushNotification => Self::MEGAPHONE,
            Meaning::ReplyLike => Self::THUMB,
            Meaning::SaltoLocker => Self::LOCK,
            Meaning::Survey => Self::CLIPBOARD,
            Meaning::ThreadLike => Self::HEART,
            Meaning::Generic => Self::BELL,
        }
    }

    /// The drawing. Screen readers skip it and read the words beside it.
    pub(super) fn draw(self) -> Tag {
        let path = tag("path").attr("d", self.0);
        tag("svg").attr("viewBox", "0 0 24 24").attr("aria-hidden", "true").child(path)
    }

    /// Lucide's `bell`.
    pub(super) const BELL: Self = Self(
        "M10.268 21a2 2 0 0 0 3.464 0M3.262 15.326A1 1 0 0 0 4 17h16a1 1 0 0 0 .74-1.673C19.41 13.956 18 12.499 18 8A6 6 0 0 0 6 8c0 4.499-1.411 5.956-2.738 7.326",
    );
    /// Lucide's `newspaper`.
    pub(super) const NEWSPAPER: Self = Self(
        "M15 18h-5M18 14h-8M4 22h16a2 2 0 0 0 2-2V4a2 2 0 0 0-2-2H8a2 2 0 0 0-2 2v16a2 2 0 0 1-4 0v-9a2 2 0 0 1 2-2h2M11 6h6a1 1 0 0 1 1 1v2a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-2a1 1 0 0 1 1-1z",
    );
    /// Lucide's `calendar-days`.
    pub(super) const CALENDAR: Self = Self(
        "M8 2v3M16 2v3M5 3h14a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-14a2 2 0 0 1 2-2zM3 9h18M8 13h.01M12 13h.01M16 13h.01M8 17h.01M12 17h.01M16 17h.01",
    );
    /// Lucide's `message-circle`.
    pub(super) const BUBBLE: Self = Self(
        "M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719",
    );
    /// Lucide's `messages-square`.
    pub(super) const BUBBLES: Self = Self(
        "M16 10a2 2 0 0 1-2 2H6.828a2 2 0 0 0-1.414.586l-2.202 2.202A.71.71 0 0 1 2 14.286V4a2 2 0 0 1 2-2h10a2 2 0 0 1 2 2zM20 9a2 2 0 0 1 2 2v10.286a.71.71 0 0 1-1.212.502l-2.202-2.202A2 2 0 0 0 17.172 19H10a2 2 0 0 1-2-2v-1",
    );
    /// Lucide's `graduation-cap`.
    pub(super) const MORTARBOARD: Self = Self(
        "M21.42 10.922a1 1 0 0 0-.019-1.838L12.83 5.18a2 2 0 0 0-1.66 0L2.6 9.08a1 1 0 0 0 0 1.832l8.57 3.908a2 2 0 0 0 1.66 0zM22 10v6M6 12.5V16a6 3 0 0 0 12 0v-3.5",
    );
    /// Lucide's `receipt-text`.
    pub(super) const RECEIPT: Self = Self(
        "M13 16H8M14 8H8M16 12H8M4 3a1 1 0 0 1 1-1 1.3 1.3 0 0 1 .7.2l.933.6a1.3 1.3 0 0 0 1.4 0l.934-.6a1.3 1.3 0 0 1 1.4 0l.933.6a1.3 1.3 0 0 0 1.4 0l.933-.6a1.3 1.3 0 0 1 1.4 0l.934.6a1.3 1.3 0 0 0 1.4 0l.933-.6A1.3 1.3 0 0 1 19 2a1 1 0 0 1 1 1v18a1 1 0 0 1-1 1 1.3 1.3 0 0 1-.7-.2l-.933-.6a1.3 1.3 0 0 0-1.4 0l-.934.6a1.3 1.3 0 0 1-1.4 0l-.933-.6a1.3 1.3 0 0 0-1.4 0l-.933.6a1.3 1.3 0 0 1-1.4 0l-.934-.6a1.3 1.3 0 0 0-1.4 0l-.933.6a1.3 1.3 0 0 1-.7.2 1 1 0 0 1-1-1z",
    );
    /// Lucide's `shield-x`.
    pub(super) const SHIELD_CROSS: Self = Self(
        "M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1zM14.5 9.5l-5 5M9.5 9.5l5 5",
    );
    /// Lucide's `shield-check`.
    pub(super) const SHIELD_TICK: Self = Self(
        "M20 13c0 5-3.5 7.5-7.66 8.95a1 1 0 0 1-.67-.01C7.5 20.5 4 18 4 13V6a1 1 0 0 1 1-1c2 0 4.5-1.2 6.24-2.72a1.17 1.17 0 0 1 1.52 0C14.51 3.81 17 5 19 5a1 1 0 0 1 1 1zM9 12l2 2 4-4",
    );
    /// Lucide's `megaphone`.
    pub(super) const MEGAPHONE: Self = Self(
        "M11 6a13 13 0 0 0 8.4-2.8A1 1 0 0 1 21 4v12a1 1 0 0 1-1.6.8A13 13 0 0 0 11 14H5a2 2 0 0 1-2-2V8a2 2 0 0 1 2-2zM6 14a12 12 0 0 0 2.4 7.2 2 2 0 0 0 3.2-2.4A8 8 0 0 1 10 14M8 6v8",
    );
    /// Lucide's `thumbs-up`.
    pub(super) const THUMB: Self = Self(
        "M15 5.88 14 10h5.83a2 2 0 0 1 1.92 2.56l-2.33 8A2 2 0 0 1 17.5 22H4a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2h2.76a2 2 0 0 0 1.79-1.11L12 2a3.13 3.13 0 0 1 3 3.88ZM7 10v12",
    );
    /// Lucide's `heart`.
    pub(super) const HEART: Self = Self(
        "M2 9.5a5.5 5.5 0 0 1 9.591-3.676.56.56 0 0 0 .818 0A5.49 5.49 0 0 1 22 9.5c0 2.29-1.5 4-3 5.5l-5.492 5.313a2 2 0 0 1-3 .019L5 15c-1.5-1.5-3-3.2-3-5.5",
    );
    /// Lucide's `lock-keyhole`.
    pub(super) const LOCK: Self = Self(
        "M11 16a1 1 0 1 0 2 0a1 1 0 1 0-2 0M5 10h14a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2h-14a2 2 0 0 1-2-2v-8a2 2 0 0 1 2-2zM7 10V7a5 5 0 0 1 10 0v3",
    );
    /// Lucide's `clipboard-list`.
    pub(super) const CLIPBOARD: Self = Self(
        "M9 2h6a1 1 0 0 1 1 1v2a1 1 0 0 1-1 1h-6a1 1 0 0 1-1-1v-2a1 1 0 0 1 1-1zM16 4h2a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2h2M12 11h4M12 16h4M8 11h.01M8 16h.01",
    );
    /// Lucide's `x`.
    pub(super) const CROSS: Self = Self("M18 6 6 18M6 6l12 12");
    /// Lucide's `ellipsis`.
    pub(super) const DOTS: Self = Self("M12 12h.01M19 12h.01M5 12h.01");
    /// Lucide's `check-check`.
    pub(super) const TICKS: Self = Self("M18 6 7 17l-5-5M22 10l-7.5 7.5L13 16");
    /// Lucide's `wifi-off`.
    pub(super) const WIFI_OFF: Self = Self(
        "M12 20h.01M8.5 16.429a5 5 0 0 1 7 0M5 12.859a10 10 0 0 1 5.17-2.69M19 12.859a10 10 0 0 0-2.007-1.523M2 8.82a15 15 0 0 1 4.177-2.643M22 8.82a15 15 0 0 0-11.288-3.764M2 2l20 20",
    );
    /// Lucide's `circle-alert`.
    pub(super) const ALARM: Self = Self("M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M12 8L12 12M12 16L12.01 16");
    /// Lucide's `sliders-horizontal`.
    pub(super) const SLIDERS: Self = Self("M21 4h-7M10 4H3M21 12h-9M8 12H3M21 20h-5M12 20H3M14 2v4M8 10v4M16 18v4");
    /// Lucide's `clock`.
    pub(super) const CLOCK: Self = Self("M2 12a10 10 0 1 0 20 0a10 10 0 1 0-20 0M12 6v6l4 2");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_meaning_has_a_drawing_of_its_own() {
        let mut paths: Vec<_> = Meaning::ALL.iter().map(|meaning| Icon::of(*meaning).0).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), Meaning::ALL.len());
        assert!(paths.iter().all(|path| path.starts_with('M')));
    }
}
