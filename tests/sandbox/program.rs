//! Start, arguments, stop.

use std::process::{Command, ExitStatus};
use std::thread;
use std::time::{Duration, Instant};
#[cfg(unix)]
use std::{fs, net::TcpStream};

#[cfg(unix)]
use reqwest::Method;

#[cfg(unix)]
use crate::support::sandbox::on;
use crate::support::sandbox::{PRODUCTION, SUPPLIER, Sandbox};

/// Waits for the sandbox to end by itself and returns its status.
fn ended(sandbox: &mut Sandbox) -> ExitStatus {
    let deadline = Instant::now() + Duration::from_secs(10);
    loop {
        if let Some(status) = sandbox.process().try_wait().unwrap() {
            return status;
        }
        assert!(Instant::now() < deadline, "the sandbox does not stop");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn stops_when_stdin_closes() {
    let mut sandbox = Sandbox::start();
    drop(sandbox.process().stdin.take());
    assert!(ended(&mut sandbox).success());
}

#[cfg(unix)]
#[test]
fn stops_on_a_signal_with_connections_open_and_a_request_waiting() {
    for name in ["-INT", "-TERM"] {
        let mut sandbox = Sandbox::start();
        let address = sandbox.address().trim_start_matches("http://").to_owned();
        let _idle = TcpStream::connect(address).unwrap();
        sandbox.fault(on("GET", "/connectors").hangs_before());
        thread::scope(|scope| {
            let request = sandbox.request(Method::GET, "/connectors");
            let waiting = scope.spawn({
                let sandbox = &sandbox;
                move || sandbox.send(request).is_err()
            });
            sandbox.eventually("the request arrives", |sandbox| {
                sandbox.requests().lines() == ["GET /connectors pending"]
            });
            let id = sandbox.process_id().to_string();
            assert!(
                Command::new("kill")
                    .args([name, &id])
                    .status()
                    .unwrap()
                    .success()
            );
            assert!(waiting.join().unwrap(), "a request that hangs was answered");
        });
        assert!(ended(&mut sandbox).success(), "{name}");
    }
}

#[cfg(unix)]
#[test]
fn with_tls_it_names_the_certificate_to_trust_and_removes_it_at_the_end() {
    for tls in ["--tls", "--tls=self-signed"] {
        let mut sandbox = Sandbox::start_with(&[tls]);
        let certificate = sandbox.certificate().to_owned();
        let text = fs::read_to_string(&certificate).unwrap();
        assert!(text.starts_with("-----BEGIN CERTIFICATE-----\n"), "{text}");
        drop(sandbox.process().stdin.take());
        assert!(ended(&mut sandbox).success());
        assert!(!certificate.exists());
    }
}

#[test]
fn listens_on_loopback_only() {
    let output = Command::new(env!("CARGO_BIN_EXE_onomondo-sandbox"))
        .args(["--listen", "0.0.0.0:0"])
        .output()
        .unwrap();
    assert!(!output.status.success());
    assert!(output.stdout.is_empty());
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("only on a loopback address"), "{message}");
}

#[test]
fn help_names_the_tags_of_every_account() {
    let output = Command::new(env!("CARGO_BIN_EXE_onomondo-sandbox"))
        .arg("--help")
        .output()
        .unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for tag in [SUPPLIER, PRODUCTION] {
        assert!(help.contains(tag), "{help}");
    }
}
