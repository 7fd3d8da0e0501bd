//! Nexudus, played by the sandbox, and the members' tokens.

use std::io;
use std::net::SocketAddr;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::hmac;
use sandbox::{Options, Sandbox};
use tokio::net::{TcpListener, TcpStream};

use crate::connection;

/// What the members' tokens are signed with.
pub(crate) const SECRET: &str = "a secret that is long enough for an HMAC of SHA-256";
/// In the year 2100.
const EXPIRES: u64 = 4_102_444_800;

/// A space in the sandbox.
pub(crate) struct Nexudus {
    sandbox: Sandbox,
    address: SocketAddr,
}

impl Nexudus {
    pub(crate) async fn start(members: u32) -> io::Result<Self> {
        let sandbox = Sandbox::new(Options { crowd: 0, members, ..Options::default() });
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        tokio::spawn(sandbox::serve(listener, sandbox.clone(), std::future::pending()));
        Ok(Self { sandbox, address })
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// Holds every client to the documented limits from now on.
    pub(crate) async fn keep_limits(&self) -> io::Result<()> {
        let mut stream = TcpStream::connect(self.address).await?;
        connection::ask(&mut stream, &connection::with_body("PUT", "/sandbox/faults", r#"{"limits":true}"#)).await?;
        Ok(())
    }

    /// How many requests have come so far.
    pub(crate) async fn asked(&self) -> io::Result<u64> {
        let log = connection::get(self.address, "/sandbox/requests?since=999999999", None).await?;
        let next = log.split_once("\"next\":").map(|(_, rest)| rest.chars().take_while(char::is_ascii_digit).collect());
        next.and_then(|digits: String| digits.parse().ok()).ok_or_else(|| io::Error::other("no log of requests"))
    }

    /// The id of the first of the further members.
    pub(crate) fn first_member(&self) -> i64 {
        sandbox::FIRST_FURTHER
    }

    /// A new notification for each of them, all in one moment.
    pub(crate) fn send_one_to_each(&self, ids: &[i64]) {
        for id in ids {
            self.sandbox.generate(*id);
        }
    }
}

/// A member's token, as an operator's session server signs it.
pub(crate) fn token(coworker: i64) -> String {
    let claims = format!(r#"{{"coworker_id":{coworker},"exp":{EXPIRES}}}"#);
    let signed = [r#"{"alg":"HS256","typ":"JWT"}"#, &claims].map(|part| URL_SAFE_NO_PAD.encode(part)).join(".");
    let key = hmac::Key::new(hmac::HMAC_SHA256, SECRET.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(hmac::sign(&key, signed.as_bytes())))
}
