//! A member's search: every filter, order and range that Nexudus documents, evaluated over the member's own records.

use std::cmp::Ordering;

use coworker_notifications::{
    api::OrderBy,
    model::{EntityId, Notification, Timestamp},
};

use crate::record::StoredRecord;

/// A query for a member's list. The default is Nexudus's behaviour without parameters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListQuery {
    /// Which records.
    pub filter: Filter,
    /// By which property.
    pub order: OrderBy,
    /// In which direction. Equal values stay in the order of rising `Id` either way.
    pub direction: Direction,
    /// Which page, from 1.
    pub page: u32,
    /// Records a page, at least 1.
    pub size: u32,
}

/// The direction of an order.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Direction {
    /// Lowest first.
    #[default]
    Ascending,
    /// Highest first.
    Descending,
}

/// The conditions that a record has to meet. A condition that is not given is always met.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// `CoworkerNotification_Message`: these words somewhere in the message, whatever the case.
    pub message: Option<String>,
    /// `CoworkerNotification_NotificationType`: this type, whatever the case.
    pub kind: Option<String>,
    /// `CoworkerNotification_EntityId`
    pub entity: Option<EntityId>,
    /// `CoworkerNotification_IsDismissed`
    pub is_dismissed: Option<bool>,
    /// `from_` and `to_CoworkerNotification_EntityId`
    pub entities: Between<EntityId>,
    /// `from_` and `to_CoworkerNotification_CreatedOn`, to the minute
    pub created: Between<Timestamp>,
    /// `from_` and `to_CoworkerNotification_UpdatedOn`, to the minute
    pub updated: Between<Timestamp>,
}

/// A range with both ends in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Between<T> {
    /// The lowest value that is admitted.
    pub from: Option<T>,
    /// The highest value that is admitted.
    pub to: Option<T>,
}

/// The records of one page, and how many match in all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The page's records, in order.
    pub records: Vec<StoredRecord>,
    /// How many records match on all pages.
    pub total: usize,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self { filter: Filter::default(), order: OrderBy::Id, direction: Direction::Ascending, page: 1, size: 25 }
    }
}

impl ListQuery {
    /// Filters, sorts and cuts out the page.
    pub fn run(&self, records: &[StoredRecord]) -> Found {
        let filter = self.filter.prepared();
        let mut matching: Vec<_> = records.iter().filter(|record| filter.admits(record.notification())).collect();
        matching.sort_by(|a, b| self.compare(a.notification(), b.notification()));
        let size = usize::try_from(self.size.max(1)).unwrap_or(usize::MAX);
        let before = usize::try_from(self.page.max(1) - 1).unwrap_or(usize::MAX).saturating_mul(size);
        let total = matching.len();
        Found { records: matching.into_iter().skip(before).take(size).cloned().collect(), total }
    }

    fn compare(&self, a: &Notification, b: &Notification) -> Ordering {
        let order = match self.order {
            OrderBy::Id => a.id.cmp(&b.id),
            OrderBy::CreatedOn => a.created.cmp(&b.created),
            OrderBy::UpdatedOn => a.updated.cmp(&b.updated),
            OrderBy::Message => a.message.cmp(&b.message),
            OrderBy::NotificationType => a.kind.as_str().cmp(b.kind.as_str()),
            OrderBy::EntityId => a.entity.cmp(&b.entity),
            OrderBy::IsDismissed => a.is_dismissed.cmp(&b.is_dismissed),
        };
        let order = if self.direction == Direction::Descending { order.reverse() } else { order };
        order.then_with(|| a.id.cmp(&b.id))
    }
}

impl Filter {
    /// The same filter, its texts in lower case.
    fn prepared(&self) -> Self {
        let lower = |text: &Option<String>| text.as_ref().map(|text| text.to_lowercase());
        Self { message: lower(&self.message), kind: lower(&self.kind), ..self.clone() }
    }

    fn admits(&self, record: &Notification) -> bool {
        let is = |wanted: Option<bool>, is: bool| wanted.is_none_or(|wanted| wanted == is);
        is(self.is_dismissed, record.is_dismissed)
            && self.entity.is_none_or(|entity| entity == record.entity)
            && self.entities.admits(Some(record.entity))
            && self.created.admits(record.created.map(minute))
            && self.updated.admits(record.updated.map(minute))
            && self.kind.as_ref().is_none_or(|kind| record.kind.as_str().to_lowercase() == *kind)
            && self.message.as_ref().is_none_or(|words| record.message.to_lowercase().contains(words))
    }
}

// A derived `Default` would also require one of `T`.
impl<T> Default for Between<T> {
    fn default() -> Self {
        Self { from: None, to: None }
    }
}

impl<T: PartialOrd> Between<T> {
    /// A record without the value is in no range, but meets a condition that is not given.
    fn admits(&self, value: Option<T>) -> bool {
        let Some(value) = value else {
            return self.from.is_none() && self.to.is_none();
        };
        self.from.as_ref().is_none_or(|from| *from <= value) && self.to.as_ref().is_none_or(|to| value <= *to)
    }
}

/// The beginning of a moment's minute: ranges are this precise.
pub(crate) fn minute(moment: Timestamp) -> Timestamp {
    let seconds = moment.timestamp();
    Timestamp::from_timestamp(seconds - seconds.rem_euclid(60), 0).unwrap_or(moment)
}

#[cfg(test)]
mod tests {
    use coworker_notifications::{api::decode_list, model::parse_timestamp};

    use super::*;

    fn records() -> Vec<StoredRecord> {
        let bodies = [
            r#"{"Id":3,"Message":"Pay me","NotificationType":"coworkerinvoice","EntityId":9,"CreatedOn":"2025-01-10T08:00:59Z"}"#,
            r#"{"Id":1,"Message":"Hello","NotificationType":"blog","EntityId":5,"IsDismissed":true,"CreatedOn":"2025-01-10T07:00:00Z"}"#,
            r#"{"Id":2,"Message":"hello again","NotificationType":"Blog","EntityId":5}"#,
        ];
        let whole = format!("[{}]", bodies.join(","));
        let page = decode_list(200, &whole).unwrap();
        let pairs = page.notifications.into_iter().zip(bodies);
        pairs.map(|(n, json)| StoredRecord::new(n.clone(), json, n.is_dismissed)).collect()
    }

    fn ids(query: &ListQuery) -> Vec<i64> {
        query.run(&records()).records.iter().map(|record| record.id().0).collect()
    }

    fn filtered(filter: Filter) -> Vec<i64> {
        ids(&ListQuery { filter, ..ListQuery::default() })
    }

    #[test]
    fn without_parameters_everything_comes_by_rising_id() {
        assert_eq!(ids(&ListQuery::default()), [1, 2, 3]);
    }

    #[test]
    fn equal_values_stay_by_rising_id_in_both_directions() {
        for (direction, expected) in [(Direction::Ascending, [1, 2, 3]), (Direction::Descending, [3, 1, 2])] {
            assert_eq!(ids(&ListQuery { order: OrderBy::EntityId, direction, ..ListQuery::default() }), expected);
        }
    }

    #[test]
    fn each_filter_admits_what_it_says() {
        let minute = parse_timestamp("2025-01-10T08:00");
        assert_eq!(filtered(Filter { message: Some("HELLO".into()), ..Filter::default() }), [1, 2]);
        assert_eq!(filtered(Filter { kind: Some("blog".into()), ..Filter::default() }), [1, 2]);
        assert_eq!(filtered(Filter { entity: Some(EntityId(9)), ..Filter::default() }), [3]);
        assert_eq!(filtered(Filter { is_dismissed: Some(false), ..Filter::default() }), [2, 3]);
        let entities = Between { from: Some(EntityId(6)), to: Some(EntityId(9)) };
        assert_eq!(filtered(Filter { entities, ..Filter::default() }), [3]);
        let created = Between { from: minute, to: minute };
        assert_eq!(filtered(Filter { created, ..Filter::default() }), [3], "the whole minute, and no record without");
    }

    #[test]
    fn a_page_is_cut_out_and_all_are_counted() {
        let query = ListQuery { page: 2, size: 2, ..ListQuery::default() };
        let found = query.run(&records());
        assert_eq!((found.records.len(), found.total), (1, 3));
        assert_eq!(ids(&ListQuery { page: u32::MAX, size: u32::MAX, ..ListQuery::default() }), [0_i64; 0]);
    }
}
