//! What the member wants of one notification: a register in which the last writer wins.
//!
//! The same value is stored, broadcast to the other tabs and held by the feed. [`Intent::merge`] takes the larger of two, so
//! tabs that have seen the same intents agree, in whatever order and however often they saw them.

/// When an intent was made, and by whom. No two acts have the same stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Milliseconds since the Unix epoch by the device's clock, but at least two more than in any intent seen before: the
    /// number between is for [`Intent::written_back`].
    pub counter: i64,
    /// The tab's random number.
    pub tab: u32,
}

/// The tab in the stamps of intents that the previous version of the widget has stored.
pub(crate) const EARLIER: u32 = 0;

/// How far an intent has come. A later stage wins over an earlier one of the same stamp.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    /// The server may not have it yet.
    Pending,
    /// For this browser only: it is never written.
    Local,
    /// Over: the server has it, or its snooze has ended.
    Acknowledged,
    /// Over: its write failed, or it was undone before it was written. It has no effect any more.
    Withdrawn,
}

/// See the head of this file. The order of the fields is the order of [`Intent::merge`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Intent {
    /// When it was made, and by whom.
    pub stamp: Stamp,
    /// How far it has come.
    pub stage: Stage,
    /// `true`: dismissed; `false`: restored or snoozed.
    pub dismissed: bool,
    /// Hidden until then: milliseconds since the Unix epoch by the device's clock.
    pub snoozed_until: Option<i64>,
}

impl Intent {
    /// Which of two intents for one notification is in effect.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        self.max(other)
    }

    /// Nothing is left to do for it: what the server lists is shown as it is.
    pub fn is_over(self) -> bool {
        self.stage >= Stage::Acknowledged
    }

    /// Whether it keeps its notification out of the inbox.
    pub fn hides(self) -> bool {
        !self.is_over() && (self.dismissed || self.snoozed_until.is_some())
    }

    /// Whether this is a restoring that the server has.
    pub fn has_restored(self) -> bool {
        self.stage == Stage::Acknowledged && !self.dismissed && self.snoozed_until.is_none()
    }

    /// The restoring of this stamp, acknowledged: see [`Intent::has_restored`].
    #[must_use]
    pub fn restored(self) -> Self {
        Self { stamp: self.stamp, stage: Stage::Acknowledged, dismissed: false, snoozed_until: None }
    }

    /// Whether it shows a notification again, at once or after a snooze, and nothing is written for that, because the server is
    /// taken to list it anyway.
    pub fn took_back_unwritten(self) -> bool {
        !self.dismissed && matches!(self.stage, Stage::Local | Stage::Withdrawn)
    }

    /// The same wish once more, as an act that is written. It is needed where a dismissal has reached the server although this
    /// later intent took it back. It depends on this intent alone, so all tabs that find it necessary make the same one.
    #[must_use]
    pub fn written_back(self) -> Self {
        let stamp = Stamp { counter: self.stamp.counter.saturating_add(1), ..self.stamp };
        let snoozed_until = self.snoozed_until.filter(|_| self.stage == Stage::Local);
        Self { stamp, stage: Stage::Pending, dismissed: false, snoozed_until }
    }

    /// Whether it dismisses in this browser only.
    pub fn is_local(self) -> bool {
        self.stage == Stage::Local && self.dismissed
    }

    /// The same intent at this stage, or at its own if that is later.
    #[must_use]
    pub fn at(self, stage: Stage) -> Self {
        Self { stage: self.stage.max(stage), ..self }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    pub(super) fn intent() -> impl Strategy<Value = Intent> {
        let stage =
            prop_oneof![Just(Stage::Pending), Just(Stage::Local), Just(Stage::Acknowledged), Just(Stage::Withdrawn)];
        (0_i64..4, 0_u32..4, stage, any::<bool>(), prop::option::of(0_i64..3)).prop_map(
            |(counter, tab, stage, dismissed, snoozed_until)| Intent {
                stamp: Stamp { counter, tab },
                stage,
                dismissed,
                snoozed_until,
            },
        )
    }

    proptest! {
        #[test]
        fn merging_does_not_depend_on_the_order(a in intent(), b in intent()) {
            prop_assert_eq!(a.merge(b), b.merge(a));
        }

        #[test]
        fn merging_does_not_depend_on_the_grouping(a in intent(), b in intent(), c in intent()) {
            prop_assert_eq!(a.merge(b).merge(c), a.merge(b.merge(c)));
        }

        #[test]
        fn merging_again_changes_nothing(a in intent(), b in intent()) {
            prop_assert_eq!(a.merge(b).merge(b), a.merge(b));
            prop_assert_eq!(a.merge(a), a);
        }
    }

    #[test]
    fn a_later_act_wins_and_so_does_a_later_stage_of_the_same_act() {
        let stamp = |counter, tab| Stamp { counter, tab };
        let made = |stamp, stage, dismissed| Intent { stamp, stage, dismissed, snoozed_until: None };
        let dismissal = made(stamp(1, 7), Stage::Pending, true);
        let undo = made(stamp(2, 3), Stage::Pending, false);
        assert_eq!(dismissal.merge(undo), undo);
        assert_eq!(dismissal.at(Stage::Acknowledged).merge(undo), undo);
        assert_eq!(dismissal.merge(dismissal.at(Stage::Local)).stage, Stage::Local);
        assert_eq!(dismissal.at(Stage::Withdrawn).at(Stage::Acknowledged).stage, Stage::Withdrawn);
    }
}
