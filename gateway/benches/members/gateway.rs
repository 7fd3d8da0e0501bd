//! The built gateway, as a process of its own.

use std::net::SocketAddr;
use std::process::{Command, Stdio};
use std::time::Duration;

use tempfile::TempDir;
use tokio::time::sleep;

use crate::connection;
use crate::process::{self, Error, Running, free_address};
use crate::stage::SECRET;

/// How long it may take until it is ready (in steps of 50 ms).
const PATIENCE: u32 = 400;

pub(crate) struct Gateway {
    child: Running,
    members: SocketAddr,
    admin: SocketAddr,
    _folder: TempDir,
}

impl Gateway {
    /// Starts it on ports of its own, asking Nexudus once a second, and waits until it is ready.
    pub(crate) async fn start(nexudus: String) -> Result<Self, Error> {
        let folder = tempfile::tempdir()?;
        let secret = folder.path().join("jwt-secret");
        std::fs::write(&secret, SECRET)?;
        let (members, admin) = (free_address()?, free_address()?);
        let child = Command::new(env!("CARGO_BIN_EXE_coworker-notifications-gateway"))
            .args(["--listen", &members.to_string(), "--admin-listen", &admin.to_string()])
            .args(["--nexudus", &nexudus, "--origin", "http://127.0.0.1:1", "--sync-interval", "1s"])
            .args(["--store", &format!("sqlite:{}", folder.path().join("gateway.db").display())])
            .arg("--jwt-secret-file")
            .arg(secret)
            .env("NEXUDUS_TOKEN", "admin")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map(Running)?;
        let gateway = Self { child, members, admin, _folder: folder };
        for _ in 0..PATIENCE {
            if connection::get(admin, "/readyz", None).await.is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")) {
                return Ok(gateway);
            }
            sleep(Duration::from_millis(50)).await;
        }
        Err("the gateway does not become ready".into())
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.members
    }

    /// Resident bytes.
    pub(crate) fn memory(&self) -> Result<u64, Error> {
        process::memory(self.child.id())
    }

    /// How many requests it has sent to Nexudus so far.
    pub(crate) async fn asked_of_nexudus(&self) -> Result<u64, Error> {
        let metrics = connection::get(self.admin, "/metrics", None).await?;
        let values = metrics.lines().filter(|line| line.starts_with("gateway_nexudus_requests_total"));
        Ok(values.filter_map(|line| line.rsplit(' ').next()?.parse::<f64>().ok()).sum::<f64>() as u64)
    }
}
