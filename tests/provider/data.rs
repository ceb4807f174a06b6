//! Data sources in situations that a CLI never causes, or only for a moment.

use std::time::Instant;

use onomondo_provider::{
    connector::{ConnectorDataSource, ConnectorsDataSource},
    onomondo::Client,
    protocol::{
        DataSource, Value, dynamic_value,
        tfplugin6::{DynamicValue, read_data_source, stop_provider, validate_data_resource_config},
    },
    tag::{TagDataSource, TagsDataSource},
};

use crate::{
    client::{Provider, errors},
    support::{
        plugin::DEADLINE,
        sandbox::{Sandbox, on},
    },
};

fn all() -> [Box<dyn DataSource<Client>>; 4] {
    [
        Box::new(ConnectorDataSource::default()),
        Box::new(ConnectorsDataSource::default()),
        Box::new(TagDataSource::default()),
        Box::new(TagsDataSource::default()),
    ]
}

/// A configuration that gives this value to every attribute that it can set.
fn config(source: &dyn DataSource<Client>, value: &Value) -> DynamicValue {
    let block = source.schema().to_proto().block.unwrap();
    let set = block
        .attributes
        .iter()
        .filter(|it| it.required || it.optional);
    let config = Value::object(set.map(|it| (it.name.as_str(), value.clone())));
    dynamic_value::write(&config, source.schema().ty()).unwrap()
}

fn read(source: &dyn DataSource<Client>, value: &Value) -> read_data_source::Request {
    read_data_source::Request {
        type_name: source.type_name().to_owned(),
        config: Some(config(source, value)),
        ..Default::default()
    }
}

#[tokio::test]
async fn an_unknown_value_is_not_an_error() {
    let mut provider = Provider::start().await;
    for source in &all() {
        let request = validate_data_resource_config::Request {
            type_name: source.type_name().to_owned(),
            config: Some(config(source.as_ref(), &Value::Unknown)),
        };
        let answer = provider.rpc.validate_data_resource_config(request).await;
        assert_eq!(errors(&answer.unwrap().into_inner().diagnostics), "");
    }
}

#[tokio::test]
async fn a_read_before_the_configuration_is_a_diagnostic() {
    let mut provider = Provider::start().await;
    for source in &all() {
        let request = read(source.as_ref(), &"fleet".into());
        let answer = provider.rpc.read_data_source(request).await.unwrap();
        let text = errors(&answer.into_inner().diagnostics);
        assert!(text.starts_with("The provider is not configured"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupt_ends_a_read_that_waits() {
    let sandbox = Sandbox::start();
    // Without the interrupt, the provider would wait for a minute.
    sandbox.fault(
        on("GET", "/tags/search/tags")
            .answers(429)
            .header("retry-after", "60"),
    );
    let provider = Provider::configured(sandbox.address()).await;

    let mut rpc = provider.rpc.clone();
    let begin = Instant::now();
    let request = read(&TagsDataSource::default(), &Value::Null);
    let reading = tokio::spawn(async move { rpc.read_data_source(request).await });
    sandbox.eventually("the list was refused and waits", |sandbox| {
        sandbox.requests().lines() == ["GET /tags/search/tags 429"]
    });
    let mut rpc = provider.rpc.clone();
    rpc.stop_provider(stop_provider::Request {}).await.unwrap();
    let answer = reading.await.unwrap().unwrap().into_inner();
    assert!(begin.elapsed() < DEADLINE);
    let text = errors(&answer.diagnostics);
    assert!(
        text.starts_with("Could not list the tags: interrupted"),
        "{text}"
    );
}
