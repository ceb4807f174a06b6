//! The CLI's side of tfplugin6, as far as these tests need it.

use std::{process::ExitStatus, rc::Rc};

use onomondo_provider::{
    connector::{ConnectorList, ConnectorResource},
    protocol::{
        ListResource as _, ManagedResource as _, Value, dynamic_value,
        tfplugin6::{
            Diagnostic, DynamicValue, apply_resource_change, configure_provider,
            provider_client::ProviderClient,
        },
    },
};
#[cfg(unix)]
use rustix::process::Signal;
use tonic::transport::Channel;

use crate::support::plugin::process::{Launch, ServingPlugin};

pub(crate) const CONNECTOR: &str = "onomondo_connector";
pub(crate) const CONNECTOR_SIMS: &str = "onomondo_connector_sims";

/// A running provider and its client.
pub(crate) struct Provider {
    pub(crate) rpc: ProviderClient<Channel>,
    /// Keeps the process alive.
    pub(crate) plugin: Rc<ServingPlugin>,
}

impl Provider {
    pub(crate) async fn start() -> Self {
        Self::started_by(Launch::by_cli()).await
    }

    /// Starts it with settings other than a CLI's usual ones.
    pub(crate) async fn started_by(launch: Launch) -> Self {
        Self::connect(Rc::new(launch.handshake())).await
    }

    /// Connects to the same process again, as for another provider configuration.
    pub(crate) async fn another(&self) -> Self {
        Self::connect(Rc::clone(&self.plugin)).await
    }

    async fn connect(plugin: Rc<ServingPlugin>) -> Self {
        let channel = plugin.connect().await;
        let rpc = ProviderClient::new(channel)
            .max_decoding_message_size(usize::MAX)
            .max_encoding_message_size(usize::MAX);
        Self { rpc, plugin }
    }

    /// Starts a provider and configures it for the API at this address.
    pub(crate) async fn configured(address: &str) -> Self {
        let mut provider = Self::start().await;
        provider.configure(address).await;
        provider
    }

    /// Configures it for the API at this address.
    pub(crate) async fn configure(&mut self, address: &str) {
        let said = self.configure_with(settings(address)).await;
        assert_eq!(said, "");
    }

    /// Configures it with this provider block, and returns the errors.
    pub(crate) async fn configure_with(&mut self, config: DynamicValue) -> String {
        let request = configure_provider::Request {
            terraform_version: "1.15.5".to_owned(),
            config: Some(config),
            ..Default::default()
        };
        let answer = self.rpc.configure_provider(request).await.unwrap();
        errors(&answer.into_inner().diagnostics)
    }

    #[cfg(unix)]
    pub(crate) fn signal(&self, signal: Signal) {
        self.plugin.plugin.signal(signal);
    }

    /// Waits until the process ends by itself while its clients stay connected.
    #[cfg_attr(not(unix), allow(dead_code))]
    pub(crate) fn wait(&mut self) -> ExitStatus {
        let plugin = Rc::get_mut(&mut self.plugin).expect("one connection");
        plugin.plugin.wait()
    }

    #[cfg(target_os = "linux")]
    pub(crate) fn process_id(&self) -> u32 {
        self.plugin.plugin.process_id()
    }
}

/// The provider block.
fn settings(address: &str) -> DynamicValue {
    // This is JSON. The CLI never sends it, but the provider accepts it.
    let json = serde_json::json!({ "api_key": "key", "base_url": address });
    DynamicValue {
        json: json.to_string().into_bytes(),
        msgpack: Vec::new(),
    }
}

/// The configuration of a connector. Omitted members are null.
pub(crate) fn connector(members: &[(&str, Value)]) -> DynamicValue {
    let value = Value::object(members.iter().map(|(name, value)| (*name, value.clone())));
    dynamic_value::write(&value, ConnectorResource::new().schema().ty()).unwrap()
}

/// The configuration of a list. Omitted members are null.
pub(crate) fn filter(members: &[(&str, Value)]) -> DynamicValue {
    let value = Value::object(members.iter().map(|(name, value)| (*name, value.clone())));
    dynamic_value::write(&value, ConnectorList::default().schema().ty()).unwrap()
}

/// The plan of an HTTPS connector with this name.
pub(crate) fn https(name: &str) -> DynamicValue {
    let https = Value::object([
        ("host", "https://ingest.example.com".into()),
        ("should_return_body", false.into()),
    ]);
    connector(&[
        ("name", name.into()),
        ("type", "https".into()),
        ("https", https),
        ("passthrough", Value::set([])),
        ("tags", Value::Unknown),
        ("meta", Value::object([])),
    ])
}

/// The request that creates such a connector.
pub(crate) fn create(name: &str) -> apply_resource_change::Request {
    apply_resource_change::Request {
        type_name: CONNECTOR.to_owned(),
        planned_state: Some(https(name)),
        config: Some(https(name)),
        ..Default::default()
    }
}

/// The name of the connector in a state, or null if there is no connector.
pub(crate) fn name_in(state: Option<&DynamicValue>) -> Value {
    let schema = ConnectorResource::new();
    let state = dynamic_value::read(state, schema.schema().ty()).unwrap();
    state.get("name").clone()
}

/// The titles and details of the diagnostics.
pub(crate) fn errors(diagnostics: &[Diagnostic]) -> String {
    let texts = diagnostics.iter();
    texts
        .map(|diagnostic| format!("{}: {}", diagnostic.summary, diagnostic.detail))
        .collect::<Vec<_>>()
        .join("\n")
}
