//! The CLI tells the plugin to end.

use futures_util::FutureExt as _;
use onomondo_provider::plugin::grpc::{
    grpc_broker_client::GrpcBrokerClient, grpc_stdio_client::GrpcStdioClient,
};
use tokio::time::timeout;

use crate::support::plugin::{
    DEADLINE,
    channel::{ping, shut_down},
    process::Launch,
};

#[tokio::test]
async fn shutdown_ends_both_streams_and_the_process_and_leaves_nothing() {
    for launch in [
        Launch::by_cli(),
        Launch::by_cli().without_tls(),
        Launch::by_cli().set("PLUGIN_TRANSPORT", "tcp"),
    ] {
        let mut serving = launch.handshake();
        let channel = serving.connect().await;
        let never = futures_util::stream::pending();
        let mut broker = GrpcBrokerClient::new(channel.clone());
        let mut broker = broker.start_stream(never).await.unwrap().into_inner();
        let mut stdio = GrpcStdioClient::new(channel.clone());
        let mut stdio = stdio.stream_stdio(()).await.unwrap().into_inner();
        ping(&channel).await.unwrap();
        assert!(broker.message().now_or_never().is_none(), "still open");
        assert!(stdio.message().now_or_never().is_none(), "still open");

        shut_down(&channel).await;
        let ends = async { (broker.message().await, stdio.message().await) };
        let (broker, stdio) = timeout(DEADLINE, ends).await.unwrap();
        assert_eq!(broker.unwrap(), None);
        assert_eq!(stdio.unwrap(), None);
        assert_eq!(serving.plugin.wait().code(), Some(0));
        assert!(serving.plugin.temporary_files().is_empty());
        assert_eq!(serving.plugin.all_of_stderr(), "");
    }
}

#[tokio::test]
async fn a_client_that_stays_connected_does_not_delay_the_end() {
    let mut serving = Launch::by_cli().handshake();
    let (staying, channel) = (serving.connect().await, serving.connect().await);
    let mut stdio = GrpcStdioClient::new(staying.clone());
    let _stream = stdio.stream_stdio(()).await.unwrap();
    shut_down(&channel).await;
    assert_eq!(serving.plugin.wait().code(), Some(0));
}
