//! Webhooks: whoever asked for it is told what has happened, signed as the vendor signs.

use std::io;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use crate::store::Content;

const SIGNATURE: &str = "X-Nexudus-Hook-Signature";
/// The vendor gives up after so many.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(10);

/// Who is told.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Receiver {
    /// On this machine: `http://127.0.0.1:8766/webhooks/nexudus`.
    url: String,
    /// What signatures are made with.
    #[serde(skip_serializing)]
    secret: String,
}

/// What has happened.
#[derive(Debug)]
pub(crate) struct Hook {
    action: u8,
    entity_id: i64,
}

impl Hook {
    /// There is no webhook for a notification, but one for some of the things that notifications are about.
    pub(crate) fn of(content: &Content) -> Option<Self> {
        let action = match content.notification_type.as_str() {
            "blog" => 4,
            "coworkerinvoice" => 16,
            "community-event" => 25,
            "community-thread" => 39,
            "community-message" => 51,
            _ => return None,
        };
        Some(Self { action, entity_id: content.entity_id })
    }

    fn body(&self) -> String {
        json!([{ "Action": self.action, "Id": self.entity_id }]).to_string()
    }
}

impl Receiver {
    /// Says in words what cannot be.
    pub(crate) fn check(&self) -> Result<(), String> {
        let local = |host: &str| host.starts_with("127.0.0.1:") || host.starts_with("localhost:");
        match self.parts() {
            Some((host, _)) if local(host) => Ok(()),
            _ => Err(format!("url: {:?} is not like http://127.0.0.1:8766/webhooks/nexudus", self.url)),
        }
    }

    /// Host with port, and path.
    fn parts(&self) -> Option<(&str, &str)> {
        let rest = self.url.strip_prefix("http://")?;
        rest.find('/').map(|slash| rest.split_at(slash))
    }
}

/// Tells the receiver, later again if need be.
pub(crate) fn send(receiver: Receiver, hook: Hook) {
    tokio::spawn(async move {
        for _ in 0..TRIES {
            match timeout(PATIENCE, post(&receiver, &hook.body())).await {
                Ok(Ok(status)) if (200..300).contains(&status) => return,
                Ok(Ok(status)) => tracing::warn!(status, "the webhook was refused"),
                Ok(Err(error)) => tracing::warn!(%error, "the webhook could not be delivered"),
                Err(_) => tracing::warn!("the webhook was not answered"),
            }
            sleep(PAUSE).await;
        }
    });
}

/// Upper-case hexadecimal HMAC-SHA256 of the body.
fn signature(secret: &str, body: &str) -> String {
    // An HMAC takes keys of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { return String::new() };
    mac.update(body.as_bytes());
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02X}")).collect()
}

/// One POST on a connection of its own; the answer's status.
async fn post(receiver: &Receiver, body: &str) -> io::Result<u16> {
    let (host, path) = receiver.parts().ok_or(io::ErrorKind::InvalidInput)?;
    let mut stream = TcpStream::connect(host).await?;
    let head = format!(
        "POST {path} HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\
         {SIGNATURE}: {}\r\nConnection: close\r\n\r\n",
        body.len(),
        signature(&receiver.secret, body),
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let line = String::from_utf8_lossy(&answer);
    line.split(' ').nth(1).and_then(|status| status.parse().ok()).ok_or(io::ErrorKind::InvalidData.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_upper_case_hexadecimal() {
        // RFC 4231, test case 2.
        let expected = "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843";
        assert_eq!(signature("Jefe", "what do ya want for nothing?"), expected);
    }

    #[test]
    fn only_this_machine_is_told() {
        let receiver = |url: &str| Receiver { url: url.to_owned(), secret: "s".to_owned() };
        assert!(receiver("http://127.0.0.1:8766/webhooks/nexudus").check().is_ok());
        for url in ["http://example.com/x", "https://127.0.0.1:1/x", "http://127.0.0.1:1", ""] {
            assert!(receiver(url).check().is_err(), "{url}");
        }
    }
}
