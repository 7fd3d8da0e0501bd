//! `check`: tries each part of the configuration and reports on each, one line a part.

use std::fs::{self, OpenOptions};
use std::io;
use std::net::SocketAddr;
use std::path::Path;

use tokio::net::TcpListener;

use crate::clock::System;
use crate::config::Config;
use crate::identity::Identity;
use crate::serve;
use crate::store::{self, Location};

/// The result for one part: that it works, or what is wrong and what to do.
pub type Finding = Result<String, String>;

/// Tries every part and passes each finding to `report`. Returns `false` if one failed.
pub async fn check(config: &Config, mut report: impl FnMut(&Finding)) -> bool {
    let mut all_well = true;
    let mut note = |finding: Finding| {
        all_well &= finding.is_ok();
        report(&finding);
    };
    note(listen("listen: ", "--listen (LISTEN)", config.listen).await);
    note(listen("admin-listen: ", "--admin-listen (ADMIN_LISTEN)", config.admin_listen).await);
    note(try_store(&config.store).await);
    note(nexudus(config).await);
    match Identity::new(config.portal.as_ref(), config.jwt.as_ref()) {
        Ok(identity) => {
            if let Some(finding) = identity.check_portal().await {
                note(finding);
            }
            if let Some(finding) = identity.check_keys().await {
                note(finding);
            }
        }
        Err(error) => note(Err(format!("identity: {error}"))),
    }
    note(Ok(match config.origins.len() {
        0 => "origins: none, so only pages of the gateway's own origin may ask (--origin, ORIGINS)".to_owned(),
        _ => {
            let origins: Vec<_> = config.origins.iter().map(|origin| origin.as_str()).collect();
            format!("origins: {}", origins.join(", "))
        }
    }));
    if config.webhook_secret.is_some() {
        note(Ok("webhooks: taken at POST /webhooks/nexudus, signed with the secret".to_owned()));
    }
    all_well
}

async fn listen(part: &str, flag: &str, address: SocketAddr) -> Finding {
    match TcpListener::bind(address).await {
        Ok(_) => Ok(format!("{part}{address}")),
        Err(error) if error.kind() == io::ErrorKind::AddrInUse => {
            Ok(format!("{part}{address} is in use: by the gateway, if it runs now"))
        }
        Err(error) => {
            Err(format!("{part}{address}: {error}: set {flag} to an address of this machine and a free port"))
        }
    }
}

async fn try_store(location: &Location) -> Finding {
    let fail = |why: String| Err(format!("store: {location}: {why}"));
    if let Location::File(path) = location
        && !path.exists()
    {
        // The file itself is left to the user that the gateway runs as.
        return match try_directory(path) {
            Ok(()) => Ok(format!("store: {location} will be made at the first start")),
            Err(error) => fail(format!("{error}: let this user write into the directory, or set --store (STORE)")),
        };
    }
    match store::open(location, System::clock()).await {
        Ok(_) => Ok(format!("store: {location}")),
        Err(error) => fail(format!("{error}: check --store (STORE) and what this user may do there")),
    }
}

fn try_directory(path: &Path) -> io::Result<()> {
    let directory = path.parent().filter(|parent| *parent != Path::new("")).unwrap_or(Path::new("."));
    let trial = directory.join(format!(".gateway-check-{}", std::process::id()));
    OpenOptions::new().write(true).create_new(true).open(&trial)?;
    fs::remove_file(trial)
}

async fn nexudus(config: &Config) -> Finding {
    let part = |words: String| format!("nexudus: {words}");
    let nexudus = serve::nexudus(config).map_err(part)?;
    nexudus.check().await.map(part).map_err(part)
}
