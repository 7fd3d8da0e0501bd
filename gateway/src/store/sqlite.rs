//! SQLite: one file with a write-ahead log beside it, or memory. One gateway at a time.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use sqlx::{
    Pool, Sqlite, Transaction,
    sqlite::{SqliteConnectOptions, SqliteConnection, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{broadcast, watch};

use super::{Leadership, Signal, StoreError, migrate};
use crate::clock::{Clock, Millis};

#[path = "shared/mod.rs"]
mod shared;

type Db = Sqlite;
/// Whether several gateways can use the store at once.
const SHARED: bool = false;

type Connection = SqliteConnection;

/// Only one connection writes, so rows need no locks.
const FOR_UPDATE: &str = "";

/// How long to wait for another program that writes to the file, such as a backup.
const BUSY: Duration = Duration::from_secs(10);
/// More readers than that gain nothing on small machines.
const READERS: u32 = 4;

/// A store in a file or in memory.
pub(super) struct Backend {
    /// One connection, so that writers wait for each other here instead of inside SQLite.
    writer: Pool<Sqlite>,
    reader: Pool<Sqlite>,
    clock: Arc<dyn Clock>,
    number: u64,
    signals: broadcast::Sender<Signal>,
    lock: Option<PathBuf>,
}

impl Backend {
    /// Opens or makes the file. Only the user that the program runs as can read it.
    pub(super) async fn file(path: &Path, clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let named = |error: String| StoreError(format!("{}: {error}", path.display()));
        make_private(path).map_err(|error| named(error.to_string()))?;
        let options = SqliteConnectOptions::new()
            .filename(path)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY);
        let writer = pool(1).connect_with(options.clone()).await.map_err(|error| named(error.to_string()))?;
        let number = prepare(&writer).await.map_err(|error| named(error.to_string()))?;
        let reader = pool(READERS).connect_with(options.read_only(true)).await?;
        let mut lock = path.as_os_str().to_owned();
        lock.push(".lock");
        Ok(Self::new(writer, reader, clock, number, Some(lock.into())))
    }

    /// Makes an empty store that ends with the program.
    pub(super) async fn memory(clock: Arc<dyn Clock>) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::new().in_memory(true);
        let writer = pool(1).connect_with(options).await?;
        let number = prepare(&writer).await?;
        Ok(Self::new(writer.clone(), writer, clock, number, None))
    }

    fn new(
        writer: Pool<Sqlite>,
        reader: Pool<Sqlite>,
        clock: Arc<dyn Clock>,
        number: u64,
        lock: Option<PathBuf>,
    ) -> Self {
        Self { writer, reader, clock, number, signals: broadcast::Sender::new(16), lock }
    }

    fn reader(&self) -> &Pool<Sqlite> {
        &self.reader
    }

    async fn begin(&self) -> Result<Transaction<'static, Sqlite>, sqlx::Error> {
        self.writer.begin_with("BEGIN IMMEDIATE").await
    }

    async fn now(&self, _: &mut Connection) -> Result<Millis, sqlx::Error> {
        Ok(self.clock.now())
    }

    /// No other gateway uses this store, so there is nobody to notify.
    async fn notify(&self, _: &mut Connection, _: &Signal) -> Result<(), sqlx::Error> {
        Ok(())
    }

    fn subscribe(&self) -> broadcast::Receiver<Signal> {
        self.signals.subscribe()
    }

    fn number(&self) -> u64 {
        self.number
    }

    async fn lead(&self) -> Result<Option<Leadership>, StoreError> {
        let (kept, lost) = watch::channel(false);
        let Some(path) = &self.lock else {
            return Ok(Some(Leadership { lost, _guard: Box::new(kept) }));
        };
        let named = |error: std::io::Error| StoreError(format!("{}: {error}", path.display()));
        let file = make_private(path).map_err(named)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Leadership { lost, _guard: Box::new((kept, file)) })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(named(error)),
        }
    }
}

fn pool(connections: u32) -> SqlitePoolOptions {
    // A store in memory ends with its connection, so none is ever given up.
    SqlitePoolOptions::new()
        .max_connections(connections)
        .min_connections(1)
        .idle_timeout(None)
        .max_lifetime(None)
        .test_before_acquire(false)
}

/// Opens or makes a file for this user alone. SQLite gives its other files the mode of the first.
fn make_private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
        options.mode(0o600);
        let file = options.open(path)?;
        fs::set_permissions(path, fs::Permissions::from_mode(0o600))?;
        Ok(file)
    }
    #[cfg(not(unix))]
    options.open(path)
}

/// Brings the tables up to date; the store's number.
async fn prepare(writer: &Pool<Sqlite>) -> Result<u64, StoreError> {
    let mut tx = writer.begin_with("BEGIN IMMEDIATE").await?;
    let number: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut *tx).await?;
    for migration in migrate::after(number)? {
        sqlx::raw_sql(migration.sqlite).execute(&mut *tx).await?;
        // A pragma takes no parameters; the number is ours.
        let raise = sqlx::AssertSqlSafe(format!("PRAGMA user_version = {}", migration.number));
        sqlx::raw_sql(raise).execute(&mut *tx).await?;
    }
    let number = shared::meta::number(&mut tx).await?;
    tx.commit().await?;
    Ok(number)
}
