//! `--debug`: a plugin to which CLIs attach.

use futures_util::StreamExt as _;
use serde_json::Value;
use tonic::{Code, transport::Channel};
use tonic_reflection::pb::{v1, v1alpha};

use crate::support::plugin::{
    channel::{ping, plaintext, socket},
    process::{Launch, NETWORK, Plugin},
};

/// The text before the variable's value, in quotes, in the syntax of the shell under test.
const ASSIGNMENT: &str = if cfg!(windows) {
    "PowerShell: $env:TF_REATTACH_PROVIDERS="
} else {
    "TF_REATTACH_PROVIDERS="
};

/// Starts the plugin, reads its output up to the variable, and returns the value.
fn start(launch: Launch) -> (Plugin, Value) {
    let plugin = launch.start();
    loop {
        let line = plugin.stdout_line().expect("a line with the variable");
        let Some(value) = line.strip_prefix(ASSIGNMENT) else {
            continue;
        };
        let value = serde_json::from_str(value.trim_matches('\'')).unwrap();
        return (plugin, value);
    }
}

/// Attaches like a CLI: first a connection that it closes at once, then the real one.
async fn attach(value: &Value) -> Channel {
    let address = &value["registry.terraform.io/onomondo/onomondo"]["Addr"];
    let network = address["Network"].as_str().unwrap();
    let address = address["String"].as_str().unwrap();
    drop(socket(network, address).await.unwrap());
    plaintext(network, address).await.unwrap()
}

#[test]
fn the_variable_serves_both_clis() {
    let (plugin, value) = start(Launch::by_hand().argument("--debug"));
    let providers = value.as_object().unwrap();
    let hosts: Vec<_> = providers.keys().map(String::as_str).collect();
    assert_eq!(
        hosts,
        [
            "registry.opentofu.org/onomondo/onomondo",
            "registry.terraform.io/onomondo/onomondo"
        ]
    );
    for provider in providers.values() {
        assert_eq!(provider["Protocol"], "grpc");
        assert_eq!(provider["ProtocolVersion"], 6);
        assert_eq!(provider["Pid"], plugin.process_id());
        assert_eq!(provider["Test"], true);
        assert_eq!(provider["Addr"]["Network"], NETWORK);
    }
}

#[test]
fn a_client_that_takes_one_address_gets_one() {
    for (argument, address) in [
        (
            "--debug=registry.example",
            "registry.example/onomondo/onomondo",
        ),
        (
            "-debug=registry.example/acme/onomondo",
            "registry.example/acme/onomondo",
        ),
    ] {
        let (_plugin, value) = start(Launch::by_hand().argument(argument));
        let addresses: Vec<_> = value.as_object().unwrap().keys().collect();
        assert_eq!(addresses, [address]);
    }
}

#[cfg(unix)]
#[tokio::test]
async fn it_serves_without_tls_until_it_is_interrupted() {
    use rustix::process::Signal;

    for (flag, signal) in [("--debug", Signal::INT), ("-debug", Signal::TERM)] {
        // A certificate left over in a shell has no effect.
        let (mut plugin, value) = start(Launch::by_cli().argument(flag));
        let channel = attach(&value).await;
        ping(&channel).await.unwrap();
        plugin.signal(signal);
        assert_eq!(plugin.wait().code(), Some(0));
        assert!(plugin.temporary_files().is_empty());
    }
}

#[tokio::test]
async fn a_developer_reads_plain_lines() {
    let launch = Launch::by_hand().argument("--debug").set("TF_LOG", "DEBUG");
    let (mut plugin, value) = start(launch);
    // Once a request is answered, the line has been written.
    ping(&attach(&value).await).await.unwrap();
    let log = plugin.kill();
    assert!(
        log.contains(" DEBUG onomondo.plugin.serve: serving "),
        "{log}"
    );
}

#[tokio::test]
async fn it_can_be_served_on_a_port() {
    let launch = Launch::by_hand().set("PLUGIN_TRANSPORT", "tcp");
    let (_plugin, value) = start(launch.argument("--debug"));
    let address = &value["registry.opentofu.org/onomondo/onomondo"]["Addr"];
    assert_eq!(address["Network"], "tcp");
    ping(&attach(&value).await).await.unwrap();
}

#[tokio::test]
async fn reflection_lists_the_services() {
    let (_plugin, value) = start(Launch::by_hand().argument("--debug"));
    let channel = attach(&value).await;
    let expected = ["grpc.health.v1.Health", "plugin.GRPCController"];

    let services = services_by_v1(channel.clone()).await.unwrap();
    assert!(
        expected
            .iter()
            .all(|name| services.contains(&(*name).to_owned())),
        "{services:?}"
    );
    let services = services_by_v1alpha(channel).await;
    assert!(
        expected
            .iter()
            .all(|name| services.contains(&(*name).to_owned())),
        "{services:?}"
    );
}

#[tokio::test]
async fn a_cli_gets_no_reflection() {
    let serving = Launch::by_cli().handshake();
    let status = services_by_v1(serving.connect().await).await.unwrap_err();
    assert_eq!(status.code(), Code::Unimplemented);
}

async fn services_by_v1(channel: Channel) -> Result<Vec<String>, tonic::Status> {
    use v1::{
        ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
        server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
    };
    let request = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut answers = ServerReflectionClient::new(channel)
        .server_reflection_info(futures_util::stream::iter([request]))
        .await?
        .into_inner();
    let answer = answers.next().await.unwrap()?.message_response;
    let Some(MessageResponse::ListServicesResponse(list)) = answer else {
        panic!("{answer:?}");
    };
    Ok(list
        .service
        .into_iter()
        .map(|service| service.name)
        .collect())
}

async fn services_by_v1alpha(channel: Channel) -> Vec<String> {
    use v1alpha::{
        ServerReflectionRequest, server_reflection_client::ServerReflectionClient,
        server_reflection_request::MessageRequest, server_reflection_response::MessageResponse,
    };
    let request = ServerReflectionRequest {
        host: String::new(),
        message_request: Some(MessageRequest::ListServices(String::new())),
    };
    let mut answers = ServerReflectionClient::new(channel)
        .server_reflection_info(futures_util::stream::iter([request]))
        .await
        .unwrap()
        .into_inner();
    let answer = answers.next().await.unwrap().unwrap().message_response;
    let Some(MessageResponse::ListServicesResponse(list)) = answer else {
        panic!("{answer:?}");
    };
    list.service
        .into_iter()
        .map(|service| service.name)
        .collect()
}
