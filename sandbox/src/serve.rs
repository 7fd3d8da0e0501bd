//! The sandbox on a socket.

use std::io;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::time::sleep;

use crate::state::Sandbox;
use crate::{generator, router};

/// How long requests that are being answered may take once the sandbox was told to stop.
const LAST_CALL: Duration = Duration::from_secs(2);

/// Serves until `stop` completes, with the generator beside it, and lets open requests finish.
pub async fn serve(listener: TcpListener, sandbox: Sandbox, stop: impl Future<Output = ()>) -> io::Result<()> {
    let (stopping, stopped) = watch::channel(false);
    let all_stop = move || {
        let mut stopped = stopped.clone();
        async move {
            // An error is the sender's end, which is a reason to stop as well.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        }
    };
    let last_call = async {
        stop.await;
        stopping.send_replace(true);
        sleep(LAST_CALL).await;
    };

    let server = axum::serve(listener, router(sandbox.clone())).with_graceful_shutdown(all_stop());
    tokio::select! {
        ended = server => ended,
        () = generator::run(sandbox) => Ok(()),
        () = last_call => Ok(()),
    }
}
