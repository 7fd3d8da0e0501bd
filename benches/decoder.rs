//! The decoder alone, as `cargo xtask bench` calls it in a browser: text in, so many records out.

#![allow(missing_docs, unreachable_pub)]

use coworker_notifications::api::decode_list;
use wasm_bindgen::prelude::wasm_bindgen;

/// How many records the text has; 0 where it cannot be read.
#[wasm_bindgen]
pub fn decode(body: &str) -> usize {
    decode_list(200, body).map_or(0, |page| page.notifications.len())
}
