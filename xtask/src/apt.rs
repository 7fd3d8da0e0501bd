//! Debian's packages, installed where this process may.

use std::fs;
use std::mem;
use std::process::Command;
use std::sync::{Mutex, PoisonError};

use anyhow::{Result, bail};

use crate::process::{Step, ask};
use crate::tools::on_path;

/// Whether this is Debian, or a system made from it, and we are root.
pub(crate) fn usable() -> bool {
    let release = fs::read_to_string("/etc/os-release").unwrap_or_default();
    is_debian(&release) && is_root() && on_path("apt-get").is_some()
}

/// Whether this process is root's.
pub(crate) fn is_root() -> bool {
    ask(Command::new("id").arg("-u")).as_deref() == Some("0")
}

/// Installs packages; never at the cost of one that is there.
pub(crate) fn install(what: &str, packages: &[&str]) -> Result<()> {
    let by_hand = format!("apt-get update && apt-get install --no-install-recommends {}", packages.join(" "));
    if !usable() {
        bail!("{what} is missing, and installing it takes root on Debian. By hand: {by_hand}");
    }
    // Held until the end, for dpkg refuses to work twice at once; the lists are read once.
    static HAS_LISTS: Mutex<bool> = Mutex::new(false);
    let mut has_lists = HAS_LISTS.lock().unwrap_or_else(PoisonError::into_inner);
    if !mem::replace(&mut has_lists, true) {
        read_lists();
    }
    let mut install = Command::new("apt-get");
    install.args(["install", "-y", "-q", "--no-install-recommends", "--no-remove"]).args(packages);
    install.env("DEBIAN_FRONTEND", "noninteractive");
    Step::new(&format!("Install {what}: {}", packages.join(" "))).by_hand(&by_hand).run(&mut install)?;
    Ok(())
}

fn read_lists() {
    let mut update = Command::new("apt-get");
    update.args(["update", "-q"]);
    // One broken source among several is no reason to stop: what is needed may come from another.
    if let Err(failure) = Step::new("Read Debian's package lists").optional().run(&mut update) {
        crate::ui::line(&format!("  going on with the lists that are there ({})", failure.last_words()));
    }
}

/// Whether os-release names Debian or something like it.
fn is_debian(os_release: &str) -> bool {
    let values = os_release.lines().filter_map(|line| line.strip_prefix("ID=").or(line.strip_prefix("ID_LIKE=")));
    values.flat_map(|value| value.trim_matches('"').split_whitespace()).any(|id| id == "debian")
}

#[cfg(test)]
mod tests {
    use super::is_debian;

    #[test]
    fn debian_and_its_children_are_known_by_os_release() {
        assert!(is_debian("PRETTY_NAME=\"Debian GNU/Linux 12\"\nID=debian\n"));
        assert!(is_debian("ID=linuxmint\nID_LIKE=\"ubuntu debian\"\n"));
        assert!(!is_debian("ID=fedora\nVARIANT_ID=debian\n"));
    }
}
