//! Moves from the generic REST providers: the connector of a `restapi_object` (Mastercard/restapi)
//! or a `restful_resource` (magodo/restful).
//!
//! This takes only the name. Read fills in the rest from the API, since another provider's state
//! may be wrong.

use serde_json::Value as Json;

use crate::{
    connector::{
        TYPE_NAME,
        model::{attributes::NAME, state::identity},
    },
    protocol::{Diagnostic, Instance, MoveSource, Value},
};

pub(crate) fn move_state(source: &MoveSource) -> Result<Instance, Diagnostic> {
    // The host differs between registries, and mirrors have their own.
    let provider = source
        .provider_address
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let name = match (provider, source.type_name.as_str()) {
        ("restapi", "restapi_object") => name_in_restapi(&source.state),
        ("restful", "restful_resource") => name_in_restful(&source.state),
        _ => return Err(unknown_source(source)),
    };
    let path = text(&source.state, "path");
    if !is_connectors(path) {
        return Err(not_a_connector(source, path));
    }
    let name = name.ok_or_else(|| no_name(source))?;
    let mut state = Value::object([]);
    NAME.set(&mut state, name.as_str());
    Ok(Instance {
        state,
        private: Vec::new(),
        identity: identity(&name),
    })
}

/// Whether a path names the connectors or one of them, after any prefix.
fn is_connectors(path: &str) -> bool {
    let path = path.split('?').next().unwrap_or_default().trim_matches('/');
    path.rsplit('/')
        .take(2)
        .any(|segment| segment == "connectors")
}

/// `api_data` and `api_response` hold the API's answer, `data` the request. `id` depends on
/// `id_attribute`.
fn name_in_restapi(state: &Json) -> Option<String> {
    let in_json = |attribute| {
        let json: Json = serde_json::from_str(text(state, attribute)).ok()?;
        non_empty(text(&json, "name"))
    };
    non_empty(text(&state["api_data"], "name"))
        .or_else(|| in_json("api_response"))
        .or_else(|| in_json("data"))
        .or_else(|| non_empty(text(state, "id")))
}

/// `output` and `body` are dynamic: their contents are under `value`. The ID is a path.
fn name_in_restful(state: &Json) -> Option<String> {
    let in_dynamic = |attribute| non_empty(text(&state[attribute]["value"], "name"));
    let in_id = || {
        let id = text(state, "id").trim_end_matches('/');
        let name = id.rsplit('/').next().filter(|name| *name != "connectors");
        name.and_then(non_empty)
    };
    in_dynamic("output")
        .or_else(|| in_dynamic("sensitive_output"))
        .or_else(|| in_dynamic("body"))
        .or_else(in_id)
}

fn text<'a>(json: &'a Json, member: &str) -> &'a str {
    json[member].as_str().unwrap_or_default()
}

fn non_empty(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn unknown_source(source: &MoveSource) -> Diagnostic {
    Diagnostic::error(
        format!("Cannot move from `{}`", source.type_name),
        format!(
            "Only `restapi_object` (Mastercard/restapi) and `restful_resource` (magodo/restful) can \
             be moved to `{TYPE_NAME}`, not `{}` of `{}`. {BY_IMPORT}",
            source.type_name, source.provider_address
        ),
    )
}

fn not_a_connector(source: &MoveSource, path: &str) -> Diagnostic {
    Diagnostic::error(
        format!("This `{}` is not a connector", source.type_name),
        format!(
            "Its path is `{path}`, but the path of a connector is `/connectors`. Only a connector \
             can be moved to `{TYPE_NAME}`."
        ),
    )
}

fn no_name(source: &MoveSource) -> Diagnostic {
    Diagnostic::error(
        format!("This `{}` does not identify a connector", source.type_name),
        format!("Its stored data contains no name. {BY_IMPORT}"),
    )
}

const BY_IMPORT: &str = "Remove the object from state with a `removed` block that does not destroy \
                         it, and import the connector by its name instead.";

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn source(provider: &str, type_name: &str, state: Json) -> MoveSource {
        MoveSource {
            provider_address: format!("registry.example/someone/{provider}"),
            type_name: type_name.into(),
            state,
        }
    }

    fn moved(provider: &str, type_name: &str, state: Json) -> Option<String> {
        let instance = move_state(&source(provider, type_name, state)).ok()?;
        instance.state.get("name").as_str().map(str::to_owned)
    }

    #[test]
    fn the_name_is_found_wherever_the_generic_providers_keep_it() {
        let fleet = Some("fleet".to_owned());
        let dynamic = json!({ "type": "string", "value": { "name": "fleet" } });
        for (provider, type_name, state) in [
            (
                "restapi",
                "restapi_object",
                json!({ "path": "/connectors", "id": "1", "api_data": { "name": "fleet" } }),
            ),
            (
                "restapi",
                "restapi_object",
                json!({ "path": "/connectors/", "data": r#"{"name":"fleet"}"# }),
            ),
            (
                "restapi",
                "restapi_object",
                json!({ "path": "connectors", "data": "{}", "id": "fleet" }),
            ),
            (
                "restful",
                "restful_resource",
                json!({ "path": "/connectors", "output": dynamic }),
            ),
            (
                "restful",
                "restful_resource",
                json!({ "path": "/v1/connectors", "body": dynamic }),
            ),
            (
                "restful",
                "restful_resource",
                json!({ "path": "/connectors/fleet", "id": "/connectors/fleet" }),
            ),
        ] {
            assert_eq!(moved(provider, type_name, state.clone()), fleet, "{state}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let fleet = || json!({ "path": "/connectors", "id": "fleet" });
        for (provider, type_name, state, title) in [
            (
                "aws",
                "aws_instance",
                fleet(),
                "Cannot move from `aws_instance`",
            ),
            (
                "other",
                "restapi_object",
                fleet(),
                "Cannot move from `restapi_object`",
            ),
            (
                "restapi",
                "restapi_object",
                json!({ "path": "/sims", "id": "1" }),
                "This `restapi_object` is not a connector",
            ),
            (
                "restapi",
                "restapi_object",
                json!({ "path": "/connectors" }),
                "This `restapi_object` does not identify a connector",
            ),
            (
                "restful",
                "restful_resource",
                json!(null),
                "This `restful_resource` is not a connector",
            ),
        ] {
            let refused = move_state(&source(provider, type_name, state)).unwrap_err();
            assert_eq!(refused.summary, title);
        }
    }
}
