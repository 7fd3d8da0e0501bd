//! The project's chores: `cargo xtask setup | demo | test | gallery | bench | dist | size | release | tidy`.
//!
//! Each command sets up what it lacks and no more, says what it does before it does it, and tells
//! what to do by hand where it cannot go on.

mod apt;
mod bench;
mod browser;
mod bundle;
mod crates;
mod demo;
mod dist;
mod example;
mod files;
mod gallery;
mod names;
mod node;
mod postgres;
mod process;
mod project;
mod release;
mod setup;
mod size;
mod stage;
mod suite;
mod tidy;
mod toolchain;
mod tools;
mod trunk;
mod ui;
mod wasm;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::project::Project;

/// The project's chores.
///
/// Everything a command needs and does not find is set up by it, once, into a per-user folder:
/// $COWORKER_NOTIFICATIONS_TOOLS, else ~/.cache/coworker-notifications/tools.
#[derive(Parser)]
#[command(bin_name = "cargo xtask", verbatim_doc_comment)]
struct Cli {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Set up what development and tests need: the wasm32 target, wasm-bindgen, wasm-opt, browsers
    ///
    /// Installs, where missing: the wasm32-unknown-unknown target (rustup, or on Debian as root its
    /// packages rustc-web, rust-web-src and lld-22), wasm-bindgen of the version in Cargo.lock,
    /// binaryen and esbuild (if Node is there), Chromium, Firefox and WebKitGTK with their drivers (Debian as root;
    /// otherwise it says what to install).
    ///
    /// COWORKER_NOTIFICATIONS_TOOLCHAIN=rustup, =sources (the compiler's own) or =debian allows one way to the
    /// wasm32 target only; CHROME, CHROMEDRIVER, FIREFOX, GECKODRIVER, WEBKIT_DRIVER and WEBKIT_BROWSER name
    /// browsers and drivers in unusual places.
    ///
    /// First time: about 6 minutes on two cores. Needs: crates.io; npm for the smaller bundle.
    #[command(verbatim_doc_comment)]
    Setup(setup::Options),

    /// Build everything and show the bell on a member portal, fed by the local sandbox API
    ///
    /// Builds the widget for wasm and the sandbox, starts the sandbox, which serves the page and the API on
    /// one port, prints the address, opens a browser if there is one and runs until Ctrl-C.
    ///
    /// First time: about 5 minutes on two cores, later seconds. Needs: crates.io; neither Node nor Trunk.
    #[command(verbatim_doc_comment)]
    Demo(demo::Options),

    /// Run every check and every test; the last line is `N passed, N failed`
    ///
    /// Side by side: formatting, tidy, the licences, sources and versions of all crates, clippy, host tests and
    /// documentation; and clippy for wasm32, the built bundle, the package in applications, tests of the component
    /// in Chromium and Firefox. Then, in one run of Playwright: end-to-end tests in Chromium and Firefox, journeys in
    /// WebKit. A failing step does not stop the others; a browser that cannot be had is named in a line and no failure.
    ///
    /// First time: about 35 minutes on two cores. Needs: what `setup` sets up; Node for package and Playwright.
    #[command(verbatim_doc_comment)]
    Test(suite::Options),

    /// Take a picture of the bell in each state, theme, size and language, into target/gallery
    ///
    /// Builds dist/, then opens each state in headless Chromium with a sandbox behind it. The pictures are for
    /// people to look at: target/gallery/index.html shows them all; nothing compares them.
    ///
    /// Takes about 4 minutes on two cores once all is built. Needs: what `setup` sets up, and Node.
    #[command(verbatim_doc_comment)]
    Gallery(gallery::Options),

    /// Measure what a page pays for the bell, beside one written by hand and those of four vendors
    ///
    /// Builds dist/ and the others' bells, serves all of them from this machine, opens them in headless Chromium and
    /// writes every run to target/bench/results.json. A quiet machine gives numbers that mean something.
    ///
    /// Takes about 25 minutes on two cores; what comes after `--` says what is measured, such as
    /// `cargo xtask bench -- --only load --rounds 3`. Needs: what `setup` sets up, Node, and npm's registry.
    ///
    /// With --gateway: what the gateway costs with 10, 1,000 and 10,000 members, beside the plain proxy of
    /// docs/embedding.md (needs Node) and a hub of server-sent events (needs Debian's nginx and libnginx-mod-nchan;
    /// where they are missing it is left out). `-- gateway 1000 --quiet 600` is one part of it, and for how long
    /// requests to Nexudus are counted.
    #[command(verbatim_doc_comment)]
    Bench(bench::Options),

    /// Build the publishable bundle into dist/ and the gateway into target/server/, and print their sizes
    ///
    /// Builds the widget with --release, binds it, makes it small with wasm-opt, bundles the element's module
    /// and adds types, manifest, languages and licences: `npm pack ./dist` gives a package. The gateway's program
    /// is built for this machine and is no part of the package; with --bundle it is left out.
    ///
    /// First time: about 9 minutes on two cores, the bundle alone 4. Needs: crates.io; without Node it works and
    /// is larger.
    #[command(verbatim_doc_comment)]
    Dist(dist::Options),

    /// Print the sizes of the files in dist/: raw, gzip and brotli
    ///
    /// Takes a second; with --why half a minute. Needs: a built dist/ (`cargo xtask dist`), and Node to compress.
    #[command(verbatim_doc_comment)]
    Size(size::Options),

    /// Build, measure and pack what is published: the npm package and the crate
    ///
    /// Compares the versions in Cargo.toml, npm/package.json and CHANGELOG.md, builds dist/, checks its sizes,
    /// packs both into target/package/ and prints the commands that publish them. It publishes nothing itself.
    ///
    /// First time: about 5 minutes on two cores. Needs: crates.io, Node and npm.
    #[command(verbatim_doc_comment)]
    Release(release::Options),

    /// Check the rules that compilers do not know: seams between modules, file length, leftovers, languages, tables
    ///
    /// Takes a second. Needs: nothing.
    #[command(verbatim_doc_comment)]
    Tidy(tidy::Options),

    /// What Trunk runs after its build: adds the element's module to Trunk's output
    #[command(hide = true)]
    TrunkHook,

    /// Print the address, and open it, once the sandbox answers
    #[command(hide = true)]
    Announce(demo::Announcement),
}

fn main() -> ExitCode {
    let chore = Cli::parse().chore;
    let outcome = Project::find().and_then(|project| run(chore, &project));
    ui::finish();
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("\n{} {error:#}", ui::red("error:"));
            ExitCode::FAILURE
        }
    }
}

/// Runs one chore; `false` means that it ran and found something wrong.
fn run(chore: Chore, project: &Project) -> anyhow::Result<bool> {
    match chore {
        Chore::Setup(options) => setup::run(project, &options).map(|()| true),
        Chore::Demo(options) => demo::run(project, &options).map(|()| true),
        Chore::Test(options) => suite::run(project, &options),
        Chore::Gallery(options) => gallery::run(project, &options),
        Chore::Bench(options) => bench::run(project, &options),
        Chore::Dist(options) => dist::run(project, &options).map(|()| true),
        Chore::Size(options) => size::run(project, &options).map(|()| true),
        Chore::Release(options) => release::run(project, &options).map(|()| true),
        Chore::Tidy(options) => tidy::run(project, &options),
        Chore::TrunkHook => trunk::hook(project).map(|()| true),
        Chore::Announce(announcement) => demo::announce(&announcement).map(|()| true),
    }
}
