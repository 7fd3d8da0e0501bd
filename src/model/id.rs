//! Record ids: whole numbers that must not be mixed up.

use std::fmt;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub struct $name(pub i64);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(&self.0, f)
            }
        }
    };
}

id!(
    /// `Id` of a CoworkerNotification.
    NotificationId
);
id!(
    /// `CoworkerId`: the member whose notification it is.
    CoworkerId
);
id!(
    /// `EntityId`: the thing a notification is about (a blog post, an invoice, a thread).
    EntityId
);
