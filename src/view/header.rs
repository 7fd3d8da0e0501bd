//! The panel's head: its title, "dismiss all" with its question and its progress, and the way out.

use super::{
    icon::Icon,
    intent::Intent,
    msg::Msg,
    preferences,
    scene::Scene,
    tag::{Tag, button, tag},
    text::Key,
    views,
};
use crate::{
    config::View,
    feed::{Progress, Snapshot},
};

/// Dismissing more than this many asks for confirmation first.
pub(super) const ASK_ABOVE: u32 = 10;

/// How many there are to dismiss, as far as is known.
pub(super) fn count(snapshot: &Snapshot) -> u32 {
    let loaded = u32::try_from(snapshot.notifications.len()).unwrap_or(u32::MAX);
    snapshot.count.map_or(loaded, |count| count.max(loaded))
}

/// The head itself, and the question or progress below it. `preferences`: whether their page is open; `None` if there
/// is nothing to choose.
pub(super) fn view(scene: &Scene<'_>, asking: bool, closable: bool, preferences: Option<bool>) -> [Option<Tag>; 2] {
    let Scene { snapshot, text, act, .. } = scene;
    let count = count(snapshot);
    let preferring = preferences == Some(true);
    let any = count > 0 && !snapshot.is_unreadable() && snapshot.view == View::Inbox && !preferring;
    let title = tag("h2").attr("part", "title").attr("id", "cn-title").text(text.get(Key::Title));
    let all = || scene.button(Some("dismiss-all"), "link", Key::All, Msg::All);
    let close = || {
        button()
            .attr("part", "close")
            .set("aria-label", text.get(Key::Close))
            .press(act, Msg::Ask(Intent::Close { refocus: true }))
            .child(Icon::CROSS.draw())
    };
    let header = tag("div")
        .attr("part", "header")
        .child(tag("slot").attr("name", "header").child(title))
        .child((any && snapshot.progress.is_none() && !asking).then(all))
        .child(preferences.map(|open| preferences::button(scene, open)))
        .child(closable.then(close))
        .child(if preferring { None } else { views::view(scene) });
    let below = match snapshot.progress {
        Some(progress) => Some(bar(scene, progress)),
        None => (asking && any).then(|| question(scene, count)),
    };
    [Some(header), below]
}

fn question(scene: &Scene<'_>, count: u32) -> Tag {
    let words = tag("span").attr("id", "cn-ask").text(scene.text.count(Key::AllAsk, count));
    let answers = tag("div")
        .child(scene.button(None, "button strong", Key::AllYes, Msg::AllYes))
        // This button gets the focus, so that a second Enter by mistake keeps everything.
        .child(scene.button(None, "button careful", Key::AllNo, Msg::Escape));
    tag("div")
        .attr("part", "confirm")
        .attr("role", "group")
        .attr("aria-labelledby", "cn-ask")
        .child(words)
        .child(answers)
}

fn bar(scene: &Scene<'_>, progress: Progress) -> Tag {
    let text = scene.text;
    let values = [("done", text.number(progress.done)), ("total", text.number(progress.total))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    let label = tag("label").attr("for", "cn-progress").text(text.with(Key::AllProgress, &values));
    let bar = tag("progress")
        .attr("id", "cn-progress")
        .set("max", progress.total.to_string())
        .set("value", progress.done.to_string());
    tag("div").attr("part", "progress").child(label).child(bar)
}
