//! Programs that are measured, as processes of their own.

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::process::Child;

pub(crate) type Error = Box<dyn std::error::Error + Send + Sync>;

/// A process that ends with this.
pub(crate) struct Running(pub(crate) Child);

impl Running {
    pub(crate) fn id(&self) -> u32 {
        self.0.id()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// An address that nobody listens at.
pub(crate) fn free_address() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

/// A process's resident bytes.
pub(crate) fn memory(id: u32) -> Result<u64, Error> {
    bytes(id, "Rss:")
}

/// The same, what it shares with others divided among them: for processes that are added up.
pub(crate) fn share_of_memory(id: u32) -> Result<u64, Error> {
    bytes(id, "Pss:")
}

fn bytes(id: u32, name: &str) -> Result<u64, Error> {
    let maps = std::fs::read_to_string(format!("/proc/{id}/smaps_rollup"))?;
    let line = maps.lines().find_map(|line| line.strip_prefix(name)).ok_or("no account of memory")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024)
}

/// The processes that this one has started.
pub(crate) fn children(id: u32) -> Result<Vec<u32>, Error> {
    let children = std::fs::read_to_string(format!("/proc/{id}/task/{id}/children"))?;
    Ok(children.split_whitespace().filter_map(|id| id.parse().ok()).collect())
}
