//! PostgreSQL: any number of gateways side by side. One of them asks Nexudus, and all are notified of changes.

mod leader;
mod signals;

use std::time::Duration;

use sqlx::{
    Pool, Postgres, Transaction,
    postgres::{PgConnectOptions, PgConnection, PgPoolOptions},
};
use tokio::sync::broadcast;

use super::{Leadership, Signal, StoreError, migrate};
use crate::{clock::Millis, task::Task};

#[path = "shared/mod.rs"]
mod shared;

type Db = Postgres;
/// Whether several gateways can use the store at once.
const SHARED: bool = true;

type Connection = PgConnection;

/// Writers of one record wait for each other. Code that locks records and intents must lock records first.
const FOR_UPDATE: &str = " FOR UPDATE";

const CONNECTIONS: u32 = 10;
/// How long to wait for a connection: shorter than members wait for an answer.
const PATIENCE: Duration = Duration::from_secs(5);

/// A store in a PostgreSQL database.
pub(super) struct Backend {
    pool: Pool<Postgres>,
    options: PgConnectOptions,
    number: u64,
    /// Tells this gateway's own messages from others'.
    gateway: u64,
    signals: broadcast::Sender<Signal>,
    _listening: Task,
}

impl Backend {
    /// Connects, and listens to the other gateways.
    pub(super) async fn connect(address: &str) -> Result<Self, StoreError> {
        // The address may hold a password, so no error repeats it.
        let options: PgConnectOptions = address
            .parse()
            .map_err(|_| StoreError("the address is none: give postgres://USER@HOST:PORT/DATABASE".into()))?;
        let options = options.application_name("coworker-notifications-gateway");
        let pool = PgPoolOptions::new()
            .max_connections(CONNECTIONS)
            .acquire_timeout(PATIENCE)
            .connect_with(options.clone())
            .await
            .map_err(unreachable)?;
        let number = prepare(&pool).await?;
        let gateway = rand::random();
        let signals = broadcast::Sender::new(256);
        let listening = signals::listen(&pool, gateway, signals.clone()).await?;
        Ok(Self { pool, options, number, gateway, signals, _listening: listening })
    }

    fn reader(&self) -> &Pool<Postgres> {
        &self.pool
    }

    async fn begin(&self) -> Result<Transaction<'static, Postgres>, sqlx::Error> {
        self.pool.begin().await
    }

    /// The server's time: one clock for all gateways.
    async fn now(&self, conn: &mut Connection) -> Result<Millis, sqlx::Error> {
        const NOW: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)";
        sqlx::query_scalar(NOW).fetch_one(conn).await
    }

    async fn notify(&self, conn: &mut Connection, signal: &Signal) -> Result<(), sqlx::Error> {
        signals::notify(conn, self.gateway, signal).await
    }

    fn subscribe(&self) -> broadcast::Receiver<Signal> {
        self.signals.subscribe()
    }

    fn number(&self) -> u64 {
        self.number
    }

    async fn lead(&self) -> Result<Option<Leadership>, StoreError> {
        Ok(leader::lead(&self.options).await?)
    }
}

/// The pool's error after its time limit gives no reason, so this gives one.
fn unreachable(error: sqlx::Error) -> StoreError {
    match error {
        sqlx::Error::PoolTimedOut => StoreError(format!("no connection within {PATIENCE:?} (host, port, network)")),
        error => error.into(),
    }
}

/// Brings the tables up to date, one gateway at a time; the store's number.
async fn prepare(pool: &Pool<Postgres>) -> Result<u64, StoreError> {
    const VERSION: &str = "CREATE TABLE IF NOT EXISTS gateway_version (number BIGINT NOT NULL)";
    let mut tx = pool.begin().await?;
    sqlx::query("SELECT pg_advisory_xact_lock($1)").bind(leader::KEY + 1).execute(&mut *tx).await?;
    sqlx::query(VERSION).execute(&mut *tx).await?;
    let number = sqlx::query_scalar("SELECT MAX(number) FROM gateway_version").fetch_one(&mut *tx).await?;
    for migration in migrate::after(Option::<i64>::unwrap_or_default(number))? {
        sqlx::raw_sql(migration.postgres).execute(&mut *tx).await?;
        sqlx::query("INSERT INTO gateway_version VALUES ($1)").bind(migration.number).execute(&mut *tx).await?;
    }
    let number = shared::meta::number(&mut tx).await?;
    tx.commit().await?;
    Ok(number)
}
