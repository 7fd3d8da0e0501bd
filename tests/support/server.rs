//! A model of the API: a list that is read page by page, written by the tabs, and changed by others, too.

use std::collections::{BTreeMap, BTreeSet};

use chrono::DateTime;
use coworker_notifications::{
    api::{ListQuery, Page, Request, Unreadable},
    error::Failure,
    model::{CoworkerId, EntityId, Notification, NotificationId, NotificationType},
};

use super::{Envelope, http};

/// What the server takes `dir` to mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DirMeaning {
    OneIsDescending,
    OneIsAscending,
    Words,
    /// `dir` is ignored, the oldest come first.
    OldestFirst,
    /// `dir` is ignored, the newest come first.
    NewestFirst,
}

/// How the server orders notifications of one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    HigherIdFirst,
    LowerIdFirst,
    /// Lower first in an ascending list, higher first in a descending one.
    WithTheList,
}

/// Which requests a fault touches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Faulty {
    Reads,
    Writes,
}

/// A request as the server saw it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Call {
    List { page: u32, size: u32, dir: String },
    Fetch(Vec<i64>),
    Write { id: i64, dismissed: bool },
}

/// See the head of this file.
#[derive(Debug, Clone)]
pub struct Server {
    records: BTreeMap<i64, Notification>,
    pub dir: DirMeaning,
    pub ties: Ties,
    /// Pages are never larger than this.
    pub largest_page: u32,
    pub envelope: Envelope,
    /// Writes get this status.
    pub refuses_writes: Option<u16>,
    /// Requests get 401.
    pub token_expired: bool,
    /// Applies the filter by `IsDismissed`.
    pub filters: bool,
    /// Answers requests for records by id.
    pub answers_ids: bool,
    /// Listed, but unreadable.
    pub damaged: BTreeSet<i64>,
    faults: Vec<(Faulty, Failure, u32)>,
    /// Every request, in order.
    pub log: Vec<Call>,
    /// Writes that changed nothing, although only the tabs had written the record: one of them has written twice.
    pub written_twice: Vec<(i64, bool)>,
    /// Records that were last changed by a tab, not remotely.
    by_client: BTreeSet<i64>,
    next_id: i64,
}

impl Server {
    /// Notifications 1 to `count`, a minute apart, the highest newest.
    pub fn with(count: i64) -> Self {
        let mut server = Self::empty();
        for id in 1..=count {
            server.arrive_at(id);
        }
        server
    }

    pub fn empty() -> Self {
        Self {
            records: BTreeMap::new(),
            dir: DirMeaning::OneIsDescending,
            ties: Ties::HigherIdFirst,
            largest_page: 100,
            envelope: Envelope::Whole,
            refuses_writes: None,
            token_expired: false,
            filters: true,
            answers_ids: true,
            damaged: BTreeSet::new(),
            faults: Vec::new(),
            log: Vec::new(),
            written_twice: Vec::new(),
            by_client: BTreeSet::new(),
            next_id: 1,
        }
    }

    #[must_use]
    pub fn dir(mut self, dir: DirMeaning) -> Self {
        self.dir = dir;
        self
    }

    #[must_use]
    pub fn ties(mut self, ties: Ties) -> Self {
        self.ties = ties;
        self
    }

    #[must_use]
    pub fn largest_page(mut self, size: u32) -> Self {
        self.largest_page = size;
        self
    }

    #[must_use]
    pub fn envelope(mut self, envelope: Envelope) -> Self {
        self.envelope = envelope;
        self
    }

    // --- Remote changes --------------------------------------------------------------------------------------------

    /// A new notification, created in this minute.
    pub fn arrive_at(&mut self, minute: i64) -> i64 {
        let id = self.next_id;
        self.next_id += 1;
        self.records.insert(id, note(id, minute));
        id
    }

    /// A new notification, newer than all.
    pub fn arrive(&mut self) -> i64 {
        self.arrive_at(1_000_000 + self.next_id)
    }

    pub fn arrive_times(&mut self, times: u32) {
        for _ in 0..times {
            self.arrive();
        }
    }

    pub fn dismiss(&mut self, id: i64) {
        self.set_remotely(id, true);
    }

    pub fn restore(&mut self, id: i64) {
        self.set_remotely(id, false);
    }

    fn set_remotely(&mut self, id: i64, dismissed: bool) {
        if let Some(record) = self.records.get_mut(&id) {
            record.is_dismissed = dismissed;
            self.by_client.remove(&id);
        }
    }

    pub fn delete(&mut self, id: i64) {
        self.records.remove(&id);
    }

    pub fn change(&mut self, id: i64, how: impl FnOnce(&mut Notification)) {
        self.records.get_mut(&id).map(how);
    }

    /// These requests fail so many times.
    pub fn fail(&mut self, which: Faulty, failure: Failure, times: u32) {
        self.faults.push((which, failure, times));
    }

    pub fn clear_faults(&mut self) {
        self.faults.clear();
        self.token_expired = false;
    }

    // --- State ----------------------------------------------------------------------------------------------------

    /// The undismissed, as the server lists them in this direction.
    pub fn listed(&self, descending: bool) -> Vec<i64> {
        self.sorted(descending, |record| !record.is_dismissed).iter().map(|record| record.id.0).collect()
    }

    /// The undismissed as a bell shows them: newest first, ties by the higher id.
    pub fn newest_first(&self) -> Vec<i64> {
        let mut records: Vec<_> = self.records.values().filter(|record| !record.is_dismissed).collect();
        records.sort_by_key(|record| std::cmp::Reverse((record.created, record.id)));
        records.iter().map(|record| record.id.0).collect()
    }

    pub fn all(&self) -> Vec<i64> {
        self.records.keys().copied().collect()
    }

    pub fn get(&self, id: i64) -> Option<&Notification> {
        self.records.get(&id)
    }

    pub fn is_dismissed(&self, id: i64) -> Option<bool> {
        self.records.get(&id).map(|record| record.is_dismissed)
    }

    /// Dismissed, and not by a tab.
    pub fn dismissed_remotely(&self, id: i64) -> bool {
        self.is_dismissed(id) == Some(true) && !self.by_client.contains(&id)
    }

    /// Every write that arrived.
    pub fn writes(&self) -> Vec<(i64, bool)> {
        let write = |call: &Call| match call {
            Call::Write { id, dismissed } => Some((*id, *dismissed)),
            _ => None,
        };
        self.log.iter().filter_map(write).collect()
    }

    /// How many lists were requested.
    pub fn lists(&self) -> usize {
        self.log.iter().filter(|call| matches!(call, Call::List { .. })).count()
    }

    /// The requests since the last call.
    pub fn take_log(&mut self) -> Vec<Call> {
        std::mem::take(&mut self.log)
    }

    // --- Answering ------------------------------------------------------------------------------------------------

    pub fn list(&mut self, query: &ListQuery) -> Result<Page, Failure> {
        let target = Request::list(query).target();
        let value = |name: &str| {
            let pairs = target.split_once('?').unwrap().1.split('&');
            pairs
                .filter_map(|pair| pair.split_once('='))
                .find(|(key, _)| *key == name)
                .map(|(_, value)| value.to_owned())
        };
        assert_eq!(value("CoworkerNotification_Coworker").as_deref(), Some("1001"));
        let dismissed = value("CoworkerNotification_IsDismissed").unwrap() == "true";
        assert_eq!(value("orderBy").as_deref(), Some("CreatedOn"));
        let number = |name| value(name).unwrap().parse::<u32>().unwrap();
        let (page, requested_size, dir) = (number("page"), number("size"), value("dir").unwrap());
        assert!((1..=100).contains(&requested_size) && page >= 1, "page {page}, size {requested_size}");
        self.log.push(Call::List { page, size: requested_size, dir: dir.clone() });
        self.fault(Faulty::Reads)?;
        let descending = match self.dir {
            DirMeaning::OneIsDescending => dir == "1",
            DirMeaning::OneIsAscending => dir == "-1",
            DirMeaning::Words => dir == "descending",
            DirMeaning::OldestFirst => false,
            DirMeaning::NewestFirst => true,
        };
        let size = requested_size.min(self.largest_page);
        let records = self.sorted(descending, |record| record.is_dismissed == dismissed || !self.filters);
        let total = records.len() as u32;
        let total_pages = total.div_ceil(size);
        let mut answer = Page {
            notifications: Vec::new(),
            unreadable: Vec::new(),
            page,
            size,
            total,
            total_known: true,
            total_pages,
            has_next: page < total_pages,
            monitor: None,
        };
        for (index, record) in records.into_iter().skip(((page - 1) * size) as usize).take(size as usize).enumerate() {
            if self.damaged.contains(&record.id.0) {
                let reason = "Message is {} where a text is needed".to_owned();
                answer.unreadable.push(Unreadable { index, id: Some(record.id), reason });
            } else {
                answer.notifications.push(record.clone());
            }
        }
        Ok(self.envelope.put_around(answer))
    }

    pub fn fetch(&mut self, ids: &[NotificationId]) -> Result<Vec<Notification>, Failure> {
        self.log.push(Call::Fetch(ids.iter().map(|id| id.0).collect()));
        self.fault(Faulty::Reads)?;
        if !self.answers_ids {
            return Err(http(403));
        }
        Ok(ids.iter().filter_map(|id| self.records.get(&id.0)).cloned().collect())
    }

    pub fn write(&mut self, notification: &Notification, dismissed: bool) -> Result<(), Failure> {
        let id = notification.id.0;
        self.log.push(Call::Write { id, dismissed });
        self.fault(Faulty::Writes)?;
        if let Some(status) = self.refuses_writes {
            return Err(http(status));
        }
        let record = self.records.get_mut(&id).ok_or_else(|| http(404))?;
        if record.is_dismissed == dismissed && self.by_client.contains(&id) {
            self.written_twice.push((id, dismissed));
        }
        record.is_dismissed = dismissed;
        self.by_client.insert(id);
        Ok(())
    }

    fn fault(&mut self, which: Faulty) -> Result<(), Failure> {
        if self.token_expired {
            return Err(http(401));
        }
        let Some(index) = self.faults.iter().position(|fault| fault.0 == which) else { return Ok(()) };
        let fault = &mut self.faults[index];
        let failure = fault.1.clone();
        fault.2 -= 1;
        if fault.2 == 0 {
            self.faults.remove(index);
        }
        Err(failure)
    }

    fn sorted(&self, descending: bool, which: impl Fn(&Notification) -> bool) -> Vec<&Notification> {
        let lower_first = match self.ties {
            Ties::HigherIdFirst => false,
            Ties::LowerIdFirst => true,
            Ties::WithTheList => !descending,
        };
        let mut records: Vec<_> = self.records.values().filter(|record| which(record)).collect();
        records.sort_by(|one, other| {
            let dates = one.created.cmp(&other.created);
            let ids = one.id.cmp(&other.id);
            (if descending { dates.reverse() } else { dates }).then(if lower_first { ids } else { ids.reverse() })
        });
        records
    }
}

/// Notification `id`, created `minute` minutes into 2025.
pub fn note(id: i64, minute: i64) -> Notification {
    Notification {
        id: NotificationId(id),
        unique_id: String::new(),
        coworker: CoworkerId(1001),
        message: format!("message {id}"),
        kind: NotificationType::from(if id % 3 == 0 { "course" } else { "blog" }),
        entity: EntityId(id * 10),
        is_dismissed: false,
        created: DateTime::from_timestamp(1_735_689_600 + minute * 60, 0),
        updated: None,
        updated_by: None,
        is_new: false,
        system_id: None,
    }
}
