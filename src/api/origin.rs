//! Where the API is, checked before a token is ever sent there.

use crate::error::{Failure, FailureKind};

/// The base of the API's addresses: https, the page's own origin, or this machine.
///
/// Anything else would show the member's token to the network on its way. The address is kept without a trailing slash
/// and with scheme and host in lower case, so that equal bases compare equal.
///
/// ```
/// use coworker_notifications::api::ApiBase;
///
/// let page = "https://portal.example";
/// assert_eq!(ApiBase::default().as_str(), "https://spaces.nexudus.com");
/// assert_eq!(ApiBase::parse("/proxy/", page)?.as_str(), "https://portal.example/proxy");
/// assert_eq!(ApiBase::parse("http://localhost:8765", page)?.as_str(), "http://localhost:8765");
/// assert!(ApiBase::parse("http://spaces.nexudus.com", page).is_err());
/// # Ok::<(), coworker_notifications::error::Failure>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ApiBase(String);

impl Default for ApiBase {
    fn default() -> Self {
        Self("https://spaces.nexudus.com".to_owned())
    }
}

impl ApiBase {
    /// Checks an address; `page_origin` is the page's origin, or empty where there is no page.
    ///
    /// Taken: `https://host`, with a port and a path if need be; a path from `/`, or nothing at all, on the page's own
    /// origin; `http://` on the page's own origin or on this machine (`localhost`, `*.localhost`, `127.0.0.0/8`,
    /// `[::1]`). Refused: a user name in the address, a query, a fragment, and whatever browsers read in more than one way.
    pub fn parse(text: &str, page_origin: &str) -> Result<Self, Failure> {
        let text = text.trim_ascii();
        check(text, page_origin).map(Self).map_err(|right| {
            let shown: String = text.chars().filter(|c| !c.is_control()).take(80).collect();
            // A password may stand before the @.
            let shown = shown.rsplit_once('@').map_or(shown.as_str(), |(_, host)| host);
            Failure::new(FailureKind::Config, ["api-base=\"", shown, "\" is not usable: ", right, "."].concat())
        })
    }

    /// The address, without a trailing slash.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// The normal form of an address, or what to give instead.
fn check(text: &str, page_origin: &str) -> Result<String, &'static str> {
    let has = |unwanted: fn(u8) -> bool| text.bytes().any(unwanted);
    if has(|byte| matches!(byte, b'?' | b'#')) {
        return Err("give an address without a query (\"?\") or fragment (\"#\")");
    }
    if has(|byte| matches!(byte, b'\\' | 0..=b' ' | 0x7f)) {
        return Err("give an address without backslashes, spaces and control characters");
    }
    let page = Address::read(page_origin);
    if text.is_empty() || (text.starts_with('/') && !text.starts_with("//")) {
        let page = page
            .map_err(|_| "the page has no origin of its own here, so give a whole address that begins with https://")?;
        return Ok(page.with_path(text));
    }
    let address = Address::read(text)?;
    if address.is_secure || address.is_loopback() || page.is_ok_and(|page| page.origin() == address.origin()) {
        Ok(address.with_path(address.path))
    } else {
        Err(
            "the token would travel unprotected: give an address that begins with https://, the page's own, or one on localhost",
        )
    }
}

/// The parts of an absolute http(s) address.
struct Address<'a> {
    is_secure: bool,
    host: String,
    port: Option<u16>,
    path: &'a str,
}

impl<'a> Address<'a> {
    fn read(text: &'a str) -> Result<Self, &'static str> {
        const WHOLE: &str =
            "give an address that begins with https://, or a path on the page's own origin that begins with \"/\"";
        const HOST: &str = "give a host name after https://, as in https://spaces.nexudus.com";

        let (scheme, rest) = text.split_once(':').ok_or(WHOLE)?;
        let rest = rest.strip_prefix("//").ok_or(WHOLE)?;
        let is_secure = scheme.eq_ignore_ascii_case("https");
        if !is_secure && !scheme.eq_ignore_ascii_case("http") {
            return Err(WHOLE);
        }
        let (authority, path) = match rest.find('/') {
            Some(slash) => rest.split_at_checked(slash).unwrap_or((rest, "")),
            None => (rest, ""),
        };
        if authority.contains('@') {
            return Err("give an address without a user name or password");
        }
        // A colon inside brackets belongs to the IPv6 address.
        let (host, port) = match authority.rsplit_once(':') {
            Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
            _ => (authority, None),
        };
        let port = match port {
            Some(port) => Some(port.parse().map_err(|_| "give a port from 1 to 65535 after the colon, or none")?),
            None => None,
        };
        if !is_host(host) {
            return Err(HOST);
        }
        let default = if is_secure { 443 } else { 80 };
        Ok(Self { is_secure, host: host.to_ascii_lowercase(), port: port.filter(|&port| port != default), path })
    }

    fn origin(&self) -> String {
        let mut origin = String::from(if self.is_secure { "https://" } else { "http://" });
        origin.push_str(&self.host);
        if let Some(port) = self.port {
            origin.push(':');
            origin.push_str(&port.to_string());
        }
        origin
    }

    fn with_path(&self, path: &str) -> String {
        let mut address = self.origin();
        address.push_str(path.trim_end_matches('/'));
        address
    }

    /// This machine, by names that no resolver may send elsewhere (RFC 6761 §6.3; W3C Secure Contexts §3.1).
    fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.host.ends_with(".localhost") || self.host == "[::1]" || is_127(&self.host)
    }
}

/// A name, an IPv4 address, or an IPv6 address in brackets. ASCII that stands for something else in URLs is refused;
/// the browser judges other scripts.
fn is_host(host: &str) -> bool {
    match host.strip_prefix('[').map(|inner| inner.strip_suffix(']')) {
        Some(v6) => v6.is_some_and(|v6| v6.bytes().all(|byte| byte.is_ascii_hexdigit() || matches!(byte, b':' | b'.'))),
        None => {
            let is_plain =
                |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_') || !byte.is_ascii();
            !host.is_empty() && host.bytes().all(is_plain)
        }
    }
}

/// `127.x.y.z` with each part written plainly from 0 to 255. Other spellings, such as `0177.1`, are refused.
fn is_127(host: &str) -> bool {
    let parts: Vec<Option<u8>> = host.split('.').map(plain_byte).collect();
    matches!(parts.as_slice(), [Some(127), Some(_), Some(_), Some(_)])
}

fn plain_byte(text: &str) -> Option<u8> {
    let is_plain = text == "0" || (!text.starts_with('0') && text.bytes().all(|byte| byte.is_ascii_digit()));
    is_plain.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str, page: &str) -> Result<String, String> {
        ApiBase::parse(text, page).map(|base| base.0).map_err(|failure| {
            assert_eq!(failure.kind, FailureKind::Config);
            failure.message.clone()
        })
    }

    const PAGE: &str = "https://portal.example";

    #[test]
    fn https_is_taken_anywhere() {
        for (text, base) in [
            ("https://spaces.nexudus.com", "https://spaces.nexudus.com"),
            ("https://spaces.nexudus.com/", "https://spaces.nexudus.com"),
            (" HTTPS://Spaces.Nexudus.COM:443// ", "https://spaces.nexudus.com"),
            ("https://api.example:8443/nexudus/v1/", "https://api.example:8443/nexudus/v1"),
            ("https://[2001:db8::1]:8443", "https://[2001:db8::1]:8443"),
            ("https://münchen.example", "https://münchen.example"),
        ] {
            assert_eq!(parse(text, PAGE).as_deref(), Ok(base), "{text}");
            assert_eq!(parse(text, "").as_deref(), Ok(base), "{text} needs no page");
        }
    }

    #[test]
    fn the_pages_own_origin_is_taken_even_without_https() {
        assert_eq!(parse("", PAGE).as_deref(), Ok("https://portal.example"));
        assert_eq!(parse("/", PAGE).as_deref(), Ok("https://portal.example"));
        assert_eq!(parse("/proxy/", "http://intranet:8080").as_deref(), Ok("http://intranet:8080/proxy"));
        assert_eq!(parse("http://intranet:80/x", "http://intranet").as_deref(), Ok("http://intranet/x"));
    }

    #[test]
    fn this_machine_is_taken_without_https() {
        for text in [
            "http://localhost",
            "http://localhost:8765",
            "http://api.localhost:8765",
            "http://127.0.0.1:8765",
            "http://127.255.0.9",
            "http://[::1]:8765",
        ] {
            assert_eq!(parse(text, PAGE).as_deref(), Ok(text));
        }
    }

    #[test]
    fn plain_http_elsewhere_is_refused_with_a_reason() {
        for text in [
            "http://spaces.nexudus.com",
            "http://portal.example",
            "http://localhost.example",
            "http://mylocalhost",
            "http://127.0.0.1.example",
            "http://127.1",
            "http://0177.0.0.1",
            "http://127.0.0.01",
            "http://[::2]",
            "http://10.0.0.1",
        ] {
            let message = parse(text, PAGE).unwrap_err();
            assert!(message.contains(text) && message.contains("https://"), "{message}");
        }
    }

    #[test]
    fn addresses_with_more_than_a_base_are_refused() {
        for text in [
            "https://spaces.nexudus.com?x=1",
            "https://spaces.nexudus.com/#x",
            "/proxy?x",
            "https://spaces.nexudus.com\\@evil.example",
            "https://a b.example",
            "https://a\tb.example",
        ] {
            assert!(parse(text, PAGE).is_err(), "{text}");
        }
    }

    #[test]
    fn a_user_name_is_refused_and_a_password_not_repeated() {
        let message = parse("https://me:hunter2@spaces.nexudus.com", PAGE).unwrap_err();
        assert!(message.contains("without a user name"), "{message}");
        assert!(!message.contains("hunter2"), "{message}");
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "spaces.nexudus.com",
            "proxy",
            "//spaces.nexudus.com",
            "ftp://spaces.nexudus.com",
            "javascript://spaces.nexudus.com",
            "https://",
            "https:///path",
            "https://:443",
            "https://host:",
            "https://host:99999",
            "https://host:80:80",
            "https://[::1",
            "https://a%2fb",
            "https:spaces.nexudus.com",
        ] {
            assert!(parse(text, PAGE).is_err(), "{text}");
        }
    }

    #[test]
    fn a_page_without_an_origin_needs_a_whole_address() {
        for page in ["", "null", "file://"] {
            assert!(parse("/proxy", page).unwrap_err().contains("begins with https://"));
        }
    }
}
