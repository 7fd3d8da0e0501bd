//! A task that ends when its owner drops it.

use std::future::Future;

use tokio::{sync::watch, task::JoinHandle};

/// Runs beside everything else until it ends or is dropped.
#[derive(Debug)]
pub(crate) struct Task(JoinHandle<()>);

impl Task {
    pub(crate) fn spawn(work: impl Future<Output = ()> + Send + 'static) -> Self {
        Self(tokio::spawn(work))
    }

    /// Waits for its end.
    pub(crate) async fn ended(&mut self) {
        // An error means that the task was aborted, or that it panicked, which is logged already.
        (&mut self.0).await.ok();
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Waits until the flag is true, or its sender is gone.
pub(crate) async fn raised(flag: &mut watch::Receiver<bool>) {
    flag.wait_for(|flag| *flag).await.ok();
}
