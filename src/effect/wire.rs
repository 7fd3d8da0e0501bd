//! One call of the page's `fetch`. Pages wrap and replace `fetch`, so it is called in the plainest form, it may throw,
//! and its result is judged by its members, not by its class.

use js_sys::{Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, prelude::wasm_bindgen};
use wasm_bindgen_futures::JsFuture;
use web_sys::{AbortController, RequestCache, RequestCredentials, RequestInit, RequestRedirect};

use crate::api::{Response, WireRequest};

#[wasm_bindgen]
extern "C" {
    /// The page's current `fetch`. It gets an address and options, not a `Request`: wrappers read both, and Firefox
    /// loses `keepalive` otherwise.
    #[wasm_bindgen(catch)]
    fn fetch(url: &str, options: &RequestInit) -> Result<JsValue, JsValue>;

    /// A response, of this realm or of another, or an object that behaves like one.
    pub(super) type Answer;
    #[wasm_bindgen(method, structural, getter, catch)]
    fn status(this: &Answer) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(method, structural, getter, catch)]
    fn headers(this: &Answer) -> Result<Names, JsValue>;

    /// Its headers.
    type Names;
    #[wasm_bindgen(method, structural, catch)]
    fn get(this: &Names, name: &str) -> Result<JsValue, JsValue>;
}

/// Sends the request. Returns a promise for [`settle`], or the error that the page's `fetch` throws.
pub(super) fn send(
    request: &WireRequest,
    token: &str,
    controller: Option<&AbortController>,
    keepalive: bool,
) -> Result<JsValue, JsValue> {
    let mut headers = vec![("Accept", WireRequest::ACCEPT)];
    let init = RequestInit::new();
    init.set_method(request.method.name());
    if let Some(body) = &request.body {
        headers.push(("Content-Type", WireRequest::CONTENT_TYPE));
        init.set_body(&JsValue::from_str(body));
    }
    // Revalidated each time: where the server sends ETag or Last-Modified, an unchanged list costs a 304.
    init.set_cache(RequestCache::NoCache);
    if keepalive {
        Reflect::set(&init, &"keepalive".into(), &JsValue::TRUE)?;
    }
    call(&request.url, token, &headers, &init, controller)
}

/// Calls `fetch` with the token and the options of every request.
pub(super) fn call(
    url: &str,
    token: &str,
    headers: &[(&str, &str)],
    init: &RequestInit,
    controller: Option<&AbortController>,
) -> Result<JsValue, JsValue> {
    // A plain object: wrappers spread it, and a spread `Headers` gives nothing.
    let plain = Object::new();
    let authorization = ["Bearer ", token].concat();
    for (name, value) in headers.iter().chain(&[("Authorization", authorization.as_str())]) {
        Reflect::set(&plain, &JsValue::from_str(name), &JsValue::from_str(value))?;
    }
    init.set_headers(&plain);
    // The token is the only credential, and no redirect may carry it elsewhere.
    init.set_credentials(RequestCredentials::Omit);
    init.set_redirect(RequestRedirect::Error);
    init.set_signal(controller.map(AbortController::signal).as_ref());
    fetch(url, init)
}

/// The result of a promise of any realm, or a plain value itself; `None` if it is rejected.
pub(super) async fn settle(value: JsValue) -> Option<JsValue> {
    JsFuture::from(Promise::resolve(&value)).await.ok()
}

/// The text at an address, without the token.
#[cfg(feature = "element")]
pub(crate) async fn fetch_text(url: Option<String>) -> Option<String> {
    let answer = settle(fetch(&url?, &RequestInit::new()).ok()?).await?;
    let found = head(answer.unchecked_ref())?.status == 200;
    if found { text(&answer).await } else { None }
}

/// Status and headers; `None` if this is no response.
pub(super) fn head(answer: &Answer) -> Option<Response> {
    let header = |name| header(answer, name);
    Some(Response {
        status: answer.status().ok()?.as_f64()? as u16,
        retry_after: header("Retry-After"),
        date: header("Date"),
        etag: header("ETag"),
        link: header("Link"),
        body: String::new(),
    })
}

/// One header, where the browser shows it.
pub(super) fn header(answer: &Answer, name: &str) -> Option<String> {
    answer.headers().ok()?.get(name).ok()?.as_string()
}

/// The whole body. Any object with `text` counts as a response: one of another realm has none of our classes.
pub(super) async fn text(answer: &JsValue) -> Option<String> {
    if !Reflect::get(answer, &"text".into()).ok()?.is_function() {
        return None;
    }
    let response = answer.clone().unchecked_into::<web_sys::Response>();
    gloo_net::http::Response::from(response).text().await.ok()
}
