//! Tools built or fetched once per user and version, outside of the checkout so that a second clone finds them.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::process::{Step, ask};
use crate::project::{Project, host_cargo};

/// The folder of all tools; versions are in the names inside, so that upgrades live side by side.
pub(crate) fn dir() -> Result<PathBuf> {
    let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let own = set("COWORKER_NOTIFICATIONS_TOOLS");
    let cache = || set("XDG_CACHE_HOME").or_else(|| Some(set("HOME").or_else(|| set("USERPROFILE"))?.join(".cache")));
    let dir = own
        .or_else(|| Some(cache()?.join("coworker-notifications/tools")))
        .context("no place for tools: set COWORKER_NOTIFICATIONS_TOOLS to a folder")?;
    let dir = env::current_dir()?.join(dir);
    fs::create_dir_all(&dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    Ok(dir)
}

/// The two programs of wasm-bindgen-cli.
pub(crate) struct WasmBindgen {
    /// Writes the JavaScript that loads the wasm.
    pub(crate) bindgen: PathBuf,
    /// Runs tests built for wasm.
    pub(crate) test_runner: PathBuf,
}

/// wasm-bindgen of exactly the version in Cargo.lock: the two must agree.
pub(crate) fn wasm_bindgen(project: &Project) -> Result<WasmBindgen> {
    let version = project.locked_version("wasm-bindgen")?;
    let expected = format!("wasm-bindgen {version}");
    if ask(Command::new("wasm-bindgen").arg("--version")).is_some_and(|found| found == expected)
        && let (Some(bindgen), Some(test_runner)) = (on_path("wasm-bindgen"), on_path("wasm-bindgen-test-runner"))
    {
        return Ok(WasmBindgen { bindgen, test_runner });
    }
    let root = dir()?.join(format!("wasm-bindgen-{version}"));
    let found = WasmBindgen {
        bindgen: program(&root, "wasm-bindgen"),
        test_runner: program(&root, "wasm-bindgen-test-runner"),
    };
    if !found.bindgen.is_file() || !found.test_runner.is_file() {
        // The features left out fetch from https servers, which neither program does here.
        let options = ["--no-default-features"];
        cargo_install("wasm-bindgen-cli", &version, &root, &options, "once, about a minute and a half")?;
    }
    Ok(found)
}

/// cargo-deny. Another version may want other settings than those in deny.toml.
pub(crate) fn cargo_deny() -> Result<PathBuf> {
    const VERSION: &str = "0.20.2";
    let expected = format!("cargo-deny {VERSION}");
    if let Some(own) = on_path("cargo-deny")
        && ask(Command::new(&own).arg("--version")).is_some_and(|found| found == expected)
    {
        return Ok(own);
    }
    let root = dir()?.join(format!("cargo-deny-{VERSION}"));
    let found = program(&root, "cargo-deny");
    if !found.is_file() {
        cargo_install("cargo-deny", VERSION, &root, &["--locked"], "once, two to four minutes")?;
    }
    Ok(found)
}

/// Builds a tool from crates.io into `root`.
///
/// Unoptimised: that builds in a third of the time, and the tools are quick enough.
pub(crate) fn cargo_install(name: &str, version: &str, root: &Path, options: &[&str], takes: &str) -> Result<()> {
    let build = dir()?.join(format!("build-{name}-{version}"));
    let mut command = Command::new(host_cargo());
    command.args(["install", name, "--version", &format!("={version}"), "--root"]).arg(root);
    command.arg("--target-dir").arg(&build).args(options);
    command.envs([("CARGO_PROFILE_RELEASE_OPT_LEVEL", "0"), ("CARGO_PROFILE_RELEASE_DEBUG", "0")]);
    // Flags meant for the widget do not concern its tools; nor does the checkout's cargo configuration.
    command.env_remove("RUSTFLAGS").env_remove("CARGO_TARGET_DIR").current_dir(dir()?);
    Step::new(&format!("Install {name} {version}"))
        .takes(takes)
        .by_hand(&format!("cargo install {name} --version {version} --root {}", root.display()))
        .run(&mut command)?;
    fs::remove_dir_all(&build).with_context(|| format!("{} cannot be removed", build.display()))
}

/// An installed program in a tool's folder.
pub(crate) fn program(root: &Path, name: &str) -> PathBuf {
    root.join("bin").join(format!("{name}{}", env::consts::EXE_SUFFIX))
}

/// The first program with this name on PATH.
pub(crate) fn on_path(name: &str) -> Option<PathBuf> {
    let name = format!("{name}{}", env::consts::EXE_SUFFIX);
    env::split_paths(&env::var_os("PATH")?).map(|dir| dir.join(&name)).find(|path| path.is_file())
}
