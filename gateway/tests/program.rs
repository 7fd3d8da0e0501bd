//! The built program: exit statuses, what it says, signals.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

mod outside;

use std::process::{Output, Stdio};
use std::time::Duration;

use futures_util::FutureExt;
use outside::nexudus::{CREDENTIAL, FakeNexudus};
use outside::tokens::{SECRET, from_now, hs256};
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::net::TcpStream;
use tokio::process::{Child, ChildStderr, Command};
use tokio::time::{sleep, timeout};

const LIST: &str = "/api/spaces/coworkernotifications";
const PATIENCE: Duration = Duration::from_secs(60);

fn program(arguments: &[&str], variables: &[(&str, &str)]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_coworker-notifications-gateway"));
    command.args(arguments).env_clear().envs(variables.iter().copied());
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    command
}

async fn run(arguments: &[&str], variables: &[(&str, &str)]) -> (i32, String, String) {
    let Output { status, stdout, stderr } =
        timeout(PATIENCE, program(arguments, variables).output()).await.expect("it does not end").unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

const ENOUGH: [(&str, &str); 2] = [("NEXUDUS_TOKEN", "hunter2"), ("PORTAL_URL", "https://space.example")];

#[tokio::test]
async fn help_and_version_end_well() {
    let (status, help, stderr) = run(&["--help"], &[("STORE", "postgres://me:hunter2@db/x")]).await;
    assert_eq!((status, stderr.as_str()), (0, ""));
    for words in ["--sync-interval", "[env: SYNC_INTERVAL]", "[default: 5s]", "NEXUDUS_TOKEN_FILE", "check"] {
        assert!(help.contains(words), "{words}: {help}");
    }
    assert!(!help.contains("hunter2"));
    let (status, version, _) = run(&["--version"], &[]).await;
    assert_eq!((status, version.trim()), (0, concat!("coworker-notifications-gateway ", env!("CARGO_PKG_VERSION"))));
}

#[tokio::test]
async fn a_bad_configuration_is_one_line_and_status_2() {
    for (arguments, variables, words) in [
        (&["--sync-interval", "soon"][..], &ENOUGH[..], &["--sync-interval", "\"soon\"", "5s"][..]),
        (&["check", "--history", "0d"], &ENOUGH, &["--history", "\"0d\"", "90d"]),
        (&["--origin", "*"], &ENOUGH, &["--origin", "\"*\"", "https://portal.example"]),
        (&["--portal", "http://space.example"], &ENOUGH, &["--portal", "\"http://space.example\"", "https://"]),
        (&["--store", "postgres://me:hunter2@:x/db"], &ENOUGH, &["--store", "postgres://…@"]),
        (&["--nonsense"], &ENOUGH, &["--nonsense"]),
        (&["serve"], &ENOUGH, &["serve", "check"]),
        (&["--nexudus-token", "hunter2"], &ENOUGH, &["variables"]),
        (&[], &ENOUGH[..1], &["--portal", "--jwks", "--jwt-secret-file"]),
        (&[], &ENOUGH[1..], &["NEXUDUS_TOKEN"]),
        (&[], &[ENOUGH[1], ("NEXUDUS_TOKEN", "hunter2 hunter2")], &["NEXUDUS_TOKEN"]),
        (&[], &[ENOUGH[0], ENOUGH[1], ("BUDGET", "100")], &["BUDGET", "\"100\"", "100/min"]),
    ] {
        let (status, stdout, stderr) = run(arguments, variables).await;
        assert_eq!((status, stdout.as_str(), stderr.lines().count()), (2, "", 1), "{stderr}");
        for word in words {
            assert!(stderr.contains(word), "{word}: {stderr}");
        }
        assert!(!stderr.contains("hunter2"), "{stderr}");
    }
}

#[tokio::test]
async fn check_tells_what_works_and_what_to_do() {
    let nexudus = FakeNexudus::start().await;
    let place = tempfile::tempdir().unwrap();
    let store = format!("sqlite:{}", place.path().join("gateway.db").display());
    let common = ["check", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--store", &store];
    let with = |more: &[&'static str]| [&common[..], more].concat().iter().map(ToString::to_string).collect::<Vec<_>>();
    let asked = |arguments: Vec<String>, variables: Vec<(&'static str, String)>| async move {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let variables: Vec<(&str, &str)> = variables.iter().map(|(name, value)| (*name, value.as_str())).collect();
        run(&arguments, &variables).await
    };
    let address = nexudus.address.clone();
    let good =
        vec![("NEXUDUS_TOKEN", CREDENTIAL.into()), ("NEXUDUS_URL", address.clone()), ("PORTAL_URL", address.clone())];
    let (status, stdout, stderr) = asked(with(&[]), good).await;
    assert_eq!(status, 0, "{stdout}{stderr}");
    assert!(stdout.lines().count() >= 5 && stdout.lines().all(|line| line.starts_with("ok ")), "{stdout}");
    assert!(!place.path().join("gateway.db").exists(), "the store is made by the user that serves");

    let wrong = vec![
        ("NEXUDUS_TOKEN", "hunter2".into()),
        ("NEXUDUS_URL", address.clone()),
        ("PORTAL_URL", "http://127.0.0.1:9".into()),
    ];
    let (status, stdout, stderr) = asked(with(&["--jwks", "http://127.0.0.1:9/keys"]), wrong).await;
    assert_eq!(status, 1, "{stdout}{stderr}");
    for words in ["FAIL nexudus", "FAIL portal", "FAIL signed tokens", "ok store", "--portal", "--jwks"] {
        assert!(stdout.contains(words), "{words}: {stdout}");
    }
    for variables in [
        [("NEXUDUS_TOKEN", "hunter2"), ("NEXUDUS_URL", "http://127.0.0.1:9")],
        [("NEXUDUS_TOKEN", "admin"), ("NEXUDUS_URL", &format!("{address}/elsewhere"))],
    ] {
        let (_, stdout, _) =
            run(&["check", "--store", "sqlite::memory:"], &[&variables[..], &ENOUGH[1..]].concat()).await;
        let line = stdout.lines().find(|line| line.starts_with("FAIL nexudus")).unwrap();
        assert!(line.contains("check --nexudus (NEXUDUS_URL)"), "what to do: {line}");
    }
    assert!(!stdout.contains("hunter2") && !stderr.contains("hunter2"), "{stdout}{stderr}");
}

/// The program while it serves.
struct Served {
    child: Child,
    stderr: Lines<BufReader<ChildStderr>>,
    members: String,
    admin: String,
    said: Vec<String>,
}

impl Served {
    async fn start(nexudus: &FakeNexudus, more: &[&str]) -> Self {
        let secret = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(secret.path(), SECRET).unwrap();
        let arguments = [
            &["--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--store", "sqlite::memory:"][..],
            &[
                "--nexudus",
                &nexudus.address,
                "--portal",
                &nexudus.address,
                "--log",
                "trace",
                "--sync-interval",
                "300ms",
            ],
            &["--jwt-secret-file", secret.path().to_str().unwrap()],
            more,
        ]
        .concat();
        let mut child = program(&arguments, &[("NEXUDUS_TOKEN", CREDENTIAL)]).spawn().unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap()).lines();
        let mut said = Vec::new();
        let (mut members, mut admin) = (None, None);
        while members.is_none() || admin.is_none() {
            let line =
                timeout(PATIENCE, stderr.next_line()).await.expect("it says nothing").unwrap().expect("it ended");
            if let Some(address) = line.split("address=").nth(1).filter(|_| line.contains("listening")) {
                let address = address.split(' ').next().unwrap().to_owned();
                let place = if line.contains("ADMIN_LISTEN") { &mut admin } else { &mut members };
                *place = Some(address);
            }
            said.push(line);
        }
        let served = Self { child, stderr, members: members.unwrap(), admin: admin.unwrap(), said };
        let ready = async {
            while !get(&served.admin, "/readyz", "").await.starts_with("HTTP/1.1 200") {
                sleep(Duration::from_millis(50)).await;
            }
        };
        timeout(PATIENCE, ready).await.expect("it is never ready");
        served
    }

    /// Sends SIGTERM and waits for the end: its status, and all that it said.
    async fn stop(mut self) -> (i32, String) {
        self.terminate().await;
        let status = timeout(PATIENCE, self.child.wait()).await.expect("it does not end").unwrap();
        while let Some(line) = self.stderr.next_line().await.unwrap() {
            self.said.push(line);
        }
        (status.code().expect("it was killed"), self.said.join("\n"))
    }

    async fn terminate(&self) {
        let id = self.child.id().unwrap().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().await.unwrap().success());
    }
}

async fn open(address: &str, method: &str, path: &str, headers: &str, body: &str) -> TcpStream {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let length = body.len();
    let head = format!("{method} {path} HTTP/1.1\r\nHost: {address}\r\nContent-Length: {length}\r\n{headers}\r\n");
    stream.write_all(format!("{head}{body}").as_bytes()).await.unwrap();
    stream
}

/// The whole answer, as it comes over the wire.
async fn exchange(address: &str, method: &str, path: &str, headers: &str, body: &str) -> String {
    let mut stream = open(address, method, path, &format!("Connection: close\r\n{headers}"), body).await;
    let mut answer = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut answer)).await.expect("no answer").unwrap();
    String::from_utf8(answer).unwrap()
}

async fn get(address: &str, path: &str, headers: &str) -> String {
    exchange(address, "GET", path, headers, "").await
}

fn bearer(token: &str) -> String {
    format!("Authorization: Bearer {token}\r\n")
}

fn body(answer: &str) -> Value {
    serde_json::from_str(answer.split("\r\n\r\n").nth(1).unwrap_or_default()).unwrap_or_else(|_| panic!("{answer}"))
}

/// Reads a stream until it contains `words`.
async fn read_until(stream: &mut TcpStream, words: &str) -> String {
    let mut received = Vec::new();
    let read = async {
        while !String::from_utf8_lossy(&received).contains(words) {
            assert_ne!(stream.read_buf(&mut received).await.unwrap(), 0, "{}", String::from_utf8_lossy(&received));
        }
    };
    timeout(PATIENCE, read).await.unwrap_or_else(|_| panic!("{words} was not received"));
    String::from_utf8(received).unwrap()
}

#[tokio::test]
async fn it_serves_a_member_and_stops_in_order() {
    let nexudus = FakeNexudus::start().await;
    let served = Served::start(&nexudus, &["--shutdown-grace", "5s"]).await;
    let undismissed = format!("{LIST}?CoworkerNotification_IsDismissed=false");
    let list = get(&served.members, &undismissed, &bearer("portal-1001")).await;
    assert!(list.starts_with("HTTP/1.1 200"), "{list}");
    let id = body(&list)["Records"][0]["Id"].as_i64().unwrap();

    let mut stream = open(&served.members, "GET", &format!("{LIST}/events"), &bearer("portal-1001"), "").await;
    read_until(&mut stream, "event: changed").await;
    let change = json!({"Id": id, "IsDismissed": true}).to_string();
    let written = exchange(&served.members, "PUT", LIST, &bearer("portal-1001"), &change).await;
    assert!(written.starts_with("HTTP/1.1 200"), "{written}");
    read_until(&mut stream, "event: changed").await;

    let health = get(&served.admin, "/healthz", "").await;
    assert!(health.starts_with("HTTP/1.1 200"), "{health}");
    let metrics = get(&served.admin, "/metrics", "").await;
    for name in ["gateway_requests_total{", "gateway_streams_open 1", "gateway_portal_questions_total{"] {
        assert!(metrics.contains(name), "{name}: {metrics}");
    }
    let elsewhere = get(&served.members, "/metrics", "").await;
    assert!(elsewhere.starts_with("HTTP/1.1 404"), "metrics are not for members: {elsewhere}");

    served.terminate().await;
    read_until(&mut stream, "event: bye").await;
    let (status, said) = served.stop().await;
    assert_eq!(status, 0, "{said}");
    assert!(
        said.lines()
            .any(|line| line.contains("audit") && line.contains(&format!("record={id}")) && line.contains("dismiss"))
    );
    assert!(said.contains("stopped"), "{said}");
}

#[tokio::test]
async fn no_token_is_logged_wherever_it_is_put() {
    let nexudus = FakeNexudus::start().await;
    let served = Served::start(&nexudus, &[]).await;
    let token = hs256(&json!({"coworker_id": 1001, "exp": from_now(600)}));
    let secret = "c0ffee-token-by-mistake";
    for (path, headers) in [
        (LIST.to_owned(), bearer(&token)),
        (format!("{LIST}?token={secret}"), bearer(secret)),
        (format!("{LIST}/{secret}"), bearer("portal-1001")),
        (format!("/{secret}?access_token={secret}"), format!("X-Token: {secret}\r\n")),
        (format!("{LIST}?CoworkerNotification_{secret}={secret}"), bearer("portal-1001")),
        (format!("{LIST}/events?CoworkerNotification_Coworker={secret}"), bearer("portal-1001")),
    ] {
        get(&served.members, &path, &headers).await;
    }
    let metrics = get(&served.admin, "/metrics", "").await;
    let (_, said) = served.stop().await;
    for secret in [secret, token.as_str(), "portal-1001", SECRET, &format!("Bearer {CREDENTIAL}")] {
        assert!(!said.contains(secret), "{secret}: {said}");
        assert!(!metrics.contains(secret), "{secret}: {metrics}");
    }
}

#[tokio::test]
async fn an_answer_that_is_not_taken_does_not_hold_up_the_end() {
    let nexudus = FakeNexudus::start().await;
    let served = Served::start(&nexudus, &["--shutdown-grace", "1s"]).await;
    // A body that never comes to its end.
    let mut stuck = TcpStream::connect(&served.members).await.unwrap();
    let head = format!("PUT {LIST} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n{}\r\n", bearer("portal-1001"));
    stuck.write_all(head.as_bytes()).await.unwrap();
    get(&served.members, LIST, &bearer("portal-1001")).await;
    let (status, said) = timeout(Duration::from_secs(20), served.stop()).await.expect("it waits for ever");
    assert_eq!(status, 0, "{said}");
}

#[tokio::test]
async fn no_proxy_of_the_environment_sees_a_token() {
    let nexudus = FakeNexudus::start().await;
    let proxy = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", proxy.local_addr().unwrap());
    let mut check = program(
        &["check", "--listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0", "--store", "sqlite::memory:"],
        &[("NEXUDUS_TOKEN", CREDENTIAL), ("NEXUDUS_URL", &nexudus.address), ("PORTAL_URL", &nexudus.address)],
    );
    check.envs(["HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"].map(|name| (name, address.as_str())));
    let Output { status, stdout, .. } = timeout(PATIENCE, check.output()).await.expect("it does not end").unwrap();
    assert!(status.success(), "{}", String::from_utf8_lossy(&stdout));
    assert!(proxy.accept().now_or_never().is_none(), "the proxy was asked");
}

#[tokio::test]
async fn a_port_that_is_taken_is_told() {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (status, _, stderr) = run(&["--listen", &address, "--store", "sqlite::memory:"], &ENOUGH).await;
    assert_eq!(status, 1);
    let line = stderr.lines().last().unwrap();
    assert!(line.contains("--listen") && line.contains(&address), "{stderr}");
}

#[tokio::test]
async fn it_starts_without_nexudus_and_says_that_it_is_not_ready() {
    let mut child = program(
        &[
            "--listen",
            "127.0.0.1:0",
            "--admin-listen",
            "127.0.0.1:0",
            "--store",
            "sqlite::memory:",
            "--nexudus",
            "http://127.0.0.1:9",
        ],
        &ENOUGH,
    )
    .spawn()
    .unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines();
    let admin = loop {
        let line = timeout(PATIENCE, lines.next_line()).await.expect("it says nothing").unwrap().expect("it ended");
        if line.contains("ADMIN_LISTEN") {
            break line.split("address=").nth(1).unwrap().split(' ').next().unwrap().to_owned();
        }
    };
    let unready = async {
        loop {
            let answer = get(&admin, "/readyz", "").await;
            if answer.starts_with("HTTP/1.1 503") && answer.contains("not ready: ") {
                return answer;
            }
            sleep(Duration::from_millis(50)).await;
        }
    };
    let answer = timeout(PATIENCE, unready).await.expect("it says that it is ready");
    assert!(get(&admin, "/healthz", "").await.starts_with("HTTP/1.1 200"), "{answer}");
}
