//! How long a file may be.

use super::{Finding, Source};

const LIMIT: usize = 450;
const WHY: &str = "a file of more than 450 lines has more than one purpose: split it";

pub(super) fn check(source: &Source) -> Option<Finding> {
    let lines = source.text.lines().count();
    let too_long = source.is(&["rs", "js", "mjs", "ts", "css"]) && lines > LIMIT;
    too_long.then(|| source.finding(LIMIT + 1, format!("{lines} lines"), WHY))
}

#[cfg(test)]
mod tests {
    use super::super::source;
    use super::{LIMIT, check};

    #[test]
    fn the_limit_itself_is_allowed() {
        assert!(check(&source("src/lib.rs", &"\n".repeat(LIMIT))).is_none());
        assert_eq!(check(&source("src/lib.rs", &"\n".repeat(LIMIT + 1))).unwrap().what, "451 lines");
    }

    #[test]
    fn data_may_be_long() {
        assert!(check(&source("npm/custom-elements.json", &"\n".repeat(9999))).is_none());
    }
}
