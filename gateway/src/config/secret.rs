//! Secrets: read from variables and files, never shown.

use std::fmt;
use std::fs;
use std::io;
use std::path::Path;

/// Bytes that are never printed, compared or logged.
#[derive(Clone)]
pub struct Secret(Vec<u8>);

impl Secret {
    /// A secret, or `None` where there is nothing.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Option<Self> {
        let bytes = bytes.into();
        (!bytes.is_empty()).then_some(Self(bytes))
    }

    /// The secret itself: for the place that needs it, not for keeping.
    pub fn reveal(&self) -> &[u8] {
        &self.0
    }

    /// Reads a secret's file. One final newline is not part of the secret: editors and `echo` write it.
    pub(super) fn read(path: &Path) -> Result<Self, Unusable> {
        /// More than any key or password; a wrong path may lead to anything.
        const LARGEST: u64 = 64 * 1024;

        let about = fs::metadata(path).map_err(Unusable::Unreadable)?;
        if about.is_dir() {
            return Err(Unusable::Directory);
        }
        if about.len() > LARGEST {
            return Err(Unusable::TooLarge);
        }
        let mut bytes = fs::read(path).map_err(Unusable::Unreadable)?;
        if bytes.pop_if(|last| *last == b'\n').is_some() {
            bytes.pop_if(|last| *last == b'\r');
        }
        Self::new(bytes).ok_or(Unusable::Empty)
    }
}

/// Not even the length is told.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// Why a secret's file gives no secret.
#[derive(Debug)]
pub(super) enum Unusable {
    Unreadable(io::Error),
    Directory,
    TooLarge,
    Empty,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(error) if error.kind() == io::ErrorKind::NotFound => {
                f.write_str("there is no such file; the path of a file that holds the secret is needed")
            }
            Self::Unreadable(error) => {
                write!(f, "cannot be read ({error}); a file that this user may read is needed")
            }
            Self::Directory => f.write_str("is a directory; the path of a file that holds the secret is needed"),
            Self::TooLarge => f.write_str("is larger than 64 KiB; a file that holds nothing but the secret is needed"),
            Self::Empty => f.write_str("is empty; a file that holds the secret is needed"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(name: &str, content: &[u8]) -> Result<Vec<u8>, String> {
        let path = std::env::temp_dir().join(format!("gateway-secret-{}-{name}", std::process::id()));
        fs::write(&path, content).unwrap();
        let read = Secret::read(&path);
        fs::remove_file(&path).unwrap();
        read.map(|secret| secret.0).map_err(|why| why.to_string())
    }

    #[test]
    fn one_final_newline_is_not_part_of_a_secret() {
        assert_eq!(read("none", b"key").unwrap(), b"key");
        assert_eq!(read("unix", b"key\n").unwrap(), b"key");
        assert_eq!(read("windows", b"key\r\n").unwrap(), b"key");
        assert_eq!(read("two", b"key\n\n").unwrap(), b"key\n");
        assert_eq!(read("spaces", b" key \n").unwrap(), b" key ");
        assert_eq!(read("bytes", b"\xff\x00\x01").unwrap(), b"\xff\x00\x01");
    }

    #[test]
    fn an_empty_file_holds_no_secret() {
        for (name, content) in [("empty", ""), ("newline", "\n"), ("crlf", "\r\n")] {
            assert!(read(name, content.as_bytes()).unwrap_err().starts_with("is empty"), "{name}");
        }
    }

    #[test]
    fn a_wrong_path_is_told_apart() {
        assert!(Secret::read(Path::new("/no/such/file")).unwrap_err().to_string().starts_with("there is no such file"));
        assert!(Secret::read(Path::new("/")).unwrap_err().to_string().starts_with("is a directory"));
        assert!(read("large", &[b'x'; 70_000]).unwrap_err().starts_with("is larger"));
    }

    #[test]
    fn a_secret_is_not_printed() {
        let secret = Secret::new("hunter2").unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(…)");
    }
}
