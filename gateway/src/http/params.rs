//! Parses the query string of a member's search into a typed query, or into errors in words.
//!
//! The case of names does not matter, as with the vendor. A repeated name is refused, because two readers could take
//! different values. Unknown names are skipped, but those that look like a filter are refused.

use coworker_notifications::api::OrderBy;
use coworker_notifications::model::{CoworkerId, EntityId, NotificationId, Timestamp, parse_timestamp};
use url::form_urlencoded;

use super::error::{ApiError, FieldError};
use crate::ListQuery;
use crate::query::{self, Between, Direction, Filter};

/// A page of more records than this is given in smaller ones; the envelope says so.
const LARGEST_PAGE: u32 = 1_000;
/// The most ids in one `?id=[…]`.
const MOST_IDS: usize = 1_000;

/// A member's search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Search {
    /// `CoworkerNotification_Coworker`: whose list.
    pub coworker: Option<CoworkerId>,
    /// `id`: these records alone.
    pub ids: Option<Vec<NotificationId>>,
    /// Filters, order and page.
    pub query: ListQuery,
}

/// The parameters that are known, in the reference's spelling.
const NAMES: &[&str] = &[
    "CoworkerNotification_Coworker",
    "CoworkerNotification_Message",
    "CoworkerNotification_NotificationType",
    "CoworkerNotification_EntityId",
    "CoworkerNotification_IsDismissed",
    "from_CoworkerNotification_CreatedOn",
    "to_CoworkerNotification_CreatedOn",
    "from_CoworkerNotification_UpdatedOn",
    "to_CoworkerNotification_UpdatedOn",
    "from_CoworkerNotification_EntityId",
    "to_CoworkerNotification_EntityId",
    "id",
    "page",
    "size",
    "orderBy",
    "dir",
];
/// Unknown names that begin like this are refused: they would be filters that are not applied.
const FILTERS: &[&str] = &["coworkernotification_", "from_", "to_"];
/// The name in the refusal of an unknown filter.
const UNKNOWN: &str = "parameter";

impl Search {
    /// Reads a query string.
    pub fn parse(encoded: &str) -> Result<Self, InvalidQuery> {
        let params = Params::read(encoded)?;
        let mut errors = Vec::new();
        let search = Self {
            coworker: params.read_as("CoworkerNotification_Coworker", WHOLE, whole, &mut errors).map(CoworkerId),
            ids: params.read_as("id", "a list like [1,2,3], of 1,000 ids at most", ids, &mut errors),
            query: params.query(&mut errors),
        };
        if errors.is_empty() { Ok(search) } else { Err(InvalidQuery(errors)) }
    }
}

/// Why a query string cannot be used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InvalidQuery(Vec<FieldError>);

impl InvalidQuery {
    /// What is wrong with each parameter, in words.
    pub fn message(&self) -> String {
        ApiError::Invalid(self.0.clone()).message()
    }
}

impl From<InvalidQuery> for ApiError {
    fn from(invalid: InvalidQuery) -> Self {
        Self::Invalid(invalid.0)
    }
}

/// The known parameters that were given, each once. Empty ones count as not given.
struct Params(Vec<(&'static str, String)>);

/// A property that is accepted for the order, but does not change it.
const COWORKER: &str = "CoworkerId";

const WHOLE: &str = "a whole number";
const ENTITY: &str = "a whole number";
const MINUTE: &str = "a time like 2025-01-10T08:00";

impl Params {
    fn read(encoded: &str) -> Result<Self, InvalidQuery> {
        let mut given: Vec<(&'static str, String)> = Vec::new();
        let mut errors = Vec::new();
        for (name, value) in form_urlencoded::parse(encoded.as_bytes()) {
            let lower = name.to_ascii_lowercase();
            match NAMES.iter().find(|known| known.eq_ignore_ascii_case(&name)) {
                Some(known) if given.iter().any(|(other, _)| other == known) => {
                    errors.push(FieldError::new(known, None, "is there more than once"));
                }
                Some(known) => given.push((known, value.into_owned())),
                None if FILTERS.iter().any(|start| lower.starts_with(start)) => {
                    errors.push(FieldError::new(
                        UNKNOWN,
                        Some(&name),
                        format!("{:?} is no filter of this list", shown(&name)),
                    ));
                }
                None => {}
            }
        }
        given.retain(|(_, value)| !value.trim_ascii().is_empty());
        if errors.is_empty() { Ok(Self(given)) } else { Err(InvalidQuery(errors)) }
    }

    fn text(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value.trim_ascii())
    }

    fn read_as<T>(
        &self,
        name: &'static str,
        right: &str,
        read: impl Fn(&str) -> Option<T>,
        errors: &mut Vec<FieldError>,
    ) -> Option<T> {
        let text = self.text(name)?;
        let value = read(text);
        if value.is_none() {
            errors.push(FieldError::new(name, Some(text), format!("{:?} is not {right}", shown(text))));
        }
        value
    }

    fn query(&self, errors: &mut Vec<FieldError>) -> ListQuery {
        let default = ListQuery::default();
        let positive =
            |text: &str| whole(text).filter(|number| *number > 0).map(|n| u32::try_from(n).unwrap_or(u32::MAX));
        let page = self.read_as("page", "a whole number above 0", positive, errors).unwrap_or(default.page);
        let size = self.read_as("size", "a whole number above 0", positive, errors).unwrap_or(default.size);
        let order = self
            .read_as(
                "orderBy",
                "Id, CreatedOn, UpdatedOn, Message, NotificationType, EntityId, IsDismissed or CoworkerId",
                order_by,
                errors,
            )
            .unwrap_or(default.order);
        let direction = self
            .read_as("dir", "0 (ascending), 1 (descending), ascending or descending", direction, errors)
            .unwrap_or(default.direction);
        // All records of a list have the same coworker, so they come by rising id in both directions.
        let by_coworker = self.text("orderBy").is_some_and(|text| text.eq_ignore_ascii_case(COWORKER));
        let direction = if by_coworker { Direction::Ascending } else { direction };
        ListQuery { filter: self.filter(errors), order, direction, page, size: size.min(LARGEST_PAGE) }
    }

    fn filter(&self, errors: &mut Vec<FieldError>) -> Filter {
        let entity = |text: &str| whole(text).map(EntityId);
        let text = |name| self.text(name).map(str::to_owned);
        let mut moment = |name| self.read_as(name, MINUTE, minute, errors);
        let created = Between {
            from: moment("from_CoworkerNotification_CreatedOn"),
            to: moment("to_CoworkerNotification_CreatedOn"),
        };
        let updated = Between {
            from: moment("from_CoworkerNotification_UpdatedOn"),
            to: moment("to_CoworkerNotification_UpdatedOn"),
        };
        Filter {
            message: text("CoworkerNotification_Message"),
            kind: text("CoworkerNotification_NotificationType"),
            entity: self.read_as("CoworkerNotification_EntityId", ENTITY, entity, errors),
            is_dismissed: self.read_as("CoworkerNotification_IsDismissed", "true or false", flag, errors),
            entities: Between {
                from: self.read_as("from_CoworkerNotification_EntityId", ENTITY, entity, errors),
                to: self.read_as("to_CoworkerNotification_EntityId", ENTITY, entity, errors),
            },
            created,
            updated,
        }
    }
}

/// A value as it may stand in an answer.
fn shown(value: &str) -> String {
    value.chars().take(40).collect()
}

fn whole(text: &str) -> Option<i64> {
    let digits = text.strip_prefix('-').unwrap_or(text);
    let plain = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok()).flatten()
}

/// `[1,2,3]`, also without brackets.
fn ids(text: &str) -> Option<Vec<NotificationId>> {
    let inner = match text.strip_prefix('[') {
        Some(rest) => rest.strip_suffix(']')?,
        None => text,
    };
    if inner.trim_ascii().is_empty() {
        return Some(Vec::new());
    }
    let ids: Option<Vec<_>> = inner.split(',').map(|id| whole(id.trim_ascii()).map(NotificationId)).collect();
    ids.filter(|ids| ids.len() <= MOST_IDS)
}

fn flag(text: &str) -> Option<bool> {
    match () {
        () if text.eq_ignore_ascii_case("true") => Some(true),
        () if text.eq_ignore_ascii_case("false") => Some(false),
        () => None,
    }
}

/// Ranges are as precise as a minute.
fn minute(text: &str) -> Option<Timestamp> {
    parse_timestamp(text).map(query::minute)
}

fn order_by(text: &str) -> Option<OrderBy> {
    const ALL: [OrderBy; 7] = [
        OrderBy::Id,
        OrderBy::CreatedOn,
        OrderBy::UpdatedOn,
        OrderBy::Message,
        OrderBy::NotificationType,
        OrderBy::EntityId,
        OrderBy::IsDismissed,
    ];
    if text.eq_ignore_ascii_case(COWORKER) {
        return Some(OrderBy::Id);
    }
    ALL.into_iter().find(|order| order.name().eq_ignore_ascii_case(text))
}

fn direction(text: &str) -> Option<Direction> {
    match text.to_ascii_lowercase().as_str() {
        "0" | "ascending" | "asc" => Some(Direction::Ascending),
        "1" | "descending" | "desc" => Some(Direction::Descending),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn search(encoded: &str) -> Search {
        Search::parse(encoded).unwrap_or_else(|invalid| panic!("{encoded}: {}", invalid.message()))
    }

    fn invalid(encoded: &str) -> String {
        Search::parse(encoded).expect_err(encoded).message()
    }

    #[test]
    fn without_parameters_it_is_what_nexudus_does() {
        assert_eq!(search(""), Search::default());
        assert_eq!(search("page=&size=&_=17&fields=all"), Search::default());
    }

    #[test]
    fn every_documented_parameter_is_read() {
        let search = search(
            "CoworkerNotification_Coworker=1001&CoworkerNotification_Message=hello%20%26+bye&\
             CoworkerNotification_NotificationType=blog&CoworkerNotification_EntityId=5&\
             CoworkerNotification_IsDismissed=false&from_CoworkerNotification_CreatedOn=2025-01-10T08:00&\
             to_CoworkerNotification_UpdatedOn=2025-01-10T08:01:59Z&from_CoworkerNotification_EntityId=-1&\
             id=[7,%208]&page=2&size=10&orderBy=CreatedOn&dir=1",
        );
        assert_eq!(search.coworker, Some(CoworkerId(1001)));
        assert_eq!(search.ids, Some(vec![NotificationId(7), NotificationId(8)]));
        let ListQuery { filter, order, direction, page, size } = search.query;
        assert_eq!((order, direction, page, size), (OrderBy::CreatedOn, Direction::Descending, 2, 10));
        assert_eq!(filter.message.as_deref(), Some("hello & bye"));
        assert_eq!(filter.kind.as_deref(), Some("blog"));
        assert_eq!((filter.entity, filter.is_dismissed), (Some(EntityId(5)), Some(false)));
        assert_eq!(filter.entities.from, Some(EntityId(-1)));
        assert_eq!(filter.created.from, parse_timestamp("2025-01-10T08:00"));
        assert_eq!(filter.updated.to, parse_timestamp("2025-01-10T08:01"));
    }

    #[test]
    fn dir_is_a_number_or_a_word() {
        for (dir, expected) in [
            ("0", Direction::Ascending),
            ("1", Direction::Descending),
            ("ascending", Direction::Ascending),
            ("Descending", Direction::Descending),
            ("ASC", Direction::Ascending),
            ("DESC", Direction::Descending),
        ] {
            assert_eq!(search(&format!("dir={dir}")).query.direction, expected, "{dir}");
        }
    }

    #[test]
    fn names_are_taken_whatever_their_case() {
        assert_eq!(search("orderby=updatedon&PAGE=3").query.order, OrderBy::UpdatedOn);
        assert_eq!(search("coworkernotification_coworker=7").coworker, Some(CoworkerId(7)));
    }

    #[test]
    fn a_parameter_that_comes_twice_is_refused() {
        for encoded in [
            "CoworkerNotification_Coworker=1&CoworkerNotification_Coworker=2",
            "CoworkerNotification_Coworker=1&coworkernotification_coworker=2",
            "CoworkerNotification_Coworker=1&CoworkerNotification%5FCoworker=2",
            "CoworkerNotification_Coworker=&CoworkerNotification_Coworker=2",
            "id=[1]&id=[2]",
            "page=1&page=1",
        ] {
            assert!(invalid(encoded).contains("more than once"), "{encoded}");
        }
    }

    #[test]
    fn what_cannot_be_used_is_told_with_its_name() {
        for (encoded, named) in [
            ("page=0", "page"),
            ("page=-1", "page"),
            ("page=one", "page"),
            ("size=0", "size"),
            ("size=1.5", "size"),
            ("page=%2B1", "page"),
            ("page=99999999999999999999", "page"),
            ("orderBy=Password", "orderBy"),
            ("dir=2", "dir"),
            ("dir=-1", "dir"),
            ("dir=sideways", "dir"),
            ("CoworkerNotification_Coworker=me", "CoworkerNotification_Coworker"),
            ("CoworkerNotification_Coworker=1,2", "CoworkerNotification_Coworker"),
            ("CoworkerNotification_Coworker=[1]", "CoworkerNotification_Coworker"),
            ("CoworkerNotification_IsDismissed=maybe", "CoworkerNotification_IsDismissed"),
            ("CoworkerNotification_EntityId=x", "CoworkerNotification_EntityId"),
            ("from_CoworkerNotification_CreatedOn=yesterday", "from_CoworkerNotification_CreatedOn"),
            ("id=[1,x]", "id"),
            ("id=[1", "id"),
            ("id=1]", "id"),
            ("id=[1,,2]", "id"),
            ("CoworkerNotification_CoworkerId=1", "CoworkerNotification_CoworkerId"),
            ("from_CoworkerNotification_Id=1", "from_CoworkerNotification_Id"),
        ] {
            assert!(invalid(encoded).contains(named), "{encoded}");
        }
    }

    #[test]
    fn a_large_page_is_cut() {
        assert_eq!(search("size=1000000&page=4294967296").query.size, LARGEST_PAGE);
        assert!(Search::parse(&format!("id=[{}1]", "1,".repeat(MOST_IDS))).is_err());
    }
}
