//! Where the store is, and whether a store can be there.

use std::path::Path;

use crate::store::Location;

pub(super) fn parse(text: &str) -> Result<Location, String> {
    const EXPECTED: &str = "sqlite:PATH, sqlite::memory: or postgres://USER@HOST/DATABASE is needed";

    let location: Location = text.parse().map_err(|_| EXPECTED.to_owned())?;
    match &location {
        Location::File(path) => check_path(path).map_err(|why| format!("{why}; {EXPECTED}"))?,
        Location::Memory => {}
        Location::Postgres(address) => {
            url::Url::parse(address).map_err(|why| format!("is no address of a database ({why}); {EXPECTED}"))?;
        }
    }
    Ok(location)
}

/// The file may be made at the first start; the directory is the operator's.
fn check_path(path: &Path) -> Result<(), String> {
    let text = path.to_string_lossy();
    if text.starts_with(':') || text.contains(['?', '\0']) {
        return Err("is no path of a file".into());
    }
    if path.is_dir() {
        return Err("is a directory".into());
    }
    match path.parent().filter(|directory| *directory != Path::new("")) {
        Some(directory) if !directory.is_dir() => {
            Err(format!("there is no directory {:?}", directory.display().to_string()))
        }
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_documented_kinds_are_read() {
        for text in ["sqlite:gateway.db", "sqlite:/tmp/gateway.db", "sqlite::memory:", "postgres://me:pw@db/gateway"] {
            assert!(parse(text).is_ok(), "{text}");
        }
        for text in [
            "",
            "gateway.db",
            "sqlite:",
            "sqlite::mem:",
            "mysql://a/b",
            "postgres:x",
            "postgres://a:b:c",
            "sqlite:/tmp",
            "sqlite:a.db?mode=ro",
        ] {
            assert!(parse(text).unwrap_err().contains("sqlite:PATH"), "{text}");
        }
    }

    #[test]
    fn a_directory_that_is_not_there_is_told() {
        assert!(parse("sqlite:/no/such/place/gateway.db").unwrap_err().contains("\"/no/such/place\""));
    }
}
