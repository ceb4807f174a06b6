//! From the handshake to the end, on any system. `RUNNER` names a program that runs executables for
//! another system or processor, such as `qemu-aarch64-static` or `wine64`.

use std::env;

use onomondo_provider::{
    connector::ConnectorResource,
    protocol::{
        ManagedResource as _, Value, dynamic_value,
        tfplugin6::{apply_resource_change, get_provider_schema, read_resource},
    },
};

use crate::{
    client::{CONNECTOR, Provider, create, errors, name_in},
    shipped,
    support::{
        plugin::{channel::shut_down, process::Launch},
        sandbox::Sandbox,
    },
};

fn launch() -> Launch {
    let runner = env::var("RUNNER").unwrap_or_default();
    let mut words = runner.split_whitespace();
    let Some(program) = words.next() else {
        return Launch::program(shipped());
    };
    let mut launch = words.fold(Launch::program(program), Launch::argument);
    launch = launch.argument(shipped().to_str().unwrap());
    // An emulator needs more variables than a provider.
    for name in ["HOME", "PATH", "WINEPREFIX", "WINEDEBUG"] {
        if let Some(value) = env::var_os(name) {
            launch = launch.set(name, value);
        }
    }
    launch
}

#[test]
#[ignore = "needs the executable that `make dist` builds"]
fn it_prints_its_version() {
    let output = launch().argument("--version").output();
    let text = String::from_utf8(output.stdout).unwrap();
    let expected = concat!("terraform-provider-onomondo ", env!("CARGO_PKG_VERSION"));
    assert_eq!(text.trim_end(), expected);
}

/// With mutual TLS, as from a CLI.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "needs the executable that `make dist` builds"]
async fn it_creates_reads_and_destroys_a_connector() {
    let sandbox = Sandbox::start();
    let mut provider = Provider::started_by(launch().with_cli_environment()).await;
    let request = get_provider_schema::Request {};
    let schema = provider.rpc.get_provider_schema(request).await.unwrap();
    let schema = schema.into_inner();
    assert_eq!(errors(&schema.diagnostics), "");
    assert!(schema.resource_schemas.contains_key(CONNECTOR));

    provider.configure(sandbox.address()).await;
    let answer = provider.rpc.apply_resource_change(create("fleet")).await;
    let created = answer.unwrap().into_inner();
    assert_eq!(errors(&created.diagnostics), "");
    assert_eq!(sandbox.state().names(), ["fleet"]);

    let request = read_resource::Request {
        type_name: CONNECTOR.to_owned(),
        current_state: created.new_state.clone(),
        private: created.private.clone(),
        ..Default::default()
    };
    let read = provider.rpc.read_resource(request).await.unwrap();
    let read = read.into_inner();
    assert_eq!(errors(&read.diagnostics), "");
    assert_eq!(name_in(read.new_state.as_ref()), "fleet".into());

    let nothing = dynamic_value::write(&Value::Null, ConnectorResource::new().schema().ty());
    let nothing = nothing.unwrap();
    let request = apply_resource_change::Request {
        type_name: CONNECTOR.to_owned(),
        prior_state: created.new_state,
        planned_state: Some(nothing.clone()),
        config: Some(nothing),
        planned_private: created.private,
        ..Default::default()
    };
    let answer = provider.rpc.apply_resource_change(request).await;
    let destroyed = answer.unwrap().into_inner();
    assert_eq!(errors(&destroyed.diagnostics), "");
    assert!(sandbox.state().names().is_empty());

    shut_down(&provider.plugin.connect().await).await;
    assert_eq!(provider.wait().code(), Some(0));
}
