//! Addresses of servers and origins of pages.

use std::net::Ipv4Addr;

use url::{Host, Url};

/// The address of a server that is asked: https, or http on this machine. Without a trailing slash.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Reads an address that others are added to, so it has no query.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        let url = read(text, "an address that begins with https:// is needed, as in https://spaces.nexudus.com")?;
        if url.query().is_some() || text.contains('?') {
            return Err("an address without a query is needed: leave out the \"?\" and what follows".into());
        }
        Ok(Self(url.as_str().trim_end_matches('/').to_owned()))
    }

    /// Reads the address of a document, which may have a query.
    pub(super) fn parse_document(text: &str) -> Result<Self, String> {
        let expected = "an address that begins with https:// is needed, as in https://id.example/.well-known/jwks.json";
        read(text, expected).map(|url| Self(url.into()))
    }

    /// The address itself.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The origin of a page that may ask: as a browser writes it into the header `Origin`.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Origin(String);

impl Origin {
    /// Reads one origin.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        const EXPECTED: &str = "the origin of a page is needed, as in https://portal.example";
        if text.contains('*') {
            return Err("a wildcard would let every page ask; each page's own origin is needed, as in \
                        https://portal.example (--origin may be repeated)"
                .into());
        }
        let url = read(text, EXPECTED)?;
        if url.path() != "/" || url.query().is_some() || text.ends_with(['/', '?']) {
            return Err(format!(
                "an origin has no path and no final slash; {:?} is needed",
                url.origin().ascii_serialization()
            ));
        }
        Ok(Self(url.origin().ascii_serialization()))
    }

    /// The origin as browsers send it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An address that a token may be sent to or come from.
fn read(text: &str, expected: &str) -> Result<Url, String> {
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\') {
        return Err(format!("has a space, a backslash or a control character; {expected}"));
    }
    // The parser also accepts texts that are no addresses, such as "https:portal.example", and repairs them.
    let begins = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    if !begins("https://") && !begins("http://") || text.contains(":///") {
        return Err(expected.to_owned());
    }
    let url = Url::parse(text).map_err(|why| format!("is no address ({why}); {expected}"))?;
    if !url.username().is_empty() || url.password().is_some() || text.contains('@') {
        return Err("an address without a user name or password is needed".into());
    }
    if url.fragment().is_some() {
        return Err("an address without a fragment is needed: leave out the \"#\" and what follows".into());
    }
    if url.scheme() == "http" && !is_this_machine(&url) {
        return Err(
            "http:// is for this machine alone, since tokens would travel unprotected; https:// is needed".into()
        );
    }
    Ok(url)
}

/// This machine, by names that no resolver may send elsewhere (RFC 6761 §6.3).
fn is_this_machine(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => Ipv4Addr::is_loopback(&address),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}

/// An address fit for a log: without what may be a password or a token in it.
pub(crate) fn redacted(text: &str) -> String {
    let (scheme, rest) = match text.find("://") {
        Some(at) => text.split_at(at + 3),
        None => ("", text),
    };
    // A password may hold any of the characters that are looked for below.
    let (user, rest) = match rest.rsplit_once('@') {
        Some((_, rest)) => ("…@", rest),
        None => ("", rest),
    };
    match rest.split_once(['?', '#']) {
        Some((address, _)) => [scheme, user, address, "?…"].concat(),
        None => [scheme, user, rest].concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn https_anywhere_and_http_on_this_machine() {
        for (text, kept) in [
            ("https://spaces.nexudus.com", "https://spaces.nexudus.com"),
            ("https://spaces.nexudus.com/", "https://spaces.nexudus.com"),
            ("HTTPS://Space.Example:443/prefix//", "https://space.example/prefix"),
            ("http://localhost:8765", "http://localhost:8765"),
            ("http://api.localhost", "http://api.localhost"),
            ("http://127.0.0.1:1", "http://127.0.0.1:1"),
            ("http://127.9.9.9", "http://127.9.9.9"),
            ("http://[::1]:80/", "http://[::1]"),
        ] {
            assert_eq!(Address::parse(text).as_ref().map(Address::as_str), Ok(kept), "{text}");
        }
    }

    #[test]
    fn what_the_widgets_client_takes_is_the_same() {
        for text in ["https://spaces.nexudus.com/prefix", "http://localhost:8765", "http://127.9.9.9", "http://[::1]:1"]
        {
            let address = Address::parse(text).unwrap();
            let base = coworker_notifications::api::ApiBase::parse(address.as_str(), "").unwrap();
            assert_eq!(base.as_str(), address.as_str());
        }
    }

    #[test]
    fn whatever_would_show_a_token_to_the_network_is_refused() {
        for text in [
            "",
            "spaces.nexudus.com",
            "https:spaces.nexudus.com",
            "https:///x",
            "ftp://a.example",
            "file:///etc/passwd",
            "http://spaces.nexudus.com",
            "http://10.0.0.1",
            "http://localhost.example",
            "http://127.0.0.1.example",
            "http://0.0.0.0",
            "https://user@a.example",
            "https://a.example/?q",
            "https://a.example?",
            "https://a.example/#f",
            "https://a.example/ b",
            "https://a.example\\b",
            "https://a.example:70000",
            "https://a.example\n",
        ] {
            assert!(Address::parse(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn an_origin_is_what_a_browser_sends() {
        for (text, kept) in [
            ("https://portal.example", "https://portal.example"),
            ("https://Portal.Example:443", "https://portal.example"),
            ("https://portal.example:8443", "https://portal.example:8443"),
            ("http://127.0.0.1:8765", "http://127.0.0.1:8765"),
        ] {
            assert_eq!(Origin::parse(text).as_ref().map(Origin::as_str), Ok(kept), "{text}");
        }
        for text in [
            "*",
            "https://*.example",
            "null",
            "portal.example",
            "https://portal.example/",
            "https://portal.example/bell",
            "https://portal.example?",
            "http://portal.example",
            "",
        ] {
            assert!(Origin::parse(text).is_err(), "{text:?}");
        }
        assert!(Origin::parse("*").unwrap_err().contains("wildcard"));
        assert!(Origin::parse("https://portal.example/").unwrap_err().contains("\"https://portal.example\""));
    }

    #[test]
    fn passwords_and_queries_are_not_shown() {
        assert_eq!(redacted("postgres://me:hunter2@db/x?password=hunter2"), "postgres://…@db/x?…");
        assert_eq!(redacted("postgres://me:hun@t/e?r2@db/x"), "postgres://…@db/x");
        assert_eq!(redacted("https://portal.example/a"), "https://portal.example/a");
        assert_eq!(redacted("me:hunter2@db"), "…@db");
        assert_eq!(redacted("https://a.example#token"), "https://a.example?…");
    }
}
