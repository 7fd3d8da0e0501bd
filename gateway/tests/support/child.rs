//! A gateway's space in a process of its own, which a test can kill.
//!
//! The test starts its own executable again. That process runs only the test `child`, which reads commands from standard
//! input, one a line.

use std::{
    io::{BufRead, BufReader, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
    sync::{Arc, mpsc},
    time::Duration,
};

use coworker_notifications::{
    api::ApiBase,
    model::{CoworkerId, NotificationId},
};
use gateway::{
    ListQuery, Nexudus, Readiness, Space, SpaceOptions,
    clock::System,
    nexudus::{Credential, NexudusOptions, Secret},
    store::open,
};

const STORE: &str = "CHILD_STORE";
const NEXUDUS: &str = "CHILD_NEXUDUS";
const ANSWER: &str = "> ";

/// A running child. Dropped, it is killed.
pub struct Process {
    child: Child,
    input: ChildStdin,
    answers: mpsc::Receiver<String>,
}

impl Process {
    pub fn start(store: &str, nexudus: &str) -> Self {
        let mut child = Command::new(std::env::current_exe().expect("this program"))
            .args(["--exact", "child", "--ignored", "--nocapture", "--test-threads=1"])
            .env(STORE, store)
            .env(NEXUDUS, nexudus)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("a process");
        let input = child.stdin.take().expect("its input");
        let output = child.stdout.take().expect("its output");
        let (sender, answers) = mpsc::channel();
        std::thread::spawn(move || forward(output, &sender));
        Self { child, input, answers }
    }

    /// Sends a command and waits for its answer. `None`: the process has ended.
    pub fn ask(&mut self, command: &str) -> Option<String> {
        self.send(command);
        self.answers.recv_timeout(Duration::from_secs(60)).ok()
    }

    /// Sends a command without waiting for the answer.
    pub fn send(&mut self, command: &str) {
        // If the process has ended, its answers show it.
        writeln!(self.input, "{command}").ok();
    }

    /// What it has answered so far.
    pub fn answered(&self) -> Vec<String> {
        self.answers.try_iter().collect()
    }

    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().expect("a kill");
        self.child.wait().expect("an end");
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

fn forward(output: ChildStdout, answers: &mpsc::Sender<String>) {
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        if let Some((_, answer)) = line.split_once(ANSWER)
            && answers.send(answer.to_owned()).is_err()
        {
            return;
        }
    }
}

/// What the test `child` does. Does nothing where it is not started as a child.
pub fn serve() {
    let (Ok(store), Ok(nexudus)) = (std::env::var(STORE), std::env::var(NEXUDUS)) else { return };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        let options = SpaceOptions {
            sync_interval: Duration::from_millis(500),
            budget: "600/min,600w/min".parse().expect("a budget"),
            ..SpaceOptions::default()
        };
        let base = ApiBase::parse(&nexudus, "").expect("an address");
        let nexudus = Nexudus::new(NexudusOptions { base, credential: Credential::Token(Secret::new("secret")) });
        let store = open(&store.parse().expect("a store"), System::clock()).await.expect("a store");
        let space = Space::start(options, store, nexudus.expect("a client")).await.expect("a space");
        let space = Arc::new(space);
        let mut commands = commands();
        while let Some(command) = commands.recv().await {
            let space = Arc::clone(&space);
            let answer = answer(&space, &command).await;
            println!("{ANSWER}{answer}");
        }
    });
}

fn commands() -> tokio::sync::mpsc::UnboundedReceiver<String> {
    let (sender, receiver) = tokio::sync::mpsc::unbounded_channel();
    std::thread::spawn(move || {
        for line in std::io::stdin().lines().map_while(Result::ok) {
            sender.send(line).ok();
        }
    });
    receiver
}

async fn answer(space: &Space, command: &str) -> String {
    let words: Vec<_> = command.split(' ').collect();
    let number = |place: usize| words[place].parse::<i64>().expect("a number");
    match words[0] {
        "ready" => {
            while space.readiness() != Readiness::Ready {
                tokio::time::sleep(Duration::from_millis(10)).await;
            }
            "ready".into()
        }
        "leads" => space.leads().to_string(),
        "list" => match space.list(CoworkerId(number(1)), &ListQuery { size: 1_000, ..ListQuery::default() }).await {
            Ok(listing) => {
                let ids = listing.records.iter().filter(|record| !record.notification().is_dismissed);
                ids.map(|record| record.id().to_string()).collect::<Vec<_>>().join(" ")
            }
            Err(error) => error.to_string(),
        },
        "dismiss" | "restore" => {
            let dismissed = words[0] == "dismiss";
            match space.set_dismissed(&[CoworkerId(number(1))], NotificationId(number(2)), dismissed).await {
                Ok(Some(_)) => format!("{} {}", number(2), dismissed),
                other => format!("{other:?}"),
            }
        }
        "waiting" => space.waiting_writes().await.map_or_else(|error| error.to_string(), |count| count.to_string()),
        other => panic!("{other}?"),
    }
}
