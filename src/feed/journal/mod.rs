//! What a browser remembers between visits: intents and a count, never a token, never a message.
//!
//! It is stored as two JSON texts: `{"v":2,"intents":[[7,0,1,0,1736496000000,3]]}` changes when somebody dismisses or
//! snoozes, `{"v":1,"count":3,"checked":[4,9]}` whenever a pull sees something new. Tabs share the texts and cannot lock
//! them: browsers let a tab read a text that another has just replaced, and replace that. So there are two texts: a tab
//! that stores a new count cannot overwrite what another tab has just dismissed. And each tab stores its intents again
//! where another tab has replaced the text without having read them ([`super::Event::Stored`]).
//! A text that cannot be read counts as empty: a damaged store loses what it held and causes no other harm.

mod earlier;

pub use earlier::strike_out;

use super::intents::{Intent, Stage, Stamp};
use crate::{
    json::{self, Object, Raw},
    model::NotificationId,
    sorted::SortedMap,
};

/// A pending intent older than this is never written any more (milliseconds): 30 days.
const KEEP: i64 = 30 * 24 * 60 * 60 * 1_000;
/// An intent that is over stays stored for so long (milliseconds). A tab that missed how it ended may broadcast an earlier
/// stage of it; that is recognised as old.
const RECOGNISED: i64 = 10 * 60 * 1_000;
/// More local dismissals than this are not kept: the lowest, that is oldest, ids go first.
const MOST: usize = 10_000;

/// The stored state of one coworker at one API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    /// What the member wants.
    pub intents: SortedMap<NotificationId, Intent>,
    /// The last unread count.
    pub count: Option<u32>,
    /// What the latest pull saw after which all local dismissals were known to be in the server's list.
    pub checked: Option<Checked>,
}

/// What the server had when all local dismissals were known to be in its list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checked {
    /// `TotalItems`.
    pub total: u32,
    /// The highest id: what has a higher one came later.
    pub highest: NotificationId,
}

impl Checked {
    fn read(value: Raw<'_>) -> Option<Self> {
        match *json::array(value)?.as_slice() {
            [total, highest] => {
                Some(Self { total: json::strict(total)?, highest: NotificationId(json::strict(highest)?) })
            }
            _ => None,
        }
    }
}

/// One change of the journal. The store applies changes to what is stored: another tab may have changed it, too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// What the member wants of these.
    Intents(Vec<(NotificationId, Intent)>),
    /// The last unread count.
    Count(u32),
    /// All local dismissals are in the server's list.
    Checked(Checked),
}

impl Entry {
    /// Whether this changes the text of [`Journal::seen`], not that of [`Journal::intents`].
    pub fn is_seen(&self) -> bool {
        !matches!(self, Self::Intents(_))
    }
}

/// Whether it is not too old to be written.
fn is_kept(intent: Intent, wall: i64) -> bool {
    intent.stage != Stage::Pending || wall.saturating_sub(intent.stamp.counter) <= KEEP
}

/// Parses a stored text, if it is of this version.
fn object<'a>(text: &'a str, version: &str) -> Option<Object<'a>> {
    Object::parse(text).ok().filter(|stored| stored.get("v").is_some_and(|v| v.get() == version))
}

impl Journal {
    /// Reads the stored texts of [`Journal::intents`] and [`Journal::seen`]; unreadable or of another version means
    /// empty. `earlier` is what the version before has stored: its dismissals are taken over where nothing newer is known.
    pub fn decode(intents: &str, seen: &str, earlier: &str, wall: i64) -> Self {
        let mut journal = Self { intents: Self::decode_intents(intents, wall).unwrap_or_default(), ..Self::default() };
        for (id, intent) in earlier::intents(earlier).into_iter().filter(|(_, intent)| is_kept(*intent, wall)) {
            let known = journal.intents.get(&id).copied();
            journal.intents.insert(id, known.map_or(intent, |known| known.merge(intent)));
        }
        (journal.count, journal.checked) = Self::read_seen(seen).unwrap_or_default();
        journal
    }

    fn read_seen(text: &str) -> Option<(Option<u32>, Option<Checked>)> {
        let stored = object(text, "1")?;
        let count = stored.get("count").map_or(Some(None), |count| json::strict(count).map(Some))?;
        Some((count, stored.get("checked").and_then(Checked::read)))
    }

    /// Reads the stored text of [`Journal::intents`] alone; `None`: it cannot be read, or is of another version.
    pub fn decode_intents(text: &str, wall: i64) -> Option<SortedMap<NotificationId, Intent>> {
        let intents = read_all(object(text, "2")?.get("intents")?)?;
        Some(intents.into_iter().filter(|(_, intent)| is_kept(*intent, wall)).collect())
    }

    /// The text to store of what the member wants, without intents that have been over for longer than `RECOGNISED`.
    pub fn intents(&self, wall: i64) -> String {
        let mut excess = self.intents.values().filter(|intent| intent.is_local()).count().saturating_sub(MOST);
        let kept = self.intents.iter().filter(|(_, intent)| {
            let dropped = excess > 0 && intent.is_local();
            excess -= usize::from(dropped);
            !dropped && (!intent.is_over() || wall.saturating_sub(intent.stamp.counter).abs() <= RECOGNISED)
        });
        ["{\"v\":2,\"intents\":", &write_all(kept.map(|(id, intent)| (*id, *intent))), "}"].concat()
    }

    /// The text to store of what was seen.
    pub fn seen(&self) -> String {
        let count = self.count.map_or_else(|| "null".to_owned(), |count| count.to_string());
        let checked = self.checked.into_iter().flat_map(|checked| [i64::from(checked.total), checked.highest.0]);
        ["{\"v\":1,\"count\":", &count, ",\"checked\":", &json::numbers(checked), "}"].concat()
    }

    /// Applies one change.
    pub fn apply(&mut self, entry: &Entry) {
        match entry {
            Entry::Intents(intents) => {
                for (id, intent) in intents {
                    let known = self.intents.get(id).copied();
                    self.intents.insert(*id, known.map_or(*intent, |known| known.merge(*intent)));
                }
            }
            Entry::Count(count) => self.count = Some(*count),
            Entry::Checked(checked) => self.checked = Some(*checked),
        }
    }

    /// Dismissed in this browser only.
    pub fn local(&self) -> impl Iterator<Item = NotificationId> {
        self.intents.iter().filter(|(_, intent)| intent.is_local()).map(|(id, _)| *id)
    }

    /// Those whose intent the server may not have yet.
    pub fn pending(&self) -> impl Iterator<Item = NotificationId> {
        self.intents.iter().filter(|(_, intent)| intent.stage == Stage::Pending).map(|(id, _)| *id)
    }
}

/// Intents as JSON: id, stage, dismissed, snoozed until (0: not), counter and tab of each.
pub(super) fn write_all(intents: impl Iterator<Item = (NotificationId, Intent)>) -> String {
    json::join(intents.map(|(id, intent)| {
        let Intent { stamp, stage, dismissed, snoozed_until } = intent;
        let (counter, tab) = (stamp.counter, i64::from(stamp.tab));
        json::numbers([id.0, stage as i64, i64::from(dismissed), snoozed_until.unwrap_or(0), counter, tab].into_iter())
    }))
}

/// Reads [`write_all`] back; `None` if any of them cannot be read.
pub(super) fn read_all(json: Raw<'_>) -> Option<Vec<(NotificationId, Intent)>> {
    let read = |one: Raw<'_>| match json::strict_all(one)?.as_slice() {
        [id, stage, dismissed, until, counter, tab] => {
            let stage = match stage {
                0 => Stage::Pending,
                1 => Stage::Local,
                2 => Stage::Acknowledged,
                3 => Stage::Withdrawn,
                _ => return None,
            };
            let stamp = Stamp { counter: *counter, tab: u32::try_from(*tab).ok()? };
            let snoozed_until = Some(*until).filter(|until| *until != 0);
            Some((NotificationId(*id), Intent { stamp, stage, dismissed: *dismissed != 0, snoozed_until }))
        }
        _ => None,
    };
    json::array(json)?.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn intent() -> impl Strategy<Value = Intent> {
        let stage = prop_oneof![Just(Stage::Pending), Just(Stage::Local), Just(Stage::Acknowledged)];
        (KEEP..KEEP + 9, any::<u32>(), stage, any::<bool>(), prop::option::of(1..i64::MAX)).prop_map(
            |(counter, tab, stage, dismissed, snoozed_until)| Intent {
                stamp: Stamp { counter, tab },
                stage,
                dismissed,
                snoozed_until,
            },
        )
    }

    fn journal() -> impl Strategy<Value = Journal> {
        let intents = prop::collection::btree_map(any::<i64>().prop_map(NotificationId), intent(), 0..20);
        let checked = any::<Option<(u32, i64)>>()
            .prop_map(|checked| checked.map(|(total, highest)| Checked { total, highest: NotificationId(highest) }));
        (intents, any::<Option<u32>>(), checked).prop_map(|(intents, count, checked)| Journal {
            intents: intents.into_iter().collect(),
            count,
            checked,
        })
    }

    fn dismissal(counter: i64, stage: Stage) -> Intent {
        Intent { stamp: Stamp { counter, tab: 1 }, stage, dismissed: true, snoozed_until: None }
    }

    fn with(id: i64, intent: Intent) -> Journal {
        Journal { intents: [(NotificationId(id), intent)].into_iter().collect(), ..Journal::default() }
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(journal in journal()) {
            prop_assert_eq!(Journal::decode(&journal.intents(KEEP), &journal.seen(), "", KEEP), journal);
        }

        #[test]
        fn any_text_is_a_journal(text: String) {
            let _ = Journal::decode(&text, &text, &text, 0);
        }
    }

    #[test]
    fn a_damaged_or_foreign_text_is_an_empty_journal() {
        for text in ["", "null", "[]", r#"{"v":3,"intents":[]}"#, r#"{"v":2,"intents":[[1]]}"#, "\u{0}\u{fffd}"] {
            assert_eq!(Journal::decode(text, text, text, 0), Journal::default(), "{text:?}");
        }
    }

    #[test]
    fn a_pending_write_is_given_up_after_thirty_days() {
        let text = with(8, dismissal(1_000, Stage::Pending)).intents(1_000);
        assert_eq!(Journal::decode(&text, "", "", 1_000 + KEEP).pending().count(), 1);
        assert_eq!(Journal::decode(&text, "", "", 1_001 + KEEP).pending().count(), 0);
    }

    #[test]
    fn what_is_over_is_recognised_for_ten_minutes() {
        let journal = with(8, dismissal(1_000, Stage::Acknowledged));
        assert_eq!(Journal::decode(&journal.intents(1_000 + RECOGNISED), "", "", 0), journal);
        assert_eq!(Journal::decode(&journal.intents(1_001 + RECOGNISED), "", "", 0), Journal::default());
    }

    #[test]
    fn the_oldest_local_dismissals_go_when_there_are_too_many() {
        let all = (0..MOST as i64 + 5).map(|id| (NotificationId(id), dismissal(0, Stage::Local)));
        let journal = Journal { intents: all.collect(), ..Journal::default() };
        let kept = Journal::decode(&journal.intents(0), "", "", 0);
        assert_eq!((kept.local().count(), kept.local().next()), (MOST, Some(NotificationId(5))));
    }
}
