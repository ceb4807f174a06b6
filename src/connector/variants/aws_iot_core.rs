//! `aws_iot_core`: traffic is published to AWS IoT Core.

use super::{
    setting::{port_number, text},
    variant::Variant,
};
use crate::{
    messages::invalid::{one_of, quoted, trimmed},
    protocol::{AttributePath, Diagnostic, Diagnostics},
};

pub(crate) static AWS_IOT_CORE: Variant =
    Variant::new("aws_iot_core", "Sends the traffic to AWS IoT Core.").settings(&[
        text("region")
            .required()
            .rule(trimmed)
            .describe("AWS region of IoT Core, such as `eu-west-1`."),
        text("role")
            .required()
            .rule(role)
            .describe("ARN of the IAM role that Onomondo assumes."),
        text("publish_topic")
            .member("publishTopic")
            .required()
            .rule(trimmed)
            .describe("MQTT topic to which Onomondo publishes messages from the devices."),
        text("subscribe_topic")
            .member("subscribeTopic")
            .required()
            .rule(trimmed)
            .describe(
                "MQTT topic to which Onomondo subscribes, presumably for messages to the devices.",
            ),
        text("default_protocol")
            .member("defaultProtocol")
            .required()
            .rule(|given, path, diagnostics| one_of(given, path, &["tcp", "udp"], diagnostics))
            .describe(
                "Default protocol: `tcp` or `udp`. Onomondo does not document its use; it probably \
                 applies to messages to the devices.",
            ),
        port_number("default_port")
            .member("defaultPort")
            .required()
            .describe("Default port, 1 to 65535. See `default_protocol`."),
    ]);

fn role(given: &str, path: &AttributePath, diagnostics: &mut Diagnostics) {
    trimmed(given, path, diagnostics);
    if !given.trim().is_empty() && !given.trim().starts_with("arn:") {
        let detail = format!(
            "`{path}` is {}, which does not start with `arn:`. Onomondo assumes this role by its \
             ARN, such as `arn:aws:iam::123456789012:role/onomondo`.",
            quoted(given)
        );
        let warning = Diagnostic::warning("`role` is not a valid ARN", detail);
        diagnostics.push(warning.at(path.clone()));
    }
}
