//! Passthrough rules.

use serde_json::Value;

use super::options::{is_one_of, is_whole};
use crate::error::ApiError;

/// Checks the rules and returns them unchanged.
pub(super) fn passthrough(value: &Value) -> Result<Vec<Value>, ApiError> {
    let items = value
        .as_array()
        .ok_or_else(|| ApiError::invalid("passthrough", "must be an array"))?;
    for (index, item) in items.iter().enumerate() {
        rule(&format!("passthrough[{index}]"), item)?;
    }
    Ok(items.clone())
}

/// Checks one passthrough rule. `icmp` has no port.
fn rule(path: &str, value: &Value) -> Result<(), ApiError> {
    let rule = value
        .as_object()
        .ok_or_else(|| ApiError::invalid(path, "must be an object"))?;
    let protocol = rule.get("protocol").unwrap_or(&Value::Null);
    if !is_one_of(protocol, &["icmp", "tcp", "udp"]) {
        return Err(ApiError::invalid(
            format!("{path}.protocol"),
            "must be one of `icmp`, `tcp`, `udp`",
        ));
    }
    for (name, value) in rule {
        let problem = match name.as_str() {
            "protocol" => None,
            "ip" => (!value.is_string() && !value.is_null()).then_some("must be a string or null"),
            "port" if protocol == "icmp" => Some("is not allowed with `icmp`"),
            "port" => (!is_whole(value, 0, 65535) && !value.is_null())
                .then_some("must be a whole number from 0 to 65535 or null"),
            _ => Some("is not a known member"),
        };
        if let Some(problem) = problem {
            return Err(ApiError::invalid(format!("{path}.{name}"), problem));
        }
    }
    Ok(())
}
