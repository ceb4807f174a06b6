//! An answer that is far too long.

use std::{
    io::{Read as _, Write as _},
    net::{Ipv4Addr, TcpListener},
    thread,
};

use onomondo_provider::protocol::tfplugin6::read_resource;

use crate::client::{CONNECTOR, Provider, errors, https, name_in};

const MEGABYTE: usize = 1024 * 1024;

/// Starts an API that answers each request with a list of 100 MB. Returns its address.
fn flood() -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    thread::spawn(move || {
        for socket in listener.incoming() {
            let mut socket = socket.unwrap();
            let _ = socket.read(&mut [0; 4096]);
            let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\r\n[";
            let _ = socket.write_all(head.as_bytes());
            // Ends when the provider has read enough.
            let blank = vec![b' '; MEGABYTE];
            let _ = (0..100).try_for_each(|_| socket.write_all(&blank));
        }
    });
    address
}

/// The peak memory of the process, in bytes.
#[cfg(target_os = "linux")]
fn peak_memory(process_id: u32) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{process_id}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap();
    let kilobytes: usize = line.trim().strip_suffix(" kB").unwrap().parse().unwrap();
    kilobytes * 1024
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_answer_is_an_error_and_never_held_in_memory() {
    let provider = Provider::configured(&flood()).await;
    let mut rpc = provider.rpc.clone();
    let request = read_resource::Request {
        type_name: CONNECTOR.to_owned(),
        current_state: Some(https("fleet")),
        ..Default::default()
    };
    let answer = rpc.read_resource(request).await.unwrap().into_inner();
    let said = errors(&answer.diagnostics);
    assert!(said.contains("longer than 67108864 bytes"), "{said}");
    assert!(said.contains("`GET /connectors`, status 200"), "{said}");
    assert_eq!(name_in(answer.new_state.as_ref()), "fleet".into());
    #[cfg(target_os = "linux")]
    assert!(peak_memory(provider.process_id()) < 100 * MEGABYTE);
}
