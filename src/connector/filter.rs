//! Selects connectors of the account by `type`, `tag` and `name_regex`. The data source and
//! `terraform query` share this filter.

use regex_lite::Regex;

use super::model::attributes::{NAME_REGEX, TAG, TYPE};
use crate::{
    messages::{
        invalid::{invalid, quoted},
        tag::is_tag_id,
    },
    onomondo::{Connector, Connectors, OddEntry},
    protocol::{Attribute, Diagnostic, Diagnostics, Field, Given, Text, Value},
};

/// The maximum number of unreadable entries that a message names.
const UNREADABLE_SHOWN: usize = 10;

/// The conditions for a connector to be listed. Omitted attributes do not matter.
#[derive(Debug, Default)]
pub(super) struct Filter {
    kind: Option<String>,
    tag: Option<String>,
    name: Option<Regex>,
}

/// The attributes of the filter.
pub(super) fn attributes() -> Vec<Attribute> {
    vec![
        TYPE.attribute().optional().describe(
            "Lists only connectors of this type: `https`, `tls`, `aws_iot_core`, \
             `microsoft_azure_iot`, or a type that this provider cannot manage. Onomondo has \
             types in beta.",
        ),
        TAG.attribute()
            .optional()
            .describe("Lists only connectors that have the tag with this ID (a UUID)."),
        NAME_REGEX.attribute().optional().describe(
            "Lists only connectors whose name matches this regular expression. It matches \
             anywhere in the name; `^` and `$` anchor it to the start and the end. The syntax is \
             RE2, as in Terraform's `regex` function, but without Unicode classes such as \
             `\\p{L}`.",
        ),
    ]
}

impl Filter {
    /// Reads the configuration. Each error is on its own attribute. An unknown value counts as
    /// omitted: the CLI lists nothing before all values are known.
    pub(super) fn parse(config: &Value) -> Result<Self, Diagnostics> {
        let mut errors = Diagnostics::default();
        let filter = Self {
            kind: read(config, TYPE, kind, &mut errors),
            tag: read(config, TAG, tag, &mut errors),
            name: read(config, NAME_REGEX, expression, &mut errors),
        };
        if errors.has_error() {
            return Err(errors);
        }
        Ok(filter)
    }

    /// Warns if the list may be incomplete.
    pub(super) fn warn(&self, all: &Connectors, warnings: &mut Diagnostics) {
        if all.is_cut_off() {
            warnings.push(cut_off(all.entries()));
        }
        let odd = all.odd().iter().filter(|odd| self.may_match(odd));
        let odd: Vec<_> = odd.collect();
        if !odd.is_empty() {
            warnings.push(unreadable(&odd));
        }
    }

    /// Whether an unreadable entry may match the filter.
    fn may_match(&self, odd: &OddEntry) -> bool {
        match (&self.name, &odd.name) {
            (Some(pattern), Some(name)) => pattern.is_match(name),
            _ => true,
        }
    }

    /// Whether the connector matches the filter.
    pub(super) fn matches(&self, connector: &Connector) -> bool {
        let kind = self.kind.as_deref();
        let tag = self.tag.as_deref();
        let name = self.name.as_ref();
        kind.is_none_or(|kind| kind == connector.kind)
            && tag.is_none_or(|tag| has_tag(connector, tag))
            && name.is_none_or(|name| name.is_match(&connector.name))
    }
}

/// The API shows only this many connectors, whatever a request asks for.
fn cut_off(count: usize) -> Diagnostic {
    Diagnostic::warning(
        "The list of connectors may be incomplete",
        format!(
            "Onomondo returned {count} connectors, but no others when asked for more. If the \
             account has more, they are not listed. An API key that is limited to tags sees fewer \
             connectors. With such a key, the list may be complete."
        ),
    )
}

/// The warning about unreadable entries.
fn unreadable(odd: &[&OddEntry]) -> Diagnostic {
    let title = match odd.len() {
        1 => "1 connector in the list cannot be read".to_owned(),
        count => format!("{count} connectors in the list cannot be read"),
    };
    let shown = odd
        .iter()
        .take(UNREADABLE_SHOWN)
        .map(|odd| match &odd.name {
            Some(name) => format!("{}: {}", quoted(name), odd.problem),
            None => format!("a connector without a name: {}", odd.problem),
        });
    let more = if odd.len() > UNREADABLE_SHOWN {
        ", …"
    } else {
        ""
    };
    Diagnostic::warning(
        title,
        format!(
            "Not listed: {}{more}. A newer version of this provider may be able to read them.",
            shown.collect::<Vec<_>>().join(", ")
        ),
    )
}

fn has_tag(connector: &Connector, tag: &str) -> bool {
    let mut tags = connector.tags.iter();
    tags.any(|other| other.id.eq_ignore_ascii_case(tag))
}

fn read<T>(
    config: &Value,
    field: Field<Text>,
    parse: fn(&str) -> Result<T, String>,
    errors: &mut Diagnostics,
) -> Option<T> {
    let Given::Known(text) = field.of(config) else {
        return None;
    };
    match parse(text) {
        Ok(parsed) => Some(parsed),
        Err(problem) => {
            let name = field.name();
            let detail = format!("`{name}` is {}. {problem}", quoted(text));
            errors.push(invalid(&[name].into(), detail));
            None
        }
    }
}

fn kind(text: &str) -> Result<String, String> {
    if text.trim().is_empty() {
        return Err("Set a type such as `tls`, or omit it to list all types.".to_owned());
    }
    Ok(text.to_owned())
}

fn tag(text: &str) -> Result<String, String> {
    if !is_tag_id(text) {
        return Err(
            "Use the ID of the tag, a UUID such as `a5023f47-1db8-425e-b664-dc0b8921f644`, not \
             its name."
                .to_owned(),
        );
    }
    Ok(text.to_owned())
}

fn expression(text: &str) -> Result<Regex, String> {
    Regex::new(text).map_err(|error| {
        let place = place(text, &error.to_string())
            .map_or_else(String::new, |place| format!(", at character {place}"));
        format!("It is not a valid regular expression: {error}{place}.")
    })
}

/// The position of the mistake is not searched for in longer expressions, since that would take too
/// long.
const LONGEST_SEARCHED: usize = 1000;

/// The position of the mistake in an expression, counted from 1. `regex-lite` does not report it.
/// But it reads from left to right, so from the mistake on, every prefix fails in the same way.
fn place(text: &str, error: &str) -> Option<usize> {
    if text.len() > LONGEST_SEARCHED {
        return None;
    }
    let fails_alike =
        |beginning: &&str| Regex::new(beginning).is_err_and(|failure| failure.to_string() == error);
    let beginnings = text.char_indices().rev();
    let right = beginnings
        .map(|(end, _)| &text[..end])
        .take_while(fails_alike);
    Some(text.chars().count() - right.count())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::onomondo::Tag;

    const TAG: &str = "a5023f47-1db8-425e-b664-dc0b8921f644";

    fn filter(members: &[(&str, &str)]) -> Result<Filter, Diagnostics> {
        let members = members.iter().map(|(name, text)| (*name, (*text).into()));
        Filter::parse(&Value::object(members))
    }

    fn connector(name: &str, kind: &str, tags: &[&str]) -> Connector {
        let tag = |id: &&str| Tag {
            id: (*id).to_owned(),
            name: None,
            color: None,
            can_write: None,
        };
        Connector {
            name: name.to_owned(),
            kind: kind.to_owned(),
            tags: tags.iter().map(tag).collect(),
            passthrough: Vec::new(),
            options: serde_json::Map::new(),
            meta: None,
        }
    }

    fn matching(members: &[(&str, &str)]) -> Vec<String> {
        let filter = filter(members).unwrap();
        let all = [
            connector("fleet-1", "tls", &[TAG]),
            connector("fleet-2", "mqtt_beta", &[]),
            connector("old-fleet", "tls", &[]),
        ];
        let matching = all.into_iter().filter(|one| filter.matches(one));
        matching.map(|connector| connector.name).collect()
    }

    #[test]
    fn a_connector_must_match_all_conditions() {
        assert_eq!(matching(&[]), ["fleet-1", "fleet-2", "old-fleet"]);
        assert_eq!(matching(&[("type", "tls")]), ["fleet-1", "old-fleet"]);
        assert_eq!(matching(&[("type", "mqtt_beta")]), ["fleet-2"]);
        assert_eq!(matching(&[("type", "TLS")]), [""; 0]);
        let both = [("type", "tls"), ("name_regex", "^fleet")];
        assert_eq!(matching(&both), ["fleet-1"]);
    }

    #[test]
    fn a_tag_is_the_same_in_either_letter_case() {
        assert_eq!(matching(&[("tag", TAG)]), ["fleet-1"]);
        assert_eq!(matching(&[("tag", &TAG.to_uppercase())]), ["fleet-1"]);
    }

    #[test]
    fn an_expression_matches_anywhere_unless_it_is_anchored() {
        assert_eq!(
            matching(&[("name_regex", "fleet")]),
            ["fleet-1", "fleet-2", "old-fleet"]
        );
        assert_eq!(matching(&[("name_regex", "fleet$")]), ["old-fleet"]);
        assert_eq!(
            matching(&[("name_regex", r"(?i)^FLEET-\d$")]),
            ["fleet-1", "fleet-2"]
        );
    }

    #[test]
    fn an_unknown_value_is_neither_an_error_nor_a_condition() {
        let names = ["type", "tag", "name_regex"];
        let config = Value::object(names.map(|name| (name, Value::Unknown)));
        let filter = Filter::parse(&config).unwrap();
        assert!(filter.matches(&connector("fleet", "tls", &[])));
    }

    #[test]
    fn each_error_is_on_its_own_attribute() {
        let errors = filter(&[("type", " "), ("tag", "fleet"), ("name_regex", "[")]).unwrap_err();
        let paths = errors.iter().map(|error| error.path.to_string());
        assert_eq!(paths.collect::<Vec<_>>(), ["type", "tag", "name_regex"]);
    }

    #[test]
    fn an_error_says_where_and_why() {
        for (text, why) in [
            ("(a)(b", "without closing ')', at character 4."),
            ("((a)b", "without closing ')', at character 1."),
            ("ab)c", "without matching '(', at character 3."),
            ("*a", "at character 1."),
            (r"é\qx", "unrecognized escape sequence, at character 3."),
            (r"\pL", "at character 2."),
            (
                "a[z-a]b",
                "invalid range in character class, at character 5.",
            ),
            ("a(?=b)", "look-around is not supported, at character 4."),
        ] {
            let errors = filter(&[("name_regex", text)]).unwrap_err();
            let detail = &errors.iter().next().unwrap().detail;
            assert!(detail.ends_with(why), "{text}: {detail}");
        }
    }
}
