//! What the gateway costs and how quick it is with 10, 1,000 and 10,000 members: `cargo xtask bench --gateway`.
//!
//! One process plays Nexudus and all members; the gateway is the built program. Both share the machine, so the numbers
//! are those of half a machine.

mod connection;
mod gateway;
mod report;
mod stage;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::gateway::Gateway;
use crate::report::Row;
use crate::stage::Nexudus;

/// How long lists are asked for, with and without an ETag.
const LISTS_FOR: Duration = Duration::from_secs(5);
/// How long the members only listen, while requests to Nexudus are counted.
const QUIET_FOR: Duration = Duration::from_secs(20);
/// Connections that ask for lists side by side.
const CONNECTIONS: usize = 16;
/// Members who ask for lists, at most.
const MOST_ASKERS: usize = 2_000;

#[tokio::main]
async fn main() -> ExitCode {
    let sizes: Vec<u32> = std::env::args().skip(1).filter_map(|word| word.parse().ok()).collect();
    let sizes = if sizes.is_empty() { vec![10, 1_000, 10_000] } else { sizes };
    println!("{}", report::HEAD);
    for members in sizes {
        match measure(members).await {
            Ok(row) => println!("{row}"),
            Err(error) => {
                eprintln!("{members} members: {error}");
                return ExitCode::FAILURE;
            }
        }
    }
    ExitCode::SUCCESS
}

async fn measure(members: u32) -> Result<Row, Box<dyn std::error::Error + Send + Sync>> {
    let nexudus = Nexudus::start(members).await?;
    let gateway = Gateway::start(nexudus.url()).await?;
    let empty = gateway.memory()?;
    let ids: Vec<i64> = (0..i64::from(members)).map(|index| nexudus.first_member() + index).collect();

    let streams = connection::listen(gateway.address(), &ids).await?;
    let memory = gateway.memory()?;

    let asked_before = gateway.asked_of_nexudus().await?;
    tokio::time::sleep(QUIET_FOR).await;
    let asked = gateway.asked_of_nexudus().await? - asked_before;

    let sent = Instant::now();
    nexudus.send_one_to_each(&ids);
    let heard = streams.all_hear(sent).await?;

    // One member may ask 50 times a second: many take turns.
    let askers = ids.get(..MOST_ASKERS).unwrap_or(&ids);
    let full = connection::lists(gateway.address(), askers, CONNECTIONS, LISTS_FOR, false).await?;
    let unchanged = connection::lists(gateway.address(), askers, CONNECTIONS, LISTS_FOR, true).await?;
    Ok(Row { members, empty, memory, asked_per_minute: asked * 60 / QUIET_FOR.as_secs(), heard, full, unchanged })
}
