//! Ids without records: dismissals that an earlier visit left to be written, and local ones that may be out of date.

use std::rc::Rc;

use super::{
    Command, Entry, Feed, Fetching, Renewal, Ticket,
    change::{Change, Elsewhere},
};
use crate::{
    error::Failure,
    model::{Notification, NotificationId},
    sorted::SortedSet,
};

/// More ids than this are not asked for in one request.
pub(super) const MOST_IDS: usize = 100;
/// Requests by id after one look; what is left waits for the next. Where the first count depends on it, all are made.
const MOST_FETCHES: u32 = 4;

impl Feed {
    /// Writes that an earlier visit left: from now on this tab sees to them.
    ///
    /// The other tab may have sent them with its last breath, so whatever the list says, each record is read first.
    pub(super) fn adopt(&mut self, ids: Vec<NotificationId>) {
        let mut stored = Vec::new();
        let mut mine = Vec::new();
        for id in ids {
            match self.changes.get(id).map(|change| change.elsewhere) {
                Some(Some(Elsewhere { wanted_back, .. })) => {
                    self.changes.edit(id, |change| {
                        change.elsewhere = None;
                        change.wanted = !wanted_back;
                        // Whatever a look has made of it.
                        change.on_server = false;
                        change.journalled = true;
                        change.unread = true;
                        change.record = None;
                    });
                    self.list_changed |= wanted_back;
                    stored.push(Entry::Take(id));
                }
                Some(None) => continue,
                None if self.changes.hides(id) => stored.extend([Entry::Take(id), Entry::Done(id)]),
                None => {
                    let mut change = self.untouched(id);
                    (change.wanted, change.journalled, change.unread) = (true, true, true);
                    change.record = None;
                    self.changes.put(id, change);
                    self.list_changed = true;
                    stored.push(Entry::Take(id));
                }
            }
            self.changes.touch(id);
            mine.push(id);
        }
        self.store(stored);
        self.settle(&mine);
    }

    /// Asks for what is not certain, one request at a time, once the list itself does not say.
    pub(super) fn start_fetch(&mut self) {
        let blocked = !self.online || self.renewal == Renewal::Asking || self.throttled() || self.hopeless();
        let enough = self.fetch_failed || self.reading.reads_all() || self.fetches >= MOST_FETCHES && !self.unproven;
        if self.fetching.is_some() || enough || blocked || !self.loaded || self.uncertain.is_empty() {
            return;
        }
        self.fetches += 1;
        // The highest first: the newest are the likeliest to be there still.
        let ids: Vec<_> = self.uncertain.iter().rev().take(MOST_IDS).copied().collect();
        self.uncertain.retain(|id| !ids.contains(id));
        let ticket = self.ticket();
        self.fetching = Some(Fetching { ticket, ids: ids.clone() });
        self.changes.touched.clear();
        self.out.push(Command::Fetch { ticket, ids });
    }

    pub(super) fn fetched(&mut self, ticket: Ticket, result: Result<Vec<Notification>, Failure>) {
        let Some(Fetching { ids, .. }) = self.fetching.take_if(|one| one.ticket == ticket) else {
            return self.recalled(ticket, result);
        };
        let asked: SortedSet<_> = ids.iter().copied().collect();
        // A server that answers with others does not know how to answer: that says nothing about those asked for.
        let records = result.ok().filter(|records| records.iter().all(|one| asked.contains(&one.id)));
        let Some(records) = records else {
            // Again when the next look has succeeded.
            self.fetch_failed = true;
            self.uncertain.extend(ids);
            return self.prove_without_ids();
        };
        let mut gone = asked;
        for record in records {
            let id = record.id;
            let to_restore = self.changes.get(id).is_some_and(|change| !change.wanted);
            if record.is_dismissed && !to_restore {
                continue;
            }
            gone.remove(&id);
            if self.changes.get(id).is_some_and(|change| change.unread) {
                if self.changes.touched.contains(&id) {
                    // It may have been written since the server answered.
                    self.uncertain.insert(id);
                    continue;
                }
                self.changes.edit(id, |change| change.on_server = record.is_dismissed);
                if record.is_dismissed {
                    // Nor is it known whether the total includes it.
                    self.want_look();
                }
            }
            if self.changes.get(id).is_some_and(|change| !change.on_server && !change.counted)
                || self.changes.local.is_uncounted(id)
            {
                // The last look has overlooked it.
                self.doubtful = true;
                self.want_look();
            }
            if self.refused.remove(&id) {
                self.writes_are_refused();
            }
            self.give_record(Rc::new(record));
        }
        let mut stored = Vec::new();
        for id in gone {
            if self.changes.touched.contains(&id) && self.changes.get(id).is_some() {
                // It may have been written and restored since the server answered.
                self.uncertain.insert(id);
                continue;
            }
            // Dismissed or deleted in the meantime: nothing is left to do.
            self.refused.remove(&id);
            self.is_gone(id, &mut stored);
        }
        self.store(stored);
    }

    fn is_gone(&mut self, id: NotificationId, stored: &mut Vec<Entry>) {
        let local = self.changes.local.contains(id);
        let counted = local && !self.changes.local.is_uncounted(id)
            || self.changes.get(id).is_some_and(|change| change.counted && !change.on_server);
        self.vanish(id, stored);
        if counted {
            // At first it has been gone for long, most likely.
            if local && !self.unproven {
                let mut change = Change::done(None);
                change.counted = true;
                self.changes.put(id, change);
            }
            // The total is from before that, or was thought to include what it did not. A look under way goes by it too.
            if let Some(under_way) = &mut self.reading.under_way {
                under_way.misled = true;
            }
            self.doubtful = true;
            self.want_look();
        }
    }

    /// A change of which only the id was known can be written now.
    pub(super) fn give_record(&mut self, record: Rc<Notification>) {
        let id = record.id;
        let Some(change) = self.changes.get(id).filter(|change| change.record.is_none()) else { return };
        let wanted_back = !change.wanted;
        self.uncertain.remove(&id);
        self.changes.edit(id, |change| (change.record, change.unread) = (Some(record), false));
        if wanted_back {
            self.put_back(id);
        }
        self.settle(&[id]);
    }
}
