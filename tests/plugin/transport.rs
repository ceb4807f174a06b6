//! TCP ports, and clients that do not speak the protocol.

use std::net::{Ipv4Addr, TcpListener};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

use crate::support::plugin::{
    channel::{ping, socket},
    process::Launch,
};

/// A port that is busy until the listener is dropped.
fn busy_port() -> (TcpListener, u16) {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, port)
}

/// Starts it as a CLI does, but with a TCP port from `first` to `last`.
fn tcp(first: u16, last: u16) -> Launch {
    Launch::by_cli()
        .set("PLUGIN_TRANSPORT", "tcp")
        .set("PLUGIN_MIN_PORT", first.to_string())
        .set("PLUGIN_MAX_PORT", last.to_string())
}

#[tokio::test]
async fn a_port_is_the_first_of_the_range_that_is_free() {
    let (_busy, first) = busy_port();
    let last = first.saturating_add(50);
    let serving = tcp(first, last).handshake();
    assert_eq!(serving.handshake.network, "tcp");
    let port = serving
        .handshake
        .address
        .strip_prefix("127.0.0.1:")
        .unwrap();
    assert!(
        (first + 1..=last).contains(&port.parse().unwrap()),
        "{port}"
    );
    ping(&serving.connect().await).await.unwrap();
}

#[tokio::test]
async fn without_a_range_the_system_gives_a_port() {
    let launch = Launch::by_cli().set("PLUGIN_TRANSPORT", "tcp");
    let launch = launch.without("PLUGIN_MIN_PORT").without("PLUGIN_MAX_PORT");
    ping(&launch.handshake().connect().await).await.unwrap();
}

#[test]
fn a_range_without_a_free_port_ends_the_plugin_with_the_reason() {
    let (_busy, port) = busy_port();
    let cases = [
        (
            tcp(port, port),
            format!("could not listen on any TCP port of 127.0.0.1 from {port} to {port}"),
        ),
        (
            tcp(2, 1),
            "`PLUGIN_MIN_PORT` (2) is greater than `PLUGIN_MAX_PORT` (1)".to_owned(),
        ),
        (
            tcp(0, 1).set("PLUGIN_MAX_PORT", "x"),
            "`PLUGIN_MAX_PORT` is `x`; it must be a port number".to_owned(),
        ),
    ];
    for (launch, reason) in cases {
        let output = launch.output();
        assert_eq!(output.status.code(), Some(1));
        assert!(output.stdout.is_empty());
        let stderr = String::from_utf8(output.stderr).unwrap();
        assert!(stderr.contains(&reason), "{reason} in {stderr}");
    }
}

#[tokio::test]
async fn silent_or_invalid_clients_do_not_block_others() {
    for launch in [
        Launch::by_cli(),
        Launch::by_cli().set("PLUGIN_TRANSPORT", "tcp"),
    ] {
        let serving = launch.handshake();
        let (network, address) = (&serving.handshake.network, &serving.handshake.address);
        let mut open = Vec::new();
        for greeting in ["", "GET / HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}"] {
            // A probe that closes at once, and a client that stays.
            drop(socket(network, address).await.unwrap());
            let mut stubborn = socket(network, address).await.unwrap();
            stubborn.write_all(greeting.as_bytes()).await.unwrap();
            open.push(stubborn);
        }
        ping(&serving.connect().await).await.unwrap();
    }
}

/// The headers of a call over HTTP/2. Like clients on gRPC's C core over a Unix socket, they have
/// the percent-encoded path of the socket as `:authority`.
fn call_by_c_core() -> Vec<u8> {
    // An indexed field, or a field with an indexed name and a literal value.
    let literal = |name: &[u8], value: &str| {
        let length = u8::try_from(value.len()).unwrap();
        [name, &[length], value.as_bytes()].concat()
    };
    let headers = [
        vec![0x83, 0x86], // `:method: POST`, `:scheme: http`
        literal(&[0x04], "/grpc.health.v1.Health/Check"),
        literal(&[0x01], "%2Ftmp%2Fplugin0123456789abcdef"),
        literal(&[0x0f, 0x10], "application/grpc"),
    ]
    .concat();
    let length = u8::try_from(headers.len()).unwrap();
    // The HEADERS frame of stream 1, which also ends the stream.
    let frame = [&[0, 0, length, 1, 0x05, 0, 0, 0, 1], &headers[..]].concat();
    let preface = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";
    [&preface[..], &frame].concat()
}

#[tokio::test]
async fn a_request_that_cannot_be_served_is_logged() {
    const RST_STREAM: u8 = 3;
    let launch = Launch::by_cli().without_tls().set("TF_LOG", "WARN");
    let mut serving = launch.handshake();
    let mut client = socket(&serving.handshake.network, &serving.handshake.address)
        .await
        .unwrap();
    client.write_all(&call_by_c_core()).await.unwrap();
    loop {
        let mut head = [0; 9];
        client.read_exact(&mut head).await.unwrap();
        let length = usize::from(head[1]) << 8 | usize::from(head[2]);
        client.read_exact(&mut vec![0; length]).await.unwrap();
        if head[3] == RST_STREAM {
            break;
        }
    }
    let log = serving.plugin.kill();
    assert!(log.contains("malformed authority"), "{log}");
    assert!(log.contains("`grpc.default_authority`"), "{log}");
}
