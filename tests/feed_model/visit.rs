//! Visits: a tab goes away, in an orderly way or not, and another comes with what the browser remembers.

use coworker_notifications::feed::Event;

use super::{
    recount::Knowledge,
    story::{Story, Wish},
    support::{Asked, Tab},
};

impl Story {
    /// The current tab is closed and opened again. `orderly`: it can say goodbye; `arrives`: what it sent gets through.
    pub(super) fn visit(&mut self, orderly: bool, arrives: bool) {
        let world = &mut self.world;
        if orderly {
            world.leave();
        }
        for index in 0..world.under_way() {
            let write = matches!(&world.tab().asked[index], Asked::Write { .. });
            if write && arrives {
                world.serve(index);
            }
        }
        // A restoring that has not been written is not remembered; and what has become of one that was on its way, nobody
        // who is left knows.
        let writes = |tab: &Tab, id: i64, back: bool| {
            let same = |asked: &Asked| {
                matches!(asked, Asked::Write { notification, dismissed, .. }
                if notification.id.0 == id && !(back && *dismissed))
            };
            tab.asked.iter().any(same)
        };
        let (current, server, tabs) = (world.current(), &world.server, &world.tabs);
        self.wishes.retain(|id, wish| match wish {
            Wish::Dismissed => !writes(&tabs[current], *id, true),
            Wish::Shown => server.is_dismissed(*id) == Some(false) && !tabs.iter().any(|tab| writes(tab, *id, false)),
        });
        let tab = world.current();
        self.acts.retain(|_, (of, _)| *of != tab);
        world.replace_tab();
        self.knowledge[tab] = Knowledge::Old;
        let world = &mut self.world;
        world.event(Event::Start);
    }
    /// The current tab goes into the back/forward cache. `arrives`: what it sent gets through.
    pub(super) fn freeze(&mut self, arrives: bool) {
        self.world.freeze(arrives);
    }

    /// The current tab is back, if it was away; it never hears what became of its last writes.
    pub(super) fn thaw(&mut self) {
        if self.world.tab().frozen {
            (0..self.world.under_way()).for_each(|index| self.note_trouble(index, true));
            self.world.thaw();
            self.knowledge[self.world.current()] = Knowledge::Old;
        }
    }
}
