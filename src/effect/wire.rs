//! One call of the page's `fetch`. Pages wrap and replace `fetch`, so it is called in the plainest form, it may throw,
//! and its result is judged by its members, not by its class.

use js_sys::{Object, Promise};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::AbortController;

use crate::{
    api::{Response, WireRequest},
    js::{self, set},
};

#[wasm_bindgen]
extern "C" {
    /// The page's current `fetch`. It gets an address and options, not a `Request`: wrappers read both, and Firefox
    /// loses `keepalive` otherwise.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, options: &Object) -> Result<JsValue, JsValue>;
}

/// Sends the request. Returns a promise for [`settle`], or the error that the page's `fetch` throws.
pub(super) fn send(
    request: &WireRequest,
    token: &str,
    controller: Option<&AbortController>,
    keepalive: bool,
) -> Result<JsValue, JsValue> {
    let headers = js::object(&[("Accept", WireRequest::ACCEPT.into())]);
    // Revalidated each time: where the server sends ETag or Last-Modified, an unchanged list costs a 304.
    let options = js::object(&[("method", request.method.name().into()), ("cache", "no-cache".into())]);
    if let Some(body) = &request.body {
        set(&headers, "Content-Type", &WireRequest::CONTENT_TYPE.into());
        set(&options, "body", &body.into());
    }
    if keepalive {
        set(&options, "keepalive", &JsValue::TRUE);
    }
    call(&request.url, token, &headers, &options, controller)
}

/// Calls `fetch` with the token and the options of every request. The headers are a plain object: wrappers spread it, and
/// a spread `Headers` gives nothing.
pub(super) fn call(
    url: &str,
    token: &str,
    headers: &Object,
    options: &Object,
    controller: Option<&AbortController>,
) -> Result<JsValue, JsValue> {
    set(headers, "Authorization", &["Bearer ", token].concat().into());
    set(options, "headers", headers);
    // The token is the only credential, and no redirect may carry it elsewhere.
    set(options, "credentials", &"omit".into());
    set(options, "redirect", &"error".into());
    if let Some(controller) = controller {
        set(options, "signal", &controller.signal());
    }
    fetch(url, options)
}

/// The result of a promise of any realm, or a plain value itself; `None` if it is rejected.
pub(super) async fn settle(value: JsValue) -> Option<JsValue> {
    JsFuture::from(Promise::resolve(&value)).await.ok()
}

/// The text at an address, without the token.
#[cfg(feature = "element")]
pub(crate) async fn fetch_text(url: Option<String>) -> Option<String> {
    let answer = settle(fetch(&url?, &Object::new()).ok()?).await?;
    let found = head(&answer)?.status == 200;
    if found { text(&answer).await } else { None }
}

/// Status and headers; `None` if this is no response. It may be one of another realm, or an object that behaves like one.
pub(super) fn head(answer: &JsValue) -> Option<Response> {
    let header = |name| header(answer, name);
    Some(Response {
        status: js::get(answer, "status")?.as_f64()? as u16,
        retry_after: header("Retry-After"),
        date: header("Date"),
        etag: header("ETag"),
        link: header("Link"),
        body: String::new(),
    })
}

/// One header, where the browser shows it.
pub(super) fn header(answer: &JsValue, name: &str) -> Option<String> {
    js::call(&js::get(answer, "headers")?, "get", &name.into())?.as_string()
}

/// The whole body. Any object with `text` counts as a response: one of another realm has none of our classes.
pub(super) async fn text(answer: &JsValue) -> Option<String> {
    if !js::get(answer, "text")?.is_function() {
        return None;
    }
    let response = answer.clone().unchecked_into::<web_sys::Response>();
    gloo_net::http::Response::from(response).text().await.ok()
}
