//! A fake Nexudus: the test changes its records and chooses its answers.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use async_trait::async_trait;
use coworker_notifications::{
    api::{ApiBase, Method, Response},
    error::{Failure, FailureKind},
    model::{Timestamp, format_timestamp, parse_timestamp},
};
use gateway::{
    Nexudus,
    nexudus::{Credential, Exchange, HttpRequest, NexudusOptions, Secret},
};
use serde_json::{Value, json};

/// A fake Nexudus. A clone is the same.
#[derive(Clone, Default)]
pub struct Fake(Arc<Mutex<State>>);

/// A record, and when it was changed.
#[derive(Debug, Clone, PartialEq)]
pub struct Record {
    pub id: i64,
    pub coworker: i64,
    pub message: String,
    pub is_dismissed: bool,
    pub created: Timestamp,
    pub updated: Timestamp,
}

#[derive(Default)]
pub struct State {
    pub records: Vec<Record>,
    /// The requests so far, as `GET …` or `PUT 7 true`.
    pub requests: Vec<String>,
    /// No request gets an answer.
    pub is_down: bool,
    /// The status of all answers to writes.
    pub write_status: Option<u16>,
    /// Writes take effect, but their answers are lost.
    pub lose_answers: bool,
    /// Throttle the next so many requests.
    pub throttle: u32,
    /// The token that is accepted. `None`: any.
    pub token: Option<String>,
    pub tokens_given: u32,
    pub now: Option<Timestamp>,
}

impl Fake {
    pub fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub fn nexudus(&self) -> Nexudus {
        self.nexudus_as(Credential::Token(Secret::new("secret")))
    }

    pub fn nexudus_as(&self, credential: Credential) -> Nexudus {
        let base = ApiBase::parse("https://nexudus.example", "").expect("an address");
        Nexudus::over(NexudusOptions { base, credential }, Arc::new(self.clone()))
    }

    /// Adds a record that is created now.
    pub fn add(&self, id: i64, coworker: i64) {
        let mut state = self.state();
        let now = state.time();
        let message = format!("Message {id}");
        state.records.push(Record { id, coworker, message, is_dismissed: false, created: now, updated: now });
    }

    pub fn dismissed(&self, id: i64) -> Option<bool> {
        self.state().records.iter().find(|record| record.id == id).map(|record| record.is_dismissed)
    }

    /// Requests that begin with these words.
    pub fn count(&self, words: &str) -> usize {
        self.state().requests.iter().filter(|request| request.starts_with(words)).count()
    }
}

impl State {
    pub fn time(&self) -> Timestamp {
        self.now.unwrap_or_else(chrono::Utc::now)
    }

    fn answer(&mut self, request: &HttpRequest) -> Response {
        let ok = |body: Value| Response { status: 200, body: body.to_string(), ..Response::default() };
        let status = |status| Response { status, ..Response::default() };
        if request.url.ends_with("/api/token") {
            self.tokens_given += 1;
            let token = format!("token-{}", self.tokens_given);
            self.token = Some(token.clone());
            self.requests.push(format!("TOKEN {}", request.body.as_deref().unwrap_or_default()));
            return ok(
                json!({"access_token": token, "token_type": "bearer", "expires_in": 9, "refresh_token": "again"}),
            );
        }
        let token = request.token.as_ref().map(Secret::reveal);
        if self.token.as_deref().is_some_and(|right| token != Some(right)) {
            self.requests.push("401".into());
            return status(401);
        }
        if self.throttle > 0 {
            self.throttle -= 1;
            self.requests.push("409".into());
            return Response { retry_after: Some("1".into()), ..status(409) };
        }
        match request.method {
            Method::Get => {
                self.requests.push(format!("GET {}", request.url));
                ok(self.search(&request.url))
            }
            Method::Put => {
                let body: Value = serde_json::from_str(request.body.as_deref().unwrap_or_default()).expect("JSON");
                let (id, dismissed) = (body["Id"].as_i64().expect("an id"), body["IsDismissed"] == true);
                self.requests.push(format!("PUT {id} {dismissed}"));
                if let Some(refusal) = self.write_status.filter(|status| *status != 200) {
                    return status(refusal);
                }
                if self.write_status == Some(200) {
                    return ok(json!({"Status": 200, "Message": "No.", "WasSuccessful": false}));
                }
                let now = self.time();
                let Some(record) = self.records.iter_mut().find(|record| record.id == id) else { return status(404) };
                record.is_dismissed = dismissed;
                record.updated = now;
                assert_eq!(body["Message"], record.message.as_str(), "the rest is written as it is");
                ok(json!({"Status": 200, "Message": "Updated.", "Value": {"Id": id}, "WasSuccessful": true}))
            }
            _ => status(405),
        }
    }

    fn search(&self, url: &str) -> Value {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let parameters: Vec<(String, String)> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let get = |name: &str| parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        let number = |name: &str| get(name).and_then(|value| value.parse::<i64>().ok());
        let minute = |moment: Timestamp| moment.timestamp().div_euclid(60);
        let bound = |name: &str| get(name).map(|text| minute(parse_timestamp(text).expect("a minute")));
        let ids: Option<Vec<i64>> = get("id").map(|ids| serde_json::from_str(ids).expect("ids"));
        let mut found: Vec<_> = self.records.iter().collect();
        found.retain(|record| {
            let within = |moment, name: &str| {
                bound(&format!("from_CoworkerNotification_{name}")).is_none_or(|from| from <= minute(moment))
                    && bound(&format!("to_CoworkerNotification_{name}")).is_none_or(|to| minute(moment) <= to)
            };
            number("CoworkerNotification_Coworker").is_none_or(|coworker| coworker == record.coworker)
                && ids.as_ref().is_none_or(|ids| ids.contains(&record.id))
                && within(record.created, "CreatedOn")
                && within(record.updated, "UpdatedOn")
        });
        found.sort_by_key(|record| record.id);
        let size = usize::try_from(number("size").unwrap_or(25)).expect("a size").min(100);
        let page = usize::try_from(number("page").unwrap_or(1)).expect("a page");
        let total = found.len();
        let records: Vec<_> = found.into_iter().skip((page - 1) * size).take(size).map(Record::json).collect();
        json!({"Records": records, "CurrentPage": page, "CurrentPageSize": size, "TotalItems": total,
            "TotalPages": total.div_ceil(size), "HasNextPage": false})
    }
}

impl Record {
    pub fn json(&self) -> Value {
        json!({"Id": self.id, "CoworkerId": self.coworker, "Message": self.message, "NotificationType": "blog",
            "EntityId": 5, "IsDismissed": self.is_dismissed, "CreatedOn": format_timestamp(self.created),
            "UpdatedOn": format_timestamp(self.updated), "SomethingNew": {"a": [1]}})
    }
}

#[async_trait]
impl Exchange for Fake {
    async fn exchange(&self, request: HttpRequest) -> Result<Response, Failure> {
        let mut state = self.state();
        if state.is_down {
            state.requests.push("down".into());
            return Err(Failure::new(FailureKind::Network, "Nexudus cannot be reached: refused."));
        }
        let date = state.time().format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        let answer = state.answer(&request);
        if state.lose_answers && request.method == Method::Put {
            return Err(Failure::new(FailureKind::Network, "Nexudus cannot be reached: cut."));
        }
        Ok(Response { date: Some(date), ..answer })
    }
}
