//! What stands in the way: errors, no network, waiting for the page.

use yew::prelude::*;

use super::{act::Msg, icon::Icon, intent::Intent, scene::Scene, text::Key, time::Ago};
use crate::{
    error::FailureKind,
    feed::{Problem, Status, Waiting},
};

/// The notice for the feed as it is, if there is one.
pub(super) fn view(scene: &Scene<'_>) -> Html {
    let snapshot = scene.snapshot;
    if let Some(waiting) = snapshot.waiting {
        return wait(scene, waiting);
    }
    if snapshot.status == Status::Offline {
        return offline(scene);
    }
    match &snapshot.problem {
        Some(problem) => error(scene, problem),
        None => Html::default(),
    }
}

fn wait(scene: &Scene<'_>, waiting: Waiting) -> Html {
    let words = match waiting {
        Waiting::Token => Key::WaitingToken,
        Waiting::Coworker => Key::WaitingCoworker,
    };
    html! { <div part="waiting" class="alone">{ Icon::CLOCK.draw() }<p id="cn-notice">{ scene.text.get(words) }</p></div> }
}

fn offline(scene: &Scene<'_>) -> Html {
    let text = scene.text;
    html! {
        <div part="error" data-kind="offline" class={class(scene)}>
            { Icon::WIFI_OFF.draw() }
            <p id="cn-notice">
                { text.get(Key::Offline) }
                if let Some(then) = scene.snapshot.last_look {
                    { " " }
                    <small>{ text.with(Key::OfflineSince, &[("when", &text.ago_in_full(Ago::of(scene.device_now, then, scene.days.year), then))]) }</small>
                }
            </p>
            { retry(scene) }
        </div>
    }
}

fn error(scene: &Scene<'_>, problem: &Problem) -> Html {
    let text = scene.text;
    let kind = problem.failure.kind;
    html! {
        <div part="error" data-kind={kind.name()} class={class(scene)}>
            { Icon::ALARM.draw() }
            <p id="cn-notice">
                { text.get(Key::of_failure(kind)) }
                if let Some(at) = problem.retry_at {
                    { " " }<small>{ text.with(Key::RetryAt, &[("when", &text.countdown(seconds_until(scene.device_now, at)))]) }</small>
                }
                if kind == FailureKind::Config {
                    // Only the page's author can help, and needs to know what to change.
                    <small>{ problem.failure.message.clone() }</small>
                }
            </p>
            { retry(scene) }
        </div>
    }
}

/// Without a list, the notice has the panel to itself.
fn class(scene: &Scene<'_>) -> &'static str {
    if scene.snapshot.loaded { "" } else { "alone" }
}

fn retry(scene: &Scene<'_>) -> Html {
    html! {
        <button part="retry" class="button" type="button" onclick={scene.act.press(Msg::Ask(Intent::Retry))}>
            { scene.text.get(Key::Retry) }
        </button>
    }
}

/// Whole seconds until a moment, never less than one: "in 0 sec." says nothing.
fn seconds_until(now: f64, at: f64) -> i32 {
    (((at - now) / 1_000.0).ceil() as i32).max(1)
}

/// How long until the words of the notice change, in milliseconds; `None`: they stay.
pub(super) fn changes_in(scene: &Scene<'_>) -> Option<f64> {
    let snapshot = scene.snapshot;
    if snapshot.status == Status::Offline {
        return Ago::changes_in(scene.device_now, snapshot.last_look?);
    }
    let left = snapshot.problem.as_ref()?.retry_at? - scene.device_now;
    match left {
        ..=0.0 => None,
        // Above a minute and a half only whole minutes are shown.
        90_000.0.. => Some(10_000.0),
        _ => Some(left % 1_000.0),
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
