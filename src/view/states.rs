//! The panel's content: the list, grey rows before the first list, or the text for an empty list.

use super::{
    icon::Icon,
    intent::Intent,
    list::List,
    msg::Msg,
    scene::Scene,
    tag::{Tag, button, tag},
    text::Key,
};
use crate::config::View;

/// The list and the button for more, or what is shown in their place.
pub(super) fn content(scene: &Scene<'_>, list: &List) -> [Option<Tag>; 2] {
    let snapshot = scene.snapshot;
    if !snapshot.loaded {
        let idle = snapshot.waiting.is_some() || snapshot.problem.is_some();
        return [(!idle).then(|| skeleton(scene)), None];
    }
    if snapshot.notifications.is_empty() {
        if snapshot.is_unreadable() {
            return [None, None];
        }
        if !snapshot.has_more || snapshot.count == Some(0) {
            return [Some(empty(scene)), None];
        }
        if snapshot.problem.is_none() {
            return [Some(skeleton(scene)), None];
        }
    }
    let more = || {
        button()
            .attr("part", "more")
            .attr("class", "button")
            // A disabled button would lose the focus while it loads.
            .attr("aria-disabled", snapshot.loading_more.then_some("true"))
            .press(scene.act, Msg::Ask(Intent::LoadMore))
            .text(scene.text.get(if snapshot.loading_more { Key::MoreLoading } else { Key::More }))
    };
    [Some(list.view(scene)), snapshot.has_more.then(more)]
}

/// Grey rows in the shape of the real ones, so that nothing jumps when these arrive.
fn skeleton(scene: &Scene<'_>) -> Tag {
    let bone = |_| {
        let line = || tag("i");
        let lines = tag("div").child(line()).child(line()).child(line());
        tag("div").attr("class", "bone").attr("aria-hidden", "true").child(line()).child(lines)
    };
    let words = tag("span").attr("class", "hidden").attr("id", "cn-state").text(scene.text.get(Key::Loading));
    tag("div").key("skeleton").attr("class", "skeleton").child(words).children((0..7).map(bone))
}

/// A friendly text for an empty list.
fn empty(scene: &Scene<'_>) -> Tag {
    let text = scene.text;
    let [title, more] = match scene.snapshot.view {
        View::Inbox => [Key::EmptyTitle, Key::EmptyText],
        View::Dismissed => [Key::DismissedTitle, Key::DismissedText],
    };
    let title = tag("p").attr("class", "headline").attr("id", "cn-state").text(text.get(title));
    let more = tag("p").text(text.get(more));
    let empty = tag("div").key("empty").attr("part", "empty");
    if scene.snapshot.view == View::Dismissed {
        return empty.child(title).child(more);
    }
    let drawing = tag("div").attr("class", "drawing").child(Icon::TICKS.draw());
    empty.child(tag("slot").attr("name", "empty").child(drawing).child(title).child(more))
}
