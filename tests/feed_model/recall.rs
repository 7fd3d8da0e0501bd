//! Somebody brings back what no tab has seen dismissed.

use coworker_notifications::model::NotificationId;

use super::{
    story::{Story, Wish, pick},
    support::{Asked, Tab},
};

impl Story {
    pub(super) fn recall(&mut self, at: u8) {
        let world = &mut self.world;
        let mut ids = world.server.all();
        let local = world.local();
        ids.retain(|id| world.server.dismissed_elsewhere(*id) && !local.contains(id));
        let Some(id) = pick(&ids, at) else { return };
        let listed = world.tab().feed.notification(NotificationId(id)).is_some();
        // A list that is on its way may show it as it was before.
        let lists = |tab: &Tab| tab.asked.iter().any(|asked| matches!(asked, Asked::List { .. }));
        let reads = !world.shown().loaded || world.tabs.iter().any(lists);
        world.restore(id);
        self.acts.remove(&id);
        if listed || reads || self.touched.contains(&id) {
            self.wishes.remove(&id);
        } else {
            self.wishes.insert(id, Wish::Shown);
        }
    }
}
