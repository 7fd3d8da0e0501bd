//! Where the server's stream of changes is: the `monitor` relation of a list's `Link` header (RFC 8288, RFC 5989).

use super::ApiBase;

/// The stream's full address, resolved against the address of the list that was asked for.
///
/// The stream gets the member's token, so it must be below the API's own base: another host, another path or an address
/// that browsers read in more than one way is refused.
pub(super) fn address(link: &str, list: &str, base: &ApiBase) -> Option<String> {
    let target = links(link).find(|link| link.is_monitor())?.target;
    let is_plain = target.bytes().all(|byte| byte.is_ascii_graphic() && !matches!(byte, b'\\' | b'#'));
    if target.is_empty() || !is_plain {
        return None;
    }
    let address = resolve(target, list)?;
    let path = address.strip_prefix(base.as_str())?.split('?').next()?;
    (path.starts_with('/') && !path.split('/').any(is_dots)).then_some(address)
}

/// A dot segment (RFC 3986 §3.3), the dots plain or encoded.
fn is_dots(segment: &str) -> bool {
    matches!(segment.to_ascii_lowercase().as_str(), "." | ".." | "%2e" | ".%2e" | "%2e." | "%2e%2e")
}

/// Resolves a reference as browsers do, except for dot segments, which are refused afterwards.
fn resolve(target: &str, list: &str) -> Option<String> {
    let path_begins = list.find(':')? + 3;
    let origin_ends = list.get(path_begins..)?.find('/').map_or(list.len(), |slash| path_begins + slash);
    let path = list.split('?').next()?;
    let before = match target {
        _ if target.starts_with("//") => list.get(..path_begins - 2)?,
        _ if target.starts_with('/') => list.get(..origin_ends)?,
        _ if target.starts_with('?') => path,
        _ if has_scheme(target) => "",
        _ => path.get(..=path.rfind('/').filter(|slash| *slash >= origin_ends)?)?,
    };
    Some([before, target].concat())
}

/// Whether a colon comes before any `/` or `?`.
fn has_scheme(target: &str) -> bool {
    target.find([':', '/', '?']).and_then(|at| target.get(at..)).is_some_and(|rest| rest.starts_with(':'))
}

/// One link of the header.
struct Link<'a> {
    target: &'a str,
    parameters: &'a str,
}

impl Link<'_> {
    /// Whether its relations name `monitor` and it is about the list itself (`anchor` would name something else).
    fn is_monitor(&self) -> bool {
        let mut relations = None;
        for parameter in split_outside_quotes(self.parameters, ';') {
            let (name, value) = parameter.split_once('=').unwrap_or((parameter, ""));
            match name.trim().to_ascii_lowercase().as_str() {
                "anchor" => return false,
                // The first `rel` counts.
                "rel" if relations.is_none() => relations = Some(value.trim().trim_matches('"')),
                _ => {}
            }
        }
        relations.is_some_and(|names| names.split_ascii_whitespace().any(|name| name.eq_ignore_ascii_case("monitor")))
    }
}

fn links(header: &str) -> impl Iterator<Item = Link<'_>> {
    split_outside_quotes(header, ',').filter_map(|link| {
        let (target, parameters) = link.trim().strip_prefix('<')?.split_once('>')?;
        Some(Link { target: target.trim(), parameters })
    })
}

/// Splits at a mark outside quoted texts and outside the brackets of an address.
fn split_outside_quotes(text: &str, mark: char) -> impl Iterator<Item = &str> {
    let (mut quoted, mut escaped, mut in_address) = (false, false, false);
    text.split(move |c| {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if !in_address => quoted = !quoted,
            '<' if !quoted => in_address = true,
            '>' if !quoted => in_address = false,
            _ => return c == mark && !quoted && !in_address,
        }
        false
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const LIST: &str = "https://bell.example/v1/api/spaces/coworkernotifications?page=1";
    const EVENTS: &str = "https://bell.example/v1/api/spaces/coworkernotifications/events?id=7";

    fn monitor(link: &str) -> Option<String> {
        address(link, LIST, &ApiBase::parse("https://bell.example/v1", "").unwrap())
    }

    #[test]
    fn a_reference_is_resolved_against_the_list() {
        for target in [
            EVENTS,
            "//bell.example/v1/api/spaces/coworkernotifications/events?id=7",
            "/v1/api/spaces/coworkernotifications/events?id=7",
            "coworkernotifications/events?id=7",
        ] {
            assert_eq!(monitor(&format!("<{target}>; rel=\"monitor\"")).as_deref(), Some(EVENTS), "{target}");
        }
        let same = "https://bell.example/v1/api/spaces/coworkernotifications?watch";
        assert_eq!(monitor("<?watch>; rel=monitor").as_deref(), Some(same));
    }

    #[test]
    fn the_relation_is_found_in_any_spelling_and_place() {
        for link in [
            "<events>; rel=monitor",
            "<events>;rel=\"monitor\"",
            "<events> ; title=\"a, b; c\" ; REL=\"next Monitor\"",
            "<a,b>; rel=next, <events>; rel=monitor",
            "<x>; title=\"rel=monitor, <y>; \\\" rel=monitor\"; rel=next,\t<events>; rel=\"monitor\"",
            "<events>; rel=monitor; rel=next",
        ] {
            let found = "https://bell.example/v1/api/spaces/events";
            assert_eq!(monitor(link).as_deref(), Some(found), "{link}");
        }
        for link in [
            "",
            "events; rel=monitor",
            "<events>",
            "<events>; rel=next",
            "<events>; rel=monitors",
            "<events>; rel=next; rel=monitor",
            "<events>; rel=monitor; anchor=\"/other\"",
            "<events; rel=monitor",
            "<>; rel=monitor",
        ] {
            assert_eq!(monitor(link), None, "{link}");
        }
    }

    #[test]
    fn no_stream_leads_away_from_the_api() {
        for target in [
            "https://evil.example/v1/events",
            "http://bell.example/v1/events",
            "https://bell.example/v2/events",
            "https://bell.example/v1",
            "https://bell.example/v1evil/events",
            "https://bell.example/v10/events",
            "https://bell.example.evil.example/v1/events",
            "https://bell.example@evil.example/v1/events",
            "//evil.example/v1/events",
            "/events",
            "/v1/../events",
            "/v1/%2E%2e/events",
            "../../../../events",
            "/v1/./events",
            "\\\\evil.example/v1/events",
            "/v1/a b",
            "/v1/events#x",
            "/v1/é",
            "data:text/event-stream,x",
            "javascript:alert(1)",
        ] {
            assert_eq!(monitor(&format!("<{target}>; rel=monitor")), None, "{target}");
        }
    }

    proptest! {
        #[test]
        fn whatever_the_header_says_the_stream_is_below_the_base(link: String, target in "[a-z./:?%#@\\\\-]{0,30}") {
            for link in [link, format!("<{target}>; rel=monitor")] {
                if let Some(address) = monitor(&link) {
                    prop_assert!(address.starts_with("https://bell.example/v1/"), "{}", address);
                }
            }
        }
    }
}
