//! The coworkers of Harbour Works, the sandbox's coworking space.

use serde::Serialize;

/// A customer of the space, to whom notifications are sent.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Coworker {
    /// The `CoworkerId` of their notifications.
    pub id: i64,
    /// Given and family name.
    pub name: &'static str,
    /// Whom they work for.
    pub company: &'static str,
    /// Also the user name at the token endpoint.
    pub email: &'static str,
}

/// Has 60 notifications over three weeks, some dismissed.
pub(crate) const BUSY: i64 = 1001;
/// Has ten thousand notifications (or as many as asked), none dismissed.
pub(crate) const CROWDED: i64 = 1003;
/// Has one notification of each type, none dismissed.
pub(crate) const ONE_OF_EACH: i64 = 1004;

/// The second profile of the member whose own token is `portal-two`.
pub(crate) const SECOND_PROFILE: i64 = BUSY;
/// Further members, as many as asked for, have ids from here on. They have no names.
pub const FIRST_FURTHER: i64 = 2_001;

/// Everybody. Number 1002 never had a notification.
pub(crate) const COWORKERS: [Coworker; 4] = [
    Coworker { id: BUSY, name: "Amara Lindqvist", company: "Saltmarsh Studio", email: "amara@saltmarsh.example" },
    Coworker { id: 1002, name: "Jonas Okafor", company: "Quiet Ledger", email: "jonas@quietledger.example" },
    Coworker { id: CROWDED, name: "Priya Raman", company: "Tidewater Logistics", email: "priya@tidewater.example" },
    Coworker { id: ONE_OF_EACH, name: "Mateo Fuentes", company: "Fuentes & Daughters", email: "mateo@fuentes.example" },
];

pub(crate) fn coworker(id: i64) -> Option<&'static Coworker> {
    COWORKERS.iter().find(|coworker| coworker.id == id)
}
