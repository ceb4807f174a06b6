//! No change by a PATCH is lost, whatever the response.

use super::*;
use crate::onomondo::{
    BodyProblem, Config,
    test_server::{Reply, Server, TLS, client, config, operation},
};

fn rename(name: &str) -> ConnectorPatch {
    ConnectorPatch {
        name: Some(name.into()),
        ..ConnectorPatch::default()
    }
}

fn list(name: &str) -> Reply {
    Reply::json(200, &format!("[{}]", TLS.replace("fleet", name)))
}

const PATCH: &str = "PATCH /connectors/fleet";
const LIST: &str = "GET /connectors";

#[tokio::test]
async fn a_complete_answer_needs_no_list() {
    let server = Server::start([(PATCH, Reply::json(200, TLS))]).await;
    let patch = ConnectorPatch {
        tags: Some(vec!["a".into()]),
        ..ConnectorPatch::default()
    };
    let connector = server
        .client()
        .update_connector(&operation(), "fleet", &patch)
        .await;
    assert_eq!(connector.unwrap().connector.name, "fleet");
    assert_eq!(server.bodies(), [r#"{"tags":["a"]}"#]);
}

#[tokio::test]
async fn an_answer_that_lacks_something_is_completed_from_a_list() {
    for reply in [
        Reply::json(204, ""),
        Reply::json(200, "{}"),
        Reply::json(200, "null"),
        Reply::json(200, r#"{"message":"OK"}"#),
        Reply::json(200, r#"{"name":"fleet","type":"tls"}"#),
    ] {
        let server = Server::start([(PATCH, reply), (LIST, list("fleet"))]).await;
        let patch = ConnectorPatch::default();
        let connector = server
            .client()
            .update_connector(&operation(), "fleet", &patch)
            .await;
        assert_eq!(connector.unwrap().connector.name, "fleet");
        server.all_came();
    }
}

/// For example, a login page: no list could show whether a secret arrived.
#[tokio::test]
async fn an_answer_from_something_else_is_not_a_success() {
    for reply in [
        Reply::html(200, "<html>"),
        Reply::json(200, "[]"),
        Reply::json(200, "true"),
    ] {
        let server = Server::start([(PATCH, reply)]).await;
        let patch = ConnectorPatch::default();
        let error = server
            .client()
            .update_connector(&operation(), "fleet", &patch)
            .await
            .unwrap_err();
        assert!(matches!(error, Error::UnexpectedBody { .. }), "{error:?}");
        assert!(error.may_have_written());
    }
}

#[tokio::test]
async fn a_rename_is_looked_up_after_any_odd_answer() {
    let server = Server::start([
        (LIST, list("fleet")),
        (PATCH, Reply::html(200, "<html>")),
        (LIST, list("renamed")),
    ])
    .await;
    let connector = server
        .client()
        .update_connector(&operation(), "fleet", &rename("renamed"))
        .await;
    assert_eq!(connector.unwrap().connector.name, "renamed");
}

#[tokio::test]
async fn a_successful_write_that_no_list_shows_says_that_it_succeeded() {
    let empty = || Reply::json(200, "[]");
    let server = Server::start([
        (PATCH, Reply::json(200, "{}")),
        (LIST, empty()),
        (LIST, empty()),
        (LIST, empty()),
    ])
    .await;
    let patch = ConnectorPatch::default();
    let error = server
        .client()
        .update_connector(&operation(), "fleet", &patch)
        .await
        .unwrap_err();
    assert!(
        matches!(
            &error,
            Error::UnexpectedBody {
                problem: BodyProblem::Incomplete,
                ..
            }
        ),
        "{error:?}"
    );
    assert!(error.may_have_written());
}

#[tokio::test]
async fn a_patch_is_retried_after_a_temporary_failure() {
    for failure in [
        Reply::reset(),
        Reply::truncated(200, TLS),
        Reply::json(429, "").header("retry-after", "0"),
        Reply::json(500, ""),
        Reply::json(502, ""),
        Reply::json(503, ""),
        Reply::json(504, ""),
    ] {
        let server = Server::start([(PATCH, failure), (PATCH, Reply::json(200, TLS))]).await;
        let patch = ConnectorPatch::default();
        let connector = server
            .client()
            .update_connector(&operation(), "fleet", &patch)
            .await;
        assert_eq!(connector.unwrap().connector.name, "fleet");
        server.all_came();
    }
}

#[tokio::test]
async fn a_rename_whose_answers_are_all_lost_is_looked_for() {
    for (now, renamed) in [("renamed", true), ("fleet", false)] {
        let server = Server::start([
            (LIST, list("fleet")),
            (PATCH, Reply::reset()),
            (LIST, list(now)),
        ])
        .await;
        let config = Config {
            max_retries: 0,
            ..config(&server.url())
        };
        let result = client(config)
            .update_connector(&operation(), "fleet", &rename("renamed"))
            .await;
        match result {
            Ok(written) => assert!(renamed && written.connector.name == "renamed"),
            Err(error) => assert!(!renamed && error.may_have_written(), "{error:?}"),
        }
        server.all_came();
    }
}

#[tokio::test]
async fn a_repeated_rename_that_finds_nothing_looks_for_the_new_name() {
    let server = Server::start([
        (LIST, list("fleet")),
        (PATCH, Reply::reset()),
        (PATCH, Reply::json(404, "")),
        (LIST, list("renamed")),
    ])
    .await;
    let connector = server
        .client()
        .update_connector(&operation(), "fleet", &rename("renamed"))
        .await;
    assert_eq!(connector.unwrap().connector.name, "renamed");
}

#[tokio::test]
async fn a_rename_that_was_never_carried_out_and_finds_nothing_is_not_found() {
    for script in [
        vec![(LIST, list("fleet")), (PATCH, Reply::json(404, ""))],
        vec![
            (LIST, list("fleet")),
            (PATCH, Reply::json(429, "").header("retry-after", "0")),
            (PATCH, Reply::json(404, "")),
        ],
        vec![
            (LIST, list("fleet")),
            (PATCH, Reply::json(502, "")),
            (PATCH, Reply::json(404, "")),
            (LIST, Reply::json(200, "[]")),
        ],
    ] {
        let server = Server::start(script).await;
        let result = server
            .client()
            .update_connector(&operation(), "fleet", &rename("renamed"))
            .await;
        assert!(matches!(result, Err(Error::NotFound(_))), "{result:?}");
        server.all_came();
    }
}

#[tokio::test]
async fn an_api_that_kept_the_old_name_is_seen() {
    let server = Server::start([
        (LIST, list("fleet")),
        (PATCH, Reply::json(204, "")),
        (LIST, list("fleet")),
        (LIST, list("fleet")),
        (LIST, list("fleet")),
    ])
    .await;
    let connector = server
        .client()
        .update_connector(&operation(), "fleet", &rename("renamed"))
        .await;
    assert_eq!(connector.unwrap().connector.name, "fleet");
}

/// The PATCH may have renamed the connector. That matters more than the list's failure.
#[tokio::test]
async fn a_lost_rename_without_a_list_reports_the_rename_first() {
    let server = Server::start([
        (LIST, list("fleet")),
        (PATCH, Reply::reset()),
        (PATCH, Reply::json(404, "")),
        (LIST, Reply::json(403, r#"{"error":"forbidden"}"#)),
    ])
    .await;
    let error = server
        .client()
        .update_connector(&operation(), "fleet", &rename("renamed"))
        .await
        .unwrap_err();
    let text = error.to_string();
    assert!(error.may_have_written());
    assert!(
        text.find("`PATCH").unwrap() < text.find("`GET").unwrap(),
        "{text}"
    );
    server.all_came();
}

#[tokio::test]
async fn a_rename_onto_somebody_elses_name_is_refused_without_a_patch() {
    let both = || {
        let entries = [TLS.to_owned(), TLS.replace("fleet", "theirs")];
        Reply::json(200, &format!("[{}]", entries.join(",")))
    };
    let server = Server::start([(LIST, both()), (LIST, both())]).await;
    let error = server
        .client()
        .update_connector(&operation(), "fleet", &rename("theirs"))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::NameTaken { .. }), "{error:?}");
    assert_eq!(server.lines(), [LIST, LIST]);
}

/// For example, a gateway without such a route: only the list shows whether the connector is gone.
#[tokio::test]
async fn a_404_that_is_not_the_apis_own_is_looked_up() {
    type Is = fn(&Error) -> bool;
    let cases: [(Reply, Is); 2] = [
        (list("fleet"), |error| {
            matches!(error, Error::UnexpectedStatus { .. })
        }),
        (Reply::json(200, "[]"), |error| {
            matches!(error, Error::NotFound(_))
        }),
    ];
    for (list, is) in cases {
        let not_found = Reply::html(404, "default backend - 404");
        let server = Server::start([(PATCH, not_found), (LIST, list)]).await;
        let error = server
            .client()
            .update_connector(&operation(), "fleet", &ConnectorPatch::default())
            .await
            .unwrap_err();
        assert!(is(&error), "{error:?}");
        server.all_came();
    }
}

#[tokio::test]
async fn an_update_returns_its_time() {
    let date = "Thu, 26 Sep 2024 09:25:50 GMT";
    let server = Server::start([(PATCH, Reply::json(200, TLS).header("date", date))]).await;
    let written = server
        .client()
        .update_connector(&operation(), "fleet", &ConnectorPatch::default())
        .await
        .unwrap();
    let window = written.window.unwrap();
    let stamp = written.connector.meta.unwrap()["key"].updated_at().unwrap();
    assert!(window.from <= stamp && stamp <= window.until, "{window:?}");
}

#[tokio::test]
async fn a_rename_waits_until_its_new_name_is_freed() {
    let both = || {
        let entries = [TLS.to_owned(), TLS.replace("fleet", "next")];
        Reply::json(200, &format!("[{}]", entries.join(",")))
    };
    let server = Server::start([
        (LIST, both()),
        (LIST, both()),
        (PATCH, Reply::json(409, r#"{"error":"name_conflict"}"#)),
        (PATCH, Reply::json(200, &TLS.replace("fleet", "next"))),
    ])
    .await;
    let (client, operation, patch) = (server.client(), operation(), rename("next"));
    let freeing = client.account().free("next");
    let (renamed, ()) = tokio::join!(
        client.update_connector(&operation, "fleet", &patch),
        async {
            while server.lines().len() < 2 {
                tokio::task::yield_now().await;
            }
            freeing.done();
        }
    );
    assert_eq!(renamed.unwrap().connector.name, "next");
    server.all_came();
}
