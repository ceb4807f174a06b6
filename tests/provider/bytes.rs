//! Invalid bytes, which no CLI sends.

use onomondo_provider::protocol::{
    Value,
    tfplugin6::{
        DynamicValue, RawState, plan_resource_change, read_resource, upgrade_resource_state,
        validate_resource_config,
    },
};

use crate::client::{CONNECTOR, Provider, connector, errors};

fn garbage() -> DynamicValue {
    DynamicValue {
        msgpack: vec![0xc1, 0xff, 0x00],
        json: Vec::new(),
    }
}

#[tokio::test]
async fn garbage_is_a_diagnostic_and_the_process_lives_on() {
    let mut provider = Provider::configured("http://127.0.0.1:1").await;
    let request = validate_resource_config::Request {
        type_name: CONNECTOR.to_owned(),
        config: Some(garbage()),
        ..Default::default()
    };
    let answer = provider
        .rpc
        .validate_resource_config(request)
        .await
        .unwrap();
    assert!(errors(&answer.into_inner().diagnostics).contains("cannot read the configuration"));

    let request = plan_resource_change::Request {
        type_name: CONNECTOR.to_owned(),
        proposed_new_state: Some(garbage()),
        config: Some(garbage()),
        ..Default::default()
    };
    let answer = provider.rpc.plan_resource_change(request).await.unwrap();
    assert!(errors(&answer.into_inner().diagnostics).contains("cannot read the plan"));

    let request = read_resource::Request {
        type_name: CONNECTOR.to_owned(),
        current_state: Some(garbage()),
        ..Default::default()
    };
    let answer = provider.rpc.read_resource(request).await.unwrap();
    assert!(errors(&answer.into_inner().diagnostics).contains("cannot read the state"));
}

#[tokio::test]
async fn stored_state_of_another_schema_is_read_as_far_as_possible() {
    let mut provider = Provider::start().await;
    let json = r#"{"name":"fleet","gone":1,"https":{"host":"https://a.example","gone":[1]}}"#;
    let request = upgrade_resource_state::Request {
        type_name: CONNECTOR.to_owned(),
        version: 0,
        raw_state: Some(RawState {
            json: json.into(),
            ..Default::default()
        }),
    };
    let answer = provider
        .rpc
        .upgrade_resource_state(request)
        .await
        .unwrap()
        .into_inner();
    assert_eq!(errors(&answer.diagnostics), "");
    let https = Value::object([("host", "https://a.example".into())]);
    let expected = connector(&[("name", "fleet".into()), ("https", https)]);
    assert_eq!(answer.upgraded_state, Some(expected));
}

#[tokio::test]
async fn invalid_stored_state_is_an_error_and_not_an_empty_state() {
    let mut provider = Provider::start().await;
    let flatmap = RawState {
        flatmap: [("name".to_owned(), "fleet".to_owned())].into(),
        ..Default::default()
    };
    let cut_off = RawState {
        json: b"{\"name\":".to_vec(),
        ..Default::default()
    };
    for raw_state in [
        None,
        Some(RawState::default()),
        Some(flatmap),
        Some(cut_off),
    ] {
        let request = upgrade_resource_state::Request {
            type_name: CONNECTOR.to_owned(),
            version: 0,
            raw_state,
        };
        let answer = provider
            .rpc
            .upgrade_resource_state(request)
            .await
            .unwrap()
            .into_inner();
        assert_ne!(errors(&answer.diagnostics), "");
    }
}

#[tokio::test]
async fn a_message_may_be_larger_than_tonic_takes_by_default() {
    let mut provider = Provider::start().await;
    let https = Value::object([("host", "h".repeat(8 << 20).into())]);
    let request = validate_resource_config::Request {
        type_name: CONNECTOR.to_owned(),
        config: Some(connector(&[("https", https)])),
        ..Default::default()
    };
    let answer = provider
        .rpc
        .validate_resource_config(request)
        .await
        .unwrap()
        .into_inner();
    assert!(errors(&answer.diagnostics).starts_with("Invalid `https.host`"));
}
