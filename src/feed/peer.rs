//! What tabs of one origin tell each other about a coworker's feed: facts, never a token.
//!
//! As text a message is JSON, `{"v":1,"fact":{"written":7}}`. A tab of another version of the widget, or anything
//! else on the channel, may say something else: that is not understood, and nothing comes of it.

use std::rc::Rc;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

use crate::{
    api,
    model::{Notification, NotificationId},
};

/// One fact, told by the tab that learnt or did it.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A look at the newest notifications.
    Looked {
        /// When the look began, milliseconds since the Unix epoch by the device's clock.
        at: i64,
        /// `TotalItems`.
        total: u32,
        /// The newest undismissed notifications.
        newest: Vec<Rc<Notification>>,
        /// There are no others.
        all: bool,
    },
    /// Dismissed, with time to undo; that tab writes it.
    Dismissed(Vec<NotificationId>),
    /// Dismissed for this browser only.
    Kept(Vec<NotificationId>),
    /// The server has the dismissal.
    Written(NotificationId),
    /// What was told as dismissed is not: undone, or its write failed.
    Returned(Vec<NotificationId>),
    /// No longer dismissed in this browser.
    Forgotten(NotificationId),
    /// The server has it undismissed again.
    Restored(NotificationId),
    /// Somebody wants it back: the tab that writes it takes it back.
    Restore(NotificationId),
}

/// The shape of the text. A change that an older widget would misread needs another number.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Envelope<'a> {
    v: u32,
    #[serde(borrow)]
    fact: Fact<'a>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Fact<'a> {
    Looked {
        at: i64,
        total: u32,
        #[serde(borrow)]
        newest: &'a RawValue,
        all: bool,
    },
    Dismissed(Vec<i64>),
    Kept(Vec<i64>),
    Written(i64),
    Returned(Vec<i64>),
    Forgotten(i64),
    Restored(i64),
    Restore(i64),
}

impl Message {
    /// The text that [`Message::decode`] understands.
    pub fn encode(&self) -> String {
        let bare = |ids: &[NotificationId]| ids.iter().map(|id| id.0).collect();
        let records;
        let fact = match self {
            Self::Looked { at, total, newest, all } => {
                let list = api::encode_list(newest.iter().map(Rc::as_ref));
                records = RawValue::from_string(list).unwrap_or_else(|_| RawValue::NULL.to_owned());
                Fact::Looked { at: *at, total: *total, newest: &records, all: *all }
            }
            Self::Dismissed(ids) => Fact::Dismissed(bare(ids)),
            Self::Kept(ids) => Fact::Kept(bare(ids)),
            Self::Written(id) => Fact::Written(id.0),
            Self::Returned(ids) => Fact::Returned(bare(ids)),
            Self::Forgotten(id) => Fact::Forgotten(id.0),
            Self::Restored(id) => Fact::Restored(id.0),
            Self::Restore(id) => Fact::Restore(id.0),
        };
        serde_json::to_string(&Envelope { v: VERSION, fact }).unwrap_or_default()
    }

    /// Reads a text from another tab. `None`: of another version, or nothing of ours.
    pub fn decode(text: &str) -> Option<Self> {
        let typed = |ids: Vec<i64>| ids.into_iter().map(NotificationId).collect();
        let envelope: Envelope<'_> = serde_json::from_str(text).ok()?;
        if envelope.v != VERSION {
            return None;
        }
        Some(match envelope.fact {
            Fact::Looked { at, total, newest, all } => Self::Looked { at, total, newest: records(newest)?, all },
            Fact::Dismissed(ids) => Self::Dismissed(typed(ids)),
            Fact::Kept(ids) => Self::Kept(typed(ids)),
            Fact::Written(id) => Self::Written(NotificationId(id)),
            Fact::Returned(ids) => Self::Returned(typed(ids)),
            Fact::Forgotten(id) => Self::Forgotten(NotificationId(id)),
            Fact::Restored(id) => Self::Restored(NotificationId(id)),
            Fact::Restore(id) => Self::Restore(NotificationId(id)),
        })
    }
}

/// Records as the API writes them. A list with a hole would hide what stands there, so it is none.
fn records(json: &RawValue) -> Option<Vec<Rc<Notification>>> {
    let page = api::decode_list(200, json.get()).ok()?;
    let whole = json.get().starts_with('[') && page.unreadable.is_empty();
    whole.then(|| page.notifications.into_iter().map(Rc::new).collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

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

    fn message() -> impl Strategy<Value = Message> {
        let ids = || prop::collection::vec(any::<i64>().prop_map(NotificationId), 0..20);
        let newest = prop::collection::vec(notification(), 0..6);
        prop_oneof![
            (any::<i64>(), any::<u32>(), newest, any::<bool>()).prop_map(|(at, total, newest, all)| Message::Looked {
                at,
                total,
                newest,
                all
            }),
            ids().prop_map(Message::Dismissed),
            ids().prop_map(Message::Kept),
            any::<i64>().prop_map(|id| Message::Written(NotificationId(id))),
            ids().prop_map(Message::Returned),
            any::<i64>().prop_map(|id| Message::Forgotten(NotificationId(id))),
            any::<i64>().prop_map(|id| Message::Restored(NotificationId(id))),
            any::<i64>().prop_map(|id| Message::Restore(NotificationId(id))),
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
        assert_eq!(Message::Written(NotificationId(7)).encode(), r#"{"v":1,"fact":{"written":7}}"#);
    }

    #[test]
    fn another_version_or_shape_is_not_understood() {
        for text in [
            "",
            "7",
            "[]",
            "{}",
            r#"{"v":1}"#,
            r#"{"v":2,"fact":{"written":7}}"#,
            r#"{"v":1,"fact":{"whispered":7}}"#,
            r#"{"v":1,"fact":{"written":"7"}}"#,
            r#"{"v":1,"fact":{"kept":[1,null]}}"#,
            r#"{"v":1,"fact":{"written":7},"token":"x"} and more"#,
            r#"{"v":1,"fact":{"looked":{"at":1,"total":-1,"newest":[],"all":true}}}"#,
            r#"{"v":1,"fact":{"looked":{"at":1,"total":1,"newest":{"Records":[]},"all":true}}}"#,
            r#"{"v":1,"fact":{"looked":{"at":1,"total":1,"newest":[{"Id":"x"}],"all":true}}}"#,
        ] {
            assert_eq!(Message::decode(text), None, "{text}");
        }
    }
}
