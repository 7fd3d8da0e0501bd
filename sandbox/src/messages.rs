//! The messages of the invented space Harbour Works: some for each notification type.

use std::collections::BTreeMap;
use std::ops::Range;

use rand::rngs::Xoshiro256PlusPlus;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

/// A NotificationType and its messages.
#[derive(Debug)]
pub(crate) struct Kind {
    /// The value of `NotificationType`.
    pub(crate) name: &'static str,
    /// How many of the busy coworker's 60 notifications are of this type.
    pub(crate) share: usize,
    /// Ids of the things it is about. A short range makes several notifications share a thing.
    entities: Range<i64>,
    /// Words in braces are replaced, see [`Composer::fill`].
    messages: [&'static str; 6],
}

/// The 15 common types.
pub(crate) const KINDS: [Kind; 15] = [
    Kind {
        name: "blog",
        share: 5,
        entities: 410..430,
        messages: [
            "New on the blog: {person} on going from freelancer to a team of five.",
            "Five minutes with {person} of {company}: this month's member story is out.",
            "New post: the best coffee within ten minutes of the harbour, tested by all of us.",
            "What our new heat pump saved us this winter. Real numbers inside.",
            "New on the blog: how to book {room} in under ten seconds.",
            "Updated: our guide to bringing clients and guests to Harbour Works.",
        ],
    },
    Kind {
        name: "community-event",
        share: 8,
        entities: 2_100..2_140,
        messages: [
            "{event} is this Thursday at 18:00 in {room}. {person} brings the snacks.",
            "{event} has moved to {room}. Same time, more chairs.",
            "Two seats left for {event}. Want one?",
            "{person} and 11 others are coming to {event}.",
            "Tomorrow: {event}, 9:00 in {room}. See you there!",
            "A seat came free: you are off the waiting list for {event}.",
        ],
    },
    Kind {
        name: "community-message",
        share: 9,
        entities: 50_200..50_900,
        messages: [
            "{person}: “Does anyone have a USB-C adapter I could borrow until three?”",
            "{person}: “Thanks for the introduction to {company}, we meet on Monday!”",
            "{person}: “I left a green bottle in {room}. Reward: cinnamon buns.”",
            "{person}: “Lunch on the pier at 12:30? The sun is out.”",
            "{person}: “Could you have a look at my pitch before {event}?”",
            "{person}: “We wrapped up early, {room} is free if you need it.”",
        ],
    },
    Kind {
        name: "community-thread",
        share: 8,
        entities: 7_300..7_360,
        messages: [
            "{person} started “{topic}”.",
            "{person} replied in “{topic}”.",
            "“{topic}” has 14 new replies since you last looked.",
            "{person} mentioned you in “{topic}”.",
            "{person} asks: who has worked with {company}?",
            "{person} marked your answer in “{topic}” as the solution. Nicely done!",
        ],
    },
    Kind {
        name: "course",
        share: 4,
        entities: 310..325,
        messages: [
            "Lesson 3 of “{course}” is ready for you.",
            "{person} added the slides to “{course}”.",
            "You are half-way through “{course}”. Keep going!",
            "“{course}” starts on Monday in {room}. Your seat is booked.",
            "You finished “{course}”. Your certificate is waiting.",
            "Live questions for “{course}”: Wednesday at 16:00 with {person}.",
        ],
    },
    Kind {
        name: "coworkerinvoice",
        share: 2,
        entities: 20_410..20_990,
        messages: [
            "Invoice HW-{entity} for €320.00 is ready. It is due in 14 days.",
            "Invoice HW-{entity} for €48.50 (six hours in {room}) is ready.",
            "Your membership invoice HW-{entity} is ready. No action needed: your card is charged on the 1st.",
            "Invoice HW-{entity} for €12.00 (printing) is ready.",
            "Invoice HW-{entity} has been paid. Thank you!",
            "A friendly reminder: invoice HW-{entity} for €320.00 is due on Friday.",
        ],
    },
    Kind {
        name: "identitycheck-fail",
        share: 1,
        entities: 880..900,
        messages: [
            "We could not read your ID: the photo is a little blurred. Please try once more.",
            "Your identity check did not go through: the document has expired.",
            "The name on your document differs from your profile. Please check both.",
            "Your identity check timed out before the last step. It takes two minutes to repeat.",
            "We need the back of your ID card too. Please add it.",
            "Your selfie and your document did not match. Good light helps; please try again.",
        ],
    },
    Kind {
        name: "identity-check-failed",
        share: 1,
        entities: 880..900,
        messages: [
            "Your identity check failed: part of the document was outside the picture.",
            "We could not confirm your address. A recent bill or bank letter will do.",
            "Your identity check failed. Ask at the front desk and we will sort it out together.",
            "That document type is not accepted. A passport, ID card or licence is.",
            "Your identity check failed three times. {person} at the front desk can do it by hand.",
            "The picture was too dark to read. Please take it again near a window.",
        ],
    },
    Kind {
        name: "identity-check-success",
        share: 1,
        entities: 880..900,
        messages: [
            "Your identity is confirmed. Round-the-clock access is switched on.",
            "All done: your documents are fine and your door pass is active.",
            "Identity check passed. Welcome aboard!",
            "You are verified. You can now book {room} outside office hours.",
            "Thank you, your identity check is complete. We have deleted the pictures.",
            "Identity check passed. Your locker can be assigned now.",
        ],
    },
    Kind {
        name: "identitycheck-success",
        share: 1,
        entities: 880..900,
        messages: [
            "Identity check complete. Doors, lockers and {room} are yours.",
            "We could confirm who you are. Nothing else to do!",
            "Your new document is checked and saved until it expires.",
            "Your yearly identity check went through. See you next year.",
            "Verified: your team-mates at {company} can now share their pass with you.",
            "Your identity check went through on the second try. Thanks for your patience.",
        ],
    },
    Kind {
        name: "push-notification",
        share: 6,
        entities: 90..120,
        messages: [
            "Fresh cinnamon buns in the kitchen. First come, first served.",
            "The wifi will be down for five minutes at 12:30 while we swap a router.",
            "Fire drill on Wednesday at 11:00. It will be loud and short.",
            "{room} has a new screen: one cable, no remote.",
            "Harbour Works closes at 15:00 on Friday for the midsummer party.",
            "A parcel for you is at the front desk.",
        ],
    },
    Kind {
        name: "reply-like",
        share: 5,
        entities: 61_000..61_080,
        messages: [
            "{person} liked your reply in “{topic}”.",
            "{person} and 3 others liked your reply in “{topic}”.",
            "Your reply in “{topic}” was liked by {person}.",
            "{person} of {company} liked your reply.",
            "Ten people liked your reply in “{topic}”. You have a following!",
            "{person} liked your answer about {room}.",
        ],
    },
    Kind {
        name: "salto-locker",
        share: 3,
        entities: 1..49,
        messages: [
            "Locker {entity} is yours until tonight. Your phone opens it.",
            "Locker {entity} was left open. We closed it for you.",
            "Locker {entity} will be released at 20:00. Do not forget your bag!",
            "The battery of locker {entity} was changed. It works as before.",
            "Locker {entity} was opened at the front desk, as you asked.",
            "Your locker moved: you now have number {entity}, beside {room}.",
        ],
    },
    Kind {
        name: "survey",
        share: 2,
        entities: 30..45,
        messages: [
            "Two questions about {room}. It takes one minute.",
            "How was {event}? Tell us in three taps.",
            "Which plants for the roof terrace? Vote until Sunday.",
            "Our half-yearly survey is open. Last time you got us the quiet room.",
            "How do you get to work? Your answer decides on bike racks or chargers.",
            "Would you come to {event} again? We are planning the autumn.",
        ],
    },
    Kind {
        name: "thread-like",
        share: 4,
        entities: 7_300..7_360,
        messages: [
            "{person} liked your thread “{topic}”.",
            "{person} and 7 others liked your thread “{topic}”.",
            "Your thread “{topic}” is this week's favourite.",
            "{person} of {company} liked your thread.",
            "{person} and a colleague from {company} liked your thread “{topic}”.",
            "25 people liked your thread “{topic}”.",
        ],
    },
];

const PEOPLE: [&str; 16] = [
    "Noor Haddad",
    "Tomás Vidal",
    "Ingrid Solheim",
    "Kwame Mensah",
    "Yuki Tanabe",
    "Léa Fournier",
    "Oskar Nowak",
    "Zainab Bello",
    "Femke de Wit",
    "Ravi Menon",
    "Chloé Martin",
    "Giulia Conti",
    "Samuel Adeyemi",
    "Maja Lindholm",
    "Bea Castellanos",
    "Henrik Aas",
];

const COMPANIES: [&str; 8] = [
    "Northlight Film",
    "Kelp & Co",
    "Lantern Legal",
    "Brightwater Energy",
    "Paper Crane Games",
    "Oat Street Bakery",
    "Fathom Maps",
    "Second Tide Textiles",
];

const ROOMS: [&str; 7] = [
    "the Boathouse",
    "the Crow's Nest",
    "the Sail Loft",
    "the Pier Room",
    "the Galley",
    "the Chart Room",
    "the Lantern Room",
];

const EVENTS: [&str; 8] = [
    "Harbour Breakfast",
    "Founders' Supper",
    "Show & Tell",
    "Morning Yoga",
    "Demo Night",
    "Repair Café",
    "Pitch Practice",
    "Board Game Evening",
];

const TOPICS: [&str; 9] = [
    "Looking for a patient bookkeeper",
    "Sunday sailing, two places left",
    "Which standing desk would you buy again?",
    "A podcast corner in the Galley?",
    "Lost: one very small cactus",
    "Good print shops nearby",
    "Let's share a stand at the spring fair",
    "Quiet hours, yes or no?",
    "Carpool from the north side",
];

const COURSES: [&str; 5] = [
    "Bookkeeping for one",
    "Say less: writing for the web",
    "First aid at work",
    "Photography with the phone you have",
    "Pricing without fear",
];

/// A message and the id of its entity.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Composed {
    pub(crate) message: String,
    pub(crate) entity_id: i64,
}

/// Writes messages, the same ones for the same seed.
#[derive(Debug)]
pub(crate) struct Composer {
    random: Xoshiro256PlusPlus,
    /// Which message of a type comes next, so that none is repeated before the others were used.
    turns: BTreeMap<&'static str, usize>,
}

impl Composer {
    pub(crate) fn new(seed: u64) -> Self {
        Self { random: Xoshiro256PlusPlus::seed_from_u64(seed), turns: BTreeMap::new() }
    }

    /// Chance, for those who place messages in time.
    pub(crate) fn random(&mut self) -> &mut Xoshiro256PlusPlus {
        &mut self.random
    }

    /// One message of the given type.
    pub(crate) fn compose(&mut self, kind: &Kind) -> Composed {
        let random = &mut self.random;
        let turn = self.turns.entry(kind.name).or_insert_with(|| random.random_range(0..kind.messages.len()));
        let template = kind.messages[*turn % kind.messages.len()];
        *turn += 1;

        let entity_id = self.random.random_range(kind.entities.clone());
        Composed { message: self.fill(template, entity_id), entity_id }
    }

    /// A type, each as often as its share.
    pub(crate) fn pick_kind(&mut self) -> &'static Kind {
        let total: usize = KINDS.iter().map(|kind| kind.share).sum();
        let mut rest = self.random.random_range(0..total);
        for kind in &KINDS {
            if rest < kind.share {
                return kind;
            }
            rest -= kind.share;
        }
        &KINDS[0]
    }

    /// A random GUID (version 4).
    pub(crate) fn unique_id(&mut self) -> String {
        let bits = self.random.random::<u128>() & !(0xf << 76) & !(0x3 << 62) | (4 << 76) | (2 << 62);
        let hex = format!("{bits:032x}");
        format!("{}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..])
    }

    /// Puts a name, a room and so on in the place of each word in braces.
    fn fill(&mut self, template: &str, entity_id: i64) -> String {
        let mut pieces = template.split('{');
        let mut message = pieces.next().unwrap_or_default().to_owned();
        for piece in pieces {
            let (word, text) = piece.split_once('}').unwrap_or((piece, ""));
            match names(word) {
                [] => message.push_str(&entity_id.to_string()),
                names => message.push_str(names.choose(&mut self.random).unwrap_or(&"")),
            }
            message.push_str(text);
        }
        capitalized(message)
    }
}

/// What may stand in the place of a word in braces; nothing for `entity`, which is the number itself.
fn names(word: &str) -> &'static [&'static str] {
    match word {
        "person" => &PEOPLE,
        "company" => &COMPANIES,
        "room" => &ROOMS,
        "event" => &EVENTS,
        "topic" => &TOPICS,
        "course" => &COURSES,
        _ => &[],
    }
}

/// Some rooms begin a sentence.
fn capitalized(mut message: String) -> String {
    if let Some(first) = message.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_placeholder_is_left_in_any_message() {
        let mut composer = Composer::new(1);
        for kind in &KINDS {
            for _ in 0..kind.messages.len() {
                let Composed { message, .. } = composer.compose(kind);
                assert!(!message.contains(['{', '}']), "{}: {message}", kind.name);
            }
        }
    }

    #[test]
    fn every_word_in_braces_is_known() {
        for template in KINDS.iter().flat_map(|kind| kind.messages) {
            for word in template.split('{').skip(1).filter_map(|text| text.split('}').next()) {
                assert!(word == "entity" || !names(word).is_empty(), "{word} in {template}");
            }
        }
    }

    #[test]
    fn the_same_seed_writes_the_same_messages() {
        let write = |seed| {
            let mut composer = Composer::new(seed);
            [(); 50].map(|()| {
                let kind = composer.pick_kind();
                composer.compose(kind)
            })
        };
        assert_eq!(write(7), write(7));
        assert_ne!(write(7), write(8));
    }

    #[test]
    fn the_shares_make_sixty() {
        assert_eq!(KINDS.iter().map(|kind| kind.share).sum::<usize>(), 60);
    }

    #[test]
    fn unique_ids_are_random_guids() {
        let mut composer = Composer::new(1);
        let id = composer.unique_id();
        let lengths: Vec<usize> = id.split('-').map(str::len).collect();
        assert_eq!(lengths, [8, 4, 4, 4, 12], "{id}");
        assert_eq!(id.as_bytes()[14], b'4', "{id}");
        assert!(matches!(id.as_bytes()[19], b'8' | b'9' | b'a' | b'b'), "{id}");
        assert_ne!(id, composer.unique_id());
    }
}
