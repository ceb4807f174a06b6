//! The log as a CLI reads it from stderr.

use rustix::process::Signal;
use serde_json::Value;

use crate::support::plugin::{
    channel::socket,
    process::{Launch, ServingPlugin},
};

/// The log of a plugin that is asked to end as soon as it serves.
fn log(launch: Launch) -> String {
    let ServingPlugin { mut plugin, .. } = launch.handshake();
    plugin.signal(Signal::TERM);
    plugin.wait();
    plugin.all_of_stderr()
}

#[test]
fn every_line_is_json_that_the_cli_can_take_apart() {
    for variable in ["TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_ONOMONDO"] {
        let log = log(Launch::by_cli().set(variable, "TRACE"));
        assert!(log.contains("serving"), "{log}");
        for line in log.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            for key in ["@message", "@level", "@timestamp", "@module"] {
                assert!(line[key].is_string(), "{key} in {line}");
            }
            let module = line["@module"].as_str().unwrap();
            assert!(module.starts_with("onomondo."), "{module}");
        }
    }
}

#[test]
fn nothing_is_logged_unasked() {
    assert_eq!(log(Launch::by_cli()), "");
    assert_eq!(log(Launch::by_cli().set("TF_LOG", "WARN")), "");
    let off = Launch::by_cli()
        .set("TF_LOG", "TRACE")
        .set("TF_LOG_PROVIDER", "OFF");
    assert_eq!(log(off), "");
}

#[tokio::test]
async fn a_developer_reads_plain_lines() {
    let launch = Launch::by_hand().argument("--debug").set("TF_LOG", "DEBUG");
    let mut plugin = launch.start();
    while plugin
        .stdout_line()
        .is_some_and(|line| !line.starts_with("TF_REATTACH"))
    {}
    plugin.signal(Signal::INT);
    plugin.wait();
    let log = plugin.all_of_stderr();
    assert!(
        log.contains(" DEBUG onomondo.plugin.serve: serving "),
        "{log}"
    );
}

#[tokio::test]
async fn a_client_that_was_not_admitted_is_told_to_the_log() {
    let mut serving = Launch::by_cli().set("TF_LOG", "WARN").handshake();
    let (network, address) = (&serving.handshake.network, &serving.handshake.address);
    drop(socket(network, address).await.unwrap());
    // Served after it, so that the line is written by then.
    serving.connect().await;
    let log = serving.plugin.kill();
    let line: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!(line["@message"], "a client was not admitted");
    assert_eq!(line["@level"], "warn");
    assert!(
        line["error"].as_str().unwrap().contains("TLS handshake"),
        "{line}"
    );
}
