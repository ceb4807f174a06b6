//! The response to a POST is lost: no created connector is lost, and none is created twice.

use tokio_util::sync::CancellationToken;

use super::*;
use crate::onomondo::{
    TransportFailure,
    test_server::{client, config},
};

/// The response is lost in every possible way, and the list shows that the connector was created.
#[tokio::test]
async fn after_a_lost_answer_the_list_decides_and_no_post_is_repeated_blindly() {
    for lost in [
        Reply::reset(),
        Reply::truncated(200, TLS),
        Reply::json(200, "{\"name\":\"fl"),
        Reply::html(200, "<html>"),
        Reply::html(502, "<html>"),
        Reply::json(500, ""),
        Reply::json(503, ""),
    ] {
        let server = Server::start([(LIST, empty()), (POST, lost), (LIST, list(&["fleet"]))]).await;
        assert_eq!(create(&server, &fleet()).await.unwrap().name, "fleet");
        assert_eq!(server.lines(), [LIST, POST, LIST]);
    }
}

#[tokio::test]
async fn an_answer_that_does_not_come_in_time_is_lost_too() {
    let server = Server::start([
        (LIST, empty()),
        (POST, Reply::hang()),
        (LIST, list(&["fleet"])),
    ])
    .await;
    let mut config = config(&server.url());
    config.request_timeout = std::time::Duration::from_millis(300);
    let connector = client(config)
        .create_connector(&operation(), &fleet())
        .await;
    assert_eq!(connector.unwrap().connector.name, "fleet");
}

#[tokio::test]
async fn an_answer_lost_to_the_deadline_is_still_looked_up() {
    let server = Server::start([
        (LIST, empty()),
        (POST, Reply::hang()),
        (LIST, list(&["fleet"])),
    ])
    .await;
    let deadline = tokio::time::Instant::now() + std::time::Duration::from_millis(500);
    let operation = Operation::new(CancellationToken::new(), Some(deadline));
    let connector = server.client().create_connector(&operation, &fleet()).await;
    assert_eq!(connector.unwrap().connector.name, "fleet");
}

#[tokio::test]
async fn a_post_that_was_not_carried_out_is_sent_again_after_a_fresh_list() {
    let server = Server::start([
        (LIST, empty()),
        (POST, Reply::reset()),
        (LIST, empty()),
        (POST, Reply::json(502, "")),
        (LIST, empty()),
        (POST, made()),
    ])
    .await;
    assert_eq!(create(&server, &fleet()).await.unwrap().name, "fleet");
    server.all_came();
}

#[tokio::test]
async fn repeats_of_a_lost_post_end() {
    let lost = || (POST, Reply::json(503, ""));
    let server = Server::start([
        (LIST, empty()),
        lost(),
        (LIST, empty()),
        lost(),
        (LIST, empty()),
        lost(),
        (LIST, empty()),
    ])
    .await;
    let error = create(&server, &fleet()).await.unwrap_err();
    let CreateError::Failed(error @ Error::Server(_)) = error else {
        panic!("{error:?}");
    };
    assert!(error.may_have_written());
    assert_eq!(error.exchange().unwrap().attempts, 3);
    server.all_came();
}

/// The first POST was carried out late, and the second is refused because of it.
#[tokio::test]
async fn a_conflict_after_a_lost_answer_is_the_connector_that_was_made() {
    let server = Server::start([
        (LIST, empty()),
        (POST, Reply::reset()),
        (LIST, empty()),
        (POST, Reply::json(409, r#"{"error":"name_conflict"}"#)),
        (LIST, list(&["fleet"])),
    ])
    .await;
    assert_eq!(create(&server, &fleet()).await.unwrap().name, "fleet");
}

#[tokio::test]
async fn a_lost_answer_stays_open_if_no_list_can_settle_it() {
    let server = Server::start([
        (LIST, empty()),
        (POST, Reply::reset()),
        (LIST, Reply::json(403, "")),
    ])
    .await;
    let error = create(&server, &fleet()).await.unwrap_err();
    let CreateError::Failed(Error::Unsettled {
        write,
        look: Some(look),
    }) = error
    else {
        panic!("{error:?}");
    };
    assert!(write.may_have_written());
    assert!(matches!(*look, Error::Forbidden(_)), "{look:?}");
}

#[tokio::test]
async fn without_a_name_a_lost_answer_lists_the_new_connectors() {
    for lost in [
        Reply::reset(),
        Reply::json(500, ""),
        Reply::json(204, ""),
        Reply::html(200, ""),
    ] {
        let server = Server::start([
            (LIST, list(&["old"])),
            (POST, lost),
            (LIST, list(&["old", "connector-7"])),
        ])
        .await;
        let error = create(&server, &new(None)).await.unwrap_err();
        let CreateError::Unsure { new, cause } = &error else {
            panic!("{error:?}");
        };
        assert_eq!(new, &["connector-7"]);
        assert!(cause.may_have_written());
        assert!(
            error
                .to_string()
                .contains("(new in the account: `connector-7`)")
        );
    }
}

/// The check after a lost response is not a wait: without it, the connector could be lost.
#[tokio::test]
async fn an_interrupt_after_a_lost_answer_still_looks_once() {
    for (names, found) in [(&["fleet"][..], true), (&[], false)] {
        let stop = CancellationToken::new();
        let server =
            Server::start([(LIST, empty()), (POST, Reply::hang()), (LIST, list(names))]).await;
        let mut config = config(&server.url());
        config.request_timeout = std::time::Duration::from_millis(300);
        let client = client(config);
        let operation = Operation::new(stop.clone(), None);
        let fleet = fleet();
        let (result, ()) = tokio::join!(client.create_connector(&operation, &fleet), async {
            while server.lines().len() < 2 {
                tokio::task::yield_now().await;
            }
            stop.cancel();
        });
        match result {
            Ok(written) => assert!(found && written.connector.name == "fleet"),
            Err(CreateError::Failed(error @ Error::Stopped { .. })) => {
                assert!(!found && error.may_have_written());
            }
            Err(error) => panic!("{error:?}"),
        }
        assert_eq!(server.lines(), [LIST, POST, LIST]);
    }
}

#[tokio::test]
async fn a_refused_connection_is_not_a_lost_answer() {
    let address = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let client = client(config(&format!("http://{address}")));
    let error = client
        .create_connector(&operation(), &fleet())
        .await
        .unwrap_err();
    let CreateError::Failed(Error::Transport {
        exchange, failure, ..
    }) = error
    else {
        panic!("{error:?}");
    };
    assert_eq!((failure, exchange.attempts), (TransportFailure::Connect, 3));
    assert!(!exchange.may_have_written);
}

/// All attempts count together, however they fail.
#[tokio::test]
async fn a_post_is_sent_as_often_as_the_configuration_allows_and_no_more() {
    let busy = || (POST, Reply::json(429, "").header("retry-after", "0"));
    let server = Server::start([
        (LIST, empty()),
        busy(),
        (POST, Reply::json(503, "")),
        (LIST, empty()),
        busy(),
        (LIST, empty()),
    ])
    .await;
    let error = create(&server, &fleet()).await.unwrap_err();
    let CreateError::Failed(error @ Error::RateLimited(_)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(error.exchange().unwrap().attempts, 3);
    assert!(error.may_have_written());
    server.all_came();
}

/// For a key limited by tags, no list shows whether the POST was carried out.
#[tokio::test]
async fn a_key_that_sees_nothing_it_makes_sends_nothing_twice() {
    let other = Reply::json(200, &TLS.replace("fleet", "other"));
    let server = Server::start([
        (LIST, empty()),
        (POST, other),
        (POST, Reply::reset()),
        (LIST, empty()),
    ])
    .await;
    let client = server.client();
    made_by(&client, &new(Some("other"))).await.unwrap();
    let error = made_by(&client, &fleet()).await.unwrap_err();
    assert!(
        matches!(
            error,
            CreateError::Failed(Error::Unsettled { look: None, .. })
        ),
        "{error:?}"
    );
    server.all_came();
}

/// Nothing was created before, so the first list shows nothing about the key.
#[tokio::test]
async fn a_conflict_after_a_lost_answer_without_a_list_stays_open() {
    let server = Server::start([
        (LIST, empty()),
        (POST, Reply::reset()),
        (LIST, empty()),
        (POST, Reply::json(409, r#"{"error":"name_conflict"}"#)),
        (LIST, empty()),
    ])
    .await;
    let error = create(&server, &fleet()).await.unwrap_err();
    let CreateError::Failed(Error::Unsettled { write, look: None }) = error else {
        panic!("{error:?}");
    };
    assert!(write.may_have_written());
    server.all_came();
}
