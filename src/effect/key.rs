//! The key of a feed: elements with the same key share one.

use super::token::TokenSource;
use crate::{api::ApiBase, model::CoworkerId};

/// See the head of this file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedKey {
    /// Where the API is.
    pub base: ApiBase,
    /// Whose notifications.
    pub coworker: CoworkerId,
    /// With which token.
    pub token: TokenSource,
}
