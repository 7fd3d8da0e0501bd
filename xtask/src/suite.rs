//! `cargo xtask test`: every check and every test, counted.

mod browsers;
mod count;
mod playwright;
mod steps;

use std::thread;
use std::time::Instant;

use anyhow::Result;
use clap::{Args, ValueEnum};

use crate::browser::Engine;
use crate::project::Project;
use crate::setup::join;
use crate::ui;
use count::Outcome;

#[derive(Args)]
pub(crate) struct Options {
    /// Run one step only (may be given several times)
    #[arg(long, value_name = "STEP")]
    only: Vec<Step>,
    /// Of the end-to-end tests those in these files only, after `--`, such as `-- docs/ embedding/slots`
    #[arg(last = true, value_name = "SPECS")]
    specs: Vec<String>,
}

/// The steps.
#[derive(Clone, Copy, PartialEq, ValueEnum)]
enum Step {
    /// rustfmt has nothing to change
    Fmt,
    /// The rules of `cargo xtask tidy` hold
    Tidy,
    /// No crate has a licence, a source or a second version that it should not have
    #[value(alias = "deny")]
    Crates,
    /// Clippy has nothing to say about the whole workspace
    Clippy,
    /// Every public item of the widget is documented, and every link in the documentation works
    Doc,
    /// Tests on this machine
    Host,
    /// Clippy has nothing to say about the widget as browsers run it
    ClippyWasm,
    /// The bundle can be built
    Dist,
    /// The packed bundle is what an application can install, type-check and bundle, and the documentation's code works
    Package,
    /// Tests of the component in headless Chromium and Firefox
    Browser,
    /// The bundle on the page, with the sandbox, in Chromium
    #[value(alias = "e2e")]
    Chromium,
    /// The same in Firefox
    Firefox,
    /// What members do most, in WebKit
    Webkit,
}

/// What can run side by side: one lane compiles for this machine, the other for browsers. Within a lane, what is
/// quick and often wrong comes first.
const LANES: [&[Step]; 2] = [
    &[Step::Fmt, Step::Tidy, Step::Crates, Step::Clippy, Step::Host, Step::Doc],
    &[Step::ClippyWasm, Step::Dist, Step::Package, Step::Browser],
];
/// Afterwards, on a machine that has nothing else to do: pages in the engines, all in one run.
const ENGINES: [(Step, Engine); 3] =
    [(Step::Chromium, Engine::Chromium), (Step::Firefox, Engine::Firefox), (Step::Webkit, Engine::Webkit)];

/// Runs the steps; `false` means that something failed.
pub(crate) fn run(project: &Project, options: &Options) -> Result<bool> {
    let is_chosen = |step: &Step| options.only.is_empty() || options.only.contains(step);
    let lanes = LANES.map(|lane| lane.iter().copied().filter(is_chosen).collect::<Vec<_>>());
    let mut outcome = Outcome::default();
    for lane in run_lanes(project, &lanes) {
        outcome += lane;
    }
    let engines: Vec<_> = ENGINES.iter().filter(|(step, _)| is_chosen(step)).map(|(_, engine)| *engine).collect();
    if !engines.is_empty() {
        outcome += end_to_end(project, &engines, &options.specs);
    }
    ui::line("");
    outcome.print();
    Ok(outcome.is_good())
}

/// Runs the lanes at the same time. What a step prints is shown at once when it is over, so that lanes do not mix.
fn run_lanes(project: &Project, lanes: &[Vec<Step>]) -> Vec<Outcome> {
    let is_alone = lanes.iter().filter(|lane| !lane.is_empty()).count() < 2;
    thread::scope(|scope| {
        let start = |lane: &'_ [Step]| {
            let lane = lane.to_vec();
            scope.spawn(move || {
                let mut outcome = Outcome::default();
                for step in lane {
                    let run = || run_step(project, step);
                    outcome += if is_alone { run() } else { ui::at_once(run) };
                }
                outcome
            })
        };
        let running: Vec<_> = lanes.iter().map(|lane| start(lane)).collect();
        running.into_iter().map(join).collect()
    })
}

fn run_step(project: &Project, step: Step) -> Outcome {
    let (name, meaning) = described(step);
    ui::heading(&format!("{name}: {meaning}"));
    let started = Instant::now();
    let outcome = steps::run(step, project).unwrap_or_else(|error| Outcome::of_error(&name, &error));
    ui::line(&format!("{name}: {} ({:.0} s)", outcome.tally(), started.elapsed().as_secs_f32()));
    outcome
}

fn end_to_end(project: &Project, engines: &[Engine], specs: &[String]) -> Outcome {
    let names: Vec<_> = engines.iter().map(|engine| engine.name()).collect();
    let name = names.join(", ");
    ui::heading(&format!("{name}: the bundle on the page, with the sandbox"));
    let started = Instant::now();
    let outcome =
        browsers::end_to_end(project, engines, specs).unwrap_or_else(|error| Outcome::of_error(&name, &error));
    ui::line(&format!("{name}: {} ({:.0} s)", outcome.tally(), started.elapsed().as_secs_f32()));
    outcome
}

fn described(step: Step) -> (String, String) {
    let value = step.to_possible_value();
    value.map_or_else(Default::default, |value| {
        (value.get_name().to_owned(), value.get_help().map(ToString::to_string).unwrap_or_default())
    })
}
