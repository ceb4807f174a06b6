//! Import: the connector of a name that the user gives.

use super::{errors, identity, state};
use crate::{
    onomondo::{Client, Kind, Operation},
    protocol::{Call, Diagnostic, ImportTarget, Instance, Value},
};

pub(super) async fn import(
    call: &Call<Client>,
    target: &ImportTarget,
) -> Result<Instance, Diagnostic> {
    let name = match target {
        ImportTarget::Id(id) => id.as_str(),
        ImportTarget::Identity(identity) => identity.get("name").as_str().unwrap_or_default(),
    };
    let operation = Operation::new(call.stop.clone(), None);
    let found = call.client.find_connector(&operation, name).await;
    let Some(connector) = found.map_err(|error| errors::diagnostic(&error, "import", name))? else {
        let all = call.client.connectors(&operation).await;
        let all = all.as_deref().unwrap_or_default();
        let names = all.iter().map(|connector| connector.name.as_str());
        return Err(not_found(name, &near_misses(name, names)));
    };
    if Kind::from_api(&connector.kind).is_none() {
        return Err(unknown_type(name, &connector.kind));
    }
    let blank = Instance {
        state: Value::object([]),
        private: Vec::new(),
        identity: identity(name),
    };
    Ok(state::found(&connector, blank))
}

/// At most this many names are suggested.
const SUGGESTIONS: usize = 5;

/// The names most like this one, the likeliest first.
fn near_misses<'a>(name: &str, all: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let wanted = name.to_lowercase();
    let likeness = |other: &str| strsim::jaro_winkler(&wanted, &other.to_lowercase());
    let mut near: Vec<_> = all.map(|other| (likeness(other), other)).collect();
    near.retain(|(likeness, _)| *likeness > 0.8);
    near.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(other.1)));
    near.into_iter()
        .map(|(_, name)| name)
        .take(SUGGESTIONS)
        .collect()
}

fn not_found(name: &str, near_misses: &[&str]) -> Diagnostic {
    let hint = if near_misses.is_empty() {
        "An API key that is limited by tags sees only connectors with one of its tags.".to_owned()
    } else {
        format!("Did you mean `{}`?", near_misses.join("`, `"))
    };
    Diagnostic::error(
        format!("No connector `{name}`"),
        format!(
            "The account has no connector named `{name}`. The ID of an import is the exact name, \
             letter case included. {hint}"
        ),
    )
}

fn unknown_type(name: &str, kind: &str) -> Diagnostic {
    Diagnostic::error(
        format!("Connector `{name}` is of a type this provider does not know"),
        format!(
            "Its type is `{kind}`, which Onomondo does not document. This provider manages `https`, \
             `tls`, `aws_iot_core` and `microsoft_azure_iot`; a newer version may know more."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_likeliest_name_comes_first_and_strangers_not_at_all() {
        let all = ["meters", "fleet-2", "Fleet", "fleet"];
        assert_eq!(
            near_misses("fleets", all.into_iter()),
            ["Fleet", "fleet", "fleet-2"]
        );
    }
}
