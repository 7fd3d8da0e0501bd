//! What a browser remembers between visits: ids and a count, never a token, never a message.
//!
//! It is stored as two JSON texts: `{"v":1,"local":[7],"pending":[[8,1736496000000,"k3"]]}` changes when somebody
//! dismisses, `{"v":1,"count":3,"checked":[4,9]}` with what is seen. Tabs share them, and cannot lock them while they
//! change them; apart, what one tab merely sees never puts back what another has just dismissed. Anything else, of
//! whatever bytes, is empty: a damaged store costs what it held and nothing more.

use crate::{
    json::{self, Object, Raw},
    model::NotificationId,
    sorted::{SortedMap, SortedSet},
};

/// A pending write older than this is given up (milliseconds): 30 days.
const KEEP: i64 = 30 * 24 * 60 * 60 * 1_000;
/// More local dismissals than this are not kept: the lowest, that is oldest, ids go first.
const MOST: usize = 10_000;

/// The stored state of one coworker at one API.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    /// Dismissed in this browser only.
    pub local: SortedSet<NotificationId>,
    /// Dismissals the server may not have yet.
    pub pending: SortedMap<NotificationId, Pending>,
    /// The last unread count.
    pub count: Option<u32>,
    /// What the latest look that left no doubt saw.
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

/// A dismissal on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// When it was made: milliseconds since the Unix epoch by the device's clock.
    pub at: i64,
    /// The tab that takes care of it while it lives.
    pub tab: String,
}

impl Pending {
    fn read(value: Raw<'_>) -> Option<(NotificationId, Self)> {
        match *json::array(value)?.as_slice() {
            [id, at, tab] => {
                Some((NotificationId(json::strict(id)?), Self { at: json::strict(at)?, tab: json::text(tab)? }))
            }
            _ => None,
        }
    }

    fn write(&self, id: NotificationId) -> String {
        let tab = serde_json::to_string(&self.tab).unwrap_or_default();
        json::list([id.0.to_string(), self.at.to_string(), tab].into_iter())
    }
}

/// One change of the journal. Changes, not whole journals, are stored: tabs share one store.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Entry {
    /// A dismissal waits to be written.
    Pend(NotificationId),
    /// This tab takes care of it from now on.
    Take(NotificationId),
    /// It need not be written any more, says the tab that takes care of it.
    Done(NotificationId),
    /// Dismissed in this browser only.
    Keep(NotificationId),
    /// No longer dismissed in this browser.
    Forget(NotificationId),
    /// The last unread count.
    Count(u32),
    /// All local dismissals are in the server's list.
    Checked(Checked),
}

impl Entry {
    /// It says what was seen, not what was dismissed.
    pub fn is_seen(&self) -> bool {
        matches!(self, Self::Count(_) | Self::Checked(_))
    }
}

/// A text of this version.
fn object(text: &str) -> Option<Object<'_>> {
    Object::parse(text).ok().filter(|stored| stored.get("v").is_some_and(|v| v.get() == "1"))
}

impl Journal {
    /// Reads the stored texts of [`Journal::dismissals`] and [`Journal::seen`]; unreadable or of another version means
    /// empty. Pending writes of over 30 days are dropped.
    pub fn decode(dismissals: &str, seen: &str, wall: i64) -> Self {
        let mut journal = Self::read_dismissals(dismissals, wall).unwrap_or_default();
        (journal.count, journal.checked) = Self::read_seen(seen).unwrap_or_default();
        journal
    }

    fn read_seen(text: &str) -> Option<(Option<u32>, Option<Checked>)> {
        let stored = object(text)?;
        let count = stored.get("count").map_or(Some(None), |count| json::strict(count).map(Some))?;
        Some((count, stored.get("checked").and_then(Checked::read)))
    }

    fn read_dismissals(text: &str, wall: i64) -> Option<Self> {
        let stored = object(text)?;
        let local = stored.get("local").map_or(Some(Vec::new()), json::strict_all)?;
        let pending = stored.get("pending").map_or(Some(Vec::new()), json::array)?;
        let pending: Option<Vec<_>> = pending.into_iter().map(Pending::read).collect();
        Some(Self {
            local: local.into_iter().map(NotificationId).collect(),
            pending: pending?.into_iter().filter(|(_, pending)| wall.saturating_sub(pending.at) <= KEEP).collect(),
            ..Self::default()
        })
    }

    /// The text to store of what is dismissed.
    pub fn dismissals(&self) -> String {
        let excess = self.local.len().saturating_sub(MOST);
        let local = json::numbers(self.local.iter().skip(excess).map(|id| id.0));
        let pending = json::list(self.pending.iter().map(|(id, pending)| pending.write(*id)));
        ["{\"v\":1,\"local\":", &local, ",\"pending\":", &pending, "}"].concat()
    }

    /// The text to store of what was seen.
    pub fn seen(&self) -> String {
        let count = self.count.map_or_else(|| "null".to_owned(), |count| count.to_string());
        let checked = self.checked.into_iter().flat_map(|checked| [i64::from(checked.total), checked.highest.0]);
        ["{\"v\":1,\"count\":", &count, ",\"checked\":", &json::numbers(checked), "}"].concat()
    }

    /// Applies one change, made now by `tab`.
    pub fn apply(&mut self, entry: &Entry, wall: i64, tab: &str) {
        match *entry {
            Entry::Pend(id) => {
                self.pending.insert(id, Pending { at: wall, tab: tab.to_owned() });
            }
            Entry::Take(id) => {
                // It stays as old as it is: what cannot be written for long is given up some day.
                if let Some(pending) = self.pending.get_mut(&id) {
                    pending.tab = tab.to_owned();
                }
            }
            Entry::Done(id) => {
                // Another tab's may be newer than what this one speaks of.
                if self.pending.get(&id).is_some_and(|pending| pending.tab == tab) {
                    self.pending.remove(&id);
                }
            }
            Entry::Keep(id) => {
                self.local.insert(id);
            }
            Entry::Forget(id) => {
                self.local.remove(&id);
            }
            Entry::Count(count) => self.count = Some(count),
            Entry::Checked(checked) => self.checked = Some(checked),
        }
    }

    /// The pending writes made before then: for browsers that cannot say which tabs are alive.
    pub fn orphans_before(&self, wall: i64) -> Vec<NotificationId> {
        self.pending.iter().filter(|(_, pending)| pending.at < wall).map(|(id, _)| *id).collect()
    }

    /// The pending writes whose tab is none of `alive`.
    pub fn orphans(&self, alive: &[String]) -> Vec<NotificationId> {
        self.pending.iter().filter(|(_, pending)| !alive.contains(&pending.tab)).map(|(id, _)| *id).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn journal() -> impl Strategy<Value = Journal> {
        let local = prop::collection::btree_set(any::<i64>().prop_map(NotificationId), 0..20);
        let pending = prop::collection::btree_map(
            any::<i64>().prop_map(NotificationId),
            (0..KEEP, "[a-z0-9]{1,8}").prop_map(|(at, tab)| Pending { at, tab }),
            0..20,
        );
        let checked = any::<Option<(u32, i64)>>()
            .prop_map(|checked| checked.map(|(total, highest)| Checked { total, highest: NotificationId(highest) }));
        (local, pending, any::<Option<u32>>(), checked).prop_map(|(local, pending, count, checked)| Journal {
            local: local.into_iter().collect(),
            pending: pending.into_iter().collect(),
            count,
            checked,
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(journal in journal()) {
            prop_assert_eq!(Journal::decode(&journal.dismissals(), &journal.seen(), KEEP), journal);
        }

        #[test]
        fn any_text_is_a_journal(text: String) {
            let _ = Journal::decode(&text, &text, 0);
        }
    }

    #[test]
    fn a_damaged_or_foreign_text_is_an_empty_journal() {
        for text in ["", "null", "[]", "{\"v\":2,\"local\":[1]}", "{\"v\":1,\"local\":\"x\"}", "\u{0}\u{fffd}"] {
            assert_eq!(Journal::decode(text, text, 0), Journal::default(), "{text:?}");
        }
    }

    #[test]
    fn a_pending_write_is_given_up_after_thirty_days() {
        let mut journal = Journal::default();
        journal.apply(&Entry::Pend(NotificationId(8)), 1_000, "a");
        assert_eq!(Journal::decode(&journal.dismissals(), "", 1_000 + KEEP).pending.len(), 1);
        assert_eq!(Journal::decode(&journal.dismissals(), "", 1_001 + KEEP).pending.len(), 0);
    }

    #[test]
    fn the_oldest_local_dismissals_go_when_there_are_too_many() {
        let journal = Journal { local: (0..MOST as i64 + 5).map(NotificationId).collect(), ..Journal::default() };
        let kept = Journal::decode(&journal.dismissals(), "", 0).local;
        assert_eq!(kept.len(), MOST);
        assert_eq!(kept.first(), Some(&NotificationId(5)));
    }

    #[test]
    fn only_the_tab_that_takes_care_of_a_write_strikes_it_out() {
        let mut journal = Journal::default();
        journal.apply(&Entry::Pend(NotificationId(1)), 0, "a");
        journal.apply(&Entry::Done(NotificationId(1)), 0, "b");
        assert_eq!(journal.pending.len(), 1);
        journal.apply(&Entry::Take(NotificationId(1)), 0, "b");
        journal.apply(&Entry::Done(NotificationId(1)), 0, "b");
        assert_eq!(journal.pending.len(), 0);
    }

    #[test]
    fn only_the_writes_of_dead_tabs_are_orphans() {
        let mut journal = Journal::default();
        journal.apply(&Entry::Pend(NotificationId(1)), 0, "alive");
        journal.apply(&Entry::Pend(NotificationId(2)), 0, "dead");
        assert_eq!(journal.orphans(&["alive".into()]), [NotificationId(2)]);
    }
}
