//! Durations as configurations write them: `30s`, `1h30m`.

use std::time::Duration;

/// The units of Go's durations, as in every other provider.
const UNITS: [&str; 8] = ["h", "m", "s", "ms", "us", "µs", "μs", "ns"];

/// Parses a duration above zero in Go's form. Returns `None` for anything else. The `humantime`
/// parser knows more units: it reads `1M` as a month.
#[must_use]
pub fn parse_duration(text: &str) -> Option<Duration> {
    let is_number = |c: char| c.is_ascii_digit() || c == '.';
    let mut units = text.split(is_number).filter(|unit| !unit.is_empty());
    if !units.all(|unit| UNITS.contains(&unit)) {
        return None;
    }
    let duration = humantime::parse_duration(text).ok()?;
    (!duration.is_zero()).then_some(duration)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn go_s_durations_and_nothing_else() {
        for (text, expected) in [
            ("30s", Some(30_000)),
            ("1h30m", Some(5_400_000)),
            ("1m0.5s", Some(60_500)),
            ("1.5h", Some(5_400_000)),
            ("250ms", Some(250)),
            ("0s", None),
            ("", None),
            ("5", None),
            ("1M", None),
            ("1d", None),
            ("1 h", None),
            ("-1s", None),
            ("soon", None),
        ] {
            let expected = expected.map(Duration::from_millis);
            assert_eq!(parse_duration(text), expected, "{text}");
        }
    }
}
