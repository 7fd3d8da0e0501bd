//! The panel's head: its title, "dismiss all" with its question and its progress, and the way out.

use yew::prelude::*;

use super::{act::Msg, icon::Icon, intent::Intent, preferences, scene::Scene, text::Key, views};
use crate::{
    config::View,
    feed::{Progress, Snapshot},
};

/// More than so many are dismissed only after a question.
pub(super) const ASK_ABOVE: u32 = 10;

/// How many there are to dismiss, as far as is known.
pub(super) fn count(snapshot: &Snapshot) -> u32 {
    let loaded = u32::try_from(snapshot.notifications.len()).unwrap_or(u32::MAX);
    snapshot.count.map_or(loaded, |count| count.max(loaded))
}

/// `preferences`: whether their page is open; nothing where there is nothing to choose.
pub(super) fn view(scene: &Scene<'_>, asking: bool, closable: bool, preferences: Option<bool>) -> Html {
    let Scene { snapshot, text, act, .. } = scene;
    let count = count(snapshot);
    let preferring = preferences == Some(true);
    let any = count > 0 && !snapshot.is_unreadable() && snapshot.view == View::Inbox && !preferring;
    html! {
        <>
            <div part="header">
                <slot name="header"><h2 part="title" id="cn-title">{ text.get(Key::Title) }</h2></slot>
                if any && snapshot.progress.is_none() && !asking {
                    { scene.button(Some("dismiss-all"), "link", Key::All, Msg::All) }
                }
                if let Some(open) = preferences {
                    { preferences::button(scene, open) }
                }
                if closable {
                    <button part="close" type="button" aria-label={text.get(Key::Close)}
                        onclick={act.press(Msg::Ask(Intent::Close { refocus: true }))}
                    >{ Icon::CROSS.draw() }</button>
                }
                if !preferring {
                    { views::view(scene) }
                }
            </div>
            if let Some(progress) = snapshot.progress {
                { bar(scene, progress) }
            } else if asking && any {
                { question(scene, count) }
            }
        </>
    }
}

fn question(scene: &Scene<'_>, count: u32) -> Html {
    html! {
        <div part="confirm" role="group" aria-labelledby="cn-ask">
            <span id="cn-ask">{ scene.text.count(Key::AllAsk, count) }</span>
            <div>
                { scene.button(None, "button strong", Key::AllYes, Msg::AllYes) }
                // Focus goes here: a second Enter by mistake keeps everything.
                { scene.button(None, "button careful", Key::AllNo, Msg::Escape) }
            </div>
        </div>
    }
}

fn bar(scene: &Scene<'_>, progress: Progress) -> Html {
    let text = scene.text;
    let values = [("done", text.number(progress.done)), ("total", text.number(progress.total))];
    let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
    html! {
        <div part="progress">
            <label for="cn-progress">{ text.with(Key::AllProgress, &values) }</label>
            <progress id="cn-progress" max={progress.total.to_string()} value={progress.done.to_string()} />
        </div>
    }
}
