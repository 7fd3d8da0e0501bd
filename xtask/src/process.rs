//! Running other programs: what they print is shown while they run and kept for the case that they fail.

use std::fmt;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use crate::ui::{self, Task};

/// How much of a failed program's output is repeated.
const TAIL_LINES: usize = 30;

/// One command with the words that go with it.
pub(crate) struct Step<'a> {
    title: &'a str,
    takes: &'a str,
    by_hand: &'a str,
    loud: bool,
    optional: bool,
    limit: Option<Duration>,
}

impl<'a> Step<'a> {
    /// A step whose program's output is shown only if it fails.
    pub(crate) fn new(title: &'a str) -> Self {
        Self { title, takes: "", by_hand: "", loud: false, optional: false, limit: None }
    }

    /// How long the step takes, for those that run once and long.
    pub(crate) fn takes(self, takes: &'a str) -> Self {
        Self { takes, ..self }
    }

    /// What to do when the step fails.
    pub(crate) fn by_hand(self, by_hand: &'a str) -> Self {
        Self { by_hand, ..self }
    }

    /// Shows all that the program prints.
    pub(crate) fn loud(self) -> Self {
        Self { loud: true, ..self }
    }

    /// Shows no cross when the program fails: the caller says how it goes on without.
    pub(crate) fn optional(self) -> Self {
        Self { optional: true, ..self }
    }

    /// Ends the program when it takes longer.
    pub(crate) fn within(self, limit: Duration) -> Self {
        Self { limit: Some(limit), ..self }
    }

    /// Runs the command to its end and returns what it printed.
    pub(crate) fn run(self, command: &mut Command) -> Result<String, Failure> {
        let task = ui::task(self.title, self.takes);
        let (ended, output) = self.execute(&task, command);
        match ended {
            Ok(status) if status.success() => {
                task.done();
                Ok(output)
            }
            ended => {
                if !self.optional {
                    task.failed();
                }
                let why = ended.map_or_else(|reason| reason, |status| status.to_string());
                Err(Failure {
                    what: format!("{}: failed ({why})", self.title),
                    command: shown(command),
                    by_hand: self.by_hand.to_owned(),
                    repeat: !self.loud,
                    output,
                })
            }
        }
    }

    fn execute(&self, task: &Task, command: &mut Command) -> (Result<ExitStatus, String>, String) {
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = match command.spawn() {
            Ok(child) => child,
            Err(error) => return (Err(format!("it could not be started: {error}")), String::new()),
        };
        let (out, err) = (child.stdout.take(), child.stderr.take());
        let (seen, kept) = (Mutex::new(String::new()), ui::kept());
        let ended = thread::scope(|scope| {
            scope.spawn(|| out.map(|out| ui::keeping(kept.clone(), || self.follow(task, out, &seen))));
            scope.spawn(|| err.map(|err| ui::keeping(kept.clone(), || self.follow(task, err, &seen))));
            wait(&mut child, self.limit)
        });
        (ended, seen.into_inner().unwrap_or_default())
    }

    fn follow(&self, task: &Task, stream: impl Read, seen: &Mutex<String>) {
        for line in BufReader::new(stream).split(b'\n').map_while(Result::ok) {
            let line = String::from_utf8_lossy(&line);
            let line = line.trim_end();
            task.note(line);
            if self.loud {
                ui::line(line);
            }
            if let Ok(mut seen) = seen.lock() {
                seen.push_str(line);
                seen.push('\n');
            }
        }
    }
}

/// Why a step did not succeed, with what a person needs to go on.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    command: String,
    by_hand: String,
    repeat: bool,
    /// All that the program printed.
    pub(crate) output: String,
}

impl Failure {
    /// What the program gave as the reason, for places that have only one line.
    pub(crate) fn last_words(&self) -> &str {
        let mut lines = self.output.lines().map(str::trim).filter(|line| !line.is_empty());
        let error = lines.clone().find(|line| line.starts_with("error"));
        error.or(lines.next_back()).unwrap_or(&self.what)
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}\n  command: {}", self.what, self.command)?;
        if self.repeat && !self.output.trim().is_empty() {
            write!(f, "\n  its last words:")?;
            let lines: Vec<&str> = self.output.lines().collect();
            for line in lines.iter().skip(lines.len().saturating_sub(TAIL_LINES)) {
                write!(f, "\n    {line}")?;
            }
        }
        if !self.by_hand.is_empty() {
            write!(f, "\n  by hand: {}", self.by_hand)?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

/// What a quick question to a program answers; nothing when it is missing or unwilling.
pub(crate) fn ask(command: &mut Command) -> Option<String> {
    let output = command.stdin(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// The command as one could type it.
pub(crate) fn shown(command: &Command) -> String {
    let quoted = |text: &std::ffi::OsStr| {
        let text = text.to_string_lossy();
        if text.is_empty() || text.contains([' ', '"', '*']) { format!("'{text}'") } else { text.into_owned() }
    };
    let set = command.get_envs().filter_map(|(name, value)| Some(format!("{}={}", quoted(name), quoted(value?))));
    let words = std::iter::once(command.get_program()).chain(command.get_args()).map(quoted);
    set.chain(words).collect::<Vec<_>>().join(" ")
}

fn wait(child: &mut Child, limit: Option<Duration>) -> Result<ExitStatus, String> {
    let Some(limit) = limit else {
        return child.wait().map_err(|error| error.to_string());
    };
    let started = Instant::now();
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Ok(status),
            Err(error) => return Err(error.to_string()),
            Ok(None) if started.elapsed() > limit => {
                // It may have ended in between; either way it is gone.
                _ = child.kill();
                _ = child.wait();
                return Err(format!("it took longer than {} s", limit.as_secs()));
            }
            Ok(None) => thread::sleep(Duration::from_millis(30)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_command_reason_and_remedy() {
        let mut command = Command::new("rustc");
        command.arg("--no-such-option");
        let failure = Step::new("Ask rustc").by_hand("read the manual").run(&mut command).unwrap_err();
        let text = failure.to_string();
        assert!(text.starts_with("Ask rustc: failed (exit status: 1)"), "{text}");
        assert!(text.contains("command: rustc --no-such-option"), "{text}");
        assert!(text.contains("no-such-option"), "{text}");
        assert!(text.ends_with("by hand: read the manual"), "{text}");
    }

    #[test]
    fn a_program_that_is_missing_is_told_in_words() {
        let failure = Step::new("Run it").run(&mut Command::new("no-such-program-here")).unwrap_err();
        assert!(failure.to_string().contains("could not be started"), "{failure}");
    }

    #[test]
    fn the_reason_is_the_first_error_or_else_the_last_line() {
        let said = |output: &str| Failure {
            what: "it failed".into(),
            command: String::new(),
            by_hand: String::new(),
            repeat: true,
            output: output.into(),
        };
        assert_eq!(said("info: trying\nerror: no way\n  caused by: rain\n\n").last_words(), "error: no way");
        assert_eq!(said("trying\nE: locked\n\n").last_words(), "E: locked");
        assert_eq!(said("").last_words(), "it failed");
    }

    #[test]
    fn shown_commands_can_be_typed() {
        let mut command = Command::new("cargo");
        command.env("RUSTFLAGS", "--sysroot x").args(["test", "--test", "browser_*"]);
        assert_eq!(shown(&command), "RUSTFLAGS='--sysroot x' cargo test --test 'browser_*'");
    }
}
