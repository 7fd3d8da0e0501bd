//! What the chores say while they work: one line per step, and one status line for what is running.

use std::cell::RefCell;
use std::env;
use std::io::{IsTerminal, Write, stdout};
use std::sync::{Arc, LazyLock, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

/// Without a terminal, a step that takes long says so this often.
const REMINDER: Duration = Duration::from_secs(20);
const TICK: Duration = Duration::from_millis(120);
const STATUS_WIDTH: usize = 110;

static UI: LazyLock<Mutex<Ui>> = LazyLock::new(|| {
    thread::spawn(|| {
        loop {
            thread::sleep(TICK);
            lock().tick();
        }
    });
    let live = stdout().is_terminal() && env::var_os("CI").is_none();
    Mutex::new(Ui { live, frame: 0, drawn: false, next_id: 0, running: Vec::new() })
});

struct Ui {
    live: bool,
    frame: usize,
    drawn: bool,
    next_id: usize,
    running: Vec<Running>,
}

struct Running {
    id: usize,
    title: String,
    since: Instant,
    reminded: Instant,
    latest: String,
}

/// Something under way; it leaves the status line when it ends or is dropped.
pub(crate) struct Task {
    id: usize,
    title: String,
    since: Instant,
}

/// Lines that are kept back until the work that prints them is over.
pub(crate) type Kept = Arc<Mutex<String>>;

thread_local! {
    static KEPT: RefCell<Option<Kept>> = const { RefCell::new(None) };
}

/// Shows what `work` prints at once when it is over, so that work side by side does not mix its lines.
pub(crate) fn at_once<T>(work: impl FnOnce() -> T) -> T {
    let kept = Kept::default();
    let done = keeping(Some(kept.clone()), work);
    let text = kept.lock().map(|text| text.clone()).unwrap_or_default();
    lock().line(text.trim_end_matches('\n'));
    done
}

/// Where this thread's lines are kept: for threads that work for it.
pub(crate) fn kept() -> Option<Kept> {
    KEPT.with_borrow(Clone::clone)
}

/// Keeps the lines that `work` prints on this thread.
pub(crate) fn keeping<T>(kept: Option<Kept>, work: impl FnOnce() -> T) -> T {
    let before = KEPT.replace(kept);
    let done = work();
    KEPT.set(before);
    done
}

/// Announces a step, with a hint at how long it takes, and puts it on the status line.
pub(crate) fn task(title: &str, takes: &str) -> Task {
    let hint = if takes.is_empty() { String::new() } else { dim(&format!(" ({takes})")) };
    line(&format!("{} {title}{hint}", dim("·")));
    let mut ui = lock();
    let (id, since) = (ui.next_id, Instant::now());
    ui.next_id += 1;
    ui.running.push(Running { id, title: title.into(), since, reminded: since, latest: String::new() });
    Task { id, title: title.into(), since }
}

/// A heading between groups of steps.
pub(crate) fn heading(text: &str) {
    line(&format!("\n{}", bold(text)));
}

/// One line of ordinary output.
pub(crate) fn line(text: &str) {
    let kept = kept();
    match kept.as_ref().map(|kept| kept.lock()) {
        Some(Ok(mut kept)) => kept.extend([text, "\n"]),
        _ => lock().line(text),
    }
}

/// Clears the status line before the process ends or gives way to another.
pub(crate) fn finish() {
    lock().clear();
}

impl Task {
    /// Shows what the step is at, in the words of the program that it runs.
    pub(crate) fn note(&self, text: &str) {
        if let Some(running) = lock().running.iter_mut().find(|running| running.id == self.id) {
            running.latest = plain(text);
        }
    }

    /// Ends the step with a tick and the time that it took.
    pub(crate) fn done(self) {
        let seconds = self.since.elapsed().as_secs_f32();
        line(&format!("{} {} {}", green("✓"), self.title, dim(&format!("({seconds:.1} s)"))));
    }

    /// Ends the step with a cross.
    pub(crate) fn failed(self) {
        line(&format!("{} {}", red("✗"), self.title));
    }
}

impl Drop for Task {
    fn drop(&mut self) {
        lock().running.retain(|running| running.id != self.id);
    }
}

impl Ui {
    fn line(&mut self, text: &str) {
        self.clear();
        let mut out = stdout().lock();
        // Nobody is left to be told when standard output is closed.
        _ = writeln!(out, "{text}");
        _ = out.flush();
    }

    fn clear(&mut self) {
        if std::mem::take(&mut self.drawn) {
            print!("\r\x1b[2K");
            _ = stdout().flush();
        }
    }

    fn tick(&mut self) {
        if self.live {
            self.draw();
        } else {
            self.remind();
        }
    }

    fn draw(&mut self) {
        if self.running.is_empty() {
            return self.clear();
        }
        self.frame = (self.frame + 1) % 10;
        let spinner = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏".chars().nth(self.frame).unwrap_or('-');
        let share = STATUS_WIDTH / self.running.len();
        let parts: Vec<String> = self.running.iter().map(|running| running.status(share)).collect();
        print!("\r\x1b[2K{spinner} {}", parts.join(" | "));
        _ = stdout().flush();
        self.drawn = true;
    }

    fn remind(&mut self) {
        let due: Vec<String> = self
            .running
            .iter_mut()
            .filter(|running| running.reminded.elapsed() >= REMINDER)
            .map(|running| {
                running.reminded = Instant::now();
                format!("  … {}", running.status(STATUS_WIDTH))
            })
            .collect();
        for text in due {
            self.line(&text);
        }
    }
}

impl Running {
    fn status(&self, width: usize) -> String {
        let text = format!("{} ({} s) {}", self.title, self.since.elapsed().as_secs(), self.latest);
        text.trim_end().chars().take(width).collect()
    }
}

/// The state stays usable when a thread died while it held the lock: it is only text.
fn lock() -> MutexGuard<'static, Ui> {
    UI.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The text without control characters and colours.
fn plain(text: &str) -> String {
    let mut kept = String::new();
    let mut chars = text.trim().chars();
    while let Some(c) = chars.next() {
        match c {
            '\x1b' => _ = chars.by_ref().find(char::is_ascii_alphabetic),
            c if c.is_control() => kept.push(' '),
            c => kept.push(c),
        }
    }
    kept
}

pub(crate) fn bold(text: &str) -> String {
    paint("1", text)
}

pub(crate) fn green(text: &str) -> String {
    paint("32", text)
}

pub(crate) fn red(text: &str) -> String {
    paint("31", text)
}

fn dim(text: &str) -> String {
    paint("2", text)
}

fn paint(code: &str, text: &str) -> String {
    let colours = stdout().is_terminal() && env::var_os("NO_COLOR").is_none();
    if colours { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn colours_and_carriage_returns_are_taken_out() {
        assert_eq!(plain("\x1b[1m\x1b[32m   Compiling\x1b[0m yew\r"), "   Compiling yew");
    }
}
