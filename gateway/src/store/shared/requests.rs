//! The requests that were sent to Nexudus, and the members whose lists are requested (the table `wanted`).

use coworker_notifications::model::CoworkerId;

use super::{Connection, Db, Grant, Limit, meta};
use crate::{budget, clock::Millis};

const PAUSE: &str = "pause";
/// Requests older than this are forgotten: no window reaches back to them.
const FORGET_AFTER: i64 = 2 * 86_400_000;

/// Locks the count of requests, so that one gateway at a time counts.
pub(super) async fn lock(conn: &mut Connection) -> Result<(), sqlx::Error> {
    const LOCK: &str =
        "INSERT INTO meta (name, value) VALUES ($1, '0') ON CONFLICT (name) DO UPDATE SET name = excluded.name";
    sqlx::query::<Db>(LOCK).bind(PAUSE).execute(conn).await?;
    Ok(())
}

/// Counts a request, or returns how long it must wait.
pub(super) async fn grant(
    conn: &mut Connection,
    writes: bool,
    limits: &[Limit],
    now: Millis,
) -> Result<Grant, sqlx::Error> {
    const NTH: &str = "SELECT at FROM requests ORDER BY at DESC LIMIT 1 OFFSET $1";
    const NTH_WRITE: &str = "SELECT at FROM requests WHERE writes ORDER BY at DESC LIMIT 1 OFFSET $1";
    let mut not_before = meta::text(conn, PAUSE).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
    // If the clock was set back, requests are dated in the future. They must not make the gateway wait until then.
    sqlx::query::<Db>("UPDATE requests SET at = $1 WHERE at > $1").bind(now).execute(&mut *conn).await?;
    let last = sqlx::query_scalar::<Db, i64>(NTH).bind(0_i64).fetch_optional(&mut *conn).await?;
    not_before = not_before.max(last.map_or(0, |last| last + budget::SPACING));
    for limit in limits.iter().filter(|limit| writes || !limit.writes) {
        let nth = if limit.writes { NTH_WRITE } else { NTH };
        let before = i64::from(limit.requests) - 1;
        let at = sqlx::query_scalar::<Db, i64>(nth).bind(before).fetch_optional(&mut *conn).await?;
        not_before = not_before.max(at.map_or(0, |at| at + budget::padded_window(limit)));
    }
    if not_before > now {
        return Ok(Grant::Wait(not_before - now));
    }
    sqlx::query::<Db>("INSERT INTO requests (at, writes) VALUES ($1, $2)")
        .bind(now)
        .bind(writes)
        .execute(&mut *conn)
        .await?;
    sqlx::query::<Db>("DELETE FROM requests WHERE at < $1").bind(now - FORGET_AFTER).execute(conn).await?;
    Ok(Grant::Go)
}

/// When the last request was sent.
pub(super) async fn last(conn: &mut Connection) -> Result<Option<Millis>, sqlx::Error> {
    sqlx::query_scalar::<Db, Option<i64>>("SELECT MAX(at) FROM requests").fetch_one(conn).await
}

pub(super) async fn pause(conn: &mut Connection, until: Millis) -> Result<(), sqlx::Error> {
    let known = meta::text(conn, PAUSE).await?.and_then(|text| text.parse().ok()).unwrap_or(0);
    meta::set_text(conn, PAUSE, &until.max(known).to_string()).await
}

pub(super) async fn request_lists(
    conn: &mut Connection,
    coworkers: &[CoworkerId],
    now: Millis,
) -> Result<(), sqlx::Error> {
    const INSERT: &str = "INSERT INTO wanted (coworker, since) VALUES ($1, $2) ON CONFLICT (coworker) DO NOTHING";
    for coworker in coworkers {
        sqlx::query::<Db>(INSERT).bind(coworker.0).bind(now).execute(&mut *conn).await?;
    }
    Ok(())
}

pub(super) async fn requested_lists(conn: &mut Connection) -> Result<Vec<CoworkerId>, sqlx::Error> {
    const SELECT: &str = "SELECT coworker FROM wanted ORDER BY since, coworker";
    Ok(sqlx::query_scalar::<Db, i64>(SELECT).fetch_all(conn).await?.into_iter().map(CoworkerId).collect())
}
