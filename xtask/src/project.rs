//! Where things are in this checkout.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::files;

/// The package that is built for the browser.
pub(crate) const WIDGET: &str = "coworker-notifications";

/// This checkout and its output folders.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// The checkout that this command was started in.
    pub(crate) fn find() -> Result<Self> {
        let manifest_dir = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest_dir).parent().context("xtask lies in the workspace's folder")?.to_owned();
        let target = match env::var_os("CARGO_TARGET_DIR") {
            Some(dir) => env::current_dir()?.join(dir),
            None => root.join("target"),
        };
        Ok(Self { root, target })
    }

    /// A path inside the checkout.
    pub(crate) fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// The checkout's top folder.
    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path inside cargo's target folder.
    pub(crate) fn target(&self, relative: &str) -> PathBuf {
        self.target.join(relative)
    }

    /// The publishable bundle.
    pub(crate) fn dist(&self) -> PathBuf {
        self.path("dist")
    }

    /// The folder that the sandbox serves: the page and the bundle.
    pub(crate) fn site(&self) -> PathBuf {
        self.target("site")
    }

    /// Cargo for the host, in this checkout.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = Command::new(host_cargo());
        command.current_dir(&self.root);
        command
    }

    /// The version of a package in Cargo.lock.
    pub(crate) fn locked_version(&self, package: &str) -> Result<String> {
        let path = self.path("Cargo.lock");
        locked_version(&files::read(&path)?, package)
            .with_context(|| format!("{} has no package {package}", path.display()))
    }
}

/// The cargo that runs this command.
pub(crate) fn host_cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}

/// Finds `version` in the `[[package]]` with this name.
fn locked_version(lock: &str, package: &str) -> Option<String> {
    let value = |line: &str, key: &str| Some(line.strip_prefix(key)?.trim().trim_matches('"').to_owned());
    let mut lines = lock.lines().skip_while(|line| value(line, "name = ").as_deref() != Some(package));
    lines.next()?;
    lines.take_while(|line| !line.starts_with("[[")).find_map(|line| value(line, "version = "))
}

#[cfg(test)]
mod tests {
    use super::locked_version;

    const LOCK: &str = r#"
version = 4

[[package]]
name = "wasm-bindgen-shared"
version = "0.2.1"

[[package]]
name = "wasm-bindgen"
version = "0.2.130"
source = "registry+https://github.com/rust-lang/crates.io-index"

[[package]]
name = "nameless"

[[package]]
name = "yew"
version = "0.23.0"
"#;

    #[test]
    fn the_locked_version_is_that_of_the_package_with_exactly_this_name() {
        assert_eq!(locked_version(LOCK, "wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(locked_version(LOCK, "yew").as_deref(), Some("0.23.0"));
    }

    #[test]
    fn a_package_that_is_not_there_has_no_version() {
        assert_eq!(locked_version(LOCK, "wasm"), None);
        assert_eq!(locked_version(LOCK, "nameless"), None);
    }
}
