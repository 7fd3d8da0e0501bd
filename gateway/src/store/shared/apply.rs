//! Stores records from Nexudus, except where a newer intent of a member says otherwise.

use std::collections::{BTreeMap, BTreeSet};

use coworker_notifications::model::{CoworkerId, NotificationId};
use sqlx::QueryBuilder;

use super::{Batch, CHUNK, Connection, Db, FOR_UPDATE, StoreError, meta, read::push_all};
use crate::{clock::Millis, store::RemoteRecord};

/// The columns of a record's row that are compared.
#[derive(sqlx::FromRow)]
struct Row {
    id: i64,
    coworker: i64,
    updated: Option<i64>,
    remote: bool,
    dismissed: bool,
    json: String,
}

/// Whether a member has dismissed or restored a record that Nexudus does not have so yet.
#[derive(sqlx::FromRow)]
struct Intent {
    id: i64,
    dismissed: bool,
    sent: Option<bool>,
}

/// What a batch changes.
#[derive(Default)]
struct Changes<'a> {
    /// Records, and whether they are dismissed here.
    upserts: Vec<(&'a RemoteRecord, bool)>,
    /// Intents that agree with what Nexudus has, so that nothing needs to be written.
    satisfied: Vec<i64>,
    members: BTreeSet<CoworkerId>,
}

/// Stores a batch. Returns the members whose lists have changed, or are known for the first time.
pub(super) async fn apply(conn: &mut Connection, batch: &Batch) -> Result<Vec<CoworkerId>, StoreError> {
    let mut members = BTreeSet::new();
    for records in batch.records.chunks(CHUNK) {
        let ids: Vec<_> = records.iter().map(|record| record.notification.id.0).collect();
        let rows = rows(conn, &ids).await?;
        let intents = intents(conn, &ids).await?;
        let changes = compare(records, &rows, &intents);
        upsert(conn, &changes.upserts).await?;
        delete(conn, "DELETE FROM intents WHERE id IN (", &changes.satisfied).await?;
        members.extend(changes.members);
    }
    for gone in batch.gone.chunks(CHUNK) {
        members.extend(remove(conn, gone).await?);
    }
    let compared = members_compared(conn, &batch.compared).await?;
    let changed: Vec<_> = members.into_iter().collect();
    raise_revisions(conn, &changed).await?;
    if let Some(progress) = &batch.progress {
        meta::set(conn, meta::PROGRESS, progress).await?;
        // The comparison of everything has also served the members who had asked before it.
        sqlx::query::<Db>("DELETE FROM wanted WHERE since <= $1")
            .bind(progress.compared.unwrap_or(Millis::MIN))
            .execute(&mut *conn)
            .await?;
    }
    let mut all: BTreeSet<_> = changed.into_iter().collect();
    all.extend(compared);
    Ok(all.into_iter().collect())
}

fn compare<'a>(records: &'a [RemoteRecord], rows: &BTreeMap<i64, Row>, intents: &BTreeMap<i64, Intent>) -> Changes<'a> {
    let mut changes = Changes::default();
    // Pages shift, so one record can come twice: the newer version counts, or the later one of two equal versions.
    let mut newest = BTreeMap::new();
    for record in records {
        let id = record.notification.id;
        let known = newest.entry(id).or_insert(record);
        if known.notification.updated <= record.notification.updated {
            *known = record;
        }
    }
    for (id, record) in newest {
        let (remote, coworker) = (record.notification.is_dismissed, record.notification.coworker);
        let row = rows.get(&id.0);
        let updated = record.notification.updated.map(|moment| moment.timestamp_millis());
        if row.is_some_and(|row| row.updated > updated) {
            continue;
        }
        let intent = intents.get(&id.0);
        // While a write is in flight, only its answer says what Nexudus has.
        let satisfied = intent.is_some_and(|intent| intent.sent.is_none() && intent.dismissed == remote);
        let dismissed = intent.map_or(remote, |intent| intent.dismissed);
        if satisfied {
            changes.satisfied.push(id.0);
        }
        let is_as_known = row.is_some_and(|row| {
            row.coworker == coworker.0
                && row.remote == remote
                && row.dismissed == dismissed
                && row.updated == updated
                && *row.json == *record.json
        });
        if is_as_known {
            continue;
        }
        changes.members.extend(row.map(|row| CoworkerId(row.coworker)));
        changes.members.insert(coworker);
        changes.upserts.push((record, dismissed));
    }
    changes
}

async fn rows(conn: &mut Connection, ids: &[i64]) -> Result<BTreeMap<i64, Row>, sqlx::Error> {
    let mut select =
        QueryBuilder::<Db>::new("SELECT id, coworker, updated, remote, dismissed, json FROM records WHERE id IN (");
    push_all(&mut select, ids.iter().copied());
    let rows: Vec<Row> = select.push(")").push(FOR_UPDATE).build_query_as().persistent(false).fetch_all(conn).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

async fn intents(conn: &mut Connection, ids: &[i64]) -> Result<BTreeMap<i64, Intent>, sqlx::Error> {
    let mut select = QueryBuilder::<Db>::new("SELECT id, dismissed, sent FROM intents WHERE id IN (");
    push_all(&mut select, ids.iter().copied());
    let intents: Vec<Intent> =
        select.push(")").push(FOR_UPDATE).build_query_as().persistent(false).fetch_all(conn).await?;
    Ok(intents.into_iter().map(|intent| (intent.id, intent)).collect())
}

async fn upsert(conn: &mut Connection, records: &[(&RemoteRecord, bool)]) -> Result<(), sqlx::Error> {
    if records.is_empty() {
        return Ok(());
    }
    let mut insert =
        QueryBuilder::<Db>::new("INSERT INTO records (id, coworker, created, updated, remote, dismissed, json) ");
    insert.push_values(records, |mut row, (record, dismissed)| {
        let notification = &record.notification;
        row.push_bind(notification.id.0)
            .push_bind(notification.coworker.0)
            .push_bind(notification.created.map(|moment| moment.timestamp_millis()))
            .push_bind(notification.updated.map(|moment| moment.timestamp_millis()))
            .push_bind(notification.is_dismissed)
            .push_bind(*dismissed)
            .push_bind(record.json.to_string());
    });
    insert.push(
        " ON CONFLICT (id) DO UPDATE SET coworker = excluded.coworker, created = excluded.created, \
         updated = excluded.updated, remote = excluded.remote, dismissed = excluded.dismissed, json = excluded.json",
    );
    insert.build().persistent(false).execute(conn).await?;
    Ok(())
}

/// Forgets records, and returns whose they were.
async fn remove(conn: &mut Connection, gone: &[NotificationId]) -> Result<Vec<CoworkerId>, sqlx::Error> {
    let ids: Vec<_> = gone.iter().map(|id| id.0).collect();
    let whose: BTreeSet<_> = rows(conn, &ids).await?.values().map(|row| CoworkerId(row.coworker)).collect();
    delete(conn, "DELETE FROM intents WHERE id IN (", &ids).await?;
    delete(conn, "DELETE FROM records WHERE id IN (", &ids).await?;
    Ok(whose.into_iter().collect())
}

async fn delete(conn: &mut Connection, sql: &'static str, ids: &[i64]) -> Result<(), sqlx::Error> {
    if ids.is_empty() {
        return Ok(());
    }
    let mut delete = QueryBuilder::<Db>::new(sql);
    push_all(&mut delete, ids.iter().copied());
    delete.push(")").build().persistent(false).execute(conn).await?;
    Ok(())
}

pub(super) async fn raise_revisions(conn: &mut Connection, members: &[CoworkerId]) -> Result<(), sqlx::Error> {
    for members in members.chunks(CHUNK) {
        let mut raise = QueryBuilder::<Db>::new("INSERT INTO members (coworker, revision) ");
        raise.push_values(members, |mut row, member| {
            row.push_bind(member.0).push_bind(1_i64);
        });
        raise.push(" ON CONFLICT (coworker) DO UPDATE SET revision = members.revision + 1");
        raise.build().persistent(false).execute(&mut *conn).await?;
    }
    Ok(())
}

/// Notes when members' lists were compared, and drops the requests for them.
async fn members_compared(
    conn: &mut Connection,
    compared: &[(CoworkerId, Millis)],
) -> Result<Vec<CoworkerId>, sqlx::Error> {
    const UPSERT: &str = "INSERT INTO members (coworker, revision, compared) VALUES ($1, 1, $2) \
        ON CONFLICT (coworker) DO UPDATE SET compared = excluded.compared";
    for (coworker, when) in compared {
        sqlx::query::<Db>(UPSERT).bind(coworker.0).bind(when).execute(&mut *conn).await?;
        sqlx::query::<Db>("DELETE FROM wanted WHERE coworker = $1").bind(coworker.0).execute(&mut *conn).await?;
    }
    Ok(compared.iter().map(|(coworker, _)| *coworker).collect())
}
