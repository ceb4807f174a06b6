//! One process with several provider configurations: debug mode with two aliases or two CLIs at
//! once.

use onomondo_provider::protocol::tfplugin6::{read_resource, stop_provider};

use crate::{
    client::{CONNECTOR, Provider, create, errors, https, name_in},
    support::sandbox::{Sandbox, on},
};

async fn create_connector(provider: &mut Provider, name: &str) -> String {
    let answer = provider.rpc.apply_resource_change(create(name)).await;
    errors(&answer.unwrap().into_inner().diagnostics)
}

/// Whether the connector is in the account.
async fn is_there(provider: &mut Provider, name: &str) -> bool {
    let request = read_resource::Request {
        type_name: CONNECTOR.to_owned(),
        current_state: Some(https(name)),
        ..Default::default()
    };
    let answer = provider.rpc.read_resource(request).await;
    let answer = answer.unwrap().into_inner();
    assert_eq!(errors(&answer.diagnostics), "");
    name_in(answer.new_state.as_ref()) == name.into()
}

#[tokio::test(flavor = "multi_thread")]
async fn each_connection_has_the_account_that_it_configured() {
    let (one, other) = (Sandbox::start(), Sandbox::start());
    other.call(reqwest::Method::POST, "/connectors", Some(stranger()));
    let mut first = Provider::configured(one.address()).await;
    let mut second = first.another().await;
    second.configure(other.address()).await;

    assert_eq!(create_connector(&mut first, "first").await, "");
    assert_eq!(create_connector(&mut second, "second").await, "");
    assert_eq!(one.state().names(), ["first"]);
    assert_eq!(other.state().names(), ["stranger", "second"]);
    assert!(is_there(&mut first, "first").await);
    assert!(!is_there(&mut second, "first").await);
}

fn stranger() -> serde_json::Value {
    serde_json::json!({ "name": "stranger", "type": "https", "options": { "host": "https://a.example" } })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cli_that_reconnects_keeps_the_last_configuration() {
    let sandbox = Sandbox::start();
    let first = Provider::configured(sandbox.address()).await;
    let mut again = first.another().await;
    drop(first);
    assert_eq!(create_connector(&mut again, "fleet").await, "");
    assert_eq!(sandbox.state().names(), ["fleet"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupt_of_one_cli_does_not_affect_another() {
    let sandbox = Sandbox::start();
    let first = Provider::configured(sandbox.address()).await;
    let mut second = first.another().await;
    second.configure(sandbox.address()).await;
    sandbox.fault(
        on("POST", "/connectors")
            .answers(429)
            .header("retry-after", "1"),
    );
    let mut rpc = first.rpc.clone();
    let applying = tokio::spawn(async move { rpc.apply_resource_change(create("fleet")).await });
    sandbox.eventually("the create was refused and waits", |sandbox| {
        sandbox.requests().count("POST", "/connectors") == 1
    });
    second
        .rpc
        .stop_provider(stop_provider::Request {})
        .await
        .unwrap();
    let answer = applying.await.unwrap().unwrap().into_inner();
    assert_eq!(errors(&answer.diagnostics), "");
    assert_eq!(sandbox.state().names(), ["fleet"]);
}
