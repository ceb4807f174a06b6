//! Measures the provider's cost on this machine, against goals: `make bench`.
//!
//! The CLI starts the provider two to five times in each command, so users notice milliseconds
//! here. This measures the released executable, which `SHIPPED` names. Cargo also builds one with
//! this program, but with the features that tests need from the dependencies.

#![allow(
    clippy::expect_used,
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a measurement program that people run by hand"
)]

#[path = "../tests/support/mod.rs"]
mod support;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::ExitCode,
    time::{Duration, Instant},
};

use onomondo_provider::{
    plugin::grpc::{Empty, grpc_controller_client::GrpcControllerClient},
    protocol::tfplugin6::{
        DynamicValue, configure_provider, get_provider_schema, provider_client::ProviderClient,
    },
};

use crate::support::plugin::process::Launch;

/// The number of measured starts. The first few do not count, while the executable enters the page
/// cache.
const RUNS: usize = 200;
const WARM_UP: usize = 10;

/// One start and end of the provider.
struct Run {
    /// From exec to the handshake line, with mutual TLS.
    start_up: Duration,
    /// Resident memory in bytes, after a request for the schema and after the configuration. Only
    /// Linux shows it.
    memory: Option<u64>,
    /// From the call of Shutdown to the end of the process.
    shutdown: Duration,
}

// The client runs on other threads while this one waits for a process, as in the CLI.
#[tokio::main(worker_threads = 1)]
async fn main() -> ExitCode {
    let executable =
        env::var_os("SHIPPED").expect("the executable's path, as `make bench` sets it");
    let executable = PathBuf::from(executable);
    let mut runs = Vec::with_capacity(RUNS);
    for number in 0..WARM_UP + RUNS {
        let run = run(&executable).await;
        if number >= WARM_UP {
            runs.push(run);
        }
    }
    let start_ups = sorted(&runs, |run| Some(milliseconds(run.start_up)));
    let memory = sorted(&runs, |run| run.memory.map(megabytes));
    let shutdowns = sorted(&runs, |run| Some(milliseconds(run.shutdown)));
    let size = megabytes(fs::metadata(&executable).unwrap().len());

    println!("median of {RUNS} (lowest, 95th percentile: far apart on a busy machine)");
    let rows = [
        row("exec to handshake line, mutual TLS", &start_ups, 3.0, "ms"),
        row("memory after schema and configure", &memory, 8.0, "MB"),
        row("Shutdown to end of process", &shutdowns, 20.0, "ms"),
        row("executable, stripped and static", &[size], 7.5, "MB"),
    ];
    if rows.contains(&false) {
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}

/// Prints one line of the table, with the distance to a missed goal. Returns whether the goal is
/// met.
fn row(name: &str, measured: &[f64], goal: f64, unit: &str) -> bool {
    let Some(median) = measured.get(measured.len() / 2) else {
        println!("{name:<36} not measured on this system");
        return true;
    };
    let (low, high) = (measured[0], measured[measured.len() * 95 / 100]);
    let missed = if *median > goal {
        format!("  missed by {:.2} {unit}", median - goal)
    } else {
        String::new()
    };
    println!(
        "{name:<36} {median:>6.2} {unit} ({low:>5.2}, {high:>6.2})  goal {goal:>2} {unit}{missed}"
    );
    missed.is_empty()
}

/// Starts the provider, sends the requests of every command, and ends it, as the CLI does.
async fn run(executable: &Path) -> Run {
    let launch = Launch::program(executable).with_cli_environment();
    let begun = Instant::now();
    let mut serving = launch.handshake();
    let start_up = begun.elapsed();

    let channel = serving.connect().await;
    let mut provider = ProviderClient::new(channel.clone());
    let schema = get_provider_schema::Request::default();
    provider.get_provider_schema(schema).await.unwrap();
    let config = DynamicValue {
        json: br#"{"api_key": "key"}"#.to_vec(),
        msgpack: Vec::new(),
    };
    let request = configure_provider::Request {
        config: Some(config),
        ..Default::default()
    };
    let configured = provider.configure_provider(request).await.unwrap();
    assert_eq!(configured.into_inner().diagnostics, []);
    let memory = resident_memory(serving.plugin.process_id());

    let begun = Instant::now();
    let mut controller = GrpcControllerClient::new(channel);
    controller.shutdown(Empty {}).await.unwrap();
    drop((provider, controller));
    serving.plugin.wait();
    Run {
        start_up,
        memory,
        shutdown: begun.elapsed(),
    }
}

fn resident_memory(process_id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process_id}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

fn sorted(runs: &[Run], figure: impl Fn(&Run) -> Option<f64>) -> Vec<f64> {
    let mut figures: Vec<f64> = runs.iter().filter_map(figure).collect();
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
