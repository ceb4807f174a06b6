//! What the life of one provider process costs, against goals: `make bench`.
//!
//! The CLI starts the provider two to five times a command, so that milliseconds here are felt.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program of measurements, run by hand"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::fs;
use std::time::{Duration, Instant};

use onomondo_provider::plugin::grpc::{Empty, grpc_controller_client::GrpcControllerClient};
use onomondo_provider::protocol::tfplugin6::{
    DynamicValue, configure_provider, get_provider_schema, provider_client::ProviderClient,
};

use support::plugin::process::{BINARY, Launch};

/// Lives measured; a few before them bring the executable into the page cache.
const LIVES: usize = 200;
const WARM_UP: usize = 5;

/// One process, from its start to its end.
struct Life {
    /// From exec to the handshake line, mutual TLS on.
    start_up: Duration,
    /// Resident after the schema was sent and the provider configured, in bytes.
    memory: u64,
    /// From the request to shut down to the end of the process.
    shutdown: Duration,
}

fn main() {
    // The CLI goes on reading its connection while it waits for the process to end.
    let runtime = tokio::runtime::Runtime::new().unwrap();
    for _ in 0..WARM_UP {
        runtime.block_on(live());
    }
    let lives: Vec<Life> = (0..LIVES).map(|_| runtime.block_on(live())).collect();

    let start_ups = sorted(&lives, |life| milliseconds(life.start_up));
    let memory = sorted(&lives, |life| megabytes(life.memory));
    let shutdowns = sorted(&lives, |life| milliseconds(life.shutdown));
    let size = megabytes(fs::metadata(BINARY).unwrap().len());

    println!(
        "{:<44} {:>10} {:>10} {:>10}",
        "", "measured", "95 of 100", "goal"
    );
    row("exec to handshake line, mutual TLS", &start_ups, 3.0, "ms");
    row("resident after schema and configure", &memory, 8.0, "MB");
    row("executable, stripped", &[size], 7.0, "MB");
    row("Shutdown to the end of the process", &shutdowns, 20.0, "ms");
    println!("\nMedians of {LIVES} processes.");
}

/// One line of the table; a goal that is missed says by how much.
fn row(name: &str, sorted: &[f64], goal: f64, unit: &str) {
    let median = sorted[sorted.len() / 2];
    let high = sorted[sorted.len() * 95 / 100];
    let missed = match median - goal {
        excess if excess > 0.0 => format!("   missed by {excess:.2} {unit}"),
        _ => String::new(),
    };
    println!("{name:<44} {median:>7.2} {unit} {high:>7.2} {unit} {goal:>7.2} {unit}{missed}");
}

/// A process as the CLI has it: handshake, schema, configuration, Shutdown.
async fn live() -> Life {
    let launch = Launch::by_cli();
    let begun = Instant::now();
    let mut serving = launch.handshake();
    let start_up = begun.elapsed();

    let channel = serving.connect().await;
    let mut provider = ProviderClient::new(channel.clone());
    provider
        .get_provider_schema(get_provider_schema::Request {})
        .await
        .unwrap();
    let config = r#"{"api_key": "onok_bench.key", "base_url": "http://127.0.0.1:1"}"#;
    let request = configure_provider::Request {
        terraform_version: "1.15.5".to_owned(),
        config: Some(DynamicValue {
            json: config.into(),
            msgpack: Vec::new(),
        }),
        ..Default::default()
    };
    let configured = provider
        .configure_provider(request)
        .await
        .unwrap()
        .into_inner();
    assert!(
        configured.diagnostics.is_empty(),
        "{:?}",
        configured.diagnostics
    );
    let memory = resident(serving.plugin.process_id());

    let begun = Instant::now();
    GrpcControllerClient::new(channel)
        .shutdown(Empty {})
        .await
        .unwrap();
    assert!(serving.plugin.wait().success());
    Life {
        start_up,
        memory,
        shutdown: begun.elapsed(),
    }
}

/// Resident memory of a process in bytes, as Linux tells it.
fn resident(process_id: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process_id}/status")).unwrap();
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))
        .unwrap();
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024
}

fn sorted(lives: &[Life], figure: impl Fn(&Life) -> f64) -> Vec<f64> {
    let mut figures: Vec<f64> = lives.iter().map(figure).collect();
    figures.sort_by(f64::total_cmp);
    figures
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}
