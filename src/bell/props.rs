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
    /// The bearer token, or who has it. Without one nothing is sent.
    #[prop_or_default]
    pub token: Option<TokenSource>,
    /// Whose notifications, where `config` does not say. Without either nothing is sent.
    #[prop_or_default]
    pub coworker: Option<CoworkerId>,
    /// What the member has chosen, where the page keeps that. It holds from when it is another than before until the
    /// member chooses again; where left out, what this browser has kept holds.
    #[prop_or_default]
    pub preferences: Option<Rc<Preferences>>,
    /// The count to show until the first list is there, where the page knows it.
    #[prop_or_default]
    pub early_count: Option<u32>,
    /// For how long the bell has stood already (milliseconds): part of the half minute for which it waits in silence for a
    /// token and a coworker.
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
    /// Told what happens.
    #[prop_or_default]
    pub on_event: Callback<BellEvent>,
    /// For the page to act on the bell by calls.
    #[prop_or_default]
    pub handle: BellHandle,
    /// A bell that rests draws nothing, asks nobody and says nothing, as if it were not there; when it ends, the bell
    /// begins anew. Mounting an application costs memory for good, so the custom element lets a removed bell rest until
    /// another one is needed.
    #[prop_or_default]
    pub resting: bool,
}
