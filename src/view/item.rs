//! One row.

use super::{
    act::Reaction,
    icon::Icon,
    intent::Intent,
    msg::{MenuMsg, Msg},
    scene::Scene,
    tag::{Tag, button, tag},
    text::{Key, Text},
    time::{Ago, millis},
    views,
};
use crate::{
    config::{Config, View},
    error::Failure,
    model::{Notification, Timestamp, Tone, format_timestamp},
};

/// The characters of a long message in the DOM until the member asks for the rest: more than three lines can hold.
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
pub(super) fn view(scene: &Scene<'_>, row: &Row<'_>) -> Tag {
    let Scene { snapshot, config, text, act, .. } = scene;
    let notification = row.notification;
    let id = notification.id;
    let label = text.label(notification.kind.meaning());
    let inbox = snapshot.view == View::Inbox;
    let new = inbox && scene.new.contains(&id);
    let number = id.0.to_string();
    let part = |letter: &str| letter.to_owned() + &number;
    let tab = stop(row);
    let created = notification.created.map(|created| time(scene, created, part("cn-t")));
    let line = tag("div")
        .attr("class", "line")
        .child(self::label(notification, config, text, part("cn-l")))
        .child(new.then(|| {
            let words = tag("span").attr("class", "hidden").text(text.get(Key::New));
            tag("span").attr("class", "dot").set("id", part("cn-n")).child(words)
        }))
        .child(created);
    let [message, more] = message(scene, row, part("cn-m"));
    let body = tag("div").attr("class", "body").child(line).child(message).child(more);
    let body = if inbox { body } else { views::back(body, scene, id, tab, &part("cn-l")) };
    let body = body.child(snapshot.failed.get(&id).map(|failure| failed(scene, row, failure)));
    let dismiss = || {
        button()
            .attr("part", "dismiss")
            .attr("tabindex", tab)
            .set("title", text.get(Key::AllYes))
            .set("aria-label", text.with(Key::Dismiss, &[("label", &label)]))
            .press(act, Msg::Ask(Intent::Dismiss(id)))
            .child(Icon::CROSS.draw())
    };
    let menu = || {
        button()
            .attr("part", "menu-button")
            .attr("tabindex", tab)
            .attr("aria-haspopup", "menu")
            .flag("aria-expanded", row.menu)
            .attr("aria-keyshortcuts", "Shift+F10")
            .set("aria-label", text.with(Key::Menu, &[("label", &label)]))
            .press(act, Msg::Menu(MenuMsg::Toggle(id)))
            .child(Icon::DOTS.draw())
    };
    tag("div")
        .attr("part", "item")
        .attr("role", "article")
        .key(&*number)
        .set("data-id", number.clone())
        .set("data-type", notification.kind.as_str().to_owned())
        .attr("class", new.then_some("new"))
        .attr("tabindex", tab)
        .set("aria-posinset", (row.index + 1).to_string())
        .set("aria-setsize", set_size(scene, row.of))
        .set("aria-labelledby", if new { part("cn-n") + " " + &part("cn-l") } else { part("cn-l") })
        // Browsers ignore the ids of parts that the row does not have.
        .set("aria-describedby", part("cn-m") + " " + &part("cn-t"))
        .on("click", act, Reaction::Select(id))
        .on("auxclick", act, Reaction::Select(id))
        .on("contextmenu", act, Reaction::Menu(id))
        .on("focusin", act, Reaction::Send(Msg::Focused(id)))
        .child(icon(notification))
        .child(body)
        .child(inbox.then(dismiss))
        .child(inbox.then(menu))
}

/// The icon of a notification's kind.
pub(super) fn icon(notification: &Notification) -> Tag {
    let meaning = notification.kind.meaning();
    let tone = match meaning.tone() {
        Tone::Neutral => None,
        Tone::Success => Some("success"),
        Tone::Alert => Some("alert"),
    };
    tag("span").attr("part", "icon").attr("data-tone", tone).child(Icon::of(meaning).draw())
}

/// The label of a notification's kind.
pub(super) fn label(notification: &Notification, config: &Config, text: &Text, id: String) -> Tag {
    let words = text.label(notification.kind.meaning());
    let label = tag("span").attr("part", "label").set("id", id);
    match config.links.link(notification) {
        // A real link, so that it can be opened in another tab; the keyboard uses the row.
        Some(link) => label.child(tag("a").set("href", link.as_str().to_owned()).attr("tabindex", "-1").text(words)),
        None => label.text(words),
    }
}

/// The beginning of a message.
pub(super) fn beginning(notification: &Notification) -> String {
    excerpt(notification.message.trim(), EXCERPT).to_owned()
}

/// Tab stops only at the keyboard's row and its buttons, so that leaving the list does not take one Tab for each row.
fn stop(row: &Row<'_>) -> &'static str {
    if row.tab { "0" } else { "-1" }
}

/// The size of the whole set: the server's count while more pages can be loaded, `-1` if it is unknown.
fn set_size(scene: &Scene<'_>, loaded: usize) -> String {
    let count = scene.snapshot.count.filter(|_| !scene.filtered);
    match (scene.snapshot.has_more, count) {
        (false, _) => loaded.to_string(),
        (true, Some(count)) if count as usize >= loaded => count.to_string(),
        (true, _) => "-1".to_owned(),
    }
}

/// The age in words, with the exact moment as title.
fn time(scene: &Scene<'_>, created: Timestamp, id: String) -> Tag {
    let Scene { text, now, days, .. } = scene;
    let then = millis(created);
    tag("time")
        .attr("part", "time")
        .set("id", id)
        .set("datetime", format_timestamp(created))
        .set("title", text.moment(then))
        .text(text.ago(Ago::of(*now, then, &days.year), then))
}

/// The message and the button that shows all of it. A notification without a message has only its label.
fn message(scene: &Scene<'_>, row: &Row<'_>, id: String) -> [Option<Tag>; 2] {
    let message = row.notification.message.trim();
    if message.is_empty() {
        return [None, None];
    }
    let shown = if row.expanded { message } else { excerpt(message, EXCERPT) };
    let cut = shown.len() < message.len();
    // The keys replace these elements when their text changes: a page translator may have changed the nodes in them.
    let (state, word) = if row.expanded { ("whole", Key::MessageLess) } else { ("cut", Key::MessageMore) };
    let whole = tag("p")
        .attr("part", "message")
        .key(state)
        .set("id", id)
        .attr("dir", "auto")
        .attr("class", (!row.expanded).then_some("clamp"))
        .text(shown.to_owned())
        .text(if cut { "…" } else { "" });
    let more = || {
        button()
            .attr("class", "link")
            .attr("tabindex", stop(row))
            .flag("aria-expanded", row.expanded)
            .press(scene.act, Msg::Expand(row.notification.id))
            .child(tag("span").key(state).text(scene.text.get(word)))
    };
    [Some(whole), (cut || row.clipped || row.expanded).then(more)]
}

/// The beginning of a text, at most this many characters long.
fn excerpt(text: &str, characters: usize) -> &str {
    match text.char_indices().nth(characters) {
        Some((end, _)) => text.get(..end).unwrap_or(text).trim_end(),
        None => text,
    }
}

fn failed(scene: &Scene<'_>, row: &Row<'_>, failure: &Failure) -> Tag {
    let text = scene.text;
    let retry = scene.button(Some("retry"), "link", Key::Retry, Msg::Ask(Intent::RetryWrite(row.notification.id)));
    tag("div")
        .attr("part", "error")
        .attr("class", "failed")
        .text(text.get(Key::ErrorDismiss))
        .text(" ")
        .text(text.get(Key::of_failure(failure.kind)))
        .text(" ")
        .child(retry.attr("tabindex", stop(row)))
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
