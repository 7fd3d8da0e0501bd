//! Whatever other tabs say, a feed goes on: what it understands it could have said itself, and the list stays in order.
//!
//! The input is a text to a line, each as it comes over the channel.

#![no_main]

use std::cmp::Reverse;

use coworker_notifications::{
    api::{Page, decode_list},
    feed::{Command, Event, Feed, Now, peer::Message},
};
use libfuzzer_sys::fuzz_target;

#[path = "../../tests/support/setup.rs"]
mod setup;

use setup::setup;

const LIST: &str = r#"[
    {"Id": 3, "CoworkerId": 1001, "CreatedOn": "2025-01-10T08:03:00Z"},
    {"Id": 2, "CoworkerId": 1001, "CreatedOn": "2025-01-10T08:02:00Z"},
    {"Id": 1, "CoworkerId": 1001, "CreatedOn": "2025-01-10T08:01:00Z"}
]"#;

fuzz_target!(|input: &str| {
    let heard: Vec<_> = input.lines().take(12).filter_map(Message::decode).collect();
    if heard.is_empty() {
        return;
    }
    let mut tab = Tab::begin();
    for message in heard {
        assert_eq!(Message::decode(&message.encode()).as_ref(), Some(&message));
        tab.happens(Event::Peer(message));
        tab.pass(7_000);
    }
    tab.pass(700_000);
});

struct Tab {
    feed: Feed,
    now: Now,
}

impl Tab {
    fn begin() -> Self {
        let feed = Feed::new(setup());
        let mut tab = Self { feed, now: Now { mono: 1_000, wall: 1_760_000_000_000 } };
        tab.happens(Event::Start);
        tab
    }

    fn pass(&mut self, milliseconds: u64) {
        self.now.mono += milliseconds;
        self.now.wall += milliseconds as i64;
        self.happens(Event::Wake);
    }

    /// Something happens; a server that has these three, whatever is written, answers what the feed asks.
    fn happens(&mut self, event: Event) {
        let mut events = vec![event];
        for round in 0.. {
            let Some(event) = events.pop() else { break };
            assert!(round < 500, "it does not come to rest");
            for command in self.feed.step(self.now, event) {
                match command {
                    Command::List { ticket, query: _ } => events.push(Event::Listed { ticket, result: Ok(list().into()) }),
                    Command::Fetch { ticket, ids } => {
                        let records = list().notifications.into_iter().filter(|one| ids.contains(&one.id)).collect();
                        events.push(Event::Fetched { ticket, result: Ok(records) });
                    }
                    Command::Write { notification, .. } => {
                        events.push(Event::Wrote { id: notification.id, result: Ok(()) });
                    }
                    _ => {}
                }
            }
            self.check();
        }
    }

    fn check(&mut self) {
        let shown = self.feed.snapshot();
        let place = |index: usize| Reverse((shown.notifications[index].created, shown.notifications[index].id));
        assert!((1..shown.notifications.len()).all(|index| place(index - 1) < place(index)));
        assert!(self.feed.wake_at().is_none_or(|at| at > self.now.mono));
    }
}

fn list() -> Page {
    decode_list(200, LIST).expect("a list")
}
