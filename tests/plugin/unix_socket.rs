//! The location of the Unix socket.

use std::fs;

use rustix::process::Signal;

use crate::support::plugin::{channel::ping, eventually, process::Launch};

#[tokio::test]
async fn the_socket_is_in_the_directory_for_temporary_files() {
    let launch = Launch::by_cli();
    let directory = launch.temporary_directory().to_owned();
    let serving = launch.handshake();
    assert!(
        serving
            .handshake
            .address
            .starts_with(directory.to_str().unwrap())
    );
    ping(&serving.connect().await).await.unwrap();
}

#[tokio::test]
async fn the_socket_is_in_the_requested_directory() {
    let asked = tempfile::tempdir().unwrap();
    let launch = Launch::by_cli().set("PLUGIN_UNIX_SOCKET_DIR", asked.path());
    let serving = launch.handshake();
    assert!(
        serving
            .handshake
            .address
            .starts_with(asked.path().to_str().unwrap())
    );
    ping(&serving.connect().await).await.unwrap();
}

// Needs a second thread to notice the dropped channel while this one blocks.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_path_does_not_keep_the_plugin_from_serving() {
    let launch = Launch::by_cli();
    let long = launch.temporary_directory().join("d".repeat(120));
    fs::create_dir(&long).unwrap();
    let serving = launch.set("TMPDIR", &long).handshake();
    assert!(serving.handshake.address.starts_with("/tmp/plugin"));
    ping(&serving.connect().await).await.unwrap();
    // The test does not remove this directory, so the plugin must remove its file.
    serving.plugin.signal(Signal::TERM);
    let address = serving.handshake.address.clone();
    eventually("the socket is removed", || {
        (!fs::exists(&address).unwrap()).then_some(())
    });
}
