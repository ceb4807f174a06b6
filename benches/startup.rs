//! What a start of the provider costs, against goals: `make bench`.
//!
//! The CLI starts the provider two to five times a command, so that milliseconds here are felt.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a program of measurements, run by hand"
)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use rcgen::{CertificateParams, KeyPair, PKCS_ECDSA_P521_SHA512};

const PROVIDER: &str = env!("CARGO_BIN_EXE_terraform-provider-onomondo");

/// go-plugin's magic cookie, as Terraform and OpenTofu send it (plugin protocol 1.2).
const COOKIE: (&str, &str) = (
    "TF_PLUGIN_MAGIC_COOKIE",
    "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
);

/// Starts measured; the first few are left out, while the executable comes into the page cache.
const RUNS: usize = 300;
const WARM_UP: usize = 10;

const START_UP_GOAL: Duration = Duration::from_millis(3);
const SIZE_GOAL: u64 = 7 * 1024 * 1024;

fn main() {
    let certificate = client_certificate();
    let mut start_ups: Vec<Duration> = (0..WARM_UP + RUNS)
        .map(|_| start_up(&certificate))
        .skip(WARM_UP)
        .collect();
    start_ups.sort();
    let size = fs::metadata(PROVIDER).unwrap().len();

    println!("{:<56} {:>10} {:>10}", "", "measured", "goal");
    row(
        &format!("exec to handshake line, mutual TLS, median of {RUNS}"),
        milliseconds(start_ups[RUNS / 2]),
        milliseconds(START_UP_GOAL),
        "ms",
    );
    println!(
        "{:<56} {:>7.2} ms",
        "  95th percentile",
        milliseconds(start_ups[RUNS * 95 / 100])
    );
    row(
        "executable, stripped",
        megabytes(size),
        megabytes(SIZE_GOAL),
        "MB",
    );
}

/// One line of the table; a goal that is missed says by how much.
fn row(name: &str, measured: f64, goal: f64, unit: &str) {
    let missed = if measured > goal {
        format!("  missed by {:.2} {unit}", measured - goal)
    } else {
        String::new()
    };
    println!("{name:<56} {measured:>7.2} {unit} {goal:>7.2} {unit}{missed}");
}

/// From the start of the process to the line that tells the CLI where to connect.
fn start_up(certificate: &str) -> Duration {
    let mut command = Command::new(PROVIDER);
    command
        .env(COOKIE.0, COOKIE.1)
        .env("PLUGIN_PROTOCOL_VERSIONS", "5,6")
        .env("PLUGIN_CLIENT_CERT", certificate)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::null());
    let begun = Instant::now();
    let mut process = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(process.stdout.take().unwrap())
        .read_line(&mut line)
        .unwrap();
    let taken = begun.elapsed();
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(line.starts_with("1|6|"), "no handshake line, but `{line}`");
    taken
}

/// A certificate of the kind that go-plugin makes for each process it starts.
fn client_certificate() -> String {
    let key = KeyPair::generate_for(&PKCS_ECDSA_P521_SHA512).unwrap();
    let certificate = CertificateParams::new(["localhost".to_owned()])
        .unwrap()
        .self_signed(&key)
        .unwrap();
    format!(
        "-----BEGIN CERTIFICATE-----\n{}\n-----END CERTIFICATE-----\n",
        STANDARD.encode(certificate.der())
    )
}

fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

#[allow(clippy::cast_precision_loss, reason = "far below 2^52 bytes")]
fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}
