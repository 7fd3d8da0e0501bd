//! The parameters of a search: filters, order, page.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};

use super::params::Params;
use crate::clock::to_minute;
use crate::error::ApiError;
use crate::faults::{Direction, Faults};
use crate::store::Record;

const DEFAULT_SIZE: usize = 25;

/// A parsed search.
#[derive(Debug)]
pub(crate) struct Query {
    filter: Filter,
    order: OrderField,
    descending: bool,
    page: usize,
    size: usize,
}

/// The answer to a search, as borrowed records.
#[derive(Debug)]
pub(crate) struct Found<'a> {
    pub(crate) records: Vec<&'a Record>,
    pub(crate) order: OrderField,
    pub(crate) descending: bool,
    pub(crate) page: usize,
    pub(crate) size: usize,
    pub(crate) total: usize,
}

impl Query {
    /// `faults` determine the meaning of `dir` and the largest page.
    pub(crate) fn parse(encoded: &str, faults: &Faults) -> Result<Self, ApiError> {
        let params = Params::parse(encoded);
        let positive = |name| -> Result<Option<usize>, ApiError> {
            let number = params.number(name)?.filter(|number| *number > 0);
            Ok(number.and_then(|number| number.try_into().ok()))
        };
        let size = positive("size")?.unwrap_or(DEFAULT_SIZE);
        Ok(Self {
            filter: Filter::parse(&params)?,
            order: params.text("orderBy").map_or(OrderField::Id, OrderField::named),
            descending: is_descending(faults.dir, params.text("dir").unwrap_or_default()),
            page: positive("page")?.unwrap_or(1),
            size: faults.max_page_size.map_or(size, |most| size.min(most.get())),
        })
    }

    /// Filters records (given by rising `Id`), sorts them and cuts out the page.
    /// Equal values stay in the order of rising `Id`, whatever `dir`.
    pub(crate) fn run<'a>(&self, records: impl Iterator<Item = &'a Record>) -> Found<'a> {
        let mut records: Vec<_> = records.filter(|record| self.filter.admits(record)).collect();
        // Records come by rising id and mostly by time, too: such runs are sorted in one pass.
        records.sort_by(|a, b| self.order.compare(a, b));
        if self.descending {
            records.reverse();
            for equal in records.chunk_by_mut(|a, b| self.order.compare(a, b).is_eq()) {
                equal.reverse();
            }
        }

        let total = records.len();
        let skipped = (self.page - 1).saturating_mul(self.size);
        Found {
            records: records.into_iter().skip(skipped).take(self.size).collect(),
            order: self.order,
            descending: self.descending,
            page: self.page,
            size: self.size,
            total,
        }
    }
}

/// Whether the value of `dir` asks for descending order. Without one, and not understood, order is ascending.
fn is_descending(meaning: Direction, dir: &str) -> bool {
    match meaning {
        Direction::OneIsDescending => dir == "1",
        Direction::OneIsAscending => dir == "-1",
        Direction::Words => dir.eq_ignore_ascii_case("descending"),
        Direction::Ignored => false,
    }
}

/// A property that lists can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum OrderField {
    Id,
    CoworkerId,
    Message,
    NotificationType,
    EntityId,
    IsDismissed,
    CreatedOn,
    UpdatedOn,
}

impl OrderField {
    const ALL: [Self; 8] = [
        Self::Id,
        Self::CoworkerId,
        Self::Message,
        Self::NotificationType,
        Self::EntityId,
        Self::IsDismissed,
        Self::CreatedOn,
        Self::UpdatedOn,
    ];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Id => "Id",
            Self::CoworkerId => "CoworkerId",
            Self::Message => "Message",
            Self::NotificationType => "NotificationType",
            Self::EntityId => "EntityId",
            Self::IsDismissed => "IsDismissed",
            Self::CreatedOn => "CreatedOn",
            Self::UpdatedOn => "UpdatedOn",
        }
    }

    /// Reads a name in any case. An unknown name is `Id`, which the answer then names.
    fn named(text: &str) -> Self {
        let same = |field: &Self| field.name().eq_ignore_ascii_case(text);
        Self::ALL.into_iter().find(same).unwrap_or(Self::Id)
    }

    fn compare(self, a: &Record, b: &Record) -> Ordering {
        match self {
            Self::Id => a.id.cmp(&b.id),
            Self::CoworkerId => a.content.coworker_id.cmp(&b.content.coworker_id),
            Self::Message => a.content.message.cmp(&b.content.message),
            Self::NotificationType => a.content.notification_type.cmp(&b.content.notification_type),
            Self::EntityId => a.content.entity_id.cmp(&b.content.entity_id),
            Self::IsDismissed => a.content.is_dismissed.cmp(&b.content.is_dismissed),
            Self::CreatedOn => a.created_on.cmp(&b.created_on),
            Self::UpdatedOn => a.updated_on.cmp(&b.updated_on),
        }
    }
}

/// The conditions a record has to meet; those not given are met.
#[derive(Debug)]
struct Filter {
    ids: Option<Vec<i64>>,
    coworker: Option<i64>,
    message: Option<String>,
    notification_type: Option<String>,
    entity: Option<i64>,
    is_dismissed: Option<bool>,
    entities: Between<i64>,
    created: Between<DateTime<Utc>>,
    updated: Between<DateTime<Utc>>,
}

impl Filter {
    fn parse(params: &Params) -> Result<Self, ApiError> {
        let lower = |name| params.text(name).map(str::to_lowercase);
        Ok(Self {
            ids: params.numbers("id")?,
            coworker: params.number("CoworkerNotification_Coworker")?,
            message: lower("CoworkerNotification_Message"),
            notification_type: lower("CoworkerNotification_NotificationType"),
            entity: params.number("CoworkerNotification_EntityId")?,
            is_dismissed: params.flag("CoworkerNotification_IsDismissed")?,
            entities: Between {
                from: params.number("from_CoworkerNotification_EntityId")?,
                to: params.number("to_CoworkerNotification_EntityId")?,
            },
            created: Between {
                from: params.minute("from_CoworkerNotification_CreatedOn")?,
                to: params.minute("to_CoworkerNotification_CreatedOn")?,
            },
            updated: Between {
                from: params.minute("from_CoworkerNotification_UpdatedOn")?,
                to: params.minute("to_CoworkerNotification_UpdatedOn")?,
            },
        })
    }

    fn admits(&self, record: &Record) -> bool {
        let content = &record.content;
        self.coworker.is_none_or(|id| content.coworker_id == id)
            && self.is_dismissed.is_none_or(|flag| content.is_dismissed == flag)
            && self.ids.as_ref().is_none_or(|ids| ids.contains(&record.id))
            && self.entity.is_none_or(|id| content.entity_id == id)
            && self.entities.admits(content.entity_id)
            && self.created.admits_minute_of(record.created_on)
            && self.updated.admits_minute_of(record.updated_on)
            && self.notification_type.as_ref().is_none_or(|name| content.notification_type.to_lowercase() == *name)
            && self.message.as_ref().is_none_or(|words| content.message.to_lowercase().contains(words))
    }
}

/// A range with both ends in it.
#[derive(Debug)]
struct Between<T> {
    from: Option<T>,
    to: Option<T>,
}

impl<T: PartialOrd> Between<T> {
    fn admits(&self, value: T) -> bool {
        self.from.as_ref().is_none_or(|from| *from <= value) && self.to.as_ref().is_none_or(|to| value <= *to)
    }
}

impl Between<DateTime<Utc>> {
    /// Calendar arithmetic is slow, and most searches have no time.
    fn admits_minute_of(&self, time: DateTime<Utc>) -> bool {
        let open = self.from.is_none() && self.to.is_none();
        open || self.admits(to_minute(time))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dir_means_what_is_switched() {
        let descending = |meaning| {
            ["0", "1", "-1", "ascending", "Descending", ""]
                .into_iter()
                .filter(|dir| is_descending(meaning, dir))
                .collect::<Vec<_>>()
        };
        assert_eq!(descending(Direction::OneIsDescending), ["1"]);
        assert_eq!(descending(Direction::OneIsAscending), ["-1"]);
        assert_eq!(descending(Direction::Words), ["Descending"]);
        assert!(descending(Direction::Ignored).is_empty());
    }
}
