//! A server in the page: it stands in for `window.fetch`, answers with made-up notifications, and remembers what it
//! was asked.

use std::{
    cell::{Cell, RefCell},
    rc::Rc,
};

use js_sys::{Array, Function, JSON, Object, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{Request, RequestInit};

/// In place of `fetch` until dropped.
pub struct Server {
    original: JsValue,
    state: Rc<State>,
    _fetch: Closure<dyn FnMut(String, RequestInit) -> Promise>,
}

#[derive(Default)]
struct State {
    /// The ids of the notifications that are not dismissed.
    ids: RefCell<Vec<i64>>,
    asked: RefCell<Vec<Asked>>,
    /// Only this token is taken.
    token: RefCell<Option<String>>,
    /// Reads and writes are answered with this.
    status: Cell<Option<u16>>,
}

/// One request.
#[derive(Debug, Clone)]
pub struct Asked {
    pub method: String,
    pub url: String,
    pub token: String,
    pub keepalive: bool,
    pub body: String,
}

impl Server {
    /// A server with one notification for each id, the last one the newest.
    pub fn with(ids: impl IntoIterator<Item = i64>) -> Self {
        let state = Rc::new(State::default());
        state.ids.borrow_mut().extend(ids);
        let answer = {
            let state = state.clone();
            Closure::<dyn FnMut(String, RequestInit) -> Promise>::new(move |url: String, init: RequestInit| {
                let state = state.clone();
                future_to_promise(async move { state.answer(&url, &init).await })
            })
        };
        let original = Reflect::get(&js_sys::global(), &"fetch".into()).unwrap();
        Reflect::set(&js_sys::global(), &"fetch".into(), answer.as_ref()).unwrap();
        Self { original, state, _fetch: answer }
    }

    /// Takes only this token from now on; any other is answered with 401.
    pub fn takes(self, token: &str) -> Self {
        self.state.token.replace(Some(token.to_owned()));
        self
    }

    /// Answers everything with this status from now on.
    pub fn fails_with(&self, status: u16) {
        self.state.status.set(Some(status));
    }

    pub fn add(&self, id: i64) {
        self.state.ids.borrow_mut().push(id);
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.state.asked.borrow().clone()
    }

    /// The requests that were not reads.
    pub fn writes(&self) -> Vec<Asked> {
        self.asked().into_iter().filter(|asked| asked.method != "GET").collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = Reflect::set(&js_sys::global(), &"fetch".into(), &self.original);
    }
}

impl State {
    async fn answer(&self, url: &str, init: &RequestInit) -> Result<JsValue, JsValue> {
        let request = Request::new_with_str_and_init(url, init)?;
        let token = request.headers().get("Authorization")?.unwrap_or_default();
        let asked = Asked {
            method: request.method(),
            url: request.url(),
            token: token.replace("Bearer ", ""),
            // As it was asked for: a `Request` of Firefox forgets it.
            keepalive: Reflect::get(init, &"keepalive".into())?.is_truthy(),
            body: JsFuture::from(request.text()?).await?.as_string().unwrap_or_default(),
        };
        self.asked.borrow_mut().push(asked.clone());
        let known = self.token.borrow().as_ref().is_none_or(|known| *known == asked.token);
        match self.status.get() {
            _ if !known => respond(401, "{}"),
            Some(status) => respond(status, "{}"),
            None if asked.method == "GET" => respond(200, &self.list()),
            None => {
                let id = Reflect::get(&JSON::parse(&asked.body)?, &"Id".into())?.as_f64();
                self.ids.borrow_mut().retain(|known| Some(*known as f64) != id);
                respond(200, r#"{"Status":200,"Message":"updated","Value":null,"WasSuccessful":true,"Errors":null}"#)
            }
        }
    }

    fn list(&self) -> String {
        let ids = self.ids.borrow();
        let records: Vec<String> = ids
            .iter()
            .enumerate()
            .rev()
            .map(|(age, id)| {
                format!(
                    r#"{{"Id":{id},"CoworkerId":1,"Message":"Number {id}","NotificationType":"blog","EntityId":7,
                       "IsDismissed":false,"CreatedOn":"2025-01-10T08:{age:02}:00Z"}}"#
                )
            })
            .collect();
        let total = records.len();
        format!(
            r#"{{"Records":[{}],"CurrentPage":1,"CurrentPageSize":25,"TotalItems":{total},"TotalPages":1,
               "HasNextPage":false}}"#,
            records.join(",")
        )
    }
}

fn respond(status: u16, body: &str) -> Result<JsValue, JsValue> {
    let init = Object::new();
    Reflect::set(&init, &"status".into(), &status.into())?;
    let response: Function = Reflect::get(&js_sys::global(), &"Response".into())?.unchecked_into();
    Reflect::construct(&response, &Array::of2(&body.into(), &init))
}
