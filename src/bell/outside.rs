//! What is shown outside the widget: the count in the title and on the application's icon, and system notifications.

use yew::prelude::*;

use super::NotificationBell;
use crate::{
    effect::{TitleBadge, alerts, visible},
    feed::Notice,
};

impl NotificationBell {
    /// Shows the count in the title and on the application's icon.
    pub(super) fn show_count(&mut self, ctx: &Context<Self>) {
        if !ctx.props().config.title_badge {
            self.title = None;
            return;
        }
        if self.title.is_none() {
            self.title = TitleBadge::new();
        }
        if let Some(title) = &self.title {
            title.set(self.snapshot.count.unwrap_or(0));
        }
    }

    /// Shows system notifications of up to three arrivals while the page is hidden.
    pub(super) fn alert(&self, ctx: &Context<Self>, notice: &Notice) {
        if let Notice::Arrive(notifications) = notice
            && self.offers_alerts(ctx)
            && !visible()
        {
            for notification in notifications.iter().take(3) {
                let label = self.text.label(notification.kind.meaning());
                alerts::show(&label, &notification.message, &notification.id.to_string());
            }
        }
    }

    pub(super) fn offers_alerts(&self, ctx: &Context<Self>) -> bool {
        ctx.props().config.desktop_alerts && !self.preferences.no_alerts
    }
}
