//! The handshake line, and stdout afterwards.

use std::path::Path;

#[cfg(unix)]
use crate::support::plugin::channel::ping;
use crate::support::plugin::process::{Launch, NETWORK};

#[test]
fn the_line_has_six_fields() {
    let serving = Launch::by_cli().handshake();
    let fields = &serving.handshake.fields;
    assert_eq!(fields.len(), 6);
    assert_eq!(fields[..3], ["1", "6", NETWORK]);
    assert_eq!(Path::new(&fields[3]).is_absolute(), cfg!(unix));
    assert_eq!(fields[4], "grpc");
    assert!(serving.handshake.certificate.is_some());
    assert!(!fields[5].contains('='), "Go refuses padding");
}

#[test]
fn a_cli_that_speaks_version_6_or_does_not_say_gets_version_6() {
    for versions in ["5,6", "6,5", "six,,6", ""] {
        let serving = Launch::by_cli().set("PLUGIN_PROTOCOL_VERSIONS", versions);
        assert_eq!(serving.handshake().handshake.fields[1], "6", "{versions}");
    }
    let serving = Launch::by_cli().without("PLUGIN_PROTOCOL_VERSIONS");
    assert_eq!(serving.handshake().handshake.fields[1], "6");
}

#[test]
fn a_cli_without_version_6_gets_an_error_that_names_it() {
    let launch = Launch::by_cli().set("PLUGIN_PROTOCOL_VERSIONS", "5");
    let output = launch.output();
    assert_eq!(output.status.code(), Some(1));
    assert!(output.stdout.is_empty(), "no handshake");
    let stderr = String::from_utf8(output.stderr).unwrap();
    // The CLI shows a message in this form to the user.
    assert!(stderr.starts_with("fatal error: "), "{stderr}");
    assert!(stderr.contains("requires version 6"), "{stderr}");
}

#[test]
fn the_seventh_field_is_there_only_when_asked_for() {
    for value in ["true", "false", ""] {
        let serving = Launch::by_cli().set("PLUGIN_MULTIPLEX_GRPC", value);
        let handshake = serving.handshake().handshake;
        assert_eq!(handshake.fields.len(), 7);
        assert_eq!(handshake.fields[6], "false");
    }
}

#[cfg(unix)] // Windows has no safe call for it
#[tokio::test]
async fn stdout_ends_with_the_line_while_the_plugin_serves() {
    let serving = Launch::by_cli().handshake();
    assert_eq!(serving.plugin.stdout_line(), None);
    ping(&serving.connect().await).await.unwrap();
}

#[test]
fn without_a_reader_of_the_line_the_plugin_ends() {
    let launch = Launch::by_cli();
    let output = launch.output_without_reader();
    assert_eq!(output.status.code(), Some(1));
    let stderr = String::from_utf8(output.stderr).unwrap();
    assert!(stderr.contains("could not write to stdout"), "{stderr}");
}
