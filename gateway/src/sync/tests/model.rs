//! A model of Nexudus with a clock that a test moves by hand: everything that may happen between two requests, and the
//! rules that no request may break.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex, MutexGuard,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use coworker_notifications::{
    api::{Method, Response},
    error::{Failure, FailureKind},
    model::{Timestamp, format_timestamp, parse_timestamp},
};
use serde_json::{Value, json};
use tokio::sync::watch;

use crate::{
    Budget,
    clock::{Clock, Millis},
    nexudus::{Exchange, HttpRequest},
    task::raised,
};

pub(super) const START: Millis = 1_760_000_000_000;
const MINUTE: Millis = 60_000;

/// A clock that only moves when it is slept by, or when a test says so.
#[derive(Debug)]
pub(super) struct HandClock(AtomicI64);

impl HandClock {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(START)))
    }

    pub(super) fn advance(&self, millis: Millis) {
        self.0.fetch_add(millis, Ordering::SeqCst);
    }
}

#[async_trait]
impl Clock for HandClock {
    fn now(&self) -> Millis {
        self.0.load(Ordering::SeqCst)
    }

    async fn sleep(&self, time: Duration) {
        self.advance(i64::try_from(time.as_millis()).unwrap() + 1);
        tokio::task::yield_now().await;
    }
}

/// What somebody else does to the records.
#[derive(Debug, Clone, Copy)]
pub(super) enum Change {
    Create {
        coworker: i64,
    },
    /// Of an older notification that is put in now.
    Touch {
        which: usize,
    },
    Dismiss {
        which: usize,
        dismissed: bool,
    },
    Delete {
        which: usize,
    },
    /// Nothing but time.
    Pass {
        millis: Millis,
    },
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct Record {
    pub(super) coworker: i64,
    pub(super) text: u32,
    pub(super) dismissed: bool,
    pub(super) created: Millis,
    pub(super) updated: Millis,
}

/// How this Nexudus is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Manner {
    /// Records a page, at most.
    pub(super) page: usize,
    pub(super) descending: bool,
    /// How far `UpdatedOn` is from `Date`.
    pub(super) skew: Millis,
    pub(super) refuses_writes: Option<u16>,
}

pub(super) struct Model {
    clock: Arc<HandClock>,
    manner: Manner,
    budget: Budget,
    state: Mutex<State>,
}

#[derive(Default)]
pub(super) struct State {
    pub(super) records: BTreeMap<i64, Record>,
    /// What happens before each of the next requests.
    pub(super) between: Vec<Change>,
    pub(super) throttle: u32,
    pub(super) down: u32,
    pub(super) lose_answers: u32,
    pub(super) puts: HashMap<i64, u32>,
    /// The next answer to a search is on its way until this is raised.
    pub(super) held: Option<watch::Receiver<bool>>,
    next: i64,
    requests: Vec<(Millis, bool)>,
    quiet_until: Millis,
    /// What our own writes have set, and nobody has changed since.
    ours: HashMap<i64, bool>,
}

impl Model {
    pub(super) fn new(clock: Arc<HandClock>, manner: Manner, budget: Budget) -> Arc<Self> {
        Arc::new(Self { clock, manner, budget, state: Mutex::default() })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap()
    }

    pub(super) fn change(&self, change: Change) {
        self.apply(&mut self.state(), change);
    }

    /// A record of long ago.
    pub(super) fn seed(&self, coworker: i64, age: Millis) {
        let mut state = self.state();
        state.next += 1;
        let (id, at) = (state.next, self.records_now() - age);
        state.records.insert(id, Record { coworker, text: 0, dismissed: false, created: at, updated: at });
    }

    fn records_now(&self) -> Millis {
        self.clock.now() + self.manner.skew
    }

    /// The program was killed: what it was told and had not noted yet, it does not know.
    pub(super) fn forget_pause(&self) {
        self.state().quiet_until = 0;
    }

    fn apply(&self, state: &mut State, change: Change) {
        let now = self.records_now();
        let nth = |state: &State, which: usize| {
            let count = state.records.len();
            state.records.keys().nth(which % count.max(1)).copied()
        };
        match change {
            Change::Create { coworker } => {
                state.next += 1;
                let id = state.next;
                state.records.insert(id, Record { coworker, text: 0, dismissed: false, created: now, updated: now });
            }
            Change::Touch { which } => {
                if let Some(record) = nth(state, which).and_then(|id| state.records.get_mut(&id)) {
                    record.text += 1;
                    record.updated = now;
                }
            }
            Change::Dismiss { which, dismissed } => {
                if let Some(id) = nth(state, which) {
                    state.ours.remove(&id);
                    let record = state.records.get_mut(&id).unwrap();
                    record.dismissed = dismissed;
                    record.updated = now;
                }
            }
            Change::Delete { which } => {
                if let Some(id) = nth(state, which) {
                    state.records.remove(&id);
                }
            }
            Change::Pass { millis } => self.clock.advance(millis),
        }
    }

    /// No window holds more than the budget says, no two requests are close, and a pause is kept.
    fn check(&self, state: &mut State, is_write: bool) {
        let now = self.clock.now();
        assert!(now >= state.quiet_until, "sent {} ms before the pause was over", state.quiet_until - now);
        if let Some((last, _)) = state.requests.last() {
            assert!(now - last >= 100, "{} ms after the last request", now - last);
        }
        state.requests.push((now, is_write));
        for limit in self.budget.limits() {
            let since = now - i64::try_from(limit.window.as_millis()).unwrap();
            let counted = state.requests.iter().filter(|(at, write)| *at > since && (*write || !limit.writes)).count();
            assert!(counted <= limit.requests as usize, "{counted} requests where {limit:?} is allowed");
        }
    }

    fn answer(&self, state: &mut State, request: &HttpRequest) -> Response {
        let ok = |body: &Value| Response { status: 200, body: body.to_string(), ..Response::default() };
        if request.method == Method::Get {
            return ok(&self.search(state, &request.url));
        }
        let body: Value = serde_json::from_str(request.body.as_deref().unwrap()).unwrap();
        let (id, dismissed) = (body["Id"].as_i64().unwrap(), body["IsDismissed"].as_bool().unwrap());
        *state.puts.entry(id).or_default() += 1;
        if let Some(status) = self.manner.refuses_writes {
            return Response { status, ..Response::default() };
        }
        assert_ne!(state.ours.get(&id), Some(&dismissed), "{id} was written twice");
        let now = self.records_now();
        let Some(record) = state.records.get_mut(&id) else {
            return Response { status: 404, ..Response::default() };
        };
        record.dismissed = dismissed;
        record.updated = now;
        state.ours.insert(id, dismissed);
        ok(&json!({"Status": 200, "Value": {"Id": id}, "WasSuccessful": true}))
    }

    fn search(&self, state: &State, url: &str) -> Value {
        let query = url.split_once('?').map_or("", |(_, query)| query);
        let parameters: HashMap<_, _> = form_urlencoded::parse(query.as_bytes()).into_owned().collect();
        let number = |name: &str| parameters.get(name).map(|value| value.parse::<i64>().unwrap());
        let bound = |name: &str| {
            parameters.get(name).map(|text| parse_timestamp(text).unwrap().timestamp_millis().div_euclid(MINUTE))
        };
        let within = |moment: Millis, property: &str| {
            let minute = moment.div_euclid(MINUTE);
            bound(&format!("from_CoworkerNotification_{property}")).is_none_or(|from| from <= minute)
                && bound(&format!("to_CoworkerNotification_{property}")).is_none_or(|to| minute <= to)
        };
        let ids: Option<Vec<i64>> = parameters.get("id").map(|ids| serde_json::from_str(ids).unwrap());
        let mut found: Vec<_> = state.records.iter().collect();
        found.retain(|(id, record)| {
            number("CoworkerNotification_Coworker").is_none_or(|coworker| coworker == record.coworker)
                && ids.as_ref().is_none_or(|ids| ids.contains(id))
                && within(record.created, "CreatedOn")
                && within(record.updated, "UpdatedOn")
        });
        if self.manner.descending {
            found.reverse();
        }
        let size = usize::try_from(number("size").unwrap_or(25)).unwrap().min(self.manner.page);
        let page = usize::try_from(number("page").unwrap_or(1)).unwrap();
        let total = found.len();
        let records: Vec<_> =
            found.into_iter().skip((page - 1) * size).take(size).map(|(id, record)| record.json(*id)).collect();
        json!({"Records": records, "CurrentPage": page, "CurrentPageSize": size, "TotalItems": total,
            "TotalPages": total.div_ceil(size), "HasNextPage": true})
    }
}

impl Record {
    fn json(&self, id: i64) -> Value {
        let iso = |moment: Millis| format_timestamp(Timestamp::from_timestamp(moment.div_euclid(1_000), 0).unwrap());
        json!({"Id": id, "CoworkerId": self.coworker, "Message": format!("{}", self.text), "NotificationType": "blog",
            "EntityId": 1, "IsDismissed": self.dismissed, "CreatedOn": iso(self.created), "UpdatedOn": iso(self.updated)})
    }
}

#[async_trait]
impl Exchange for Model {
    async fn exchange(&self, request: HttpRequest) -> Result<Response, Failure> {
        let answer = self.work(&request);
        if request.method == Method::Get {
            let held = self.state().held.take();
            if let Some(mut held) = held {
                raised(&mut held).await;
            }
        }
        answer
    }
}

impl Model {
    fn work(&self, request: &HttpRequest) -> Result<Response, Failure> {
        let mut state = self.state();
        self.check(&mut state, request.method == Method::Put);
        let change = state.between.pop();
        if let Some(change) = change {
            self.apply(&mut state, change);
        }
        if state.down > 0 {
            state.down -= 1;
            return Err(Failure::new(FailureKind::Network, "Nexudus cannot be reached."));
        }
        if state.throttle > 0 {
            state.throttle -= 1;
            state.quiet_until = self.clock.now() + 3_000;
            return Ok(Response {
                status: 429,
                body: "Too many requests. Wait 3 seconds.".into(),
                ..Response::default()
            });
        }
        let answer = self.answer(&mut state, request);
        // The way there and back takes its time.
        self.clock.advance(7);
        if state.lose_answers > 0 {
            state.lose_answers -= 1;
            return Err(Failure::new(FailureKind::Timeout, "Nexudus did not answer in time."));
        }
        let date = Timestamp::from_timestamp_millis(self.clock.now()).unwrap();
        let date = date.format("%a, %d %b %Y %H:%M:%S GMT").to_string();
        Ok(Response { date: Some(date), ..answer })
    }
}
