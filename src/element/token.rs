//! A token as the page gives it: a string, or a function that returns one or a promise of one.

use std::cell::RefCell;

use js_sys::{Function, Promise};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

use crate::{
    effect::{Provider, TokenSource, bare},
    error::{Failure, FailureKind},
};

thread_local! {
    /// One provider per function, so that elements with the same function share a feed.
    static PROVIDERS: RefCell<Vec<(Function, Provider)>> = const { RefCell::new(Vec::new()) };
}

/// Reads the page's token. An empty string is none.
pub(super) fn source(token: &JsValue) -> Option<TokenSource> {
    if let Some(function) = token.dyn_ref::<Function>() {
        return Some(TokenSource::Provider(provider(function)));
    }
    let token = token.as_string()?;
    let token = bare(&token);
    (!token.is_empty()).then(|| TokenSource::Fixed(token.into()))
}

fn provider(function: &Function) -> Provider {
    PROVIDERS.with_borrow_mut(|known| {
        known.retain(|(_, provider)| provider.is_used());
        if let Some((_, provider)) = known.iter().find(|(other, _)| other == function) {
            return provider.clone();
        }
        let ask = function.clone();
        let provider = Provider::new(move || call(ask.clone()));
        known.push((function.clone(), provider.clone()));
        provider
    })
}

async fn call(function: Function) -> Result<String, Failure> {
    let answer = match function.call0(&JsValue::UNDEFINED) {
        Ok(answer) => JsFuture::from(Promise::resolve(&answer)).await,
        Err(thrown) => Err(thrown),
    };
    match answer {
        Ok(token) if token.is_null() || token.is_undefined() => Err(failed("returned no token")),
        Ok(token) => token.as_string().ok_or_else(|| failed("returned something that is not a string")),
        // The thrown value is not repeated: it may be an error that quotes the token.
        Err(_) => Err(failed("failed")),
    }
}

fn failed(how: &str) -> Failure {
    Failure::new(FailureKind::Unauthorized, ["The page's tokenProvider ", how, "."].concat())
}
