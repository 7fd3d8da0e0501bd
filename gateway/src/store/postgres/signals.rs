//! Messages between the gateways of one database, by LISTEN and NOTIFY.

use std::{sync::Arc, time::Duration};

use coworker_notifications::model::CoworkerId;
use serde::{Deserialize, Serialize};
use sqlx::{
    Pool, Postgres,
    postgres::{PgConnection, PgListener},
};
use tokio::{sync::broadcast, time};

use crate::{store::Signal, task::Task};

const CHANNEL: &str = "coworker_notifications";
/// The most members in one message: PostgreSQL limits a message to 8,000 bytes.
const CHUNK: usize = 300;
/// A change of more members than this is announced as a change of everything.
const MANY: usize = 3_000;

/// A message as it is sent. Gateways of different versions exchange it while one after the other is upgraded, so its names
/// in JSON stay.
#[derive(Serialize, Deserialize)]
struct Message {
    from: u64,
    #[serde(rename = "what")]
    payload: Payload,
}

#[derive(Serialize, Deserialize)]
enum Payload {
    Changed(Vec<i64>),
    Everything,
    #[serde(rename = "Wanted")]
    ListsRequested,
    Write,
    Hint,
}

/// Sends a message to the others once the transaction is committed.
pub(super) async fn notify(conn: &mut PgConnection, from: u64, signal: &Signal) -> Result<(), sqlx::Error> {
    let messages = match signal {
        Signal::Changed(members) if members.len() <= MANY => {
            members.chunks(CHUNK).map(|some| Payload::Changed(some.iter().map(|id| id.0).collect())).collect()
        }
        Signal::Changed(_) | Signal::Everything => vec![Payload::Everything],
        Signal::ListsRequested => vec![Payload::ListsRequested],
        Signal::Write => vec![Payload::Write],
        Signal::Hint => vec![Payload::Hint],
    };
    for payload in messages {
        let text = serde_json::to_string(&Message { from, payload }).unwrap_or_default();
        sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(text).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Receives the other gateways' messages and passes them on, until the returned task is dropped.
pub(super) async fn listen(
    pool: &Pool<Postgres>,
    own: u64,
    signals: broadcast::Sender<Signal>,
) -> Result<Task, sqlx::Error> {
    let mut listener = PgListener::connect_with(pool).await?;
    listener.listen(CHANNEL).await?;
    Ok(Task::spawn(async move {
        loop {
            let signal = match listener.try_recv().await {
                Ok(Some(message)) => read(message.payload(), own),
                // The connection was lost and is back: messages may have been missed meanwhile.
                Ok(None) => Some(Signal::Everything),
                Err(error) => {
                    tracing::warn!(%error, "the store's messages cannot be received");
                    time::sleep(Duration::from_secs(1)).await;
                    Some(Signal::Everything)
                }
            };
            if let Some(signal) = signal {
                // Sending fails only if nothing listens, which is no problem.
                signals.send(signal).ok();
            }
        }
    }))
}

/// Another gateway's message.
fn read(text: &str, own: u64) -> Option<Signal> {
    let Ok(Message { from, payload }) = serde_json::from_str(text) else {
        // The message may be from a newer version.
        return Some(Signal::Everything);
    };
    if from == own {
        return None;
    }
    Some(match payload {
        Payload::Changed(members) => Signal::Changed(members.into_iter().map(CoworkerId).collect::<Arc<[_]>>()),
        Payload::Everything => Signal::Everything,
        Payload::ListsRequested => Signal::ListsRequested,
        Payload::Write => Signal::Write,
        Payload::Hint => Signal::Hint,
    })
}
