//! The bell: a disclosure button (WAI-ARIA Authoring Practices, "Disclosure") with a badge.

use yew::{AttrValue, NodeRef};

use super::{
    act::Act,
    icon::Icon,
    intent::Intent,
    msg::Msg,
    tag::{self, Tag, tag},
    text::{Key, Text},
};

/// The text of the badge; `None`: there is no badge. `digits` writes a number as in the bell's name.
fn badge(count: Option<u32>, max: u32, digits: impl Fn(u32) -> String) -> Option<String> {
    match count? {
        0 => None,
        count if count > max => Some(digits(max) + "+"),
        count => Some(digits(count)),
    }
}

/// The bell's name: the badge in words, for those who do not see it.
///
/// With a capped badge the name holds the full count and the badge's text, because users of voice control say the text
/// that they see (WCAG 2.2, "Label in Name").
fn name(count: Option<u32>, max: u32, text: &Text) -> AttrValue {
    match count {
        Some(count @ 1..) => {
            let name = text.count(Key::BellUnread, count);
            match badge(Some(count), max, |number| text.digits(number)) {
                Some(capped) if count > max => [&name, ", ", &capped].concat().into(),
                _ => name,
            }
        }
        _ => text.get(Key::Title),
    }
}

/// Draws the bell. The element class paints the same markup before the program has loaded.
pub(super) fn view(count: Option<u32>, max: u32, text: &Text, open: bool, button: &NodeRef, act: &Act) -> Tag {
    let badge = badge(count, max, |number| text.digits(number)).map(|badge| {
        // A new number gets a new node, because a page translator may have replaced the old text by nodes of its own.
        tag("span").attr("part", "badge").key(&*badge).attr("aria-hidden", "true").text(badge)
    });
    tag::button()
        .attr("part", "bell")
        .node(button)
        .press(act, Msg::Ask(if open { Intent::Close { refocus: false } } else { Intent::Open }))
        .attr("dir", text.direction())
        .set("aria-label", name(count, max, text))
        .attr("aria-haspopup", "dialog")
        .flag("aria-expanded", open)
        .attr("aria-controls", open.then_some("cn-panel"))
        .child(tag("slot").attr("name", "bell").child(Icon::BELL.draw()))
        .child(badge)
}

#[cfg(test)]
mod tests {
    use super::badge;

    #[test]
    fn the_badge_is_absent_at_zero_and_capped_above_the_maximum() {
        let badge = |count, max| badge(count, max, |number| number.to_string());
        assert_eq!(badge(None, 99), None);
        assert_eq!(badge(Some(0), 99), None);
        assert_eq!(badge(Some(1), 99).as_deref(), Some("1"));
        assert_eq!(badge(Some(99), 99).as_deref(), Some("99"));
        assert_eq!(badge(Some(100), 99).as_deref(), Some("99+"));
        assert_eq!(badge(Some(10), 9).as_deref(), Some("9+"));
    }
}
