//! A tab is closed, with or without the chance to send its last writes, and another opened with what the browser stores.

use coworker_notifications::feed::Event;

use super::{
    recount::Knowledge,
    scenario::{Expected, Scenario},
    support::{InFlight, Tab},
};

impl Scenario {
    /// Closes the current tab and opens another in its place. `orderly`: it can send its last writes. `arrives`: they reach
    /// the server.
    pub(super) fn reopen(&mut self, orderly: bool, arrives: bool) {
        let world = &mut self.world;
        // A tab takes longer to close than the browser to report what it has stored.
        world.report_stored();
        if orderly {
            world.leave();
            world.report_stored();
        }
        for index in 0..world.in_flight() {
            let write = matches!(&world.tab().in_flight[index], InFlight::Write { .. });
            if write && arrives {
                world.serve(index);
            }
        }
        // A restoring that has not been written is not stored. If its write was in flight, no remaining tab knows the outcome.
        let writes = |tab: &Tab, id: i64, back: bool| {
            let same = |request: &InFlight| {
                matches!(request, InFlight::Write { notification, dismissed, .. }
                if notification.id.0 == id && !(back && *dismissed))
            };
            tab.in_flight.iter().any(same)
        };
        let (current, server, tabs) = (world.current(), &world.server, &world.tabs);
        self.expected.retain(|id, expected| match expected {
            Expected::Dismissed => !writes(&tabs[current], *id, true),
            Expected::Shown => {
                server.is_dismissed(*id) == Some(false) && !tabs.iter().any(|tab| writes(tab, *id, false))
            }
        });
        let tab = world.current();
        self.acts.retain(|_, (of, _)| *of != tab);
        world.replace_tab();
        self.knowledge[tab] = Knowledge::Stale;
        let world = &mut self.world;
        world.event(Event::Start);
    }

    /// The current tab enters the back/forward cache. `arrives`: its last writes reach the server.
    pub(super) fn freeze(&mut self, arrives: bool) {
        self.world.report_stored();
        self.world.freeze(arrives);
        self.world.report_stored();
    }

    /// Restores the current tab from the back/forward cache, if it is there. It never receives the answers to its writes.
    pub(super) fn thaw(&mut self) {
        if self.world.tab().frozen {
            (0..self.world.in_flight()).for_each(|index| self.note_failure(index, true));
            self.world.prune_stored();
            self.world.thaw();
            self.knowledge[self.world.current()] = Knowledge::Stale;
        }
    }
}
