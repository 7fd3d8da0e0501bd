//! The data that the views of a panel draw.

use super::{
    act::Act,
    msg::Msg,
    tag::{Tag, button},
    text::{Key, Text},
    time::Days,
};
use crate::{
    config::Config,
    feed::Snapshot,
    model::{Meaning, NotificationId},
    sorted::SortedSet,
};

/// One moment of a panel, for all its views.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) snapshot: &'a Snapshot,
    pub(super) config: &'a Config,
    pub(super) text: &'a Text,
    pub(super) new: &'a SortedSet<NotificationId>,
    pub(super) kinds: &'a [(Meaning, u32)],
    pub(super) filtered: bool,
    /// The row whose menu is open.
    pub(super) menu: Option<NotificationId>,
    /// The server's time.
    pub(super) now: f64,
    /// This device's time.
    pub(super) device_now: f64,
    pub(super) days: &'a Days,
    pub(super) act: &'a Act,
}

impl Scene<'_> {
    /// A button with words on it.
    pub(super) fn button(&self, part: Option<&'static str>, class: &'static str, words: Key, msg: Msg) -> Tag {
        button().attr("part", part).attr("class", class).press(self.act, msg).text(self.text.get(words))
    }
}
