//! List: the connectors that match a filter, for `terraform query`.

use std::collections::BTreeMap;

use async_trait::async_trait;

use crate::{
    connector::{
        TYPE_NAME,
        filter::{self, Filter},
        model::state,
        variants,
    },
    messages::failure,
    onomondo::{Client, Connector, Operation},
    protocol::{Call, Diagnostic, Diagnostics, Found, List, ListResource, Listed, Schema, Value},
};

/// The list resource with its schema.
#[derive(Debug)]
pub struct ConnectorList(Schema);

impl Default for ConnectorList {
    fn default() -> Self {
        Self(Schema::new(
            "Lists the Connectors of the account for `terraform query`, which can also generate \
             configuration that imports them.",
            filter::attributes(),
        ))
    }
}

#[async_trait]
impl ListResource<Client> for ConnectorList {
    fn type_name(&self) -> &'static str {
        TYPE_NAME
    }

    fn schema(&self) -> &Schema {
        &self.0
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        if let Err(errors) = Filter::parse(config) {
            diagnostics.extend(errors);
        }
    }

    async fn list(
        &self,
        call: &Call<Client>,
        request: List,
        warnings: &mut Diagnostics,
    ) -> Result<Found, Diagnostics> {
        let filter = Filter::parse(&request.config)?;
        let operation = Operation::new(call.stop.clone(), None);
        let all = call.client.connectors(&operation).await;
        let all = all.map_err(|error| failure::diagnostic(&error, "list the connectors"))?;
        filter.warn(&all, warnings);
        Ok(find(&all, &filter, &request, warnings))
    }
}

fn find(all: &[Connector], filter: &Filter, request: &List, warnings: &mut Diagnostics) -> Found {
    let wanted = all.iter().filter(|connector| filter.matches(connector));
    let (mut managed, others): (Vec<_>, Vec<_>) =
        wanted.partition(|connector| variants::of_type(&connector.kind).is_some());
    managed.sort_by_key(|connector| &connector.name);

    if !others.is_empty() {
        warnings.push(left_out(&others));
    }
    if managed.len() > request.limit {
        warnings.push(limited(request.limit, managed.len()));
    }
    let include_object = request.include_object;
    let managed: Vec<_> = managed.into_iter().cloned().collect();
    Box::new(
        managed
            .into_iter()
            .map(move |connector| listed(&connector, include_object)),
    )
}

fn listed(connector: &Connector, include_object: bool) -> Listed {
    let found = state::imported(connector);
    Listed {
        identity: found.identity,
        // The CLI prints the identity beside it, which already contains the name.
        display_name: format!("{} ({})", connector.name, connector.kind),
        object: include_object.then_some(found.state),
    }
}

/// The warning about connectors that the resource does not support.
fn left_out(others: &[&Connector]) -> Diagnostic {
    let mut counts = BTreeMap::<&str, usize>::new();
    for connector in others {
        *counts.entry(&connector.kind).or_default() += 1;
    }
    let counts = counts.iter();
    let counts: Vec<_> = counts
        .map(|(kind, count)| format!("{count} of type `{kind}`"))
        .collect();
    let title = match others.len() {
        1 => "1 connector has a type that cannot be managed".to_owned(),
        count => format!("{count} connectors have types that cannot be managed"),
    };
    Diagnostic::warning(
        title,
        format!(
            "Not listed: {}. Onomondo does not document these types; a newer version of this \
             provider may support them. The data source `onomondo_connectors` shows these \
             connectors.",
            counts.join(", ")
        ),
    )
}

fn limited(limit: usize, count: usize) -> Diagnostic {
    Diagnostic::warning(
        format!("Only {limit} of {count} connectors are listed"),
        format!(
            "The `list` block has a limit of {limit}; the default is 100. To list all connectors, \
             set `limit = {count}` or more in the block."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn connectors(names: impl IntoIterator<Item = String>, kind: &str) -> Vec<Connector> {
        let connector = |name| Connector {
            name,
            kind: kind.to_owned(),
            tags: Vec::new(),
            passthrough: Vec::new(),
            options: serde_json::Map::new(),
            meta: None,
        };
        names.into_iter().map(connector).collect()
    }

    /// The titles of the warnings, and the names of the connectors found.
    fn search(all: &[Connector], limit: usize) -> (Vec<String>, Vec<String>) {
        let request = List {
            config: Value::Null,
            limit,
            include_object: false,
        };
        let mut warnings = Diagnostics::default();
        let found = find(all, &Filter::default(), &request, &mut warnings);
        let titles = warnings.into_iter().map(|warning| warning.summary);
        let names = found.map(|listed| listed.display_name);
        (titles.collect(), names.collect())
    }

    #[test]
    fn connectors_are_sorted_by_name_and_a_warning_counts_the_rest() {
        let all = connectors(["b", "c", "a"].map(String::from), "tls");
        let (warnings, names) = search(&all, 3);
        assert_eq!(warnings, [""; 0]);
        assert_eq!(names, ["a (tls)", "b (tls)", "c (tls)"]);
        let (warnings, _) = search(&all, 2);
        assert_eq!(warnings, ["Only 2 of 3 connectors are listed"]);
    }

    #[test]
    fn types_that_the_resource_cannot_hold_are_left_out_with_one_warning() {
        let mut all = connectors(["x", "y"].map(String::from), "beta");
        all.extend(connectors(["z"].map(String::from), "alpha"));
        let warning = left_out(&all.iter().collect::<Vec<_>>());
        assert!(
            warning
                .detail
                .contains("1 of type `alpha`, 2 of type `beta`"),
            "{warning:?}"
        );
        all.extend(connectors(["fleet"].map(String::from), "https"));
        let (warnings, names) = search(&all, 100);
        assert_eq!(warnings, [warning.summary]);
        assert_eq!(names, ["fleet (https)"]);
    }

    #[test]
    fn an_object_equals_the_result_of_read_and_comes_only_on_request() {
        let all = connectors(["fleet".to_owned()], "tls");
        let found = state::imported(&all[0]);
        assert_eq!(listed(&all[0], false).object, None);
        assert_eq!(listed(&all[0], true).object, Some(found.state));
        assert_eq!(listed(&all[0], true).identity, found.identity);
    }
}
