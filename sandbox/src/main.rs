//! The local CoworkerNotifications API.
fn main() {}
