//! Node and the tools of npm, which make the bundle smaller and drive the end-to-end tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::process::{Step, ask};
use crate::project::Project;
use crate::{files, tools};

/// The oldest Node that the tools run on.
const MINIMUM: u32 = 20;
/// The oldest wasm-opt that reads what today's compiler writes.
const WASM_OPT_MINIMUM: u32 = 116;

/// Whether Node and npm are there and new enough.
pub(crate) fn usable() -> bool {
    let major = ask(Command::new("node").arg("--version")).and_then(|said| first_number(&said));
    major.is_some_and(|major| major >= MINIMUM) && ask(npm().arg("--version")).is_some()
}

/// Fails where there is no Node to go on with.
pub(crate) fn require() -> Result<()> {
    ensure!(
        usable(),
        "this needs Node {MINIMUM} or newer with npm: https://nodejs.org, or your system's package nodejs"
    );
    Ok(())
}

/// esbuild and wasm-opt, as far as this machine can have them.
#[derive(Default)]
pub(crate) struct Tools {
    modules: Option<PathBuf>,
    own_wasm_opt: bool,
}

impl Tools {
    /// Finds the tools or fetches them from npm.
    pub(crate) fn ensure(project: &Project) -> Result<Self> {
        let own = ask(Command::new("wasm-opt").arg("--version")).and_then(|said| first_number(&said));
        let own_wasm_opt = own.is_some_and(|version| version >= WASM_OPT_MINIMUM);
        let modules = if usable() { Some(install(project)?) } else { None };
        Ok(Self { modules, own_wasm_opt })
    }

    /// The program that makes wasm small.
    pub(crate) fn wasm_opt(&self) -> Option<Command> {
        if self.own_wasm_opt {
            return Some(Command::new("wasm-opt"));
        }
        self.script("binaryen/bin/wasm-opt")
    }

    /// The program that bundles and minifies JavaScript and CSS.
    pub(crate) fn esbuild(&self) -> Option<Command> {
        self.script("esbuild/bin/esbuild")
    }

    fn script(&self, path: &str) -> Option<Command> {
        let mut command = Command::new("node");
        command.arg(self.modules.as_ref()?.join(path));
        Some(command)
    }
}

/// A file's hash as browsers compare it (Subresource Integrity); empty where there is no Node to reckon it.
pub(crate) fn integrity(path: &Path) -> String {
    const HASH: &str = "
const { createHash } = require('node:crypto');
const { readFileSync } = require('node:fs');
console.log('sha384-' + createHash('sha384').update(readFileSync(process.argv[1])).digest('base64'));";
    ask(Command::new("node").args(["-e", HASH]).arg(path)).unwrap_or_default()
}

/// Installs the end-to-end tests' packages; Playwright brings no browser of its own.
pub(crate) fn install_playwright(project: &Project) -> Result<()> {
    install_locked(&project.path("e2e"))
}

/// Installs what a folder's package-lock.json names, unless that is there.
pub(crate) fn install_locked(dir: &Path) -> Result<()> {
    let (lock, stamp) = (dir.join("package-lock.json"), dir.join("node_modules/.installed-lock.json"));
    let wanted = fs::read(&lock).with_context(|| format!("{} cannot be read", lock.display()))?;
    if fs::read(&stamp).is_ok_and(|present| present == wanted) {
        return Ok(());
    }
    let name = dir.file_name().unwrap_or_default().to_string_lossy();
    npm_ci(&format!("Install the packages of {name}/package-lock.json"), dir)?;
    fs::write(&stamp, wanted).with_context(|| format!("{} cannot be written", stamp.display()))
}

/// Fetches what xtask/node/package.json names, once per set of versions.
fn install(project: &Project) -> Result<PathBuf> {
    let source = project.path("xtask/node");
    let manifest = source.join("package.json");
    let [binaryen, esbuild] = ["binaryen", "esbuild"].map(|name| dependency(&manifest, "dependencies", name));
    let dir = tools::dir()?.join(format!("node-binaryen-{}-esbuild-{}", binaryen?, esbuild?));
    let modules = dir.join("node_modules");
    if modules.is_dir() {
        return Ok(modules);
    }
    let partial = dir.with_extension("partial");
    fs::create_dir_all(&partial)?;
    for name in ["package.json", "package-lock.json"] {
        fs::copy(source.join(name), partial.join(name))
            .with_context(|| format!("xtask/node/{name} cannot be copied"))?;
    }
    npm_ci("Fetch binaryen and esbuild from npm", &partial)?;
    fs::rename(&partial, &dir).with_context(|| format!("{} cannot be made", dir.display()))?;
    Ok(modules)
}

fn npm_ci(title: &str, dir: &Path) -> Result<()> {
    let mut command = npm();
    // Install scripts only fetch or check what is there already.
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]).current_dir(dir);
    command.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
    Step::new(title).by_hand(&format!("npm ci, in {}", dir.display())).run(&mut command)?;
    Ok(())
}

/// npm is a script, which Windows starts by its full name only.
pub(crate) fn npm() -> Command {
    Command::new(if cfg!(windows) { "npm.cmd" } else { "npm" })
}

fn dependency(path: &Path, section: &str, name: &str) -> Result<String> {
    match manifest(path)?[section][name].as_str() {
        Some(version) if version.starts_with(|c: char| c.is_ascii_digit()) => Ok(version.to_owned()),
        other => bail!("{} names {other:?} as {name}; an exact version is needed", path.display()),
    }
}

fn manifest(path: &Path) -> Result<Value> {
    serde_json::from_str(&files::read(path)?).with_context(|| format!("{} is not JSON", path.display()))
}

/// The first number in a version text, such as 20 in `v20.1.0` and 116 in `wasm-opt version 116 (version_116)`.
fn first_number(text: &str) -> Option<u32> {
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::first_number;

    #[test]
    fn versions_are_read_from_what_programs_print() {
        assert_eq!(first_number("v20.20.2"), Some(20));
        assert_eq!(first_number("wasm-opt version 108 (version_108)"), Some(108));
        assert_eq!(first_number("no version"), None);
    }
}
