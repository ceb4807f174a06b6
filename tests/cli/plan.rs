//! The planned changes, read from `show -json`.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::outcome::Outcome;

/// A plan in the CLI's JSON form, with the output of the `plan` command.
pub(crate) struct Plan {
    json: Value,
    said: Outcome,
}

impl Plan {
    pub(crate) fn new(json: Value, said: Outcome) -> Self {
        Self { json, said }
    }

    /// Fails the test unless the output contains `piece`.
    #[track_caller]
    pub(crate) fn says(self, piece: &str) -> Self {
        let said = self.said.says(piece);
        Self { said, ..self }
    }

    /// Fails the test if the output contains `piece`.
    #[track_caller]
    pub(crate) fn says_nothing_of(self, piece: &str) -> Self {
        let said = self.said.says_nothing_of(piece);
        Self { said, ..self }
    }

    /// The planned change of one resource instance.
    #[track_caller]
    pub(crate) fn change(&self, address: &str) -> Change<'_> {
        let changes = self.json["resource_changes"]
            .as_array()
            .map(Vec::as_slice)
            .unwrap_or_default();
        let Some(found) = changes.iter().find(|change| change["address"] == address) else {
            panic!("the plan has no change of `{address}`: {changes:#?}")
        };
        Change(&found["change"])
    }
}

/// The planned change of one resource instance.
pub(crate) struct Change<'plan>(&'plan Value);

impl Change<'_> {
    /// `create`, `update`, `delete`, `no-op`, or two of them for a replacement.
    pub(crate) fn actions(&self) -> Vec<&str> {
        self.0["actions"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect()
    }

    /// The planned value of the attribute at a JSON pointer. Null if it is unknown.
    pub(crate) fn after(&self, pointer: &str) -> &Value {
        self.0["after"].pointer(pointer).unwrap_or(&Value::Null)
    }

    /// Whether the attribute at a JSON pointer is known only after apply.
    pub(crate) fn is_unknown(&self, pointer: &str) -> bool {
        self.0["after_unknown"].pointer(pointer) == Some(&Value::Bool(true))
    }

    /// The paths of the attributes that differ, such as `tls.port`. Ignores the times at which
    /// secrets were set. A collection counts as a whole.
    pub(crate) fn changed(&self) -> BTreeSet<String> {
        let mut paths = BTreeSet::new();
        collect(
            &self.0["before"],
            &self.0["after"],
            &self.0["after_unknown"],
            "",
            &mut paths,
        );
        paths.retain(|path| path != "meta" && !path.starts_with("meta."));
        paths
    }
}

fn collect(
    before: &Value,
    after: &Value,
    unknown: &Value,
    path: &str,
    paths: &mut BTreeSet<String>,
) {
    let (Value::Object(old), Value::Object(new)) = (before, after) else {
        if before != after || *unknown == Value::Bool(true) {
            paths.insert(path.to_owned());
        }
        return;
    };
    // `after` does not contain unknown attributes.
    for key in old.keys().chain(new.keys()).collect::<BTreeSet<_>>() {
        let member = if path.is_empty() {
            key.clone()
        } else {
            format!("{path}.{key}")
        };
        collect(&before[key], &after[key], &unknown[key], &member, paths);
    }
}
