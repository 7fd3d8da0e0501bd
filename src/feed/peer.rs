//! What tabs of one origin tell each other about a coworker's feed: facts, never a token.
//!
//! As text a message is JSON, `{"v":1,"fact":{"written":7}}`. A tab of another version of the widget, or anything
//! else on the channel, may say something else: that is not understood, and nothing comes of it.

use std::rc::Rc;

use crate::{
    api,
    json::{self, Object, Raw},
    model::{Notification, NotificationId},
};

/// One fact, told by the tab that learnt or did it.
#[derive(Debug, Clone, PartialEq)]
pub enum Message {
    /// A look at the newest notifications.
    Looked {
        /// When the look began, milliseconds since the Unix epoch by the device's clock.
        at: i64,
        /// `TotalItems`; 0 beside records: only the fewest there can be is known.
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
    /// The server has it undismissed by a write that was on its way when it was dismissed again: the tab that did so has
    /// to write it.
    Overtaken(NotificationId),
    /// Somebody wants it back: the tab that writes it takes it back.
    Restore(NotificationId),
}

/// The shape of the text. A change that an older widget would misread needs another number.
const VERSION: &str = "1";

impl Message {
    /// The text that [`Message::decode`] understands.
    pub fn encode(&self) -> String {
        let one = |id: &NotificationId| id.0.to_string();
        let several = |ids: &[NotificationId]| json::numbers(ids.iter().map(|id| id.0));
        let (name, value) = match self {
            Self::Looked { at, total, newest, all } => {
                let newest = api::encode_list(newest.iter().map(Rc::as_ref));
                let (at, total, all) = (at.to_string(), total.to_string(), if *all { "true" } else { "false" });
                let fields = ["{\"at\":", &at, ",\"total\":", &total, ",\"newest\":", &newest, ",\"all\":", all, "}"];
                ("looked", fields.concat())
            }
            Self::Dismissed(ids) => ("dismissed", several(ids)),
            Self::Kept(ids) => ("kept", several(ids)),
            Self::Written(id) => ("written", one(id)),
            Self::Returned(ids) => ("returned", several(ids)),
            Self::Forgotten(id) => ("forgotten", one(id)),
            Self::Restored(id) => ("restored", one(id)),
            Self::Overtaken(id) => ("overtaken", one(id)),
            Self::Restore(id) => ("restore", one(id)),
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
        let one = || json::strict(value).map(NotificationId);
        let several = || Some(json::strict_all(value)?.into_iter().map(NotificationId).collect());
        Some(match &*name {
            "looked" => {
                let look = Object::of(value)?;
                Self::Looked {
                    at: json::strict(look.get("at")?)?,
                    total: json::strict(look.get("total")?)?,
                    newest: records(look.get("newest")?)?,
                    all: json::strict(look.get("all")?)?,
                }
            }
            "dismissed" => Self::Dismissed(several()?),
            "kept" => Self::Kept(several()?),
            "written" => Self::Written(one()?),
            "returned" => Self::Returned(several()?),
            "forgotten" => Self::Forgotten(one()?),
            "restored" => Self::Restored(one()?),
            "overtaken" => Self::Overtaken(one()?),
            "restore" => Self::Restore(one()?),
            _ => return None,
        })
    }
}

/// Records as the API writes them. A list with a hole would hide what stands there, so it is none.
fn records(json: Raw<'_>) -> Option<Vec<Rc<Notification>>> {
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
            any::<i64>().prop_map(|id| Message::Overtaken(NotificationId(id))),
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
