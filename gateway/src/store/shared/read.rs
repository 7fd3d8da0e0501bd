//! Records and members, as they are.

use coworker_notifications::{
    api::decode_record,
    model::{CoworkerId, NotificationId},
};
use sqlx::QueryBuilder;

use super::{CHUNK, Connection, Db, ListSummary, Part, StoreError, StoredRecord};

pub(super) async fn records(conn: &mut Connection, coworker: CoworkerId) -> Result<Vec<StoredRecord>, StoreError> {
    const SELECT: &str = "SELECT id, json, dismissed FROM records WHERE coworker = $1 ORDER BY id";
    let rows = sqlx::query_as::<Db, (i64, String, bool)>(SELECT).bind(coworker.0).fetch_all(conn).await?;
    rows.into_iter().map(record).collect()
}

pub(super) async fn by_ids(conn: &mut Connection, ids: &[NotificationId]) -> Result<Vec<StoredRecord>, StoreError> {
    let mut found = Vec::new();
    for ids in ids.chunks(CHUNK) {
        let mut select = QueryBuilder::<Db>::new("SELECT id, json, dismissed FROM records WHERE id IN (");
        push_all(&mut select, ids.iter().map(|id| id.0));
        let rows =
            select.push(")").build_query_as::<(i64, String, bool)>().persistent(false).fetch_all(&mut *conn).await?;
        for row in rows {
            found.push(record(row)?);
        }
    }
    found.sort_by_key(StoredRecord::id);
    Ok(found)
}

/// A record from its row. Its JSON was decoded before it was stored, so it can be decoded again.
fn record((id, json, dismissed): (i64, String, bool)) -> Result<StoredRecord, StoreError> {
    let notification =
        decode_record(200, &json).map_err(|failure| StoreError(format!("its record {id} is damaged: {failure}")))?;
    Ok(StoredRecord::new(notification, &json, dismissed))
}

pub(super) async fn ids(conn: &mut Connection, part: Part) -> Result<Vec<NotificationId>, sqlx::Error> {
    const OF_ALL: &str = "SELECT id FROM records WHERE created >= $1 AND created < $2 ORDER BY id";
    const OF_ONE: &str = "SELECT id FROM records WHERE created >= $1 AND created < $2 AND coworker = $3 ORDER BY id";
    let select = if part.coworker.is_some() { OF_ONE } else { OF_ALL };
    let mut query = sqlx::query_scalar::<Db, i64>(select).bind(part.from).bind(part.before);
    if let Some(coworker) = part.coworker {
        query = query.bind(coworker.0);
    }
    Ok(query.fetch_all(conn).await?.into_iter().map(NotificationId).collect())
}

pub(super) async fn summaries(
    conn: &mut Connection,
    coworkers: &[CoworkerId],
) -> Result<Vec<ListSummary>, sqlx::Error> {
    const SELECT: &str = "SELECT m.coworker, m.revision, m.compared, \
        (SELECT COUNT(*) FROM records r WHERE r.coworker = m.coworker AND NOT r.dismissed), \
        (SELECT MAX(r.id) FROM records r WHERE r.coworker = m.coworker AND NOT r.dismissed) \
        FROM members m WHERE m.coworker IN (";
    let mut summaries = Vec::with_capacity(coworkers.len());
    for coworkers in coworkers.chunks(CHUNK) {
        let mut select = QueryBuilder::<Db>::new(SELECT);
        push_all(&mut select, coworkers.iter().map(|coworker| coworker.0));
        let rows = select
            .push(")")
            .build_query_as::<(i64, i64, Option<i64>, i64, Option<i64>)>()
            .persistent(false)
            .fetch_all(&mut *conn)
            .await?;
        summaries.extend(rows.into_iter().map(|(coworker, revision, compared, total, newest)| ListSummary {
            coworker: CoworkerId(coworker),
            revision: u64::try_from(revision).unwrap_or_default(),
            total: u32::try_from(total).unwrap_or(u32::MAX),
            newest: newest.map(NotificationId),
            compared,
        }));
    }
    Ok(summaries)
}

/// Writes `$1, $2, …` for these values.
pub(super) fn push_all(query: &mut QueryBuilder<Db>, values: impl Iterator<Item = i64>) {
    let mut list = query.separated(", ");
    for value in values {
        list.push_bind(value);
    }
}
