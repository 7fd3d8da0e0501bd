//! Searches.

use crate::model::{CoworkerId, EntityId, NotificationType, Timestamp, format_minute};

/// A search: filters, page and order. Every part may be left out.
///
/// ```
/// use coworker_notifications::{api::{Dir, ListQuery, OrderBy, Request}, model::CoworkerId};
///
/// let query = ListQuery::new()
///     .coworker(CoworkerId(1001))
///     .is_dismissed(false)
///     .page(2)
///     .order_by(OrderBy::CreatedOn)
///     .dir(Dir::One);
/// assert_eq!(
///     Request::list(&query).target(),
///     "/api/spaces/coworkernotifications?CoworkerNotification_Coworker=1001&CoworkerNotification_IsDismissed=false\
///      &page=2&orderBy=CreatedOn&dir=1"
/// );
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ListQuery(Vec<(Part, String)>);

macro_rules! parts {
    ($($(#[$doc:meta])* $part:ident $method:ident($value:ident: $type:ty) = $name:literal, $text:expr;)+) => {
        /// The parts, in the order of the reference.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        enum Part {
            $($part),+
        }

        impl Part {
            /// The name in the query string.
            fn name(self) -> &'static str {
                match self { $(Self::$part => $name),+ }
            }
        }

        impl ListQuery {
            $($(#[$doc])*
            #[must_use]
            pub fn $method(self, $value: $type) -> Self {
                self.with(Part::$part, $text)
            })+
        }
    };
}

parts! {
    /// Only this member's (`CoworkerNotification_Coworker`).
    Coworker coworker(id: CoworkerId) = "CoworkerNotification_Coworker", id.0.to_string();
    /// Only with this text (`CoworkerNotification_Message`).
    Message message(text: impl Into<String>) = "CoworkerNotification_Message", text.into();
    /// Only this type (`CoworkerNotification_NotificationType`), in its own spelling.
    Kind kind(kind: NotificationType) = "CoworkerNotification_NotificationType", kind.as_str().to_owned();
    /// Only about this thing (`CoworkerNotification_EntityId`).
    Entity entity(id: EntityId) = "CoworkerNotification_EntityId", id.0.to_string();
    /// Only dismissed, or only undismissed ones (`CoworkerNotification_IsDismissed`).
    IsDismissed is_dismissed(is: bool) = "CoworkerNotification_IsDismissed", if is { "true" } else { "false" }.to_owned();
    /// Only created in this minute or later (`from_CoworkerNotification_CreatedOn`).
    FromCreated from_created(moment: Timestamp) = "from_CoworkerNotification_CreatedOn", format_minute(moment);
    /// Only created in this minute or earlier (`to_CoworkerNotification_CreatedOn`).
    ToCreated to_created(moment: Timestamp) = "to_CoworkerNotification_CreatedOn", format_minute(moment);
    /// Only changed in this minute or later (`from_CoworkerNotification_UpdatedOn`).
    FromUpdated from_updated(moment: Timestamp) = "from_CoworkerNotification_UpdatedOn", format_minute(moment);
    /// Only changed in this minute or earlier (`to_CoworkerNotification_UpdatedOn`).
    ToUpdated to_updated(moment: Timestamp) = "to_CoworkerNotification_UpdatedOn", format_minute(moment);
    /// Only about things with this id or a higher one (`from_CoworkerNotification_EntityId`).
    FromEntity from_entity(id: EntityId) = "from_CoworkerNotification_EntityId", id.0.to_string();
    /// Only about things with this id or a lower one (`to_CoworkerNotification_EntityId`).
    ToEntity to_entity(id: EntityId) = "to_CoworkerNotification_EntityId", id.0.to_string();
    /// Which page, from 1 (the server's default: 1).
    Page page(number: u32) = "page", number.to_string();
    /// Records a page (the server's default: 25, and it may give fewer than asked).
    Size size(records: u32) = "size", records.to_string();
    /// By which property (the server's default: `Id`).
    OrderBy order_by(property: OrderBy) = "orderBy", property.name().to_owned();
    /// In which direction; see [`Dir`] before trusting it.
    Dir dir(dir: Dir) = "dir", dir.wire().to_owned();
}

impl ListQuery {
    /// A search for everything.
    pub fn new() -> Self {
        Self::default()
    }

    fn with(mut self, part: Part, text: String) -> Self {
        self.0.retain(|(other, _)| *other != part);
        let place = self.0.iter().take_while(|(other, _)| *other < part).count();
        self.0.insert(place, (part, text));
        self
    }

    /// The query string's pairs, in the order of the reference.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        self.0.iter().map(|(part, text)| (part.name(), text.clone())).collect()
    }
}

/// The property that a list is ordered by (`orderBy`).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum OrderBy {
    /// `Id`
    Id,
    /// `CreatedOn`
    CreatedOn,
    /// `UpdatedOn`
    UpdatedOn,
    /// `Message`
    Message,
    /// `NotificationType`
    NotificationType,
    /// `EntityId`
    EntityId,
    /// `IsDismissed`
    IsDismissed,
}

impl OrderBy {
    /// The property's name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Id => "Id",
            Self::CreatedOn => "CreatedOn",
            Self::UpdatedOn => "UpdatedOn",
            Self::Message => "Message",
            Self::NotificationType => "NotificationType",
            Self::EntityId => "EntityId",
            Self::IsDismissed => "IsDismissed",
        }
    }
}

/// A value of `dir`, named after what is sent, because its meaning is uncertain.
///
/// The Nexudus reference documents the parameter in three ways that contradict each other:
///
/// | reference | ascending | descending |
/// |---|---|---|
/// | newest | `0` | `1` |
/// | middle | `1` | `-1` |
/// | oldest | `ascending` (default) | `descending` |
///
/// So check the order of the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dir {
    /// `1`: descending in the newest reference, ascending in the middle one.
    One,
    /// `-1`: descending in the middle reference.
    MinusOne,
    /// `0`: ascending in the newest reference.
    Zero,
    /// `ascending`: the oldest reference.
    Ascending,
    /// `descending`: the oldest reference.
    Descending,
}

impl Dir {
    /// What is sent.
    pub fn wire(self) -> &'static str {
        match self {
            Self::One => "1",
            Self::MinusOne => "-1",
            Self::Zero => "0",
            Self::Ascending => "ascending",
            Self::Descending => "descending",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parse_timestamp;

    #[test]
    fn an_empty_search_sends_nothing() {
        assert!(ListQuery::new().pairs().is_empty());
    }

    #[test]
    fn every_filter_has_its_documented_name() {
        let moment = parse_timestamp("2025-01-10T08:00:30Z").unwrap();
        let query = ListQuery::new()
            .coworker(CoworkerId(1))
            .message("hello & goodbye")
            .kind(NotificationType::from("BLOG"))
            .entity(EntityId(2))
            .is_dismissed(true)
            .from_created(moment)
            .to_created(moment)
            .from_updated(moment)
            .to_updated(moment)
            .from_entity(EntityId(3))
            .to_entity(EntityId(4))
            .page(5)
            .size(6)
            .order_by(OrderBy::UpdatedOn)
            .dir(Dir::Descending);
        let minute = "2025-01-10T08:00";
        let expected = [
            ("CoworkerNotification_Coworker", "1"),
            ("CoworkerNotification_Message", "hello & goodbye"),
            ("CoworkerNotification_NotificationType", "BLOG"),
            ("CoworkerNotification_EntityId", "2"),
            ("CoworkerNotification_IsDismissed", "true"),
            ("from_CoworkerNotification_CreatedOn", minute),
            ("to_CoworkerNotification_CreatedOn", minute),
            ("from_CoworkerNotification_UpdatedOn", minute),
            ("to_CoworkerNotification_UpdatedOn", minute),
            ("from_CoworkerNotification_EntityId", "3"),
            ("to_CoworkerNotification_EntityId", "4"),
            ("page", "5"),
            ("size", "6"),
            ("orderBy", "UpdatedOn"),
            ("dir", "descending"),
        ];
        assert_eq!(query.pairs(), expected.map(|(name, value)| (name, value.to_owned())));
    }
}
