//! The notifications, in memory.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

/// The first id: large, like the ids of a service that has run for years.
const FIRST_ID: i64 = 87_650_001;

/// A stored notification.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Record {
    pub(crate) id: i64,
    pub(crate) unique_id: String,
    pub(crate) content: Content,
    pub(crate) created_on: DateTime<Utc>,
    pub(crate) updated_on: DateTime<Utc>,
    /// E-mail of who last changed it; nobody has, at first.
    pub(crate) updated_by: Option<String>,
}

/// The part of a notification that clients write.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Content {
    pub(crate) coworker_id: i64,
    pub(crate) message: String,
    pub(crate) notification_type: String,
    pub(crate) entity_id: i64,
    pub(crate) is_dismissed: bool,
}

/// All notifications, by id.
#[derive(Debug)]
pub(crate) struct Store {
    records: BTreeMap<i64, Record>,
    next_id: i64,
    changed_on: DateTime<Utc>,
}

impl Store {
    pub(crate) fn empty(now: DateTime<Utc>) -> Self {
        Self { records: BTreeMap::new(), next_id: FIRST_ID, changed_on: now }
    }

    pub(crate) fn all(&self) -> impl Iterator<Item = &Record> {
        self.records.values()
    }

    pub(crate) fn get(&self, id: i64) -> Option<&Record> {
        self.records.get(&id)
    }

    /// When anything was last added, changed or removed.
    pub(crate) fn changed_on(&self) -> DateTime<Utc> {
        self.changed_on
    }

    /// Adds a notification and returns its id.
    pub(crate) fn add(&mut self, content: Content, unique_id: String, now: DateTime<Utc>, by: Option<String>) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.changed_on = self.changed_on.max(now);
        let record = Record { id, unique_id, content, created_on: now, updated_on: now, updated_by: by };
        self.records.insert(id, record);
        id
    }

    /// Replaces the part that clients write. Returns whether there is such a notification.
    pub(crate) fn update(&mut self, id: i64, content: Content, now: DateTime<Utc>, by: String) -> bool {
        let Some(record) = self.records.get_mut(&id) else {
            return false;
        };
        record.content = content;
        record.updated_on = now;
        record.updated_by = Some(by);
        self.changed_on = self.changed_on.max(now);
        true
    }

    /// Returns whether there was such a notification.
    pub(crate) fn remove(&mut self, id: i64, now: DateTime<Utc>) -> bool {
        let found = self.records.remove(&id).is_some();
        if found {
            self.changed_on = self.changed_on.max(now);
        }
        found
    }
}
