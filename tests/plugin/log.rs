//! The log that a CLI reads from stderr.

use serde_json::Value;

use crate::support::plugin::{
    channel::{shut_down, socket},
    process::Launch,
};

/// The log of a plugin that is told to end as soon as it serves.
async fn log(launch: Launch) -> String {
    let mut serving = launch.handshake();
    shut_down(&serving.connect().await).await;
    serving.plugin.wait();
    serving.plugin.all_of_stderr()
}

#[tokio::test]
async fn every_line_is_json_that_the_cli_can_parse() {
    for variable in ["TF_LOG", "TF_LOG_PROVIDER", "TF_LOG_PROVIDER_ONOMONDO"] {
        let log = log(Launch::by_cli().set(variable, "TRACE")).await;
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

#[tokio::test]
async fn nothing_is_logged_unasked() {
    assert_eq!(log(Launch::by_cli()).await, "");
    assert_eq!(log(Launch::by_cli().set("TF_LOG", "WARN")).await, "");
    let off = Launch::by_cli()
        .set("TF_LOG", "TRACE")
        .set("TF_LOG_PROVIDER", "OFF");
    assert_eq!(log(off).await, "");
}

#[tokio::test]
async fn a_refused_client_is_logged() {
    let mut serving = Launch::by_cli().set("TF_LOG", "WARN").handshake();
    let (network, address) = (&serving.handshake.network, &serving.handshake.address);
    drop(socket(network, address).await.unwrap());
    // Once a later request is answered, the line has been written.
    serving.connect().await;
    let log = serving.plugin.kill();
    let line: Value = serde_json::from_str(log.lines().next().unwrap()).unwrap();
    assert_eq!(line["@message"], "rejected a client");
    assert_eq!(line["@level"], "warn");
    assert!(
        line["error"].as_str().unwrap().contains("TLS handshake"),
        "{line}"
    );
}
