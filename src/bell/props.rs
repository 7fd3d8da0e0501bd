//! The component's properties.

use std::rc::Rc;

use yew::prelude::*;

use crate::{
    config::{Config, Preferences},
    effect::TokenSource,
    error::Failure,
    event::BellEvent,
    handle::BellHandle,
    model::CoworkerId,
    view::text::Text,
};

/// What the component needs to know. Changing a property takes effect at once.
#[derive(Debug, Clone, Default, PartialEq, Properties)]
pub struct NotificationBellProps {
    /// The settings; `Config::default()` where left out.
    #[prop_or_default]
    pub config: Rc<Config>,
    /// The bearer token, or a function that returns it. Without one, nothing is sent.
    #[prop_or_default]
    pub token: Option<TokenSource>,
    /// The coworker, where `config` names none. Without either, nothing is sent.
    #[prop_or_default]
    pub coworker: Option<CoworkerId>,
    /// The member's preferences, if the page stores them. A changed value holds until the member chooses again. Where
    /// left out, the preferences that this browser has stored hold.
    #[prop_or_default]
    pub preferences: Option<Rc<Preferences>>,
    /// The count to show until the first list is there, where the page knows it.
    #[prop_or_default]
    pub early_count: Option<u32>,
    /// How long the bell has waited already (milliseconds). This counts towards the 30 seconds without an error while
    /// the token or the coworker is missing.
    #[prop_or_default]
    pub waited: u32,
    /// The words; English where left out.
    #[prop_or_default]
    pub text: Option<Rc<Text>>,
    /// Why nothing may be sent, if the page's settings forbid it.
    #[prop_or_default]
    pub blocked: Option<Failure>,
    /// Whether the panel is open; the member may open and close it all the same.
    #[prop_or_default]
    pub open: bool,
    /// Called with each event.
    #[prop_or_default]
    pub on_event: Callback<BellEvent>,
    /// Lets the page act on the bell by calls.
    #[prop_or_default]
    pub handle: BellHandle,
    /// A resting bell draws nothing, sends nothing and emits nothing, as if it were not there. After the rest, the bell
    /// starts anew. Mounting an application costs memory for good, so the custom element lets a removed bell rest until
    /// another one is needed.
    #[prop_or_default]
    pub resting: bool,
}
