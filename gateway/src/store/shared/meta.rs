//! Single values of the store, by name.

use serde::{Serialize, de::DeserializeOwned};

use super::{Connection, Db, StoreError};

pub(super) const PROGRESS: &str = "progress";
pub(super) const HEALTH: &str = "health";
const NUMBER: &str = "number";

/// The store's number, made at the first call.
pub(in super::super) async fn number(conn: &mut Connection) -> Result<u64, StoreError> {
    const INSERT: &str = "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING";
    let fresh = rand::random::<u64>();
    sqlx::query::<Db>(INSERT).bind(NUMBER).bind(fresh.to_string()).execute(&mut *conn).await?;
    let number = text(conn, NUMBER).await?.and_then(|text| text.parse().ok());
    number.ok_or_else(|| StoreError("its number is missing: the tables are not this program's".into()))
}

/// A value, or its default where there is none yet.
pub(super) async fn get<T: DeserializeOwned + Default>(conn: &mut Connection, name: &str) -> Result<T, StoreError> {
    let Some(text) = text(conn, name).await? else {
        return Ok(T::default());
    };
    serde_json::from_str(&text).map_err(|error| StoreError(format!("its {name} cannot be read: {error}")))
}

/// Keeps a value.
pub(super) async fn set<T: Serialize>(conn: &mut Connection, name: &str, value: &T) -> Result<(), StoreError> {
    let text = serde_json::to_string(value).map_err(|error| StoreError(error.to_string()))?;
    Ok(set_text(conn, name, &text).await?)
}

pub(super) async fn text(conn: &mut Connection, name: &str) -> Result<Option<String>, sqlx::Error> {
    sqlx::query_scalar::<Db, String>("SELECT value FROM meta WHERE name = $1").bind(name).fetch_optional(conn).await
}

pub(super) async fn set_text(conn: &mut Connection, name: &str, text: &str) -> Result<(), sqlx::Error> {
    const UPSERT: &str =
        "INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    sqlx::query::<Db>(UPSERT).bind(name).bind(text).execute(conn).await?;
    Ok(())
}
