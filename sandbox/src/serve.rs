//! The sandbox on a socket.

use std::io;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::sleep;

use crate::state::Sandbox;
use crate::{generator, router};

/// How long requests that are being answered may take after a shutdown signal.
const LAST_CALL: Duration = Duration::from_secs(2);

/// Serves until `stop` completes, with the generator beside it, and lets open requests finish.
pub async fn serve(listener: TcpListener, sandbox: Sandbox, stop: impl Future<Output = ()>) -> io::Result<()> {
    let (no_more, no_more_requests) = oneshot::channel::<()>();
    let last_call = async {
        stop.await;
        // Sending fails only if the server has already ended.
        let _ = no_more.send(());
        sleep(LAST_CALL).await;
    };
    let server = axum::serve(listener, router(sandbox.clone())).with_graceful_shutdown(async {
        let _ = no_more_requests.await;
    });
    tokio::select! {
        ended = server => ended,
        () = generator::run(sandbox) => Ok(()),
        () = last_call => Ok(()),
    }
}
