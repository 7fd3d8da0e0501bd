//! The running program: it listens, answers, keeps the space in step with Nexudus, and shuts down gracefully.

mod connection;
mod shutdown;

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, interval, sleep, timeout_at};

use crate::clock::System;
use crate::config::Config;
use crate::http::App;
use crate::identity::Identity;
use crate::nexudus::NexudusOptions;
use crate::task::raised;
use crate::{Nexudus, Space, SpaceOptions, admin, http, store};

/// Why the program cannot go on, in one line.
#[derive(Debug)]
pub struct Stopped(String);

impl fmt::Display for Stopped {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// How long the last writes to the store may take if the answers have used up the grace time.
const FINAL_WRITES: Duration = Duration::from_secs(1);

/// Serves until SIGTERM or SIGINT, and then shuts down gracefully.
pub async fn serve(config: Config) -> Result<(), Stopped> {
    // Signals are handled before the first output, because a program that reads the output may send one at once.
    let shutdown = shutdown::signal().map_err(|error| Stopped(format!("cannot listen for signals: {error}")))?;
    let members = bind("--listen (LISTEN)", config.listen).await?;
    let admin = bind("--admin-listen (ADMIN_LISTEN)", config.admin_listen).await?;
    let metrics = admin::collect_metrics().map_err(|error| Stopped(format!("cannot collect metrics: {error}")))?;
    let mut shutdown = pin!(shutdown);
    let space = tokio::select! {
        started = start_space(&config) => started?,
        () = shutdown.as_mut() => return Ok(()),
    };
    let identity =
        Identity::new(config.portal.as_ref(), config.jwt.as_ref()).map_err(|error| Stopped(error.to_string()))?;
    let app = App::new(space.clone(), identity, config.webhook_secret.as_ref());

    let (stop_members, members_stop) = watch::channel(false);
    let (stop_admin, admin_stop) = watch::channel(false);
    let admin_router = admin::router(space.clone(), app.clone(), metrics.clone());
    let member_server = tokio::spawn(accept(members, http::router(app.clone(), &config.origins), members_stop));
    let admin_server = tokio::spawn(accept(admin, admin_router, admin_stop));
    let upkeep = tokio::spawn(run_upkeep(app.clone(), metrics));

    shutdown.await;
    let deadline = Instant::now() + config.shutdown_grace;
    tracing::info!(grace = ?config.shutdown_grace, "told to stop: what is being answered is answered");
    app.stop();
    stop_members.send_replace(true);
    let answers_deadline = deadline - FINAL_WRITES.min(config.shutdown_grace / 4);
    let in_time = timeout_at(answers_deadline, member_server).await.is_ok();
    let left = deadline.saturating_duration_since(Instant::now());
    let _ = timeout_at(deadline, space.stop(left)).await;
    stop_admin.send_replace(true);
    admin_server.abort();
    upkeep.abort();
    match in_time {
        true => tracing::info!("stopped"),
        false => tracing::warn!("stopped; some answers took longer than --shutdown-grace"),
    }
    Ok(())
}

async fn start_space(config: &Config) -> Result<Space, Stopped> {
    let stopped = |error: &dyn fmt::Display| Stopped(format!("--store (STORE) {}: {error}", config.store));
    let store = store::open(&config.store, System::clock()).await.map_err(|error| stopped(&error))?;
    let nexudus = nexudus(config).map_err(Stopped)?;
    let options = SpaceOptions {
        sync_interval: config.sync_interval,
        budget: config.budget.clone(),
        history: config.history,
        sweep_interval: config.sweep_interval,
    };
    Space::start(options, store, nexudus).await.map_err(|error| stopped(&error))
}

/// The client for the configured API.
pub(crate) fn nexudus(config: &Config) -> Result<Nexudus, String> {
    let base = coworker_notifications::api::ApiBase::parse(config.nexudus.as_str(), "")
        .map_err(|failure| format!("--nexudus (NEXUDUS_URL): {failure}"))?;
    Nexudus::new(NexudusOptions { base, credential: config.credential.clone() })
}

async fn bind(flag: &str, address: SocketAddr) -> Result<TcpListener, Stopped> {
    let listener = TcpListener::bind(address).await.map_err(|error| {
        Stopped(match error.kind() {
            io::ErrorKind::AddrInUse => {
                format!("{flag} {address}: another program listens there; stop it, or choose another port")
            }
            io::ErrorKind::PermissionDenied => {
                format!("{flag} {address}: this user may not listen there; choose a port above 1023")
            }
            io::ErrorKind::AddrNotAvailable => {
                format!("{flag} {address}: this machine does not have this address; choose one that it has, or 0.0.0.0")
            }
            _ => format!("{flag} {address}: {error}"),
        })
    })?;
    let bound = listener.local_addr().unwrap_or(address);
    tracing::info!(address = %bound, flag, "listening");
    Ok(listener)
}

/// Accepts connections until `stop`, and then waits for the open ones to end.
async fn accept(listener: TcpListener, router: Router, stop: watch::Receiver<bool>) {
    /// The pause after an error that does not concern one connection alone, such as too many open files.
    const PAUSE: Duration = Duration::from_millis(100);

    let mut connections = JoinSet::new();
    let mut stopped = stop.clone();
    loop {
        tokio::select! {
            () = raised(&mut stopped) => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    // Events of a stream are small, and must be sent at once.
                    let _ = stream.set_nodelay(true);
                    connections.spawn(connection::run(stream, router.clone(), stop.clone()));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be taken");
                    sleep(PAUSE).await;
                }
            },
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Drops what is not needed any more, every few seconds.
async fn run_upkeep(app: App, metrics: metrics_exporter_prometheus::PrometheusHandle) {
    let mut often = interval(Duration::from_secs(5));
    loop {
        often.tick().await;
        metrics.run_upkeep();
        app.forget_idle();
    }
}
