//! `microsoft_azure_iot`: traffic is sent to Azure IoT Hub.

use super::{
    secret::{Secret, secret},
    variant::Variant,
};
use crate::{
    messages::invalid::trimmed,
    protocol::{AttributePath, Diagnostic, Diagnostics, Value},
};

pub(crate) static MICROSOFT_AZURE_IOT: Variant =
    Variant::new("microsoft_azure_iot", "Sends the traffic to Azure IoT Hub.")
        .secrets_are(&[CONNECTION_STRING])
        .lack(connection_string);

const CONNECTION_STRING: Secret = secret("connection_string")
    .member("connectionString")
    .write_only("connection_string_wo", "connection_string_wo_version")
    .rule(parts)
    .describe(
        "Connection string of the IoT Hub. To create the connector, set this attribute or \
         `connection_string_wo`. Stored in state; Onomondo never returns it.",
    );

/// The required parts of an IoT Hub connection string.
const PARTS: [&str; 2] = ["HostName=", "SharedAccessKey="];

fn parts(text: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    trimmed(text, path, diagnostics);
    let given: Vec<_> = text.split(';').map(str::trim).collect();
    let lacks = |part: &&str| !given.iter().any(|given| given.starts_with(part));
    let missing: Vec<_> = PARTS.into_iter().filter(lacks).collect();
    if !missing.is_empty() {
        let detail = format!(
            "`{path}` has no `{}`. A connection string of an IoT Hub has the form \
             `HostName=…;SharedAccessKeyName=…;SharedAccessKey=…`.",
            missing.join("` or `")
        );
        let warning = Diagnostic::warning("Incomplete connection string", detail);
        diagnostics.push(warning.at(path.clone()));
    }
}

fn connection_string(config: &Value) -> Option<Diagnostic> {
    if !CONNECTION_STRING.configured(config).is_null() {
        return None;
    }
    Some(Diagnostic::error(
        "No connection string",
        "A new connector to Azure IoT Hub requires `connection_string` or `connection_string_wo`. \
         You can omit both only if the connector exists and already has a connection string.",
    ))
}
