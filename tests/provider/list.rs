//! `ListResource`, event by event.

use std::time::Instant;

use onomondo_provider::{
    connector::ConnectorResource,
    protocol::{
        AttributePath, ManagedResource as _, Value, dynamic_value,
        tfplugin6::{
            DynamicValue, import_resource_state, list_resource, provider_client::ProviderClient,
            read_resource, stop_provider, validate_list_resource_config,
        },
    },
};
use serde_json::json;
use tonic::transport::Channel;

use crate::{
    client::{CONNECTOR, Provider, errors, filter},
    support::{
        plugin::DEADLINE,
        sandbox::{Sandbox, on},
    },
};

fn request(limit: i64) -> list_resource::Request {
    list_resource::Request {
        type_name: CONNECTOR.to_owned(),
        config: Some(filter(&[])),
        include_resource_object: false,
        limit,
    }
}

/// All events of a list.
async fn list(
    rpc: &ProviderClient<Channel>,
    request: list_resource::Request,
) -> Vec<list_resource::Event> {
    let mut rpc = rpc.clone();
    let mut stream = rpc.list_resource(request).await.unwrap().into_inner();
    let mut events = Vec::new();
    while let Some(event) = stream.message().await.unwrap() {
        events.push(event);
    }
    events
}

/// The name in an event's identity.
fn name(event: &list_resource::Event) -> String {
    let identity = event.identity.as_ref().unwrap().identity_data.as_ref();
    let resource = ConnectorResource::new();
    let identity = dynamic_value::read(identity, resource.identity().unwrap().ty()).unwrap();
    identity.get("name").as_str().unwrap().to_owned()
}

fn names(events: &[list_resource::Event]) -> Vec<String> {
    events.iter().map(name).collect()
}

/// An account with three connectors, in no particular order.
fn sandbox() -> Sandbox {
    let sandbox = Sandbox::start();
    let tls = json!({"host": "a.example.com", "port": 8883, "server_name": "a", "key": "a secret"});
    let azure = json!({"connectionString": "a secret"});
    let https = json!({"host": "https://a.example.com"});
    sandbox.put_connector("meters", json!({"type": "tls", "options": tls}));
    sandbox.put_connector(
        "hub",
        json!({"type": "microsoft_azure_iot", "options": azure}),
    );
    sandbox.put_connector("web", json!({"type": "https", "options": https}));
    sandbox
}

#[tokio::test(flavor = "multi_thread")]
async fn an_event_is_an_identity_and_a_name_to_read() {
    let sandbox = sandbox();
    let provider = Provider::configured(sandbox.address()).await;
    let events = list(&provider.rpc, request(100)).await;
    assert_eq!(names(&events), ["hub", "meters", "web"]);
    assert_eq!(events[1].display_name, "meters (tls)");
    for event in events {
        assert_eq!(
            (event.resource_object, event.diagnostic),
            (None, Vec::new())
        );
    }
    assert_eq!(sandbox.requests().lines(), ["GET /connectors 200"]);
}

/// The object includes its null write-only attributes.
#[tokio::test(flavor = "multi_thread")]
async fn an_object_equals_the_result_of_import_and_read() {
    let sandbox = sandbox();
    let mut provider = Provider::configured(sandbox.address()).await;
    let wanted = list_resource::Request {
        include_resource_object: true,
        ..request(100)
    };
    for event in list(&provider.rpc, wanted).await {
        let import = import_resource_state::Request {
            type_name: CONNECTOR.to_owned(),
            id: name(&event),
            ..Default::default()
        };
        let imported = provider.rpc.import_resource_state(import).await.unwrap();
        let imported = imported.into_inner().imported_resources.remove(0);
        let read = read_resource::Request {
            type_name: CONNECTOR.to_owned(),
            current_state: imported.state,
            current_identity: imported.identity,
            ..Default::default()
        };
        let read = provider.rpc.read_resource(read).await.unwrap().into_inner();
        assert_eq!(event.resource_object, read.new_state);
        assert_eq!(event.identity, read.new_identity);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_limit_ends_it_after_a_warning() {
    let sandbox = sandbox();
    let provider = Provider::configured(sandbox.address()).await;
    let events = list(&provider.rpc, request(2)).await;
    let (warning, events) = events.split_first().unwrap();
    assert!(errors(&warning.diagnostic).starts_with("Only 2 of 3"));
    assert_eq!(warning.identity, None);
    assert_eq!(names(events), ["hub", "meters"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cli_may_hang_up_at_any_time() {
    let sandbox = sandbox();
    let provider = Provider::configured(sandbox.address()).await;
    let mut rpc = provider.rpc.clone();
    let mut stream = rpc.list_resource(request(100)).await.unwrap().into_inner();
    stream.message().await.unwrap().unwrap();
    drop(stream);
    assert_eq!(list(&provider.rpc, request(100)).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupt_ends_its_wait() {
    let sandbox = sandbox();
    sandbox.fault(
        on("GET", "/connectors")
            .answers(429)
            .header("retry-after", "60"),
    );
    let provider = Provider::configured(sandbox.address()).await;
    let begin = Instant::now();
    let mut rpc = provider.rpc.clone();
    let listed = rpc.clone();
    let listing = tokio::spawn(async move { list(&listed, request(100)).await });
    sandbox.eventually("the list was refused and waits", |sandbox| {
        sandbox.requests().count("GET", "/connectors") == 1
    });
    rpc.stop_provider(stop_provider::Request {}).await.unwrap();
    let events = listing.await.unwrap();
    assert!(errors(&events[0].diagnostic).contains("interrupted"));
    assert!(begin.elapsed() < DEADLINE);
}

/// There is never a gRPC error, which the CLI would show unchanged.
#[tokio::test(flavor = "multi_thread")]
async fn every_failure_is_an_event() {
    let only = |events: &[list_resource::Event]| {
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].identity, None);
        errors(&events[0].diagnostic)
    };
    let provider = Provider::start().await;
    let unconfigured = list(&provider.rpc, request(100)).await;
    assert!(only(&unconfigured).starts_with("The provider is not configured"));

    let sandbox = sandbox();
    sandbox.fault(on("GET", "/connectors").answers(401));
    let provider = Provider::configured(sandbox.address()).await;
    let refused = list(&provider.rpc, request(100)).await;
    assert!(only(&refused).starts_with("Could not list the connectors: the API key was rejected"));

    let garbage = list_resource::Request {
        config: Some(DynamicValue {
            msgpack: vec![0xc1],
            json: Vec::new(),
        }),
        ..request(100)
    };
    assert!(only(&list(&provider.rpc, garbage).await).contains("cannot read"));

    let wrong = list_resource::Request {
        config: Some(filter(&[("name_regex", "(".into())])),
        ..request(100)
    };
    assert!(only(&list(&provider.rpc, wrong).await).starts_with("Invalid `name_regex`"));
}

#[tokio::test]
async fn a_wrong_filter_is_an_error_on_its_attribute() {
    let mut provider = Provider::start().await;
    for (attribute, value) in [("type", ""), ("tag", "Supplier"), ("name_regex", "a(b")] {
        let request = validate_list_resource_config::Request {
            type_name: CONNECTOR.to_owned(),
            config: Some(filter(&[(attribute, value.into())])),
            ..Default::default()
        };
        let answer = provider.rpc.validate_list_resource_config(request).await;
        let diagnostics = answer.unwrap().into_inner().diagnostics;
        assert_eq!(diagnostics.len(), 1);
        let path = AttributePath::from([attribute]).to_proto();
        assert_eq!(diagnostics[0].attribute, path);
    }
    let unknown = ["type", "tag", "name_regex"].map(|name| (name, Value::Unknown));
    let request = validate_list_resource_config::Request {
        type_name: CONNECTOR.to_owned(),
        config: Some(filter(&unknown)),
        ..Default::default()
    };
    let answer = provider.rpc.validate_list_resource_config(request).await;
    assert_eq!(errors(&answer.unwrap().into_inner().diagnostics), "");
}
