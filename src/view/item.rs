//! One row.

use yew::prelude::*;

use super::{
    act::Msg,
    icon::Icon,
    intent::Intent,
    menu::MenuMsg,
    scene::Scene,
    text::{Key, Text},
    time::{Ago, millis},
    views,
};
use crate::{
    config::{Config, View},
    error::Failure,
    model::{Notification, Timestamp, Tone, format_timestamp},
};

/// So much of a long message is put into the DOM until the rest is asked for: more than three lines can hold.
const EXCERPT: usize = 500;

/// A notification and its place in the list.
#[derive(Debug)]
pub(super) struct Row<'a> {
    pub(super) notification: &'a Notification,
    pub(super) index: usize,
    /// Rows in the list.
    pub(super) of: usize,
    /// Tab reaches this row.
    pub(super) tab: bool,
    pub(super) expanded: bool,
    /// The message has more than three lines.
    pub(super) clipped: bool,
    /// Its menu is open.
    pub(super) menu: bool,
}

/// Draws a row: an article of the feed, focusable, with its own buttons.
pub(super) fn view(scene: &Scene<'_>, row: &Row<'_>) -> Html {
    let Scene { snapshot, config, text, act, .. } = scene;
    let notification = row.notification;
    let id = notification.id;
    let label = text.label(notification.kind.meaning());
    let inbox = snapshot.view == View::Inbox;
    let new = inbox && scene.new.contains(&id);
    let number = id.0.to_string();
    let part = |letter: &str| letter.to_owned() + &number;
    html! {
        <div part="item" role="article" key={number.clone()} data-id={number.clone()}
            data-type={notification.kind.as_str().to_owned()}
            class={if new { "new" } else { "" }}
            tabindex={stop(row)}
            aria-posinset={(row.index + 1).to_string()}
            aria-setsize={set_size(scene, row.of)}
            aria-labelledby={if new { part("cn-n") + " " + &part("cn-l") } else { part("cn-l") }}
            // What a row has not is passed over.
            aria-describedby={part("cn-m") + " " + &part("cn-t")}
            onclick={act.select(id)}
            onauxclick={act.select(id)}
            oncontextmenu={act.context(id)}
            onfocusin={act.focused(id)}
        >
            { icon(notification) }
            <div class="body">
                <div class="line">
                    { self::label(notification, config, text, part("cn-l")) }
                    if new {
                        <span class="dot" id={part("cn-n")}><span class="hidden">{ text.get(Key::New) }</span></span>
                    }
                    if let Some(created) = notification.created {
                        { time(scene, created, part("cn-t")) }
                    }
                </div>
                { message(scene, row, part("cn-m")) }
                if !inbox {
                    { views::back(scene, id, stop(row), &part("cn-l")) }
                }
                if let Some(failure) = snapshot.failed.get(&id) {
                    { failed(scene, row, failure) }
                }
            </div>
            if inbox {
                <>
            <button part="dismiss" type="button" tabindex={stop(row)} title={text.get(Key::AllYes)}
                aria-label={text.with(Key::Dismiss, &[("label", &label)])}
                onclick={act.press(Msg::Ask(Intent::Dismiss(id)))}
            >{ Icon::CROSS.draw() }</button>
            <button part="menu-button" type="button" tabindex={stop(row)} aria-haspopup="menu"
                aria-expanded={if row.menu { "true" } else { "false" }} aria-keyshortcuts="Shift+F10"
                aria-label={text.with(Key::Menu, &[("label", &label)])}
                onclick={act.press(Msg::Menu(MenuMsg::Toggle(id)))}
            >{ Icon::DOTS.draw() }</button>
                </>
            }
        </div>
    }
}

/// The icon of what kind of notification it is.
pub(super) fn icon(notification: &Notification) -> Html {
    let meaning = notification.kind.meaning();
    let tone = match meaning.tone() {
        Tone::Neutral => None,
        Tone::Success => Some("success"),
        Tone::Alert => Some("alert"),
    };
    html! { <span part="icon" data-tone={tone}>{ Icon::of(meaning).draw() }</span> }
}

/// What kind of notification it is, in words.
pub(super) fn label(notification: &Notification, config: &Config, text: &Text, id: String) -> Html {
    let label = text.label(notification.kind.meaning());
    html! {
        <span part="label" {id}>
            if let Some(link) = config.links.link(notification) {
                // A real link, so that it can be opened in another tab; the keyboard uses the row.
                <a href={link.as_str().to_owned()} tabindex="-1">{ label }</a>
            } else {
                { label }
            }
        </span>
    }
}

/// As much of a message as a glance takes in.
pub(super) fn beginning(notification: &Notification) -> String {
    excerpt(notification.message.trim(), EXCERPT).to_owned()
}

/// Tab stops only at the keyboard's row and its buttons: it must not take a stop for each row to leave the list.
fn stop(row: &Row<'_>) -> &'static str {
    if row.tab { "0" } else { "-1" }
}

/// The size of the whole set: the server's count while more pages can be loaded, `-1` where nobody knows.
fn set_size(scene: &Scene<'_>, loaded: usize) -> String {
    let count = scene.snapshot.count.filter(|_| !scene.filtered);
    match (scene.snapshot.has_more, count) {
        (false, _) => loaded.to_string(),
        (true, Some(count)) if count as usize >= loaded => count.to_string(),
        (true, _) => "-1".to_owned(),
    }
}

/// How long ago in words, the exact moment as title.
fn time(scene: &Scene<'_>, created: Timestamp, id: String) -> Html {
    let Scene { text, now, days, .. } = scene;
    let then = millis(created);
    html! {
        <time part="time" {id} datetime={format_timestamp(created)} title={text.moment(then)}>
            { text.ago(Ago::of(*now, then, &days.year), then) }
        </time>
    }
}

fn message(scene: &Scene<'_>, row: &Row<'_>, id: String) -> Html {
    let message = row.notification.message.trim();
    if message.is_empty() {
        // The label alone says what happened.
        return Html::default();
    }
    let shown = if row.expanded { message } else { excerpt(message, EXCERPT) };
    let cut = shown.len() < message.len();
    // What a page translator has written into is made anew when it changes.
    let (state, word) = if row.expanded { ("whole", Key::MessageLess) } else { ("cut", Key::MessageMore) };
    html! {
        <>
            <p part="message" key={state} {id} dir="auto" class={if row.expanded { "" } else { "clamp" }}>
                { shown.to_owned() }{ if cut { "…" } else { "" } }
            </p>
            if cut || row.clipped || row.expanded {
                <button class="link" type="button" tabindex={stop(row)} aria-expanded={if row.expanded { "true" } else { "false" }}
                    onclick={scene.act.press(Msg::Expand(row.notification.id))}
                ><span key={state}>{ scene.text.get(word) }</span></button>
            }
        </>
    }
}

/// The beginning of a text, so many characters long at most.
fn excerpt(text: &str, characters: usize) -> &str {
    match text.char_indices().nth(characters) {
        Some((end, _)) => text.get(..end).unwrap_or(text).trim_end(),
        None => text,
    }
}

fn failed(scene: &Scene<'_>, row: &Row<'_>, failure: &Failure) -> Html {
    let retry = scene.act.press(Msg::Ask(Intent::RetryWrite(row.notification.id)));
    html! {
        <div part="error" class="failed">
            { scene.text.get(Key::ErrorDismiss) }{ " " }{ scene.text.get(Key::of_failure(failure.kind)) }{ " " }
            <button part="retry" class="link" type="button" tabindex={stop(row)} onclick={retry}>
                { scene.text.get(Key::Retry) }
            </button>
        </div>
    }
}

#[cfg(test)]
mod tests {
    use super::excerpt;

    #[test]
    fn an_excerpt_counts_characters_and_never_splits_one() {
        assert_eq!(excerpt("short", 10), "short");
        assert_eq!(excerpt("ab cdef", 3), "ab");
        assert_eq!(excerpt("👋👋👋👋", 2), "👋👋");
        assert_eq!(excerpt(&"x".repeat(200_000), 500).len(), 500);
    }
}
