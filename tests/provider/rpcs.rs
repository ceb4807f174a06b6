//! Every RPC answers, including RPCs of features that the provider does not have.

use onomondo_provider::protocol::tfplugin6::{
    apply_resource_change, call_function, close_ephemeral_resource, configure_state_store,
    delete_state, generate_resource_config, get_functions, get_states, import_resource_state,
    invoke_action, list_resource, lock_state, move_resource_state, open_ephemeral_resource,
    plan_action, plan_resource_change, read_data_source, read_resource, read_state_bytes,
    renew_ephemeral_resource, unlock_state, upgrade_resource_identity, upgrade_resource_state,
    validate_action_config, validate_data_resource_config, validate_ephemeral_resource_config,
    validate_list_resource_config, validate_resource_config, validate_state_store_config,
    write_state_bytes,
};

use crate::client::{Provider, create, errors};

/// Each of these RPCs must answer with a diagnostic. The CLI would show a gRPC error as "Plugin
/// error".
macro_rules! explain_themselves {
    ($provider:ident, $($rpc:ident),+ $(,)?) => {
        $(
            let answer = $provider.rpc.$rpc($rpc::Request::default()).await.unwrap();
            let text = errors(&answer.into_inner().diagnostics);
            assert!(text.starts_with("No such"), "{}: {text}", stringify!($rpc));
        )+
    };
}

#[tokio::test]
async fn rpcs_of_missing_features_explain_themselves() {
    let mut provider = Provider::configured("http://127.0.0.1:1").await;
    explain_themselves!(
        provider,
        apply_resource_change,
        close_ephemeral_resource,
        configure_state_store,
        delete_state,
        generate_resource_config,
        get_states,
        import_resource_state,
        lock_state,
        move_resource_state,
        open_ephemeral_resource,
        plan_action,
        plan_resource_change,
        read_data_source,
        read_resource,
        renew_ephemeral_resource,
        unlock_state,
        upgrade_resource_identity,
        upgrade_resource_state,
        validate_action_config,
        validate_data_resource_config,
        validate_ephemeral_resource_config,
        validate_list_resource_config,
        validate_resource_config,
        validate_state_store_config,
    );
}

#[tokio::test]
async fn streams_of_missing_features_end_with_a_reason() {
    let mut provider = Provider::start().await;
    let rpc = &mut provider.rpc;

    let mut events = rpc
        .list_resource(list_resource::Request::default())
        .await
        .unwrap()
        .into_inner();
    let event = events.message().await.unwrap().unwrap();
    assert!(errors(&event.diagnostic).starts_with("No such list resource"));
    assert_eq!(events.message().await.unwrap(), None);

    let mut events = rpc
        .invoke_action(invoke_action::Request::default())
        .await
        .unwrap()
        .into_inner();
    let event = events.message().await.unwrap().unwrap();
    let Some(invoke_action::event::Type::Completed(completed)) = event.r#type else {
        panic!("a stream without `Completed` reads as success: {event:?}");
    };
    assert!(errors(&completed.diagnostics).starts_with("No such action"));

    let request = read_state_bytes::Request::default();
    let mut chunks = rpc.read_state_bytes(request).await.unwrap().into_inner();
    let chunk = chunks.message().await.unwrap().unwrap();
    assert!(chunk.range.is_some(), "Terraform crashes without");
    assert!(errors(&chunk.diagnostics).starts_with("No such state store"));

    let none = futures_util::stream::empty::<write_state_bytes::RequestChunk>();
    let answer = rpc.write_state_bytes(none).await.unwrap().into_inner();
    assert!(errors(&answer.diagnostics).starts_with("No such state store"));
}

#[tokio::test]
async fn there_are_no_functions() {
    let mut provider = Provider::start().await;
    let functions = provider
        .rpc
        .get_functions(get_functions::Request {})
        .await
        .unwrap();
    assert!(functions.into_inner().functions.is_empty());

    let request = call_function::Request {
        name: "hash".to_owned(),
        arguments: Vec::new(),
    };
    let answer = provider
        .rpc
        .call_function(request)
        .await
        .unwrap()
        .into_inner();
    assert!(answer.error.unwrap().text.contains("`hash`"));
}

#[tokio::test]
async fn a_connector_before_the_configuration_is_a_diagnostic() {
    let mut provider = Provider::start().await;
    let answer = provider
        .rpc
        .apply_resource_change(create("fleet"))
        .await
        .unwrap()
        .into_inner();
    assert!(errors(&answer.diagnostics).starts_with("The provider is not configured"));
}
