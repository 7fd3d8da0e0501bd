//! Simulated members: connections that hold a stream open or request lists. They write HTTP/1.1 themselves, so that the
//! load generator itself costs little.

use std::collections::HashMap;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinSet;
use tokio::time::timeout;

use crate::stage::token;

const LIST: &str = "/api/spaces/coworkernotifications";
/// Connections that are being made side by side.
const CONNECTING: usize = 200;
/// How long it may take until all members have received their event.
const PATIENCE: Duration = Duration::from_secs(120);

/// Streams that are open. They end when this is dropped.
pub(crate) struct Streams {
    count: usize,
    /// Who received an event, and when.
    events: mpsc::UnboundedReceiver<(i64, Instant)>,
    _listening: JoinSet<io::Result<()>>,
}

/// How a server's streams are requested, and how their events are recognised.
pub(crate) trait Protocol: Copy + Send + 'static {
    /// The request that opens a member's stream.
    fn request(self, member: i64) -> String;
    /// Text that shows that the stream is open.
    const OPEN: &'static str;
    /// Text that every event contains.
    const EVENT: &'static str;
}

/// The gateway's streams.
#[derive(Clone, Copy)]
pub(crate) struct Ours;

impl Protocol for Ours {
    fn request(self, member: i64) -> String {
        request(&format!("{LIST}/events?CoworkerNotification_Coworker={member}"), Some(&token(member)), None)
    }

    // The gateway sends the current state when a stream opens.
    const OPEN: &'static str = "event: changed";
    const EVENT: &'static str = "event: changed";
}

/// Opens a stream for each member, and waits until all are open.
pub(crate) async fn listen<D: Protocol>(server: SocketAddr, members: &[i64], protocol: D) -> io::Result<Streams> {
    let (sender, events) = mpsc::unbounded_channel();
    let places = Arc::new(Semaphore::new(CONNECTING));
    let mut listening = JoinSet::new();
    for member in members {
        listening.spawn(stream(server, *member, protocol, sender.clone(), places.clone()));
    }
    let mut streams = Streams { count: members.len(), events, _listening: listening };
    streams.next_of_each().await?;
    Ok(streams)
}

impl Streams {
    /// Waits until each member has received an event. Returns how long after `since` each received it, sorted.
    pub(crate) async fn all_receive(mut self, since: Instant) -> io::Result<Vec<Duration>> {
        let received = self.next_of_each().await?;
        let mut waited: Vec<Duration> = received.values().map(|at| at.saturating_duration_since(since)).collect();
        waited.sort_unstable();
        Ok(waited)
    }

    async fn next_of_each(&mut self) -> io::Result<HashMap<i64, Instant>> {
        let mut received = HashMap::new();
        let all = async {
            while received.len() < self.count {
                let (member, at) = self.events.recv().await.ok_or(ErrorKind::UnexpectedEof)?;
                received.entry(member).or_insert(at);
            }
            Ok::<(), io::Error>(())
        };
        match timeout(PATIENCE, all).await {
            Ok(ended) => ended.map(|()| received),
            Err(_) => {
                Err(io::Error::other(format!("only {} of {} members received their event", received.len(), self.count)))
            }
        }
    }
}

async fn stream<D: Protocol>(
    server: SocketAddr,
    member: i64,
    protocol: D,
    sender: mpsc::UnboundedSender<(i64, Instant)>,
    places: Arc<Semaphore>,
) -> io::Result<()> {
    let mut place = places.acquire_owned().await.ok();
    let mut stream = TcpStream::connect(server).await?;
    stream.write_all(protocol.request(member).as_bytes()).await?;
    let mut buffer = [0; 1024];
    loop {
        let count = stream.read(&mut buffer).await?;
        let bytes = buffer.get(..count).unwrap_or_default();
        if bytes.is_empty() {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        // Events are short, so each arrives in one read.
        let awaited = if place.is_some() { D::OPEN } else { D::EVENT };
        if String::from_utf8_lossy(bytes).contains(awaited) {
            place.take();
            let _ = sender.send((member, Instant::now()));
        }
    }
}

/// How many lists a second this many connections get, for one member after the other, with the ETags that the members
/// have seen or without.
pub(crate) async fn lists(
    gateway: SocketAddr,
    members: &[i64],
    connections: usize,
    during: Duration,
    revalidate: bool,
) -> io::Result<u64> {
    let path = format!("{LIST}?CoworkerNotification_IsDismissed=false&page=1&size=25&orderBy=CreatedOn&dir=1");
    let mut requests = Vec::new();
    for member in members {
        let token = token(*member);
        let tag = if revalidate { tag_of(&get(gateway, &path, Some(&token)).await?) } else { None };
        requests.push(request(&path, Some(&token), tag.as_deref()));
    }
    let requests = Arc::new(requests);
    let mut asking = JoinSet::new();
    for connection in 0..connections {
        let requests = requests.clone();
        asking.spawn(async move {
            let mut stream = TcpStream::connect(gateway).await?;
            let (started, mut count) = (Instant::now(), 0);
            for request in requests.iter().cycle().skip(connection * requests.len() / connections) {
                if started.elapsed() > during {
                    break;
                }
                let answer = ask(&mut stream, request).await?;
                // Refusals (429) are no lists.
                count += u64::from(answer.starts_with("HTTP/1.1 200") || answer.starts_with("HTTP/1.1 304"));
            }
            Ok::<u64, io::Error>(count)
        });
    }
    let mut lists = 0;
    while let Some(counted) = asking.join_next().await {
        lists += counted.map_err(io::Error::other)??;
    }
    Ok(lists / during.as_secs().max(1))
}

fn tag_of(answer: &str) -> Option<String> {
    answer.lines().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("etag").then(|| value.to_owned())
    })
}

/// One GET on a connection of its own.
pub(crate) async fn get(address: SocketAddr, path: &str, token: Option<&str>) -> io::Result<String> {
    let mut stream = TcpStream::connect(address).await?;
    ask(&mut stream, &request(path, token, None)).await
}

/// Sends a request and reads the answer.
pub(crate) async fn ask(stream: &mut TcpStream, request: &str) -> io::Result<String> {
    stream.write_all(request.as_bytes()).await?;
    read_answer(stream).await
}

/// A request that has a body.
pub(crate) fn with_body(method: &str, path: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "{method} {path} HTTP/1.1\r\nHost: server\r\nContent-Type: application/json\r\nContent-Length: {length}\r\n\r\n{body}"
    )
}

/// The head of a GET.
pub(crate) fn request(path: &str, token: Option<&str>, tag: Option<&str>) -> String {
    let token = token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
    let tag = tag.map_or_else(String::new, |tag| format!("If-None-Match: {tag}\r\n"));
    format!("GET {path} HTTP/1.1\r\nHost: server\r\nAccept: */*\r\n{token}{tag}\r\n")
}

/// Reads head and body. The head says how long the body is, or that it is chunked.
async fn read_answer(stream: &mut TcpStream) -> io::Result<String> {
    let mut answer = Vec::new();
    let mut buffer = [0; 16_384];
    loop {
        let count = stream.read(&mut buffer).await?;
        if count == 0 {
            return Err(ErrorKind::UnexpectedEof.into());
        }
        answer.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let text = String::from_utf8_lossy(&answer);
        let Some((head, body)) = text.split_once("\r\n\r\n") else { continue };
        let head = head.to_ascii_lowercase();
        let length = head.lines().find_map(|line| line.strip_prefix("content-length: ")?.parse::<usize>().ok());
        let is_whole = match length {
            Some(length) => body.len() >= length,
            None if head.contains("transfer-encoding: chunked") => body.ends_with("0\r\n\r\n"),
            None => true,
        };
        if is_whole {
            return Ok(text.into_owned());
        }
    }
}
