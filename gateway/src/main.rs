//! `coworker-notifications-gateway`: each member of a Nexudus space their own notifications, with one credential for all.

use std::env;
use std::io::{self, Write};
use std::process::ExitCode;

use gateway::check;
use gateway::config::{self, Command, Config, Task};
use gateway::{log, serve};
use tokio::runtime::Runtime;

const NAME: &str = "coworker-notifications-gateway";
/// The configuration cannot be used.
const BAD_CONFIGURATION: u8 = 2;

fn main() -> ExitCode {
    match config::read(env::args_os(), |name| env::var_os(name)) {
        Ok(Command::Print(text)) => {
            // A reader that has seen enough closes the pipe.
            let _ = io::stdout().write_all(text.as_bytes());
            ExitCode::SUCCESS
        }
        Ok(Command::Run(task, config)) => run(task, *config),
        Err(problems) => {
            for problem in problems {
                eprintln!("{NAME}: {problem}");
            }
            ExitCode::from(BAD_CONFIGURATION)
        }
    }
}

fn run(task: Task, config: Config) -> ExitCode {
    let runtime = match Runtime::new() {
        Ok(runtime) => runtime,
        Err(error) => {
            eprintln!("{NAME}: no threads can be started: {error}");
            return ExitCode::FAILURE;
        }
    };
    let well = match task {
        Task::Check => runtime.block_on(check::check(&config, |finding| {
            let line = match finding {
                Ok(words) => format!("ok {words}\n"),
                Err(words) => format!("FAIL {words}\n"),
            };
            let _ = io::stdout().write_all(line.as_bytes());
        })),
        Task::Serve => {
            log::start(config.log, config.log_format);
            let served = runtime.block_on(serve::serve(config));
            if let Err(why) = &served {
                eprintln!("{NAME}: {why}");
            }
            served.is_ok()
        }
    };
    // Open tasks have had their time and are not waited for.
    runtime.shutdown_background();
    if well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
