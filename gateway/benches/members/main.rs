//! What the gateway costs and how quick it is with 10, 1,000 and 10,000 members: `cargo xtask bench --gateway`.
//!
//! One process plays Nexudus and all members; the gateway is the built program. Both share the machine, so the numbers
//! are those of half a machine. Beside it: the plain proxy of docs/embedding.md, and nginx with Nchan.
//!
//! Arguments: numbers of members; `gateway`, `proxy`, `hub` for these alone; `--quiet SECONDS` for how long requests to
//! Nexudus are counted.

mod connection;
mod gateway;
mod hub;
mod process;
mod proxy;
mod report;
mod stage;

use std::process::ExitCode;
use std::time::{Duration, Instant};

use crate::connection::Ours;
use crate::gateway::Gateway;
use crate::process::Error;
use crate::report::{Pushed, Row};
use crate::stage::Nexudus;

/// How long lists are asked for, with and without an ETag.
const LISTS_FOR: Duration = Duration::from_secs(5);
/// Connections that ask for lists side by side.
const CONNECTIONS: usize = 16;
/// The most members in whose name lists are requested.
const MOST_REQUESTERS: usize = 2_000;
const KINDS: [&str; 3] = ["gateway", "proxy", "hub"];

struct Arguments {
    sizes: Vec<u32>,
    kinds: Vec<String>,
    /// How long the members only listen, while requests to Nexudus are counted.
    quiet: Duration,
}

impl Arguments {
    fn read() -> Self {
        let words: Vec<String> = std::env::args().skip(1).collect();
        let quiet = words.iter().position(|word| word == "--quiet").map(|place| place + 1);
        let seconds = quiet.and_then(|place| words.get(place)?.parse().ok()).unwrap_or(60);
        let numbers = words.iter().enumerate().filter(|(place, _)| Some(*place) != quiet);
        let sizes: Vec<u32> = numbers.filter_map(|(_, word)| word.parse().ok()).collect();
        let kinds: Vec<String> = words.iter().filter(|word| KINDS.contains(&word.as_str())).cloned().collect();
        Self {
            sizes: if sizes.is_empty() { vec![10, 1_000, 10_000] } else { sizes },
            kinds: if kinds.is_empty() { KINDS.map(str::to_owned).to_vec() } else { kinds },
            quiet: Duration::from_secs(seconds),
        }
    }

    fn has(&self, kind: &str) -> bool {
        self.kinds.iter().any(|known| known == kind)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    match measure_all(&Arguments::read()).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

async fn measure_all(arguments: &Arguments) -> Result<(), Error> {
    if arguments.has("gateway") {
        println!("\nThe gateway\n\n{}", report::GATEWAY);
        for members in &arguments.sizes {
            println!(
                "{}",
                measure(*members, arguments.quiet).await.map_err(|error| format!("{members} members: {error}"))?
            );
        }
    }
    if arguments.has("proxy") {
        println!("\nThe plain proxy of docs/embedding.md\n\n{}", report::PROXY);
        for members in &arguments.sizes {
            println!("{}", proxy::measure(*members).await?);
        }
    }
    if arguments.has("hub") && !hub::is_there() {
        println!("\nNo hub beside it: nginx and libnginx-mod-nchan (Debian's packages) are not there.");
    } else if arguments.has("hub") {
        println!("\nnginx with Nchan\n\n{}", report::HUB);
        for members in &arguments.sizes {
            println!("{}", hub::measure(*members).await?);
        }
    }
    Ok(())
}

async fn measure(members: u32, quiet: Duration) -> Result<Row, Error> {
    let nexudus = Nexudus::start(members).await?;
    let gateway = Gateway::start(nexudus.url()).await?;
    let empty = gateway.memory()?;
    let ids: Vec<i64> = (0..i64::from(members)).map(|index| nexudus.first_member() + index).collect();

    let streams = connection::listen(gateway.address(), &ids, Ours).await?;
    let memory = gateway.memory()?;

    let asked_before = gateway.asked_of_nexudus().await?;
    tokio::time::sleep(quiet).await;
    let asked = gateway.asked_of_nexudus().await? - asked_before;

    let sent = Instant::now();
    nexudus.send_one_to_each(&ids);
    let received = streams.all_receive(sent).await?;

    // The gateway limits one member to 50 requests a second, so the requests are spread over many members.
    let requesters = ids.get(..MOST_REQUESTERS).unwrap_or(&ids);
    let full = connection::lists(gateway.address(), requesters, CONNECTIONS, LISTS_FOR, false).await?;
    let unchanged = connection::lists(gateway.address(), requesters, CONNECTIONS, LISTS_FOR, true).await?;
    Ok(Row { pushed: Pushed { members, empty, memory, received }, asked, quiet, full, unchanged })
}
