//! Compiles the vendored `.proto` files with protox, so no system `protoc` is needed.

use std::{env, error::Error, fs, path::PathBuf};

use prost::Message as _;

const PROTOS: [&str; 4] = [
    "tfplugin6/tfplugin6.proto",
    "plugin/grpc_broker.proto",
    "plugin/grpc_controller.proto",
    "plugin/grpc_stdio.proto",
];

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=proto");
    warn_of_slow_start();
    let descriptors = protox::compile(PROTOS, ["proto"])?;

    // gRPC reflection in debug mode serves these definitions.
    let out = PathBuf::from(env::var("OUT_DIR")?);
    fs::write(out.join("descriptors.bin"), descriptors.encode_to_vec())?;

    // The protocol tests drive the provider with the clients. The linker removes them from the
    // released binary.
    tonic_prost_build::configure()
        .build_transport(false)
        .compile_fds(descriptors)?;
    Ok(())
}

/// Cargo reads `.cargo/config.toml` only if it runs inside the repository.
fn warn_of_slow_start() {
    const VARIABLE: &str = "AWS_LC_SYS_NO_JITTER_ENTROPY";
    println!("cargo::rerun-if-env-changed={VARIABLE}");
    if env::var_os(VARIABLE).is_none_or(|value| value != "1") {
        println!(
            "cargo::warning=each start of this provider will take 30 ms longer than it must: run \
             cargo inside the repository, or set `{VARIABLE}=1`"
        );
    }
}
