//! `cargo xtask test`: every check and every test, one after the other, counted.

mod count;
mod steps;

use std::time::Instant;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::project::Project;
use crate::ui;
use count::Tally;

#[derive(Args)]
pub(crate) struct Options {
    /// Run one step only (may be given several times)
    #[arg(long, value_name = "STEP")]
    only: Vec<Step>,
    /// Of the end-to-end tests those in these files only, after `--`, such as `-- docs/ embedding/slots`
    #[arg(last = true, value_name = "SPECS")]
    specs: Vec<String>,
}

/// The steps, in the order in which they run: what is quick and often wrong comes first.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Step {
    /// rustfmt has nothing to change
    Fmt,
    /// Clippy has nothing to say about the whole workspace
    Clippy,
    /// Clippy has nothing to say about the widget as browsers run it
    ClippyWasm,
    /// The rules of `cargo xtask tidy` hold
    Tidy,
    /// No crate has a licence, a source, a second version or a known weakness that it should not have
    Deny,
    /// Every public item of the widget is documented, and every link in the documentation works
    Doc,
    /// Tests on this machine
    Host,
    /// Tests in headless Chromium
    Browser,
    /// The bundle can be built
    Dist,
    /// The packed bundle is what an application can install, type-check and bundle, and the documentation's code works
    Package,
    /// The bundle on the page, with the sandbox, in a real browser
    E2e,
}

/// Runs the steps; `false` means that something failed.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    let mut total = Tally::default();
    let mut failed = Vec::new();
    for step in Step::value_variants() {
        if !options.only.is_empty() && !options.only.contains(step) {
            continue;
        }
        let (name, meaning) = described(*step);
        ui::heading(&format!("{name}: {meaning}"));
        let started = Instant::now();
        let tally = match steps::run(*step, project, &options.specs) {
            Ok(tally) => tally,
            Err(error) => {
                ui::line(&format!("{} {error:#}", ui::red("error:")));
                Tally::failure()
            }
        };
        ui::line(&format!("{name}: {tally} ({:.0} s)", started.elapsed().as_secs_f32()));
        if tally.failed > 0 {
            failed.push(name);
        }
        total += tally;
    }
    if !failed.is_empty() {
        ui::line(&format!("\n{} {}", ui::red("Failed:"), failed.join(", ")));
    }
    ui::line("");
    ui::line(&total.to_string());
    Ok(failed.is_empty())
}

fn described(step: Step) -> (String, String) {
    let value = step.to_possible_value();
    value.map_or_else(Default::default, |value| {
        (value.get_name().to_owned(), value.get_help().map(ToString::to_string).unwrap_or_default())
    })
}
