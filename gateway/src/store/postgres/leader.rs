//! Which gateway asks Nexudus: the one whose connection holds an advisory lock.

use std::time::Duration;

use sqlx::{
    Connection,
    postgres::{PgConnectOptions, PgConnection},
};
use tokio::{sync::watch, time};

use crate::{store::Leadership, task::Task};

/// The lock's key, any number that nobody else uses in this database.
pub(super) const KEY: i64 = 0x636f_776f_726b;

/// How often the connection that holds the lock is tried, and how long it may take to answer.
const HEARTBEAT: Duration = Duration::from_secs(2);
const PATIENCE: Duration = Duration::from_secs(3);

/// Settings by which the server notices within seconds that a gateway is gone without a word, and frees the lock.
const SETTINGS: [&str; 4] = [
    "SET tcp_keepalives_idle = 3",
    "SET tcp_keepalives_interval = 1",
    "SET tcp_keepalives_count = 3",
    // Since PostgreSQL 14: a gateway that hangs loses the lock, too.
    "SET idle_session_timeout = '7s'",
];

pub(super) async fn lead(options: &PgConnectOptions) -> Result<Option<Leadership>, sqlx::Error> {
    let attempt = async {
        let mut connection = PgConnection::connect_with(options).await?;
        let locked = sqlx::query_scalar::<_, bool>("SELECT pg_try_advisory_lock($1)").bind(KEY);
        if !locked.fetch_one(&mut connection).await? {
            connection.close().await?;
            return Ok::<_, sqlx::Error>(None);
        }
        for setting in SETTINGS {
            // Older servers do not know all settings and work without them.
            if let Err(error) = sqlx::raw_sql(setting).execute(&mut connection).await {
                tracing::debug!(setting, %error, "not set");
            }
        }
        Ok(Some(connection))
    };
    let Ok(connection) = time::timeout(PATIENCE, attempt).await else {
        return Err(sqlx::Error::PoolTimedOut);
    };
    let Some(connection) = connection? else {
        return Ok(None);
    };
    let (losing, lost) = watch::channel(false);
    let guard = Task::spawn(hold(connection, losing));
    Ok(Some(Leadership { lost, _guard: Box::new(guard) }))
}

/// Keeps the connection busy until it does not answer.
async fn hold(mut connection: PgConnection, losing: watch::Sender<bool>) {
    loop {
        time::sleep(HEARTBEAT).await;
        let answer = time::timeout(PATIENCE, sqlx::raw_sql("SELECT 1").execute(&mut connection)).await;
        if !matches!(answer, Ok(Ok(_))) {
            losing.send_replace(true);
            return;
        }
    }
}
