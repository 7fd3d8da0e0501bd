//! What the tests of the HTTP interface share: a Nexudus with its portal, and tokens.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "each test program uses a part of it")]

pub mod nexudus;
pub mod tokens;
