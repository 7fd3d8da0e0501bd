//! Intents: what members have dismissed or restored and Nexudus does not have yet. They are the outbox.

use coworker_notifications::{
    api::decode_record,
    model::{CoworkerId, NotificationId},
};

use super::{Connection, Db, FOR_UPDATE, NextWrite, Outcome, StoreError, Write, apply::raise_revisions};
use crate::clock::Millis;

/// The columns of a record's row that an intent depends on.
#[derive(sqlx::FromRow)]
struct Row {
    coworker: i64,
    remote: bool,
    dismissed: bool,
    json: String,
}

#[derive(sqlx::FromRow)]
struct Intent {
    dismissed: bool,
    sent: Option<bool>,
    tries: i64,
    /// Nexudus refuses the write for good.
    #[sqlx(rename = "kept")]
    local_only: bool,
}

/// Whose record an intent concerns, and whether the intent has changed anything.
pub(super) struct Recorded {
    pub(super) coworker: CoworkerId,
    pub(super) changed: bool,
}

/// Records that a member dismisses or restores a notification. `None`: none of these members has it.
pub(super) async fn record(
    conn: &mut Connection,
    coworkers: &[CoworkerId],
    id: NotificationId,
    dismissed: bool,
) -> Result<Option<Recorded>, StoreError> {
    let Some(row) = row(conn, id).await?.filter(|row| coworkers.contains(&CoworkerId(row.coworker))) else {
        return Ok(None);
    };
    let coworker = CoworkerId(row.coworker);
    if row.dismissed == dismissed {
        return Ok(Some(Recorded { coworker, changed: false }));
    }
    let sent = intent(conn, id).await?.and_then(|intent| intent.sent);
    if sent.is_none() && row.remote == dismissed {
        forget(conn, id).await?;
    } else {
        const UPSERT: &str = "INSERT INTO intents (id, coworker, dismissed, tries, due, kept) \
            VALUES ($1, $2, $3, 0, 0, FALSE) ON CONFLICT (id) DO UPDATE \
            SET coworker = excluded.coworker, dismissed = excluded.dismissed, tries = 0, due = 0, kept = FALSE";
        sqlx::query::<Db>(UPSERT).bind(id.0).bind(coworker.0).bind(dismissed).execute(&mut *conn).await?;
    }
    show(conn, id, dismissed).await?;
    raise_revisions(conn, &[coworker]).await?;
    Ok(Some(Recorded { coworker, changed: true }))
}

/// The longest waiting write that is due.
pub(super) async fn next(conn: &mut Connection, now: Millis) -> Result<NextWrite, sqlx::Error> {
    const SELECT: &str = "SELECT id, due, sent FROM intents WHERE NOT kept ORDER BY due, id LIMIT 1";
    let first = sqlx::query_as::<Db, (i64, i64, Option<bool>)>(SELECT).fetch_optional(conn).await?;
    Ok(match first {
        None => NextWrite::Nothing(None),
        Some((_, due, _)) if due > now => NextWrite::Nothing(Some(due)),
        Some((id, _, Some(_))) => NextWrite::Unverified(NotificationId(id)),
        Some((id, _, None)) => NextWrite::Due(NotificationId(id)),
    })
}

pub(super) async fn begin(conn: &mut Connection, id: NotificationId) -> Result<Option<Write>, StoreError> {
    const SEND: &str = "UPDATE intents SET sent = dismissed, tries = tries + 1 WHERE id = $1";
    let Some(row) = row(conn, id).await? else {
        forget(conn, id).await?;
        return Ok(None);
    };
    let Some(intent) = intent(conn, id).await?.filter(|intent| intent.sent.is_none() && !intent.local_only) else {
        return Ok(None);
    };
    sqlx::query::<Db>(SEND).bind(id.0).execute(&mut *conn).await?;
    let mut notification = decode_record(200, &row.json)
        .map_err(|failure| StoreError(format!("its record {id} is damaged: {failure}")))?;
    notification.is_dismissed = row.remote;
    Ok(Some(Write {
        notification,
        dismissed: intent.dismissed,
        tries: u32::try_from(intent.tries).unwrap_or(u32::MAX).saturating_add(1),
    }))
}

/// Notes the outcome of a write. Returns the member whose list it has changed, if any.
pub(super) async fn end(
    conn: &mut Connection,
    id: NotificationId,
    outcome: Outcome,
) -> Result<Option<CoworkerId>, StoreError> {
    let row = row(conn, id).await?;
    let Some(intent) = intent(conn, id).await? else {
        return Ok(None);
    };
    match outcome {
        Outcome::Acknowledged(_) if intent.sent.is_none() => {}
        Outcome::Acknowledged(remote) | Outcome::Read(remote) => reconcile(conn, id, remote, &intent).await?,
        Outcome::NotSent(due) => {
            const LATER: &str =
                "UPDATE intents SET sent = NULL, due = $2, tries = tries - 1 WHERE id = $1 AND tries > 0";
            // A newer intent has reset the count of tries meanwhile, and is not delayed.
            const AGAIN: &str = "UPDATE intents SET sent = NULL WHERE id = $1 AND tries = 0";
            sqlx::query::<Db>(AGAIN).bind(id.0).execute(&mut *conn).await?;
            sqlx::query::<Db>(LATER).bind(id.0).bind(due).execute(&mut *conn).await?;
            drop_if_satisfied(conn, id).await?;
        }
        Outcome::Refused(due) => {
            const LATER: &str = "UPDATE intents SET sent = NULL, due = $2 WHERE id = $1";
            sqlx::query::<Db>(LATER).bind(id.0).bind(due).execute(&mut *conn).await?;
            drop_if_satisfied(conn, id).await?;
        }
        Outcome::LocalOnly => {
            const KEEP: &str = "UPDATE intents SET sent = NULL, kept = (tries > 0) WHERE id = $1";
            sqlx::query::<Db>(KEEP).bind(id.0).execute(&mut *conn).await?;
            drop_if_satisfied(conn, id).await?;
        }
        Outcome::Unverified(due) => {
            const LATER: &str = "UPDATE intents SET due = $2 WHERE id = $1";
            sqlx::query::<Db>(LATER).bind(id.0).bind(due).execute(&mut *conn).await?;
        }
        Outcome::Gone => {
            let whose = row.map(|row| CoworkerId(row.coworker));
            forget(conn, id).await?;
            sqlx::query::<Db>("DELETE FROM records WHERE id = $1").bind(id.0).execute(&mut *conn).await?;
            raise_revisions(conn, whose.as_slice()).await?;
            return Ok(whose);
        }
    }
    Ok(None)
}

pub(super) async fn waiting(conn: &mut Connection) -> Result<u64, sqlx::Error> {
    let count = sqlx::query_scalar::<Db, i64>("SELECT COUNT(*) FROM intents WHERE NOT kept").fetch_one(conn).await?;
    Ok(u64::try_from(count).unwrap_or_default())
}

/// Nexudus has `remote`: the intent is dropped if it is the same, and otherwise sent next.
async fn reconcile(
    conn: &mut Connection,
    id: NotificationId,
    remote: bool,
    intent: &Intent,
) -> Result<(), sqlx::Error> {
    const REMOTE: &str = "UPDATE records SET remote = $2 WHERE id = $1";
    const AGAIN: &str = "UPDATE intents SET sent = NULL, due = 0 WHERE id = $1";
    sqlx::query::<Db>(REMOTE).bind(id.0).bind(remote).execute(&mut *conn).await?;
    if intent.dismissed == remote {
        return forget(conn, id).await;
    }
    sqlx::query::<Db>(AGAIN).bind(id.0).execute(conn).await?;
    Ok(())
}

/// Drops an intent that asks for what Nexudus has: the member has reversed it while a write that failed was in flight.
async fn drop_if_satisfied(conn: &mut Connection, id: NotificationId) -> Result<(), sqlx::Error> {
    const DROP: &str =
        "DELETE FROM intents WHERE id = $1 AND dismissed = (SELECT remote FROM records WHERE records.id = intents.id)";
    sqlx::query::<Db>(DROP).bind(id.0).execute(conn).await?;
    Ok(())
}

async fn show(conn: &mut Connection, id: NotificationId, dismissed: bool) -> Result<(), sqlx::Error> {
    const SHOW: &str = "UPDATE records SET dismissed = $2 WHERE id = $1";
    sqlx::query::<Db>(SHOW).bind(id.0).bind(dismissed).execute(conn).await?;
    Ok(())
}

async fn forget(conn: &mut Connection, id: NotificationId) -> Result<(), sqlx::Error> {
    sqlx::query::<Db>("DELETE FROM intents WHERE id = $1").bind(id.0).execute(conn).await?;
    Ok(())
}

async fn row(conn: &mut Connection, id: NotificationId) -> Result<Option<Row>, sqlx::Error> {
    let select = ["SELECT coworker, remote, dismissed, json FROM records WHERE id = $1", FOR_UPDATE].concat();
    sqlx::query_as::<Db, Row>(sqlx::AssertSqlSafe(select)).bind(id.0).fetch_optional(conn).await
}

async fn intent(conn: &mut Connection, id: NotificationId) -> Result<Option<Intent>, sqlx::Error> {
    let select = ["SELECT dismissed, sent, tries, kept FROM intents WHERE id = $1", FOR_UPDATE].concat();
    sqlx::query_as::<Db, Intent>(sqlx::AssertSqlSafe(select)).bind(id.0).fetch_optional(conn).await
}
