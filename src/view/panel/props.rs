//! What a panel draws.

use std::rc::Rc;

use yew::{Callback, NodeRef};

use super::super::{intent::Intent, popover::Placing, text::Text, time::Clock, undo};
use crate::{
    config::{Config, Preference, Preferences, Variant},
    feed::Snapshot,
    model::NotificationId,
    sorted::SortedSet,
};

/// What a panel draws, and the callbacks for what the member does.
#[derive(Debug)]
pub(in crate::view) struct Props {
    pub(in crate::view) snapshot: Rc<Snapshot>,
    pub(in crate::view) config: Rc<Config>,
    pub(in crate::view) text: Rc<Text>,
    /// `false` while the panel leaves the screen.
    pub(in crate::view) open: bool,
    pub(in crate::view) on_intent: Callback<Intent>,
    pub(in crate::view) preferences: Rc<Preferences>,
    pub(in crate::view) on_preference: Callback<Preference>,
    pub(in crate::view) clock: Clock,
    /// A muting that can still be taken back.
    pub(in crate::view) muted: Option<Rc<undo::Muted>>,
    /// Notifications that were never on screen before.
    pub(in crate::view) new: Rc<SortedSet<NotificationId>>,
    pub(in crate::view) bell: NodeRef,
}

impl Props {
    pub(super) fn is_inline(&self) -> bool {
        self.config.variant == Variant::Inline
    }

    pub(super) fn placing(&self) -> Placing {
        Placing { placement: self.config.placement, right_to_left: self.text.direction() == "rtl", is_menu: false }
    }
}
