//! The plain proxy of docs/embedding.md, with as many members who poll once a minute.

use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio::time::sleep;

use crate::connection;
use crate::process::{self, Error, Running, free_address};
use crate::report::Polled;
use crate::stage::Nexudus;

const GUIDE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/embedding.md");
/// The time between two polls of a member.
const INTERVAL: Duration = Duration::from_secs(60);
/// How long it may take until it listens (in steps of 50 ms).
const PATIENCE: u32 = 200;

/// Every member polls once, spread over a minute. Nexudus enforces its documented limits.
pub(crate) async fn measure(members: u32) -> Result<Polled, Error> {
    let nexudus = Nexudus::start(members).await?;
    nexudus.keep_limits().await?;
    let folder = tempfile::tempdir()?;
    std::fs::write(folder.path().join("proxy.mjs"), code()?)?;
    let address = free_address()?;
    let start = format!(
        "import {{ proxy }} from \"./proxy.mjs\";\n\
         proxy({{ nexudus: \"{0}\", portal: \"{0}\", token: \"admin\", origin: \"http://127.0.0.1:1\" }}).listen({1}, \"127.0.0.1\");\n",
        nexudus.url(),
        address.port()
    );
    std::fs::write(folder.path().join("start.mjs"), start)?;
    let mut node = Command::new("node");
    node.arg("start.mjs").current_dir(folder.path()).stdout(Stdio::null()).stderr(Stdio::null());
    let node = Running(node.spawn().map_err(|error| format!("Node cannot be started: {error}"))?);
    for _ in 0..PATIENCE {
        if TcpStream::connect(address).await.is_ok() {
            break;
        }
        sleep(Duration::from_millis(50)).await;
    }
    let before = nexudus.asked().await?;
    let mut polling = JoinSet::new();
    let first = nexudus.first_member();
    let apart = INTERVAL / members;
    let path = Arc::new(|member: i64| {
        format!(
            "/api/spaces/coworkernotifications?CoworkerNotification_Coworker={member}\
             &CoworkerNotification_IsDismissed=false&page=1&size=25&orderBy=CreatedOn&dir=1"
        )
    });
    for index in 0..members {
        let path = path.clone();
        polling.spawn(async move {
            sleep(apart * index).await;
            let member = first + i64::from(index);
            let asked = Instant::now();
            let answer = connection::get(address, &path(member), Some(&format!("portal-{member}"))).await;
            answer.is_ok_and(|answer| answer.starts_with("HTTP/1.1 200")).then(|| asked.elapsed())
        });
    }
    let mut took = Vec::new();
    while let Some(answered) = polling.join_next().await {
        took.extend(answered?);
    }
    took.sort_unstable();
    let asked = nexudus.asked().await? - before;
    Ok(Polled { members, memory: process::memory(node.id())?, took, asked })
}

/// The proxy, as the guide has it.
fn code() -> Result<String, Error> {
    let guide = std::fs::read_to_string(GUIDE)?;
    let block = guide.split("```js proxy.mjs\n").nth(1).and_then(|rest| rest.split("```\n").next());
    Ok(block.ok_or("docs/embedding.md has no proxy")?.to_owned())
}
