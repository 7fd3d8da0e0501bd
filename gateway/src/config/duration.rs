//! Lengths of time as they are written in the configuration.

use std::time::Duration;

/// The end of the message about a length of time that cannot be read.
pub(super) const EXPECTED: &str = "a time above zero with its unit is needed, as in 500ms, 5s, 10m, 2h or 90d";

/// Reads `500ms`, `5s`, `10m`, `2h`, `90d`. Zero is no length of time.
pub(super) fn parse(text: &str) -> Result<Duration, String> {
    /// Ten years. A longer time is a mistake.
    const LONGEST: Duration = Duration::from_secs(3650 * 86_400);

    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (number, unit) = text.split_at(digits);
    let milliseconds: u64 = match unit {
        "ms" => 1,
        "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        "d" => 86_400_000,
        _ => return Err(EXPECTED.into()),
    };
    let number: u64 = number.parse().map_err(|_| EXPECTED.to_owned())?;
    let length = number.checked_mul(milliseconds).map(Duration::from_millis).filter(|length| *length <= LONGEST);
    match length {
        None => Err("is too long; 3650d is the longest".into()),
        Some(Duration::ZERO) => Err(EXPECTED.into()),
        Some(length) => Ok(length),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_its_unit() {
        for (text, milliseconds) in
            [("500ms", 500), ("1ms", 1), ("5s", 5_000), ("10m", 600_000), ("2h", 7_200_000), ("90d", 7_776_000_000)]
        {
            assert_eq!(parse(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        }
    }

    #[test]
    fn everything_else_is_refused() {
        for text in [
            "",
            "5",
            "s",
            "0s",
            "0ms",
            "000d",
            "-5s",
            "+5s",
            "1.5s",
            "5 s",
            " 5s",
            "5S",
            "5sec",
            "5s5s",
            "٥s",
            "1e3s",
            "99999999999999999999s",
            "18446744073709551615d",
            "3651d",
        ] {
            assert!(parse(text).is_err(), "{text:?}");
        }
    }
}
