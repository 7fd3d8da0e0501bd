//! Adds notifications on a schedule.

use std::time::Duration;

use serde::{Deserialize, Serialize};
use tokio::time::sleep;

use crate::people::BUSY;
use crate::state::Sandbox;

/// How often a notification is added, and for whom.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Schedule {
    /// 0 is never.
    pub(crate) every_seconds: u32,
    #[serde(default = "busy")]
    pub(crate) coworker_id: i64,
}

fn busy() -> i64 {
    BUSY
}

/// Adds notifications as scheduled, for ever. A new schedule starts its interval anew.
pub(crate) async fn run(sandbox: Sandbox) {
    let mut schedule = sandbox.schedule().subscribe();
    loop {
        let Schedule { every_seconds, coworker_id } = *schedule.borrow_and_update();
        let interval = async {
            match every_seconds {
                0 => std::future::pending().await,
                seconds => sleep(Duration::from_secs(seconds.into())).await,
            }
        };
        tokio::select! {
            _ = schedule.changed() => {}
            () = interval => {
                let id = sandbox.generate(coworker_id);
                tracing::info!(id, coworker_id, "generated a notification");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::Options;

    fn count(sandbox: &Sandbox, coworker: i64) -> usize {
        sandbox.data().store.all().filter(|r| r.content.coworker_id == coworker).count()
    }

    async fn pass(seconds: u64) {
        sleep(Duration::from_secs(seconds)).await;
    }

    #[tokio::test(start_paused = true)]
    async fn adds_one_in_every_interval_and_follows_a_new_schedule() {
        let sandbox = Sandbox::new(Options { generate_every: 20, crowd: 0, ..Options::default() });
        let task = tokio::spawn(run(sandbox.clone()));
        pass(61).await;
        assert_eq!(count(&sandbox, BUSY), 63);

        sandbox.schedule().send_replace(Schedule { every_seconds: 5, coworker_id: 1002 });
        pass(11).await;
        assert_eq!((count(&sandbox, BUSY), count(&sandbox, 1002)), (63, 2));

        sandbox.schedule().send_replace(Schedule { every_seconds: 0, coworker_id: 1002 });
        pass(1_000).await;
        assert_eq!(count(&sandbox, 1002), 2);
        task.abort();
    }
}
