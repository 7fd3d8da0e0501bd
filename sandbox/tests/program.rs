//! The program itself: its first line, its refusals, its end.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// A running sandbox, which ends with the test.
struct Running {
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Running {
    fn start(arguments: &[&str]) -> Self {
        let mut child = program(arguments).stdout(Stdio::piped()).spawn().expect("to start");
        let stdout = BufReader::new(child.stdout.take().expect("stdout"));
        Self { child, stdout }
    }

    /// Where it listens, from its first line.
    fn address(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("a first line");
        let address = line.trim_end().strip_prefix("listening on http://");
        address.unwrap_or_else(|| panic!("unexpected first line: {line:?}")).to_owned()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended already, as it should.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn program(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_sandbox"));
    command.args(arguments).stderr(Stdio::piped());
    command
}

fn refused(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = program(arguments).output().expect("to run");
    (status.code(), String::from_utf8_lossy(&stderr).into_owned())
}

#[test]
fn a_free_port_is_taken_and_told_on_the_first_line() {
    let mut running = Running::start(&["--port", "0"]);
    let mut stream = TcpStream::connect(running.address()).expect("a connection");
    stream.write_all(b"GET /sandbox/info HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").expect("to send");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
}

#[test]
fn a_port_in_use_is_named_with_a_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = taken.local_addr().expect("an address").port().to_string();
    let (code, words) = refused(&["--port", &port]);
    assert_eq!(code, Some(2));
    assert!(words.contains(&format!("port {port} is already in use")), "{words}");
    assert!(words.contains("--port 0"), "{words}");
}

#[test]
fn unusable_arguments_are_named() {
    for (arguments, words) in [
        (["--site", "/no/such/place"], "no such directory"),
        (["--now", "yesterday"], "--now"),
        (["--csp", "a\nb"], "--csp"),
        (["--port", "70000"], "70000"),
    ] {
        let (code, stderr) = refused(&arguments);
        assert_eq!(code, Some(2), "{arguments:?}");
        assert!(stderr.contains(words), "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn it_stops_in_order_when_it_is_told_to() {
    for signal in ["TERM", "INT"] {
        let mut running = Running::start(&["--port", "0"]);
        // An idle connection, as browsers keep them, is no reason to stay.
        let _idle = TcpStream::connect(running.address()).expect("a connection");
        let id = running.child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &id]).status().expect("kill");
        assert!(sent.success());
        assert_eq!(running.child.wait().expect("an end").code(), Some(0), "{signal}");
    }
}
