//! Links of notifications: addresses that are safe to follow, made from the page's templates.

use std::fmt;

use super::{Meaning, Notification, NotificationType};
use crate::json::{self, Object, Raw};

/// An address that is safe to put into `href`: http, https, or relative to the page.
///
/// ```
/// use coworker_notifications::model::Link;
///
/// assert!(Link::new("/invoices/7").is_some());
/// assert!(Link::new("java\tscript:alert(1)").is_none());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Link(String);

impl Link {
    /// Checks an address. `None`: it has another scheme, is empty, or holds characters a browser would strip.
    ///
    /// Browsers strip control characters and spaces at both ends and drop tabs and newlines anywhere before they look
    /// for a scheme (URL Standard, "basic URL parser"), so ` java\nscript:` is `javascript:`. No valid address needs
    /// any of them, so an address that has them is refused.
    pub fn new(href: impl Into<String>) -> Option<Self> {
        let href = href.into();
        let stripped = href.chars().any(char::is_control) || href.trim().len() != href.len();
        let allowed = match scheme(&href) {
            Some(scheme) => scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https"),
            None => true,
        };
        (!href.is_empty() && !stripped && allowed).then_some(Self(href))
    }

    /// The address.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The scheme as the URL Standard finds it: a letter, then letters, digits, `+`, `-`, `.`, up to the first colon.
fn scheme(href: &str) -> Option<&str> {
    let (scheme, _) = href.split_once(':')?;
    let is_scheme = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte));
    is_scheme.then_some(scheme)
}

/// The `links` attribute: a template for the address of each notification type.
///
/// ```
/// use coworker_notifications::{api::decode_record, model::LinkTemplates};
///
/// let (templates, problems) = LinkTemplates::parse(
///     r#"{"coworkerinvoice": "/invoices/{EntityId}", "survey": "javascript:alert(1)", "*": "/inbox"}"#,
/// );
/// let notification = decode_record(200, r#"{"Id": 1, "NotificationType": "coworkerinvoice", "EntityId": 7}"#)?;
/// assert_eq!(templates.link(&notification).unwrap().as_str(), "/invoices/7");
/// assert!(problems[0].to_string().contains("javascript:alert(1)"));
/// # Ok::<(), coworker_notifications::error::Failure>(())
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LinkTemplates {
    by_type: Vec<(NotificationType, String)>,
    rest: Option<String>,
}

/// A template that cannot be used, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkProblem(String);

impl fmt::Display for LinkProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl LinkTemplates {
    /// Reads a JSON object from NotificationType to template, as in `{"blog": "/blog/{EntityId}", "*": "/inbox"}`.
    ///
    /// `{EntityId}`, `{Id}` and `{CoworkerId}` are filled in, `*` stands for every type not named, and an empty
    /// template leaves a type without a link. A template that cannot be used is left out and reported as a problem.
    pub fn parse(json: &str) -> (Self, Vec<LinkProblem>) {
        let mut templates = Self::default();
        let mut problems = Vec::new();
        match Object::parse(json) {
            Ok(object) => {
                for (name, value) in object.into_fields() {
                    match usable(&name, value) {
                        Ok(template) if name == "*" => templates.rest = Some(template),
                        Ok(template) => templates.by_type.push((NotificationType::from(&*name), template)),
                        Err(problem) => problems.push(problem),
                    }
                }
            }
            Err(_) => problems.push(LinkProblem(
                [
                    "links=\"",
                    &shorten(json),
                    "\" is not usable: give a JSON object from notification type to address, as in \
                     {\"blog\": \"/blog/{EntityId}\", \"*\": \"/inbox\"}.",
                ]
                .concat(),
            )),
        }
        (templates, problems)
    }

    /// The link of this notification, if it has one.
    ///
    /// A template for the type's own spelling is used before one for its alternate spelling, and either before `*`. The
    /// address is checked again with the ids filled in.
    pub fn link(&self, notification: &Notification) -> Option<Link> {
        let kind = &notification.kind;
        // Of two templates with the same name the later one is used, as for JSON objects in a browser.
        let exact =
            |(name, _): &&(NotificationType, String)| name.as_str().trim().eq_ignore_ascii_case(kind.as_str().trim());
        let alternate =
            |(name, _): &&(NotificationType, String)| kind.meaning() != Meaning::Generic && name.matches(kind);
        let template = (self.by_type.iter().rfind(exact))
            .or_else(|| self.by_type.iter().rfind(alternate))
            .map(|(_, template)| template)
            .or(self.rest.as_ref())?;
        let href = fill(template, |name| match name {
            "EntityId" => Some(notification.entity.0),
            "Id" => Some(notification.id.0),
            "CoworkerId" => Some(notification.coworker.0),
            _ => None,
        });
        Link::new(href.ok()?)
    }
}

/// Checks a template in advance, with placeholder ids in place of the real ones.
fn usable(name: &str, value: Raw<'_>) -> Result<String, LinkProblem> {
    let problem = |value: &str, right: &str| {
        LinkProblem(["links: the address for \"", &shorten(name), "\" is ", value, ": give ", right, "."].concat())
    };
    let quoted = |text: &str| ["\"", &shorten(text), "\""].concat();
    let Some(template) = json::text(value).filter(|_| value.get().starts_with('"')) else {
        return Err(problem("not a text", "an address in quotes, as in \"/blog/{EntityId}\""));
    };
    let filled =
        fill(&template, |name| matches!(name, "EntityId" | "Id" | "CoworkerId").then_some(1)).map_err(|unknown| {
            let placeholder = unknown.split_inclusive('}').next().unwrap_or(unknown);
            let value = [&quoted(&template), " with the unknown placeholder \"{", &shorten(placeholder), "\""].concat();
            problem(&value, "{EntityId}, {Id} or {CoworkerId}")
        })?;
    if filled.is_empty() || Link::new(filled).is_some() {
        return Ok(template);
    }
    Err(problem(
        &[&quoted(&template), ", which is not safe to follow"].concat(),
        "an address that begins with https:, http: or \"/\", without spaces around it and without control characters",
    ))
}

/// Puts numbers in place of `{Name}`. `Err`: the text from an unknown placeholder's name on.
fn fill(template: &str, value: impl Fn(&str) -> Option<i64>) -> Result<String, &str> {
    let mut filled = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, following) = after.split_once('}').ok_or(after)?;
        let number = value(name).ok_or(after)?;
        filled.push_str(&number.to_string());
        rest = following;
    }
    filled.push_str(rest);
    Ok(filled)
}

fn shorten(text: &str) -> String {
    const LONGEST: usize = 60;
    let mut short: String = text.chars().filter(|c| !c.is_control()).take(LONGEST).collect();
    if text.chars().count() > LONGEST {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CoworkerId, EntityId, NotificationId};

    fn notification(kind: &str) -> Notification {
        Notification {
            id: NotificationId(5),
            unique_id: String::new(),
            coworker: CoworkerId(1001),
            message: String::new(),
            kind: kind.into(),
            entity: EntityId(7),
            is_dismissed: false,
            created: None,
            updated: None,
            updated_by: None,
            is_new: false,
            system_id: None,
        }
    }

    fn href(json: &str, kind: &str) -> Option<String> {
        let (templates, problems) = LinkTemplates::parse(json);
        assert_eq!(problems, []);
        templates.link(&notification(kind)).map(|link| link.0)
    }

    fn problem(json: &str) -> String {
        let (templates, problems) = LinkTemplates::parse(json);
        assert_eq!(templates, LinkTemplates::default());
        assert_eq!(problems.len(), 1, "{problems:?}");
        problems[0].to_string()
    }

    #[test]
    fn http_and_relative_addresses_are_links() {
        for href in [
            "https://portal.example/invoices/7",
            "HTTP://portal.example",
            "http:relative",
            "/invoices/7?a=b:c#d:e",
            "invoices/7",
            "./a:b",
            "?id=7",
            "#7",
            "//portal.example/x",
            "12:30",
            "/café au lait",
        ] {
            assert!(Link::new(href).is_some(), "{href}");
        }
    }

    #[test]
    fn everything_else_is_none() {
        for href in [
            "",
            " ",
            "javascript:alert(1)",
            "JavaScript:alert(1)",
            " javascript:alert(1)",
            "\u{1}javascript:alert(1)",
            "java\tscript:alert(1)",
            "java\nscript:alert(1)",
            "java\rscript:alert(1)",
            "javascript\t:alert(1)",
            "\u{a0}javascript:alert(1)",
            "data:text/html,x",
            "vbscript:x",
            "blob:https://portal.example/1",
            "file:///etc/passwd",
            "mailto:me@portal.example",
            "view-source:https://portal.example",
            "x+y-z.1:w",
            "https://portal.example/\u{0}",
            "/path ",
        ] {
            assert!(Link::new(href).is_none(), "{href:?}");
        }
    }

    #[test]
    fn a_template_is_filled_with_ids() {
        let json = r#"{"blog": "/blog/{EntityId}?n={Id}&c={CoworkerId}#{EntityId}"}"#;
        assert_eq!(href(json, "blog").as_deref(), Some("/blog/7?n=5&c=1001#7"));
    }

    #[test]
    fn own_spelling_wins_over_a_twin_and_a_twin_over_the_rest() {
        let json = r#"{"identitycheck-fail": "/one", "identity-check-failed": "/two", "*": "/rest"}"#;
        assert_eq!(href(json, "identitycheck-fail").as_deref(), Some("/one"));
        assert_eq!(href(json, " Identity-Check-Failed").as_deref(), Some("/two"));
        assert_eq!(href(json, "blog").as_deref(), Some("/rest"));
        assert_eq!(href(json, "").as_deref(), Some("/rest"));
        let json = r#"{"*": "/rest", "IdentityCheck-Success": "/twin"}"#;
        assert_eq!(href(json, "identity-check-success").as_deref(), Some("/twin"));
    }

    #[test]
    fn unknown_types_are_found_by_their_text() {
        assert_eq!(href(r#"{"printer-jam": "/printers"}"#, "Printer-Jam").as_deref(), Some("/printers"));
        assert_eq!(href(r#"{"printer-jam": "/printers"}"#, "scanner-jam"), None);
    }

    #[test]
    fn an_empty_template_leaves_a_type_without_a_link() {
        let json = r#"{"survey": "", "*": "/inbox"}"#;
        assert_eq!(href(json, "survey"), None);
        assert_eq!(href(json, "blog").as_deref(), Some("/inbox"));
    }

    #[test]
    fn an_id_cannot_complete_a_scheme() {
        assert_eq!(href(r#"{"*": "{Id}:alert(1)"}"#, "blog").as_deref(), Some("5:alert(1)"), "a relative path");
        assert!(problem(r#"{"*": "x{Id}:alert(1)"}"#).contains("not safe"));
    }

    #[test]
    fn what_is_not_an_object_is_told() {
        for json in ["", "[]", "\"/inbox\"", "{\"blog\":", "null"] {
            let problem = problem(json);
            assert!(problem.contains(json) && problem.contains("give a JSON object"), "{problem}");
        }
    }

    #[test]
    fn what_is_not_a_text_is_told() {
        assert_eq!(
            problem(r#"{"blog": 7}"#),
            "links: the address for \"blog\" is not a text: give an address in quotes, as in \"/blog/{EntityId}\"."
        );
    }

    #[test]
    fn an_unknown_placeholder_is_told() {
        let words = problem(r#"{"blog": "/blog/{entityid}/x"}"#);
        assert!(words.contains("\"{entityid}\"") && words.contains("{EntityId}, {Id} or {CoworkerId}"), "{words}");
        assert!(problem(r#"{"blog": "/blog/{Id"}"#).contains("\"{Id\""));
    }

    #[test]
    fn an_unsafe_template_is_told_and_the_others_work() {
        let (templates, problems) = LinkTemplates::parse(r#"{"blog": "java\tscript:alert(1)", "*": "/inbox"}"#);
        assert!(problems[0].to_string().contains("not safe to follow"), "{problems:?}");
        assert_eq!(templates.link(&notification("blog")).map(|link| link.0).as_deref(), Some("/inbox"));
    }
}
