//! The two lists that a member can look at, and the choice between them.

use std::rc::Rc;

use super::{
    icon::Icon,
    intent::Intent,
    msg::Msg,
    scene::Scene,
    tag::{Tag, button, tag},
    text::Key,
};
use crate::{
    config::View,
    feed::{Problem, Snapshot},
    model::NotificationId,
};

/// A snapshot that has the chosen list in the fields of the inbox, so that the panel draws both lists alike.
pub(super) fn looked_at(snapshot: &Rc<Snapshot>) -> Rc<Snapshot> {
    if snapshot.view == View::Inbox {
        return snapshot.clone();
    }
    let dismissed = &snapshot.dismissed;
    let failed = dismissed.problem.clone().map(|failure| Problem { failure, retry_at: None });
    Rc::new(Snapshot {
        loaded: dismissed.loaded,
        notifications: dismissed.notifications.clone(),
        has_more: dismissed.has_more,
        loading_more: dismissed.loading,
        problem: failed.or_else(|| snapshot.problem.clone()),
        // Dismissed notifications are not counted.
        count: None,
        ..Snapshot::clone(snapshot)
    })
}

/// The choice, for the panel's header. Toggle buttons: screen readers say which one is pressed, and Tab stops at each.
pub(super) fn view(scene: &Scene<'_>) -> Option<Tag> {
    let choice = |view, words| {
        button()
            .attr("part", "view")
            .flag("aria-pressed", scene.snapshot.view == view)
            .press(scene.act, Msg::Ask(Intent::View(view)))
            .text(scene.text.get(words))
    };
    let choices = || {
        tag("div")
            .attr("part", "views")
            .attr("role", "group")
            .set("aria-label", scene.text.get(Key::Views))
            .child(choice(View::Inbox, Key::ViewInbox))
            .child(choice(View::Dismissed, Key::ViewDismissed))
    };
    // Before the first list there is nothing to choose from.
    (scene.snapshot.loaded || scene.snapshot.view == View::Dismissed).then(choices)
}

/// Adds to the body of a row of the dismissed view: until when a snoozed notification is hidden, and the button that brings it back.
/// `named`: the id of the element that names the row.
pub(super) fn back(body: Tag, scene: &Scene<'_>, id: NotificationId, tab: &'static str, named: &str) -> Tag {
    let text = scene.text;
    let until = scene.snapshot.dismissed.snoozed.get(&id);
    let own = "cn-r".to_owned() + &id.0.to_string();
    let snoozed = until.map(|until| {
        let words = text.with(Key::SnoozedUntil, &[("when", &text.soon(*until as f64))]);
        tag("p").attr("class", "until").child(Icon::CLOCK.draw()).text(words)
    });
    let restore = button()
        .attr("part", "restore")
        .attr("class", "link")
        .attr("tabindex", tab)
        // "Bring back Invoice"
        .set("aria-labelledby", [&own, " ", named].concat())
        .set("id", own)
        .press(scene.act, Msg::Ask(Intent::Restore(id)))
        .text(text.get(if until.is_some() { Key::Wake } else { Key::Restore }));
    body.child(snoozed).child(restore)
}
