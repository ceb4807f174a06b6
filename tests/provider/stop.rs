//! An interrupt: `StopProvider`.

use std::time::Instant;

use onomondo_provider::protocol::tfplugin6::stop_provider;
#[cfg(unix)]
use rustix::process::Signal;
use serde_json::json;

use crate::{
    client::{Provider, create, errors, name_in},
    support::{
        plugin::DEADLINE,
        sandbox::{Sandbox, on},
    },
};

#[tokio::test(flavor = "multi_thread")]
async fn it_ends_a_wait_at_once_and_nothing_starts_after_it() {
    let sandbox = Sandbox::start();
    // Without the interrupt, the provider would wait and create it.
    sandbox.fault(
        on("POST", "/connectors")
            .answers(429)
            .header("retry-after", "2"),
    );
    let provider = Provider::configured(sandbox.address()).await;

    let mut rpc = provider.rpc.clone();
    let begin = Instant::now();
    let applying = tokio::spawn(async move { rpc.apply_resource_change(create("fleet")).await });
    let refused = |sandbox: &Sandbox| sandbox.requests().count("POST", "/connectors") == 1;
    sandbox.eventually("the create was refused and waits", refused);
    let mut rpc = provider.rpc.clone();
    let stopped = rpc
        .stop_provider(stop_provider::Request {})
        .await
        .unwrap()
        .into_inner();
    assert_eq!(stopped.error, "");

    let answer = applying.await.unwrap().unwrap().into_inner();
    assert!(begin.elapsed() < DEADLINE);
    assert!(
        errors(&answer.diagnostics).contains("interrupted"),
        "{:?}",
        answer.diagnostics
    );
    assert!(sandbox.state().names().is_empty());

    // The CLI had already sent this request.
    let answer = rpc.apply_resource_change(create("late")).await;
    let said = errors(&answer.unwrap().into_inner().diagnostics);
    assert!(said.contains("interrupted"), "{said:?}");
    assert!(sandbox.state().names().is_empty());

    // After the connection is configured again, later requests succeed.
    let mut again = provider;
    again.configure(sandbox.address()).await;
    let answer = again.rpc.apply_resource_change(create("again")).await;
    assert_eq!(errors(&answer.unwrap().into_inner().diagnostics), "");
    assert_eq!(sandbox.state().names(), ["again"]);

    // In debug mode the process outlives the command.
    let mut next = again.another().await;
    next.configure(sandbox.address()).await;
    let answer = next.rpc.apply_resource_change(create("fleet")).await;
    assert_eq!(errors(&answer.unwrap().into_inner().diagnostics), "");
    assert_eq!(sandbox.state().names(), ["again", "fleet"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_new_configuration_does_not_revive_interrupted_calls() {
    let sandbox = Sandbox::start();
    // Without the interrupt, the provider would wait and try again.
    let refused_late = json!({ "process": true, "answer_delay_ms": 500, "status": 429 });
    let create_once = on("POST", "/connectors").then(refused_late);
    sandbox.fault(create_once.header("retry-after", "1"));
    let mut provider = Provider::configured(sandbox.address()).await;
    let mut rpc = provider.rpc.clone();
    let applying = tokio::spawn(async move { rpc.apply_resource_change(create("fleet")).await });
    sandbox.eventually("the create was sent", |sandbox| {
        sandbox.state().names() == ["fleet"]
    });
    let mut rpc = provider.rpc.clone();
    rpc.stop_provider(stop_provider::Request {}).await.unwrap();
    provider.configure(sandbox.address()).await;
    let answer = applying.await.unwrap().unwrap().into_inner();
    assert_ne!(errors(&answer.diagnostics), "");
    assert_eq!(sandbox.requests().count("POST", "/connectors"), 1);
}

/// Init systems and CI runners tell the process to end. Requests still get their full result.
#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn sigterm_ends_a_connected_process_after_its_requests() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("POST", "/connectors").delays_answer(500));
    let mut provider = Provider::configured(sandbox.address()).await;
    let mut rpc = provider.rpc.clone();
    let applying = tokio::spawn(async move { rpc.apply_resource_change(create("fleet")).await });
    sandbox.eventually("the connector is made", |sandbox| {
        sandbox.state().names() == ["fleet"]
    });
    provider.signal(Signal::TERM);
    let answer = applying.await.unwrap().unwrap().into_inner();
    assert_eq!(errors(&answer.diagnostics), "");
    assert_eq!(name_in(answer.new_state.as_ref()), "fleet".into());
    assert_eq!(provider.wait().code(), Some(0));
}

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn sigterm_ends_a_wait() {
    let sandbox = Sandbox::start();
    // Without the signal, the provider would wait for a minute.
    sandbox.fault(
        on("POST", "/connectors")
            .answers(429)
            .header("retry-after", "60"),
    );
    let mut provider = Provider::configured(sandbox.address()).await;
    let mut rpc = provider.rpc.clone();
    let applying = tokio::spawn(async move { rpc.apply_resource_change(create("fleet")).await });
    sandbox.eventually("the create was refused and waits", |sandbox| {
        sandbox.requests().count("POST", "/connectors") == 1
    });
    provider.signal(Signal::TERM);
    let answer = applying.await.unwrap().unwrap().into_inner();
    let said = errors(&answer.diagnostics);
    assert!(said.contains("interrupted"), "{said}");
    assert_eq!(provider.wait().code(), Some(0));
    assert!(sandbox.state().names().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_was_sent_finishes_and_its_result_is_kept() {
    let sandbox = Sandbox::start();
    sandbox.fault(on("POST", "/connectors").delays_answer(500));
    let provider = Provider::configured(sandbox.address()).await;

    let mut rpc = provider.rpc.clone();
    let applying = tokio::spawn(async move { rpc.apply_resource_change(create("fleet")).await });
    sandbox.eventually("the connector is made", |sandbox| {
        sandbox.state().names() == ["fleet"]
    });
    let mut rpc = provider.rpc.clone();
    rpc.stop_provider(stop_provider::Request {}).await.unwrap();

    let answer = applying.await.unwrap().unwrap().into_inner();
    assert_eq!(errors(&answer.diagnostics), "");
    assert_eq!(name_in(answer.new_state.as_ref()), "fleet".into());
}
