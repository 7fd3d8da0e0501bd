//! Webhooks: one call for each event, signed as the vendor signs.

use std::io;
use std::time::Duration;

use hmac::{Hmac, KeyInit, Mac};
use serde::{Deserialize, Serialize};
use serde_json::json;
use sha2::Sha256;
use tokio::time::sleep;

use crate::local::{self, Local};
use crate::store::Content;

const SIGNATURE: &str = "X-Nexudus-Hook-Signature";
/// The vendor gives up after so many.
const TRIES: u32 = 10;
const PAUSE: Duration = Duration::from_secs(1);

/// The address that webhooks are sent to, and the secret that signs them.
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
        match Local::parse(&self.url) {
            Some(_) => Ok(()),
            None => Err(format!("url: {:?} is not like http://127.0.0.1:8766/webhooks/nexudus", self.url)),
        }
    }
}

/// Tells the receiver, later again if need be.
pub(crate) fn send(receiver: Receiver, hook: Hook) {
    tokio::spawn(async move {
        for _ in 0..TRIES {
            match post(&receiver, &hook.body()).await {
                Ok(status) if (200..300).contains(&status) => return,
                Ok(status) => tracing::warn!(status, "the webhook was refused"),
                Err(error) => tracing::warn!(%error, "the webhook could not be delivered"),
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

/// One POST; the answer's status.
async fn post(receiver: &Receiver, body: &str) -> io::Result<u16> {
    let address = Local::parse(&receiver.url).ok_or(io::ErrorKind::InvalidInput)?;
    let signed = format!("{SIGNATURE}: {}", signature(&receiver.secret, body));
    let headers = ["Content-Type: application/json", &signed];
    Ok(local::exchange(&address, "POST", &headers, body).await?.status)
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
}
