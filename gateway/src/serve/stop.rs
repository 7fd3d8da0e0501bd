//! Being told to stop: Ctrl-C and, where there is one, SIGTERM.

use std::io;

use tokio::sync::watch;

/// Completes when the flag is raised, or its owner is gone.
pub(super) async fn is_true(flag: &mut watch::Receiver<bool>) {
    let _ = flag.wait_for(|raised| *raised).await;
}

/// Completes when the program is told to stop. From this call on (not only from the first poll) such a
/// signal no longer ends the program by itself.
#[cfg(unix)]
pub(super) fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupted.recv() => {}
            _ = terminated.recv() => {}
        }
    })
}

/// Completes when the program is told to stop.
#[cfg(windows)]
pub(super) fn told_to_stop() -> io::Result<impl Future<Output = ()>> {
    let mut interrupted = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupted.recv().await;
    })
}
