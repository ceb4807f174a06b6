//! Hints for a name that does not exist: which names the user may have meant.

use super::invalid::{enumerated, quoted};

/// The maximum number of names that a hint shows.
const SHOWN: usize = 5;

/// A name below this likeness is not similar enough to show.
const LEAST_LIKENESS: f64 = 0.8;

/// The shortest name, in bytes, to look for inside others: shorter ones occur in most names.
const SHORTEST_PART: usize = 3;

/// Suggests names of the kind that the user asked for (`connector`, `tag`): similar ones, or else
/// some of the existing ones.
pub(crate) fn hint<'a>(kind: &str, wanted: &str, all: impl Iterator<Item = &'a str>) -> String {
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    all.dedup();
    if all.is_empty() {
        return format!("Onomondo lists no {kind}s. {LIMITED_KEY}");
    }
    let lower_case = wanted.to_lowercase();
    let twins = all.iter().filter(|name| name.to_lowercase() == lower_case);
    let twins: Vec<_> = twins.copied().collect();
    if !twins.is_empty() {
        let twins = enumerated(&twins, "or");
        return format!("Did you mean {twins}? Names are case-sensitive.");
    }
    let near = near(&lower_case, &all);
    if !near.is_empty() {
        return format!("Did you mean {}?", enumerated(&near, "or"));
    }
    let shown: Vec<_> = all.iter().take(SHOWN).map(|name| quoted(name)).collect();
    let more = match all.len() - shown.len() {
        0 => String::new(),
        more => format!(", and {more} more"),
    };
    let shown = shown.join(", ");
    format!("Onomondo lists these {kind}s: {shown}{more}. {LIMITED_KEY}")
}

const LIMITED_KEY: &str = "An API key that is limited to tags may not see all of them.";

/// The most similar names, the best match first.
fn near<'a>(wanted: &str, all: &[&'a str]) -> Vec<&'a str> {
    let mut near: Vec<_> = all.iter().map(|it| (likeness(wanted, it), *it)).collect();
    near.retain(|(likeness, _)| *likeness >= LEAST_LIKENESS);
    near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    near.into_iter().map(|(_, name)| name).take(SHOWN).collect()
}

/// Likeness from 0 to 1. A name that is part of the other one counts as similar.
fn likeness(wanted: &str, other: &str) -> f64 {
    let other = other.to_lowercase();
    let is_part = |part: &str, whole: &str| part.len() >= SHORTEST_PART && whole.contains(part);
    let likeness = strsim::jaro_winkler(wanted, &other);
    if is_part(wanted, &other) || is_part(&other, wanted) {
        return likeness.max(LEAST_LIKENESS);
    }
    likeness
}

#[cfg(test)]
mod tests {
    fn hint(wanted: &str, all: &[&str]) -> String {
        super::hint("connector", wanted, all.iter().copied())
    }

    #[test]
    fn the_most_similar_name_comes_first_and_others_are_omitted() {
        let all = ["meters", "fleet-2", "Fleet", "fleet"];
        assert_eq!(
            hint("fleets", &all),
            "Did you mean `Fleet`, `fleet`, or `fleet-2`?"
        );
    }

    #[test]
    fn a_part_of_a_name_is_similar_to_it() {
        let all = ["eu-fleet-telemetry", "meters", "a"];
        assert_eq!(hint("fleet", &all), "Did you mean `eu-fleet-telemetry`?");
        let path = "connectors/meters";
        assert_eq!(hint(path, &all), "Did you mean `meters`?");
    }

    #[test]
    fn another_letter_case_is_another_name() {
        assert_eq!(
            hint("FLEET", &["fleet", "fleet-2", "Fleet"]),
            "Did you mean `Fleet` or `fleet`? Names are case-sensitive."
        );
    }

    #[test]
    fn without_a_similar_name_some_names_are_listed() {
        let key = "An API key that is limited to tags may not see all of them.";
        let all = ["f", "e", "d", "c", "b", "a"];
        assert_eq!(
            hint("fleet", &all),
            format!("Onomondo lists these connectors: `a`, `b`, `c`, `d`, `e`, and 1 more. {key}")
        );
        assert_eq!(
            hint("fleet", &["a"]),
            format!("Onomondo lists these connectors: `a`. {key}")
        );
        assert_eq!(
            hint("fleet", &[]),
            format!("Onomondo lists no connectors. {key}")
        );
    }
}
