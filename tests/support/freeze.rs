//! The browser's back/forward cache: a tab stops, and goes on later as if no time had passed.

use coworker_notifications::feed::{Event, peer::Message};

use super::{Asked, World, no_network};

impl World {
    /// The current tab goes into the back/forward cache. `arrives`: its last writes get through; it never hears of it.
    pub fn freeze(&mut self, arrives: bool) {
        let current = self.current();
        self.event(Event::Leave);
        self.hand_on_the_lead();
        self.tab_mut().frozen = true;
        self.event(Event::Visible(false));
        self.wire.retain(|(to, _)| *to != current);
        for index in 0..self.under_way() {
            match &mut self.tab_mut().asked[index] {
                Asked::List { answer, .. } => *answer = None,
                Asked::Fetch { answer, .. } => *answer = None,
                Asked::Renew { .. } => {}
                Asked::Write { .. } if arrives => self.serve(index),
                Asked::Write { .. } => {}
            }
        }
    }

    /// The current tab is back. It asks again for what it was reading and reads what the others have stored.
    pub fn thaw(&mut self) {
        if !std::mem::take(&mut self.tab_mut().frozen) {
            return;
        }
        let stored = self.journal.intents.iter().map(|(id, intent)| (*id, *intent)).collect();
        self.event(Event::Peer(Message::Intents(stored)));
        self.event(Event::Visible(true));
        while let Some(index) = self.tab().asked.iter().position(|asked| matches!(asked, Asked::Write { .. })) {
            self.lose(index, no_network());
        }
        if !self.has_leader() {
            self.take_the_lead();
        }
    }
}
