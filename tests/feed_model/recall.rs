//! The member restores what no tab has seen dismissed.

use coworker_notifications::model::NotificationId;

use super::{
    scenario::{Expected, Scenario, pick},
    support::{InFlight, Tab},
};

impl Scenario {
    pub(super) fn recall(&mut self, at: u8) {
        let world = &mut self.world;
        let mut ids = world.server.all();
        let local = world.local();
        ids.retain(|id| world.server.dismissed_remotely(*id) && !local.contains(id));
        let Some(id) = pick(&ids, at) else { return };
        let listed = world.tab().feed.notification(NotificationId(id)).is_some();
        // A list in flight may contain the notification as it was before.
        let lists = |tab: &Tab| tab.in_flight.iter().any(|request| matches!(request, InFlight::List { .. }));
        let reads = !world.shown().loaded || world.tabs.iter().any(lists);
        world.restore(id);
        self.acts.remove(&id);
        if listed || reads || self.touched.contains(&id) {
            self.expected.remove(&id);
        } else {
            self.expected.insert(id, Expected::Shown);
        }
    }
}
