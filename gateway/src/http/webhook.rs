//! Webhooks of Nexudus, used as a hint to poll at once. Their content is not used: no webhook exists for notifications,
//! and none is protected from replay. So a webhook costs at most one poll, however often it comes.

use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use metrics::counter;
use ring::hmac;

use super::error::ApiError;
use super::{App, body, list};

const SIGNATURE: &str = "x-nexudus-hook-signature";
/// The largest body. Webhooks carry whole records, and none is as large as this.
const LARGEST: usize = 1024 * 1024;

/// `POST /webhooks/nexudus`
pub(super) async fn receive(State(app): State<App>, headers: HeaderMap, body: Body) -> Result<Response, ApiError> {
    let key = app.webhook_key().ok_or(ApiError::NotFound)?;
    let signature = headers.get(SIGNATURE).and_then(|value| value.to_str().ok()).and_then(from_hex);
    let mut signed = hmac::Context::with_key(key);
    body::read(body, LARGEST, |piece| signed.update(piece)).await?;
    let genuine = signature.is_some_and(|signature| is_same(key, signed.sign().as_ref(), &signature));
    counter!("gateway_webhooks_total", "outcome" => if genuine { "taken" } else { "refused" }).increment(1);
    if !genuine {
        tracing::warn!("a webhook with a missing or wrong signature was refused");
        return Err(ApiError::BadSignature);
    }
    app.space().hint();
    Ok(list::json("{}".to_owned()))
}

/// Compares keyed hashes of both values, so that the comparison takes constant time.
fn is_same(key: &hmac::Key, right: &[u8], given: &[u8]) -> bool {
    let tag = hmac::sign(key, right);
    hmac::verify(key, given, tag.as_ref()).is_ok()
}

/// 32 bytes in hexadecimal.
fn from_hex(text: &str) -> Option<[u8; 32]> {
    let digits = text.trim_ascii().as_bytes();
    if digits.len() != 64 {
        return None;
    }
    let mut bytes = [0; 32];
    for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
        let digit = |place: usize| pair.get(place).and_then(|digit| char::from(*digit).to_digit(16));
        *byte = u8::try_from(digit(0)? * 16 + digit(1)?).ok()?;
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_is_compared_whole() {
        // RFC 4231, test case 2.
        let key = hmac::Key::new(hmac::HMAC_SHA256, b"Jefe");
        let right = hmac::sign(&key, b"what do ya want for nothing?");
        let text = "5BDCC146BF60754E6A042426089575C75A003F089D2739839DEC58B964EC3843";
        assert!(is_same(&key, right.as_ref(), &from_hex(text).unwrap()));
        assert!(!is_same(&key, right.as_ref(), &from_hex(&text.replace("5B", "5C")).unwrap()));
        for text in ["", "5B", &text[1..], &format!("{text}00"), &text.replace('5', "g")] {
            assert_eq!(from_hex(text), None, "{text}");
        }
    }
}
