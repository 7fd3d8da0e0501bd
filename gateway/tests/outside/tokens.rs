//! Tokens as an operator's session server signs them, and as somebody would forge them.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ring::rand::SystemRandom;
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, Ed25519KeyPair, KeyPair, RSA_PKCS1_SHA256, RsaKeyPair,
    RsaPublicKeyComponents,
};
use ring::{hmac, rand};
use serde_json::{Value, json};

/// The secret of HS256.
pub const SECRET: &str = "a secret that only the session server and the gateway know";

/// Seconds since 1970, so many from now.
pub fn from_now(seconds: i64) -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or(Duration::ZERO).as_secs();
    i64::try_from(now).unwrap() + seconds
}

/// A member's claims, good for an hour.
pub fn claims(coworker: i64) -> Value {
    json!({ "coworker_id": coworker, "exp": from_now(3600) })
}

/// A token of this header and these claims; `sign` makes the signature.
pub fn token(header: &Value, claims: &Value, sign: impl FnOnce(&[u8]) -> Vec<u8>) -> String {
    let encode = |value: &Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", encode(header), encode(claims));
    let signature = sign(signed.as_bytes());
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

/// Signed with the shared secret.
pub fn hs256(claims: &Value) -> String {
    hs256_with(SECRET.as_bytes(), claims)
}

/// Signed with another secret.
pub fn hs256_with(secret: &[u8], claims: &Value) -> String {
    let key = hmac::Key::new(hmac::HMAC_SHA256, secret);
    token(&json!({"alg": "HS256", "typ": "JWT"}), claims, |message| hmac::sign(&key, message).as_ref().to_vec())
}

/// An issuer with a key of each kind.
pub struct Issuer {
    rsa: RsaKeyPair,
    ec: EcdsaKeyPair,
    ed: Ed25519KeyPair,
    random: SystemRandom,
}

impl Issuer {
    /// The RSA key is fixed, since it takes long to find one; the others are new.
    pub fn new() -> Self {
        let random = rand::SystemRandom::new();
        let rsa = RsaKeyPair::from_pkcs8(include_bytes!("../keys/rsa.pk8")).unwrap();
        let pkcs8 = EcdsaKeyPair::generate_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, &random).unwrap();
        let ec = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_FIXED_SIGNING, pkcs8.as_ref(), &random).unwrap();
        let pkcs8 = Ed25519KeyPair::generate_pkcs8(&random).unwrap();
        let ed = Ed25519KeyPair::from_pkcs8(pkcs8.as_ref()).unwrap();
        Self { rsa, ec, ed, random }
    }

    /// Its public keys, as it publishes them.
    pub fn jwks(&self) -> Value {
        let encode = |bytes: &[u8]| URL_SAFE_NO_PAD.encode(bytes);
        let rsa = RsaPublicKeyComponents::<Vec<u8>>::from(self.rsa.public());
        let point = self.ec.public_key().as_ref();
        json!({ "keys": [
            {
                "kty": "RSA", "kid": "rsa", "use": "sig", "alg": "RS256",
                "n": encode(&rsa.n),
                "e": encode(&rsa.e),
            },
            { "kty": "EC", "kid": "ec", "crv": "P-256", "x": encode(&point[1..33]), "y": encode(&point[33..65]) },
            { "kty": "OKP", "kid": "ed", "crv": "Ed25519", "x": encode(self.ed.public_key().as_ref()) },
            { "kty": "oct", "kid": "oct", "k": encode(SECRET.as_bytes()) },
        ]})
    }

    /// The RSA modulus: what somebody would take for a secret who mixes up HS256 and RS256.
    pub fn rsa_public_key(&self) -> Vec<u8> {
        self.rsa.public().as_ref().to_vec()
    }

    pub fn rs256(&self, claims: &Value) -> String {
        token(&json!({"alg": "RS256", "kid": "rsa"}), claims, |message| {
            let mut signature = vec![0; self.rsa.public().modulus_len()];
            self.rsa.sign(&RSA_PKCS1_SHA256, &self.random, message, &mut signature).unwrap();
            signature
        })
    }

    pub fn es256(&self, claims: &Value) -> String {
        self.es256_as("ec", claims)
    }

    /// Signed with the elliptic key, but naming another.
    pub fn es256_as(&self, kid: &str, claims: &Value) -> String {
        token(&json!({"alg": "ES256", "kid": kid}), claims, |message| {
            self.ec.sign(&self.random, message).unwrap().as_ref().to_vec()
        })
    }

    pub fn ed25519(&self, claims: &Value) -> String {
        token(&json!({"alg": "EdDSA", "kid": "ed"}), claims, |message| self.ed.sign(message).as_ref().to_vec())
    }
}
