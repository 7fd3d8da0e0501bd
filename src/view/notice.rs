//! Notices: errors, no network, waiting for the page.

use yew::AttrValue;

use super::{
    icon::Icon,
    intent::Intent,
    msg::Msg,
    scene::Scene,
    tag::{Tag, tag},
    text::Key,
    time::{Ago, past_whole},
};
use crate::{
    error::FailureKind,
    feed::{Problem, Status, Waiting},
};

/// The notice for the feed's state, if it needs one.
pub(super) fn view(scene: &Scene<'_>) -> Option<Tag> {
    let Scene { snapshot, text, .. } = scene;
    if let Some(waiting) = snapshot.waiting {
        let words = match waiting {
            Waiting::Token => Key::WaitingToken,
            Waiting::Coworker => Key::WaitingCoworker,
        };
        let words = tag("p").attr("id", "cn-notice").text(text.get(words));
        let notice = tag("div").attr("part", "waiting").attr("class", "notice alone");
        return Some(notice.child(Icon::CLOCK.draw()).child(words));
    }
    if snapshot.status == Status::Offline {
        let since = snapshot.last_pull.map(|then| {
            let ago = Ago::of(scene.device_now, then, &scene.days.year);
            text.with(Key::OfflineSince, &[("when", &text.ago_in_full(ago, then))])
        });
        return Some(trouble(scene, "offline", Icon::WIFI_OFF, text.get(Key::Offline), since));
    }
    let Some(Problem { failure, retry_at }) = &snapshot.problem else {
        let kind = FailureKind::Decode;
        let unreadable = || trouble(scene, kind.name(), Icon::ALARM, text.get(Key::of_failure(kind)), None);
        return snapshot.is_unreadable().then(unreadable);
    };
    let more = match failure.kind {
        // Only the page's author can help, so the notice says what to change.
        FailureKind::Config => Some(failure.message.clone().into()),
        _ => retry_at
            .map(|at| text.with(Key::RetryAt, &[("when", &text.countdown(seconds_until(scene.device_now, at)))])),
    };
    Some(trouble(scene, failure.kind.name(), Icon::ALARM, text.get(Key::of_failure(failure.kind)), more))
}

/// A notice: the problem, its details, and a button to try again.
fn trouble(scene: &Scene<'_>, kind: &'static str, icon: Icon, words: AttrValue, more: Option<AttrValue>) -> Tag {
    // Without a list the notice fills the panel.
    let alone = !scene.snapshot.loaded || scene.snapshot.is_unreadable();
    let words = tag("p").attr("id", "cn-notice").text(words);
    let words = match more {
        Some(more) => words.text(" ").child(tag("small").text(more)),
        None => words,
    };
    tag("div")
        .attr("part", "error")
        .attr("data-kind", kind)
        .attr("class", if alone { "notice alone" } else { "notice" })
        .child(icon.draw())
        .child(words)
        .child(scene.button(Some("retry"), "button", Key::Retry, Msg::Ask(Intent::Retry)))
}

/// Whole seconds until a moment, never less than one: "in 0 sec." says nothing.
fn seconds_until(now: f64, at: f64) -> i32 {
    (((at - now) / 1_000.0).ceil() as i32).max(1)
}

/// How long until the words of the notice change, in milliseconds; `None`: they stay.
pub(super) fn changes_in(scene: &Scene<'_>) -> Option<f64> {
    let snapshot = scene.snapshot;
    if snapshot.status == Status::Offline {
        return Ago::changes_in(scene.device_now, snapshot.last_pull?);
    }
    let left = snapshot.problem.as_ref()?.retry_at? - scene.device_now;
    match left {
        ..=0.0 => None,
        // Above a minute and a half only whole minutes are shown.
        90_000.0.. => Some(10_000.0),
        _ => Some(past_whole(left, 1_000.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_countdown_ends_at_one() {
        assert_eq!(seconds_until(0.0, 12_000.0), 12);
        assert_eq!(seconds_until(0.0, 11_001.0), 12);
        assert_eq!(seconds_until(5_000.0, 0.0), 1);
    }
}
