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
/// Members a message: PostgreSQL takes 8,000 bytes.
const MEMBERS: usize = 300;
/// A change of more members than this is announced as a change of everything.
const MANY: usize = 3_000;

#[derive(Serialize, Deserialize)]
struct Message {
    from: u64,
    what: What,
}

#[derive(Serialize, Deserialize)]
enum What {
    Changed(Vec<i64>),
    Everything,
    Wanted,
    Write,
    Hint,
}

/// Sends a message to the others once the transaction is committed.
pub(super) async fn notify(conn: &mut PgConnection, from: u64, signal: &Signal) -> Result<(), sqlx::Error> {
    let messages = match signal {
        Signal::Changed(members) if members.len() <= MANY => {
            members.chunks(MEMBERS).map(|some| What::Changed(some.iter().map(|id| id.0).collect())).collect()
        }
        Signal::Changed(_) | Signal::Everything => vec![What::Everything],
        Signal::Wanted => vec![What::Wanted],
        Signal::Write => vec![What::Write],
        Signal::Hint => vec![What::Hint],
    };
    for what in messages {
        let payload = serde_json::to_string(&Message { from, what }).unwrap_or_default();
        sqlx::query("SELECT pg_notify($1, $2)").bind(CHANNEL).bind(payload).execute(&mut *conn).await?;
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
fn read(payload: &str, own: u64) -> Option<Signal> {
    let Ok(Message { from, what }) = serde_json::from_str(payload) else {
        // The message may be from a newer version.
        return Some(Signal::Everything);
    };
    if from == own {
        return None;
    }
    Some(match what {
        What::Changed(members) => Signal::Changed(members.into_iter().map(CoworkerId).collect::<Arc<[_]>>()),
        What::Everything => Signal::Everything,
        What::Wanted => Signal::Wanted,
        What::Write => Signal::Write,
        What::Hint => Signal::Hint,
    })
}
