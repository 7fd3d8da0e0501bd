//! What to search for.

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
pub struct ListQuery {
    coworker: Option<CoworkerId>,
    message: Option<String>,
    kind: Option<NotificationType>,
    entity: Option<EntityId>,
    is_dismissed: Option<bool>,
    from_created: Option<Timestamp>,
    to_created: Option<Timestamp>,
    from_updated: Option<Timestamp>,
    to_updated: Option<Timestamp>,
    from_entity: Option<EntityId>,
    to_entity: Option<EntityId>,
    page: Option<u32>,
    size: Option<u32>,
    order_by: Option<OrderBy>,
    dir: Option<Dir>,
}

macro_rules! parts {
    ($($(#[$doc:meta])* $name:ident: $type:ty;)+) => {
        $($(#[$doc])*
        #[must_use]
        pub fn $name(mut self, $name: $type) -> Self {
            self.$name = Some($name);
            self
        })+
    };
}

impl ListQuery {
    /// A search for everything.
    pub fn new() -> Self {
        Self::default()
    }

    parts! {
        /// Only this member's (`CoworkerNotification_Coworker`).
        coworker: CoworkerId;
        /// Only this type (`CoworkerNotification_NotificationType`), in its own spelling.
        kind: NotificationType;
        /// Only about this thing (`CoworkerNotification_EntityId`).
        entity: EntityId;
        /// Only dismissed, or only undismissed ones (`CoworkerNotification_IsDismissed`).
        is_dismissed: bool;
        /// Only created in this minute or later (`from_CoworkerNotification_CreatedOn`).
        from_created: Timestamp;
        /// Only created in this minute or earlier (`to_CoworkerNotification_CreatedOn`).
        to_created: Timestamp;
        /// Only changed in this minute or later (`from_CoworkerNotification_UpdatedOn`).
        from_updated: Timestamp;
        /// Only changed in this minute or earlier (`to_CoworkerNotification_UpdatedOn`).
        to_updated: Timestamp;
        /// Only about things with this id or a higher one (`from_CoworkerNotification_EntityId`).
        from_entity: EntityId;
        /// Only about things with this id or a lower one (`to_CoworkerNotification_EntityId`).
        to_entity: EntityId;
        /// Which page, from 1 (the server's default: 1).
        page: u32;
        /// Records a page (the server's default: 25, and it may give fewer than asked).
        size: u32;
        /// By which property (the server's default: `Id`).
        order_by: OrderBy;
        /// In which direction; see [`Dir`] before trusting it.
        dir: Dir;
    }

    /// Only with this text (`CoworkerNotification_Message`).
    #[must_use]
    pub fn message(mut self, message: impl Into<String>) -> Self {
        self.message = Some(message.into());
        self
    }

    /// The query string's pairs, in the order of the reference.
    pub(super) fn pairs(&self) -> Vec<(&'static str, String)> {
        let pairs = [
            ("CoworkerNotification_Coworker", self.coworker.map(|id| id.0.to_string())),
            ("CoworkerNotification_Message", self.message.clone()),
            ("CoworkerNotification_NotificationType", self.kind.as_ref().map(|kind| kind.as_str().to_owned())),
            ("CoworkerNotification_EntityId", self.entity.map(|id| id.0.to_string())),
            (
                "CoworkerNotification_IsDismissed",
                self.is_dismissed.map(|is| if is { "true" } else { "false" }.to_owned()),
            ),
            ("from_CoworkerNotification_CreatedOn", self.from_created.map(format_minute)),
            ("to_CoworkerNotification_CreatedOn", self.to_created.map(format_minute)),
            ("from_CoworkerNotification_UpdatedOn", self.from_updated.map(format_minute)),
            ("to_CoworkerNotification_UpdatedOn", self.to_updated.map(format_minute)),
            ("from_CoworkerNotification_EntityId", self.from_entity.map(|id| id.0.to_string())),
            ("to_CoworkerNotification_EntityId", self.to_entity.map(|id| id.0.to_string())),
            ("page", self.page.map(|page| page.to_string())),
            ("size", self.size.map(|size| size.to_string())),
            ("orderBy", self.order_by.map(|property| property.name().to_owned())),
            ("dir", self.dir.map(|dir| dir.wire().to_owned())),
        ];
        pairs.into_iter().filter_map(|(name, value)| Some((name, value?))).collect()
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

/// A value of `dir`, named after what is sent because nobody can promise what it means.
///
/// The Nexudus reference documents the parameter in three ways that contradict each other:
///
/// | reference | ascending | descending |
/// |---|---|---|
/// | newest | `0` | `1` |
/// | middle | `1` | `-1` |
/// | oldest | `ascending` (default) | `descending` |
///
/// Look at the order of what came back.
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
