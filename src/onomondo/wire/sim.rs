//! A SIM, and its decoder.

use serde_json::{Map, Value};

use super::decode::{self, unexpected};
use crate::onomondo::BodyProblem;

/// The number of digits of a SIM ID.
const ID_DIGITS: usize = 9;

/// The number of digits of an ICCID without its check digit.
const ICCID_DIGITS: usize = 19;

/// A SIM as the API shows it, with only the members that the provider needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sim {
    /// Nine digits.
    pub id: String,
    /// The number on the card.
    pub iccid: Option<String>,
    /// The label that users gave it.
    pub label: Option<String>,
    /// The name of its connector. `None` if it is not mapped.
    pub connector: Option<String>,
    /// Whether it is activated, if the API shows that.
    pub activated: Option<bool>,
    /// Whether it is online, if the API shows that.
    pub online: Option<bool>,
    /// The IDs of its tags, in lower case.
    pub tags: Vec<String>,
}

impl Sim {
    /// The numbers that identify it: its ID and its ICCID. See [`sim_number`].
    pub fn numbers(&self) -> impl Iterator<Item = &str> {
        [Some(self.id.as_str()), self.iccid.as_deref()]
            .into_iter()
            .flatten()
            .map(sim_number)
    }

    /// Whether it is mapped to the connector with this name.
    #[must_use]
    pub fn is_mapped_to(&self, connector: &str) -> bool {
        self.connector.as_deref() == Some(connector)
    }
}

/// The number that a SIM ID or an ICCID stands for, to compare two of them. The API takes an ICCID
/// with or without its check digit, so this omits it.
#[must_use]
pub fn sim_number(spelling: &str) -> &str {
    spelling.get(..ICCID_DIGITS).unwrap_or(spelling)
}

/// Decodes one SIM. Errors name it by `place`. Its ID and its connector are required: a SIM without
/// the member would look unmapped.
pub(in crate::onomondo) fn sim(entry: &Value, place: &str) -> Result<Sim, BodyProblem> {
    let Value::Object(members) = entry else {
        return Err(unexpected(place, "an object", entry));
    };
    let member = |name: &str| members.get(name).unwrap_or(&Value::Null);
    let id = digits(member("id"))
        .map(|id| format!("{id:0>ID_DIGITS$}"))
        .ok_or_else(|| unexpected(&format!("{place}.id"), "a SIM ID", member("id")))?;
    let tags = match member("tags") {
        Value::Null => Vec::new(),
        Value::Array(tags) => {
            let tags = tags.iter().enumerate();
            let tags = tags.map(|(index, tag)| decode::tag(tag, &format!("{place}.tags[{index}]")));
            tags.collect::<Result<Vec<_>, _>>()?
        }
        other => return Err(unexpected(&format!("{place}.tags"), "a list", other)),
    };
    Ok(Sim {
        id,
        iccid: digits(member("iccid")),
        label: member("label").as_str().map(str::to_owned),
        connector: connector(members, place)?,
        activated: member("activated").as_bool(),
        online: member("online").as_bool(),
        tags: tags
            .into_iter()
            .map(|tag| tag.id.to_ascii_lowercase())
            .collect(),
    })
}

fn connector(members: &Map<String, Value>, place: &str) -> Result<Option<String>, BodyProblem> {
    match members.get("connector") {
        Some(Value::Null) => Ok(None),
        Some(Value::String(name)) => Ok(Some(name.clone()).filter(|name| !name.is_empty())),
        other => Err(unexpected(
            &format!("{place}.connector"),
            "a name or null",
            other.unwrap_or(&Value::Null),
        )),
    }
}

/// Decodes a number in a text or in a JSON number.
fn digits(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number.to_string(),
        _ => return None,
    };
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then_some(text)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    /// The example in Onomondo's reference.
    fn documented() -> Value {
        json!({
            "id": "000002418", "iccid": "89457387300000024185", "label": null,
            "network_whitelist": "Americas", "imei_lock": null, "connector": null, "activated": false,
            "ipv4": "100.66.131.197", "online": false, "online_at": null,
            "last_came_online_at": "2021-11-01T12:13:39.627Z",
            "network": { "name": null, "country": null, "country_code": null, "mcc": null, "mnc": null },
            "usage": 0,
            "tags": [
                { "name": "Supplier", "id": "A5023F47-1db8-425e-b664-dc0b8921f644", "can_write": false,
                  "color": "#5ba571" },
            ],
        })
    }

    #[test]
    fn the_documented_example_is_read() {
        let expected = Sim {
            id: "000002418".into(),
            iccid: Some("89457387300000024185".into()),
            label: None,
            connector: None,
            activated: Some(false),
            online: Some(false),
            tags: vec!["a5023f47-1db8-425e-b664-dc0b8921f644".into()],
        };
        assert_eq!(sim(&documented(), "sims[0]"), Ok(expected));
    }

    #[test]
    fn an_id_has_nine_digits_in_any_form() {
        let mut entry = documented();
        entry["id"] = json!(2418);
        assert_eq!(sim(&entry, "sims[0]").unwrap().id, "000002418");
    }

    #[test]
    fn a_sim_that_only_looks_unmapped_is_an_error() {
        for (member, value, place) in [
            ("id", json!(null), "sims[0].id"),
            ("id", json!(""), "sims[0].id"),
            ("id", json!("../connectors"), "sims[0].id"),
            ("connector", json!({ "name": "fleet" }), "sims[0].connector"),
            ("tags", json!("Supplier"), "sims[0].tags"),
        ] {
            let mut entry = documented();
            entry[member] = value;
            let problem = sim(&entry, "sims[0]").unwrap_err().to_string();
            assert!(problem.starts_with(&format!("`{place}`")), "{problem}");
        }
        let mut entry = documented();
        entry.as_object_mut().unwrap().remove("connector");
        let problem = sim(&entry, "sims[0]").unwrap_err().to_string();
        assert_eq!(
            problem,
            "`sims[0].connector` is null or missing instead of a name or null"
        );
    }
}
