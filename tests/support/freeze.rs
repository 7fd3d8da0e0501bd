//! The browser's back/forward cache: a tab is frozen, and continues later as if no time had passed.

use coworker_notifications::feed::Event;

use super::{InFlight, World, no_network};

impl World {
    /// The current tab enters the back/forward cache. `arrives`: its last writes reach the server, whose answers are lost.
    pub fn freeze(&mut self, arrives: bool) {
        let current = self.current();
        self.event(Event::Leave);
        self.hand_on_the_lead();
        self.tab_mut().frozen = true;
        self.event(Event::Visible(false));
        self.messages.retain(|(to, _)| *to != current);
        for index in 0..self.in_flight() {
            match &mut self.tab_mut().in_flight[index] {
                InFlight::List { answer, .. } => *answer = None,
                InFlight::Fetch { answer, .. } => *answer = None,
                InFlight::Renew { .. } => {}
                InFlight::Write { .. } if arrives => self.serve(index),
                InFlight::Write { .. } => {}
            }
        }
    }

    /// The current tab is restored. It repeats the reads that were in flight, and reads what other tabs have stored.
    pub fn thaw(&mut self) {
        if !std::mem::take(&mut self.tab_mut().frozen) {
            return;
        }
        self.event(Event::Restored(self.journal.intents.clone()));
        self.event(Event::Visible(true));
        while let Some(index) =
            self.tab().in_flight.iter().position(|request| matches!(request, InFlight::Write { .. }))
        {
            self.lose(index, no_network());
        }
        if !self.has_leader() {
            self.take_the_lead();
        }
    }
}
