//! Signals and the end of the CLI: which of them end the plugin.

use std::path::Path;

use onomondo_provider::plugin::grpc::grpc_stdio_client::GrpcStdioClient;
use rustix::process::Signal;

use crate::support::plugin::{
    channel::{ping, shut_down},
    process::Launch,
};

#[tokio::test]
async fn ctrl_c_is_left_to_the_cli() {
    let mut serving = Launch::by_cli().handshake();
    serving.plugin.signal(Signal::INT);
    let channel = serving.connect().await;
    serving.plugin.signal(Signal::INT);
    ping(&channel).await.unwrap();
    shut_down(&channel).await;
    assert_eq!(serving.plugin.wait().code(), Some(0));
}

/// The CLI was told to end as well. Meanwhile, it saves what has been done so far.
// Needs a second thread to serve the channel while this one blocks.
#[tokio::test(flavor = "multi_thread")]
async fn after_sigterm_the_plugin_serves_until_its_cli_goes_quiet() {
    for signal in [Signal::TERM, Signal::HUP] {
        let mut serving = Launch::by_cli().handshake();
        let channel = serving.connect().await;
        let mut stdio = GrpcStdioClient::new(channel.clone());
        let mut stdio = stdio.stream_stdio(()).await.unwrap().into_inner();
        ping(&channel).await.unwrap();
        serving.plugin.signal(signal);
        ping(&channel).await.unwrap();
        assert_eq!(serving.plugin.wait().code(), Some(0));
        assert_eq!(stdio.message().await.unwrap(), None);
        assert!(serving.plugin.temporary_files().is_empty());
    }
}

// Needs a second thread to notice the dropped channel while this one blocks.
#[tokio::test(flavor = "multi_thread")]
async fn after_sigterm_the_plugin_ends_when_its_cli_disconnects() {
    let mut serving = Launch::by_cli().handshake();
    let channel = serving.connect().await;
    ping(&channel).await.unwrap();
    serving.plugin.signal(Signal::TERM);
    drop(channel);
    assert_eq!(serving.plugin.wait().code(), Some(0));
}

#[test]
fn sigterm_without_a_connection_ends_the_plugin() {
    let mut serving = Launch::by_cli().handshake();
    serving.plugin.signal(Signal::TERM);
    assert_eq!(serving.plugin.wait().code(), Some(0));
    assert!(serving.plugin.temporary_files().is_empty());
}

#[test]
fn a_cli_that_dies_before_it_connects_leaves_no_plugin_behind() {
    let mut serving = Launch::by_mortal_parent().handshake();
    assert_eq!(serving.plugin.kill(), "");
    assert!(!Path::new(&serving.handshake.address).exists());
}

// Needs a second thread to notice the dropped channel while this one blocks.
#[tokio::test(flavor = "multi_thread")]
async fn a_plugin_outlives_a_dead_cli_while_connected() {
    let mut serving = Launch::by_mortal_parent().handshake();
    let channel = serving.connect().await;
    ping(&channel).await.unwrap();
    serving.plugin.signal(Signal::KILL);
    serving.plugin.wait();
    ping(&channel).await.unwrap();
    drop(channel);
    assert_eq!(serving.plugin.all_of_stderr(), "");
    assert!(!Path::new(&serving.handshake.address).exists());
}
