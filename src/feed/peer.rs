//! What the tabs of one origin broadcast to each other about a coworker's feed: facts, never a token.
//!
//! As text a message is JSON, `{"v":2,"fact":{"left":7}}`. Anything else on the channel is ignored: it is of another version of
//! the widget, or not of the widget at all.

use std::rc::Rc;

use super::{
    intents::Intent,
    journal::{read_all, write_all},
};
use crate::{
    api,
    json::{self, Object, Raw},
    model::{Notification, NotificationId},
};

/// One fact, broadcast by the tab that learnt or did it.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// What the member wants of these. An acknowledged one says what the server has, even where a later one is in effect.
    Intents(Vec<(NotificationId, Intent)>),
    /// The newest notifications were pulled.
    Pulled {
        /// When that began, milliseconds since the Unix epoch by the device's clock.
        at: i64,
        /// `TotalItems`; 0 beside records means that the server does not say it.
        total: u32,
        /// The newest undismissed notifications.
        newest: Vec<Rc<Notification>>,
        /// `newest` is the whole list.
        all: bool,
    },
    /// The leading tab holds the server's stream, and nothing has changed: followers need not poll.
    Alive,
    /// This tab is closed: nothing can be undone there any more.
    Left(u32),
}

/// The version of the text. A change that an older widget would misread needs a new number.
const VERSION: &str = "2";

impl Message {
    /// The text that [`Message::decode`] understands.
    pub fn encode(&self) -> String {
        let (name, value) = match self {
            Self::Intents(intents) => ("intents", write_all(intents.iter().copied())),
            Self::Pulled { at, total, newest, all } => {
                let newest = api::encode_list(newest.iter().map(Rc::as_ref));
                let (at, total, all) = (at.to_string(), total.to_string(), if *all { "true" } else { "false" });
                let fields = ["{\"at\":", &at, ",\"total\":", &total, ",\"newest\":", &newest, ",\"all\":", all, "}"];
                ("pulled", fields.concat())
            }
            Self::Alive => ("alive", "1".to_owned()),
            Self::Left(tab) => ("left", tab.to_string()),
        };
        ["{\"v\":", VERSION, ",\"fact\":{\"", name, "\":", &value, "}}"].concat()
    }

    /// Reads a text from another tab. `None`: of another version, or nothing of ours.
    pub fn decode(text: &str) -> Option<Self> {
        let envelope = Object::parse(text).ok()?;
        if envelope.get("v")?.get() != VERSION {
            return None;
        }
        let (name, value) = Object::of(envelope.get("fact")?)?.into_fields().into_iter().next()?;
        Some(match &*name {
            "intents" => Self::Intents(read_all(value)?),
            "pulled" => {
                let pulled = Object::of(value)?;
                Self::Pulled {
                    at: json::strict(pulled.get("at")?)?,
                    total: json::strict(pulled.get("total")?)?,
                    newest: records(pulled.get("newest")?)?,
                    all: json::strict(pulled.get("all")?)?,
                }
            }
            "alive" => Self::Alive,
            "left" => Self::Left(json::strict(value)?),
            _ => return None,
        })
    }
}

/// Reads records as the API writes them; `None` if one cannot be read, for a list without it would say that it is not listed.
fn records(json: Raw<'_>) -> Option<Vec<Rc<Notification>>> {
    let page = api::decode_list(200, json.get()).ok()?;
    let whole = json.get().starts_with('[') && page.unreadable.is_empty();
    whole.then(|| page.notifications.into_iter().map(Rc::new).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::intents::{Stage, Stamp};
    use super::*;
    use crate::model::{CoworkerId, EntityId, NotificationType};

    fn notification() -> impl Strategy<Value = Rc<Notification>> {
        let moment = || {
            prop::option::of((-60_000_000_000_i64..250_000_000_000, 0_u32..1_000_000_000))
                .prop_map(|at| at.and_then(|(seconds, nanos)| chrono::DateTime::from_timestamp(seconds, nanos)))
        };
        let words =
            (any::<String>(), any::<String>(), any::<String>(), any::<Option<String>>(), any::<Option<String>>());
        (any::<[i64; 3]>(), words, any::<[bool; 2]>(), moment(), moment()).prop_map(
            |(ids, words, flags, created, updated)| {
                Rc::new(Notification {
                    id: NotificationId(ids[0]),
                    unique_id: words.0,
                    coworker: CoworkerId(ids[1]),
                    message: words.1,
                    kind: NotificationType::from(words.2),
                    entity: EntityId(ids[2]),
                    is_dismissed: flags[0],
                    created,
                    updated,
                    updated_by: words.3,
                    is_new: flags[1],
                    system_id: words.4,
                })
            },
        )
    }

    fn intent() -> impl Strategy<Value = (NotificationId, Intent)> {
        let stage = prop_oneof![Just(Stage::Pending), Just(Stage::Local), Just(Stage::Acknowledged)];
        (any::<i64>(), any::<i64>(), any::<u32>(), stage, any::<bool>(), prop::option::of(1_i64..9)).prop_map(
            |(id, counter, tab, stage, dismissed, snoozed_until)| {
                (NotificationId(id), Intent { stamp: Stamp { counter, tab }, stage, dismissed, snoozed_until })
            },
        )
    }

    fn message() -> impl Strategy<Value = Message> {
        let newest = prop::collection::vec(notification(), 0..6);
        prop_oneof![
            (any::<i64>(), any::<u32>(), newest, any::<bool>()).prop_map(|(at, total, newest, all)| Message::Pulled {
                at,
                total,
                newest,
                all
            }),
            prop::collection::vec(intent(), 0..20).prop_map(Message::Intents),
            Just(Message::Alive),
            any::<u32>().prop_map(Message::Left),
        ]
    }

    proptest! {
        #[test]
        fn what_is_told_is_understood(message in message()) {
            prop_assert_eq!(Message::decode(&message.encode()), Some(message));
        }

        #[test]
        fn any_text_is_a_message_or_none(text: String) {
            let _ = Message::decode(&text);
        }

        #[test]
        fn a_damaged_message_is_a_message_or_none(message in message(), at in 0.0_f64..1.0, other: char) {
            let text: Vec<char> = message.encode().chars().collect();
            let at = (text.len() as f64 * at) as usize;
            let cut: String = text[..at].iter().collect();
            prop_assert_eq!(Message::decode(&cut), None);
            let mut changed = text;
            changed[at] = other;
            let _ = Message::decode(&changed.into_iter().collect::<String>());
        }
    }

    #[test]
    fn the_text_is_what_the_head_of_this_file_says() {
        assert_eq!(Message::Left(7).encode(), r#"{"v":2,"fact":{"left":7}}"#);
    }

    #[test]
    fn another_version_or_shape_is_not_understood() {
        for text in [
            "",
            "7",
            "[]",
            "{}",
            r#"{"v":1}"#,
            r#"{"v":1,"fact":{"left":7}}"#,
            r#"{"v":2,"fact":{"whispered":7}}"#,
            r#"{"v":2,"fact":{"left":"7"}}"#,
            r#"{"v":2,"fact":{"intents":[[1,0,1,0,5]]}}"#,
            r#"{"v":2,"fact":{"intents":[[1,7,1,0,5,6]]}}"#,
            r#"{"v":2,"fact":{"left":7},"token":"x"} and more"#,
            r#"{"v":2,"fact":{"pulled":{"at":1,"total":-1,"newest":[],"all":true}}}"#,
            r#"{"v":2,"fact":{"pulled":{"at":1,"total":1,"newest":{"Records":[]},"all":true}}}"#,
            r#"{"v":2,"fact":{"pulled":{"at":1,"total":1,"newest":[{"Id":"x"}],"all":true}}}"#,
        ] {
            assert_eq!(Message::decode(text), None, "{text}");
        }
    }
}
