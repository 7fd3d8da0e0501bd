//! One connection and its timeouts: it is closed if a request's head is not complete within seconds, if it stays idle, or
//! if the client reads nothing.

use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes, HttpBody};
use axum::http::{Request, Response};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::sync::{Notify, watch};
use tokio::time::{Instant, sleep_until};
use tower_service::Service;

use crate::task::raised;

/// The time for a request's head: from its first byte to its last, or from a new connection to a whole head.
const HEAD: Duration = Duration::from_secs(10);
/// The time without a request.
const IDLE: Duration = Duration::from_secs(60);
/// How long a client may read nothing of what is written.
const STALLED: Duration = Duration::from_secs(60);
/// The largest head, in bytes: more than any browser sends.
const LARGEST_HEAD: usize = 32 * 1024;

/// Answers a connection's requests until it ends. When `stop` becomes true, the current request is the last one.
pub(super) async fn run<S>(stream: S, router: Router, mut stop: watch::Receiver<bool>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    let timeouts = Arc::new(Timeouts::new());
    let service = service_fn({
        let timeouts = Arc::clone(&timeouts);
        move |request: Request<Incoming>| {
            timeouts.enter(Phase::Serving);
            let (mut router, timeouts) = (router.clone(), Arc::clone(&timeouts));
            async move {
                let Ok(response) = router.call(request.map(Body::new)).await;
                Ok::<Response<TimedBody>, Infallible>(response.map(|body| TimedBody { body, timeouts }))
            }
        }
    });
    let io = TokioIo::new(TimedStream { stream, timeouts: Arc::clone(&timeouts) });
    let mut builder = http1::Builder::new();
    builder.max_buf_size(LARGEST_HEAD).header_read_timeout(None);
    let mut connection = pin!(builder.serve_connection(io, service));
    let mut is_stopping = false;
    loop {
        let Ok(deadline) = timeouts.deadline(Instant::now()) else { return };
        tokio::select! {
            // An error usually means that the client has closed the connection, which needs no handling.
            _ = connection.as_mut() => return,
            () = raised(&mut stop), if !is_stopping => {
                is_stopping = true;
                connection.as_mut().graceful_shutdown();
            }
            () = timeouts.changed.notified() => {}
            () = sleep_until(deadline) => {}
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// A request's head is awaited, or coming in.
    Head,
    /// A request is being answered.
    Serving,
    /// The last answer has been sent.
    Idle,
}

/// What a connection does, and since when: from this follows when it times out.
struct Timeouts {
    state: Mutex<State>,
    changed: Notify,
}

struct State {
    phase: Phase,
    since: Instant,
    stalled_since: Option<Instant>,
}

struct TimedOut;

impl Timeouts {
    fn new() -> Self {
        let state = State { phase: Phase::Head, since: Instant::now(), stalled_since: None };
        Self { state: Mutex::new(state), changed: Notify::new() }
    }

    fn enter(&self, phase: Phase) {
        let mut state = self.state();
        state.phase = phase;
        state.since = Instant::now();
        // Only this phase may have an earlier deadline than the one that the timer waits for.
        if phase == Phase::Head {
            self.changed.notify_one();
        }
    }

    fn on_read(&self) {
        if self.state().phase == Phase::Idle {
            self.enter(Phase::Head);
        }
    }

    fn on_write<T>(&self, result: &Poll<T>) {
        let stalled = result.is_pending();
        let mut state = self.state();
        match stalled {
            true if state.stalled_since.is_none() => state.stalled_since = Some(Instant::now()),
            true => {}
            false => state.stalled_since = None,
        }
    }

    /// When the connection times out if nothing happens. Fails if it has timed out already.
    fn deadline(&self, now: Instant) -> Result<Instant, TimedOut> {
        let state = self.state();
        let by_phase = match state.phase {
            Phase::Head => state.since + HEAD,
            Phase::Idle => state.since + IDLE,
            // There is no limit here: handlers have limits of their own.
            Phase::Serving => now + STALLED,
        };
        let by_client = state.stalled_since.map(|since| since + STALLED);
        let deadline = by_client.map_or(by_phase, |by_client| by_client.min(by_phase));
        if deadline <= now { Err(TimedOut) } else { Ok(deadline) }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A stream that reports reads and writes to [`Timeouts`].
struct TimedStream<S> {
    stream: S,
    timeouts: Arc<Timeouts>,
}

impl<S: AsyncRead + Unpin> AsyncRead for TimedStream<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let result = Pin::new(&mut self.stream).poll_read(cx, buffer);
        if buffer.filled().len() > before {
            self.timeouts.on_read();
        }
        result
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for TimedStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.timeouts.on_write(&result);
        result
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let result = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.timeouts.on_write(&result);
        result
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        let result = Pin::new(&mut self.stream).poll_flush(cx);
        self.timeouts.on_write(&result);
        result
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

/// A response's body. The connection is idle once this is dropped.
struct TimedBody {
    body: Body,
    timeouts: Arc<Timeouts>,
}

impl HttpBody for TimedBody {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(cx)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for TimedBody {
    fn drop(&mut self) {
        self.timeouts.enter(Phase::Idle);
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
    use tokio::time::advance;

    use super::*;

    fn start() -> (DuplexStream, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
        let (ours, theirs) = duplex(4096);
        let endless =
            || async { Body::from_stream(futures_util::stream::repeat_with(|| Ok::<_, Infallible>(vec![b'x'; 1024]))) };
        let quiet = || async { Body::from_stream(futures_util::stream::pending::<Result<Vec<u8>, Infallible>>()) };
        let router = Router::new()
            .route("/", get(|| async { "hello" }))
            .route("/endless", get(endless))
            .route("/quiet", get(quiet));
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(run(theirs, router, stopped));
        (ours, stop, task)
    }

    async fn ask(stream: &mut DuplexStream, path: &str) -> String {
        stream.write_all(format!("GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").as_bytes()).await.unwrap();
        let mut buffer = [0; 2048];
        let length = stream.read(&mut buffer).await.unwrap();
        String::from_utf8_lossy(&buffer[..length]).into_owned()
    }

    /// Moves time second by second, so that every task sees each of them; how many pass until the connection ends.
    async fn seconds_until_end(task: &tokio::task::JoinHandle<()>, most: u64) -> u64 {
        for second in 0..most {
            for _ in 0..20 {
                tokio::task::yield_now().await;
            }
            if task.is_finished() {
                return second;
            }
            advance(Duration::from_secs(1)).await;
        }
        most
    }

    #[tokio::test(start_paused = true)]
    async fn a_head_that_does_not_come_is_not_waited_for() {
        let (mut stream, _stop, task) = start();
        stream.write_all(b"GET / HTTP/1.1\r\nHo").await.unwrap();
        assert!((10..=11).contains(&seconds_until_end(&task, 100).await));
    }

    #[tokio::test(start_paused = true)]
    async fn an_idle_connection_is_closed_after_a_minute() {
        let (mut stream, _stop, task) = start();
        assert!(ask(&mut stream, "/").await.ends_with("hello"));
        assert_eq!(seconds_until_end(&task, 30).await, 30);
        assert!(ask(&mut stream, "/").await.ends_with("hello"));
        assert!((60..=61).contains(&seconds_until_end(&task, 200).await));
    }

    #[tokio::test(start_paused = true)]
    async fn a_second_head_has_seconds_too() {
        let (mut stream, _stop, task) = start();
        ask(&mut stream, "/").await;
        assert_eq!(seconds_until_end(&task, 5).await, 5);
        stream.write_all(b"GET / HT").await.unwrap();
        assert!((10..=11).contains(&seconds_until_end(&task, 100).await));
    }

    #[tokio::test(start_paused = true)]
    async fn an_answer_may_take_long_but_a_reader_that_takes_nothing_is_let_go() {
        let (mut stream, _stop, task) = start();
        ask(&mut stream, "/quiet").await;
        assert_eq!(seconds_until_end(&task, 500).await, 500);
        let (mut stream, _stop, task) = start();
        ask(&mut stream, "/endless").await;
        assert!((59..=62).contains(&seconds_until_end(&task, 500).await));
    }

    #[tokio::test(start_paused = true)]
    async fn after_a_stop_it_ends_when_nothing_is_being_answered() {
        let (mut stream, stop, task) = start();
        ask(&mut stream, "/").await;
        stop.send_replace(true);
        assert!(seconds_until_end(&task, 10).await <= 1);
    }
}
