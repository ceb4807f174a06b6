//! Deletes of connectors that are gone or that still have SIMs, and answers that only look like
//! these cases.

use tokio_util::sync::CancellationToken;

use super::*;
use crate::onomondo::test_server::{Reply, Server, TLS, operation};

async fn failure(server: &Server, name: &str) -> Error {
    match server.client().delete_connector(&operation(), name).await {
        Err(DeleteError::Failed(error)) => error,
        other => panic!("{other:?}"),
    }
}

const DELETE: &str = "DELETE /connectors/fleet";
const LIST: &str = "GET /connectors";

#[tokio::test]
async fn a_missing_connector_counts_as_deleted() {
    let empty = || Reply::json(200, "[]");
    for script in [
        vec![(DELETE, Reply::json(200, "{}"))],
        vec![(DELETE, Reply::json(204, ""))],
        vec![(DELETE, Reply::html(200, "<html>")), (LIST, empty())],
        vec![(DELETE, Reply::json(404, ""))],
        vec![(DELETE, Reply::reset()), (DELETE, Reply::json(404, ""))],
        vec![(DELETE, Reply::json(400, "")), (LIST, empty())],
        vec![(DELETE, Reply::json(410, "")), (LIST, empty())],
    ] {
        let server = Server::start(script).await;
        server
            .client()
            .delete_connector(&operation(), "fleet")
            .await
            .unwrap();
        server.all_came();
    }
}

#[tokio::test]
async fn a_refusal_counts_while_the_list_has_it_or_cannot_tell() {
    let there = Reply::json(200, &format!("[{TLS}]"));
    let refused = || Reply::json(400, r#"{"error":"in_use"}"#);
    for list in [there, Reply::json(403, ""), Reply::json(200, "{}")] {
        let server = Server::start([(DELETE, refused()), (LIST, list)]).await;
        let error = failure(&server, "fleet").await;
        assert!(matches!(error, Error::Invalid(_)), "{error:?}");
        assert!(error.to_string().contains("`in_use`"));
        server.all_came();
    }
}

/// A login page instead of the API.
#[tokio::test]
async fn a_success_that_is_not_from_the_api_counts_only_if_the_list_agrees() {
    let there = Reply::json(200, &format!("[{TLS}]"));
    let server = Server::start([(DELETE, Reply::html(200, "<html>")), (LIST, there)]).await;
    let error = failure(&server, "fleet").await;
    assert!(matches!(error, Error::UnexpectedBody { .. }), "{error:?}");
    assert!(error.may_have_written());
    server.all_came();
}

const SIMS: &str = "GET /sims?limit=1000&filter=connector%3Afleet";

fn mapped() -> Reply {
    Reply::json(403, r#"{"error":"Connector still mapped to some SIMs"}"#)
}

fn sims(ids: &[&str]) -> Reply {
    let sims: Vec<_> = ids
        .iter()
        .map(|id| serde_json::json!({ "id": id, "connector": "fleet" }))
        .collect();
    let body = serde_json::json!({ "total": ids.len(), "sims": sims });
    Reply::json(200, &body.to_string())
}

async fn kept(server: &Server, operation: &Operation) -> StillMapped {
    match server.client().delete_connector(operation, "fleet").await {
        Err(DeleteError::StillMapped(kept)) => *kept,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn sims_that_prevent_a_delete_are_named() {
    let server = Server::start([(DELETE, mapped()), (SIMS, sims(&["000002418"]))]).await;
    let kept = kept(&server, &operation()).await;
    assert_eq!(
        kept.refusal.reason.text,
        "Connector still mapped to some SIMs"
    );
    assert!(!kept.refusal.exchange.may_have_written);
    assert_eq!(kept.sims.unwrap().first, ["000002418"]);
    assert_eq!(kept.end, WaitEnd::NoLimit);
}

#[tokio::test]
async fn sims_that_are_unmapped_meanwhile_do_not_prevent_the_delete() {
    let none = || (SIMS, sims(&[]));
    let server = Server::start([
        (DELETE, mapped()),
        none(),
        (DELETE, mapped()),
        none(),
        (DELETE, Reply::json(204, "")),
    ])
    .await;
    let client = server.client();
    client
        .delete_connector(&operation(), "fleet")
        .await
        .unwrap();
    server.all_came();
}

#[tokio::test]
async fn a_key_without_the_right_to_delete_fails_soon() {
    let refused = || [(DELETE, mapped()), (SIMS, sims(&[]))];
    let server = Server::start([refused(), refused(), refused(), refused()].concat()).await;
    let kept = kept(&server, &operation()).await;
    assert!(kept.sims.is_none());
    server.all_came();
}

const HOUR: Duration = Duration::from_hours(1);

/// An operation with this time limit.
fn bounded(stop: &CancellationToken, time: Duration) -> Operation {
    Operation::new(stop.clone(), Some(Instant::now() + time))
}

#[tokio::test]
async fn a_delete_that_may_wait_asks_for_the_sims_alone_until_they_are_gone() {
    let server = Server::start([
        (DELETE, mapped()),
        (SIMS, sims(&["1", "2"])),
        (SIMS, sims(&["1"])),
        (SIMS, sims(&[])),
        (DELETE, Reply::json(200, "{}")),
    ])
    .await;
    let operation = bounded(&CancellationToken::new(), Duration::from_mins(1));
    let client = server.client();
    client.delete_connector(&operation, "fleet").await.unwrap();
    server.all_came();
}

/// Uses no real time: the hour passes only once the delete waits.
#[tokio::test]
async fn a_wait_for_sims_uses_all_of_its_time() {
    let still = (SIMS, sims(&["1"]));
    let server = Server::start([(DELETE, mapped()), still.clone(), still]).await;
    let config = crate::onomondo::test_server::config(&server.url());
    let client = Client::with_first_wait(config, HOUR);
    let operation = bounded(&CancellationToken::new(), HOUR);
    let (deleted, ()) = tokio::join!(client.delete_connector(&operation, "fleet"), async {
        while server.lines().len() < 2 {
            tokio::task::yield_now().await;
        }
        // The server's answer arrives in this same thread, so it takes scheduling turns instead of
        // time.
        for _ in 0..10_000 {
            tokio::task::yield_now().await;
        }
        tokio::time::pause();
        tokio::time::advance(HOUR).await;
        tokio::time::resume();
    });
    let Err(DeleteError::StillMapped(kept)) = deleted else {
        panic!("{deleted:?}");
    };
    assert!(
        matches!(kept.end, WaitEnd::TimeLimit(waited) if waited >= HOUR),
        "{:?}",
        kept.end
    );
    assert!(kept.sims.is_some());
    server.all_came();
}

#[tokio::test]
async fn an_interrupt_ends_a_wait_for_sims_and_the_error_says_so() {
    let server = Server::start([(DELETE, mapped()), (SIMS, sims(&["1"]))]).await;
    let stop = CancellationToken::new();
    let operation = bounded(&stop, HOUR);
    let client = Client::with_first_wait(
        crate::onomondo::test_server::config(&server.url()),
        Duration::from_mins(1),
    );
    let (deleted, ()) = tokio::join!(client.delete_connector(&operation, "fleet"), async {
        while server.lines().len() < 2 {
            tokio::task::yield_now().await;
        }
        stop.cancel();
    });
    let Err(DeleteError::StillMapped(kept)) = deleted else {
        panic!("{deleted:?}");
    };
    assert!(matches!(kept.end, WaitEnd::Interrupt(_)), "{:?}", kept.end);
}

/// For example, a gateway without such a route.
#[tokio::test]
async fn a_404_that_is_not_the_apis_own_is_looked_up() {
    for not_found in [
        Reply::html(404, "default backend - 404"),
        Reply::json(404, r#"{"message":"Not Found"}"#),
    ] {
        let there = Reply::json(200, &format!("[{TLS}]"));
        let server = Server::start([(DELETE, not_found.clone()), (LIST, there)]).await;
        let error = failure(&server, "fleet").await;
        assert!(matches!(error, Error::UnexpectedStatus { .. }), "{error:?}");
        server.all_came();

        let server = Server::start([(DELETE, not_found), (LIST, Reply::json(200, "[]"))]).await;
        let client = server.client();
        client
            .delete_connector(&operation(), "fleet")
            .await
            .unwrap();
        server.all_came();
    }
}

#[tokio::test]
async fn a_delete_whose_answers_are_all_lost_is_looked_up() {
    let lost = || (DELETE, Reply::json(503, ""));
    let script = |list| [lost(), lost(), lost(), (LIST, list)];
    let server = Server::start(script(Reply::json(200, "[]"))).await;
    let client = server.client();
    client
        .delete_connector(&operation(), "fleet")
        .await
        .unwrap();

    let server = Server::start(script(Reply::json(200, &format!("[{TLS}]")))).await;
    let error = failure(&server, "fleet").await;
    assert!(matches!(error, Error::Server(_)), "{error:?}");

    let server = Server::start(script(Reply::json(403, ""))).await;
    let error = failure(&server, "fleet").await;
    let Error::Unsettled { write, .. } = error else {
        panic!("{error:?}");
    };
    assert!(matches!(*write, Error::Server(_)), "{write:?}");
}

#[tokio::test]
async fn a_name_that_would_delete_something_else_is_not_sent() {
    let server = Server::start([]).await;
    for name in ["", ".", ".."] {
        let error = failure(&server, name).await;
        assert!(matches!(error, Error::UnusableName { .. }), "{error:?}");
    }
}

/// Whether they leave before or after the API lists them, only another delete shows the result.
#[tokio::test]
async fn a_delete_waits_for_sims_that_this_process_moves_away() {
    for leave_early in [true, false] {
        let server = Server::start([
            (DELETE, mapped()),
            (SIMS, sims(&["1"])),
            (DELETE, Reply::json(204, "")),
        ])
        .await;
        let client = server.client();
        let operation = operation();
        let emptying = client.emptying("fleet");
        let (deleted, ()) = tokio::join!(client.delete_connector(&operation, "fleet"), async {
            let lines = if leave_early { 1 } else { 2 };
            while server.lines().len() < lines {
                tokio::task::yield_now().await;
            }
            drop(emptying);
        });
        deleted.unwrap();
        server.all_came();
    }
}
