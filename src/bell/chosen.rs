//! The member's preferences: read from this browser, stored there, and reported to the page.

use std::rc::Rc;

use yew::prelude::*;

use super::{Msg, NotificationBell};
use crate::{
    config::{Preference, Preferences},
    effect::StoredPreferences,
    event::BellEvent,
    feed::Notice,
    model::CoworkerId,
};

impl NotificationBell {
    /// Reads this coworker's stored preferences, unless the page gives them.
    pub(super) fn keep(&mut self, ctx: &Context<Self>, coworker: CoworkerId) {
        let props = ctx.props();
        let base = &props.config.api_base;
        if self.kept.as_ref().is_some_and(|kept| kept.is_of(base, coworker)) {
            return;
        }
        let kept = StoredPreferences::new(base, coworker, ctx.link().callback(Msg::Preferences));
        self.preferences = match (&props.preferences, kept.read()) {
            (Some(chosen), _) => chosen.clone(),
            (None, Ok(chosen)) => Rc::new(chosen.unwrap_or_default()),
            (None, Err(failure)) => {
                self.news.push(BellEvent::Notice(Notice::Error { failure, retry_at: None }));
                Rc::default()
            }
        };
        self.kept = Some(kept);
    }

    /// Applies a member's choice at once, stores it, and reports it.
    pub(super) fn prefer(&mut self, ctx: &Context<Self>, choice: Preference) {
        let chosen = Rc::new(Preferences::clone(&self.preferences).with(choice));
        self.preferences = chosen.clone();
        self.connect(ctx);
        if let Some(kept) = &self.kept {
            kept.write(&chosen);
        }
        self.news.push(BellEvent::Preferences(chosen));
    }
}
