//! Requests to other programs on this machine: one exchange a connection, small and without encryption.

use std::io;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

const PATIENCE: Duration = Duration::from_secs(10);

/// An `http://` address on the loopback interface.
#[derive(Debug, Clone)]
pub(crate) struct Local {
    host: String,
    path: String,
}

/// What was answered.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
}

impl Local {
    /// `None` for an address that is elsewhere, names no port, or is not `http://`.
    pub(crate) fn parse(url: &str) -> Option<Self> {
        let rest = url.strip_prefix("http://")?;
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let (name, port) = host.rsplit_once(':')?;
        let is_local = ["127.0.0.1", "localhost"].contains(&name) && port.parse::<u16>().is_ok();
        let path = if path.is_empty() { "/" } else { path };
        is_local.then(|| Self { host: host.to_owned(), path: path.to_owned() })
    }

    /// Another path of the same program.
    pub(crate) fn at(&self, path: &str) -> Self {
        Self { path: path.to_owned(), ..self.clone() }
    }
}

/// Sends one request and reads its answer to the end. `headers` are whole lines.
pub(crate) async fn exchange(to: &Local, method: &str, headers: &[&str], body: &str) -> io::Result<Answer> {
    let lines: String = headers.iter().map(|line| format!("{line}\r\n")).collect();
    // HTTP/1.0: the answer comes in one piece and ends with the connection.
    let request = format!(
        "{method} {} HTTP/1.0\r\nHost: {}\r\nContent-Length: {}\r\n{lines}\r\n{body}",
        to.path,
        to.host,
        body.len()
    );
    let talk = async {
        let mut stream = TcpStream::connect(&to.host).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        parse(&String::from_utf8_lossy(&answer)).ok_or(io::Error::from(io::ErrorKind::InvalidData))
    };
    timeout(PATIENCE, talk).await.map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?
}

fn parse(answer: &str) -> Option<Answer> {
    let status = answer.split(' ').nth(1)?.parse().ok()?;
    let body = answer.split_once("\r\n\r\n").map(|(_, body)| body.to_owned()).unwrap_or_default();
    Some(Answer { status, body })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_asked() {
        let host = |url| Local::parse(url).map(|local| local.host + &local.path);
        assert_eq!(host("http://127.0.0.1:8766/a/b").as_deref(), Some("127.0.0.1:8766/a/b"));
        assert_eq!(host("http://localhost:1").as_deref(), Some("localhost:1/"));
        for url in ["http://example.com:80/x", "https://127.0.0.1:1/x", "http://127.0.0.1/x", "http://127.0.0.1:x/", ""]
        {
            assert_eq!(host(url), None, "{url}");
        }
    }
}
