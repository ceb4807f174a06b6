//! A provider in its own environment, and requests to it.

use std::ffi::OsStr;

use onomondo_provider::{
    connector::ConnectorResource,
    protocol::{
        ManagedResource as _, Value, dynamic_value,
        tfplugin6::{
            Diagnostic, DynamicValue, apply_resource_change, configure_provider,
            import_resource_state, provider_client::ProviderClient,
        },
    },
};
use serde_json::{Value as Json, json};
use tonic::transport::Channel;

use crate::support::{
    plugin::process::{Launch, ServingPlugin},
    sandbox::Sandbox,
};

/// A host that only the test's proxy or name server can resolve.
pub(crate) const HOST: &str = "api.onomondo.test";

/// A provider to start.
pub(crate) struct Start {
    launch: Launch,
    settings: Json,
}

/// A running provider that is configured.
pub(crate) struct Provider {
    rpc: ProviderClient<Channel>,
    serving: ServingPlugin,
}

/// A provider for the API at this address, with the logs that tests read.
pub(crate) fn provider(address: &str) -> Start {
    Start {
        launch: Launch::by_cli().set("TF_LOG_PROVIDER", "DEBUG"),
        settings: json!({ "api_key": "key", "base_url": address }),
    }
}

/// A provider for a sandbox with `--tls`, which trusts the sandbox's certificate.
pub(crate) fn provider_of(sandbox: &Sandbox, host: &str) -> Start {
    provider(&sandbox.secure_address(host)).set("SSL_CERT_FILE", sandbox.certificate())
}

impl Start {
    /// Sets an environment variable.
    pub(crate) fn set(mut self, variable: &str, value: impl AsRef<OsStr>) -> Self {
        self.launch = self.launch.set(variable, value);
        self
    }

    /// Sets an attribute of the provider block.
    pub(crate) fn with(mut self, attribute: &str, value: impl Into<Json>) -> Self {
        self.settings[attribute] = value.into();
        self
    }

    pub(crate) async fn start(self) -> Provider {
        let serving = self.launch.handshake();
        let mut rpc = ProviderClient::new(serving.connect().await);
        let request = configure_provider::Request {
            terraform_version: "1.15.5".to_owned(),
            config: Some(DynamicValue {
                json: self.settings.to_string().into_bytes(),
                msgpack: Vec::new(),
            }),
            ..Default::default()
        };
        let answer = rpc.configure_provider(request).await.unwrap().into_inner();
        assert_eq!(errors(&answer.diagnostics), "");
        Provider { rpc, serving }
    }

    /// Starts the provider and looks for a connector that does not exist. Returns the errors.
    pub(crate) async fn read(self) -> String {
        self.start().await.read().await
    }

    /// Starts the provider and checks that the API answers.
    pub(crate) async fn reaches_the_api(self) {
        assert_reached(&self.read().await);
    }
}

impl Provider {
    /// Looks for a connector that does not exist. Returns the errors.
    pub(crate) async fn read(&mut self) -> String {
        let request = import_resource_state::Request {
            type_name: "onomondo_connector".to_owned(),
            id: "nobody".to_owned(),
            ..Default::default()
        };
        let answer = self.rpc.import_resource_state(request).await;
        errors(&answer.unwrap().into_inner().diagnostics)
    }

    /// Creates a connector with this name. Returns the errors.
    pub(crate) async fn create(&mut self, name: &str) -> String {
        let request = apply_resource_change::Request {
            type_name: "onomondo_connector".to_owned(),
            planned_state: Some(connector(name)),
            config: Some(connector(name)),
            ..Default::default()
        };
        let answer = self.rpc.apply_resource_change(request).await;
        errors(&answer.unwrap().into_inner().diagnostics)
    }

    /// Ends the provider and returns its log.
    pub(crate) fn log(mut self) -> String {
        self.serving.plugin.kill()
    }
}

/// Asserts that the API answered that there is no such connector.
pub(crate) fn assert_reached(errors: &str) {
    assert!(errors.contains("no connector named `nobody`"), "{errors}");
}

/// Asserts that a text contains each of these.
pub(crate) fn assert_says(text: &str, pieces: &[&str]) {
    for piece in pieces {
        assert!(text.contains(piece), "{piece:?} not in: {text}");
    }
}

fn connector(name: &str) -> DynamicValue {
    let https = Value::object([
        ("host", "https://ingest.example.com".into()),
        ("should_return_body", false.into()),
    ]);
    let members = [
        ("name", name.into()),
        ("type", "https".into()),
        ("https", https),
        ("passthrough", Value::set([])),
        ("tags", Value::Unknown),
        ("meta", Value::object([])),
    ];
    let schema = ConnectorResource::new();
    dynamic_value::write(&Value::object(members), schema.schema().ty()).unwrap()
}

fn errors(diagnostics: &[Diagnostic]) -> String {
    let texts = diagnostics.iter();
    texts
        .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
        .collect::<Vec<_>>()
        .join("\n")
}
