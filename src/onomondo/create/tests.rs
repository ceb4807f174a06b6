//! Nothing is made twice, nothing is overwritten, and nothing that was made is lost.

use secrecy::SecretString;
use tokio_util::sync::CancellationToken;

use super::*;
use crate::onomondo::{
    Options, TransportFailure,
    test_server::{Reply, Server, TLS, client, config, operation},
};

const LIST: &str = "GET /connectors";
const POST: &str = "POST /connectors";

fn new(name: Option<&str>) -> NewConnector {
    NewConnector {
        name: name.map(Into::into),
        options: Options::Tls {
            host: "a.example".into(),
            port: 443,
            server_name: "a.example".into(),
            ca: None,
            cert: None,
            key: Some(SecretString::from("hush-hush-hush-hush")),
        },
        tags: Some(vec!["t".into()]),
        passthrough: None,
    }
}

fn fleet() -> NewConnector {
    new(Some("fleet"))
}

fn empty() -> Reply {
    Reply::json(200, "[]")
}

fn list(names: &[&str]) -> Reply {
    let entries: Vec<String> = names
        .iter()
        .map(|name| TLS.replace("fleet", name))
        .collect();
    Reply::json(200, &format!("[{}]", entries.join(",")))
}

fn made() -> Reply {
    Reply::json(200, TLS)
}

async fn create(server: &Server, new: &NewConnector) -> Result<Connector, CreateError> {
    server.client().create_connector(&operation(), new).await
}

#[tokio::test]
async fn a_create_looks_first_and_takes_the_answer() {
    let server = Server::start([(LIST, empty()), (POST, made())]).await;
    assert_eq!(create(&server, &fleet()).await.unwrap().name, "fleet");
    assert_eq!(
        server.bodies(),
        [
            r#"{"name":"fleet","options":{"host":"a.example","key":"hush-hush-hush-hush","port":443,"server_name":"a.example"},"tags":["t"],"type":"tls"}"#
        ]
    );
}

#[tokio::test]
async fn a_name_that_exists_is_refused_without_a_post() {
    let server = Server::start([(LIST, list(&["other", "fleet"]))]).await;
    let error = create(&server, &fleet()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "a connector named `fleet` already exists"
    );
    assert_eq!(server.lines(), [LIST]);
}

#[tokio::test]
async fn one_list_serves_all_creates_of_a_process() {
    let other = Reply::json(200, &TLS.replace("fleet", "other"));
    let server = Server::start([(LIST, empty()), (POST, made()), (POST, other)]).await;
    let client = server.client();
    client
        .create_connector(&operation(), &fleet())
        .await
        .unwrap();
    client
        .create_connector(&operation(), &new(Some("other")))
        .await
        .unwrap();
    server.all_came();
}

#[tokio::test]
async fn a_name_in_an_older_list_is_looked_up_in_a_fresh_one() {
    let other = Reply::json(200, &TLS.replace("fleet", "other"));
    let server = Server::start([
        (LIST, list(&["fleet"])),
        (POST, other),
        (LIST, list(&["other"])),
        (POST, made()),
    ])
    .await;
    let client = server.client();
    client
        .create_connector(&operation(), &new(Some("other")))
        .await
        .unwrap();
    client
        .create_connector(&operation(), &fleet())
        .await
        .unwrap();
    server.all_came();
}

#[tokio::test]
async fn what_this_process_made_or_removed_is_taken_into_account() {
    let server = Server::start([
        (LIST, list(&["fleet"])),
        ("DELETE /connectors/old", Reply::json(200, "{}")),
        (POST, Reply::json(200, &TLS.replace("fleet", "old"))),
        (LIST, list(&["fleet", "old"])),
    ])
    .await;
    let client = server.client();
    client.connectors(&operation()).await.unwrap();
    client
        .known_names()
        .replace(&[crate::onomondo::test_server::connector("old")]);
    client.delete_connector(&operation(), "old").await.unwrap();
    client
        .create_connector(&operation(), &new(Some("old")))
        .await
        .unwrap();
    let error = client
        .create_connector(&operation(), &new(Some("old")))
        .await
        .unwrap_err();
    assert!(
        matches!(error, CreateError::AlreadyExists { .. }),
        "{error:?}"
    );
    server.all_came();
}

#[tokio::test]
async fn two_creates_of_one_name_are_one_create_and_one_refusal() {
    let server = Server::start([(LIST, empty()), (POST, made())]).await;
    let client = server.client();
    let (operation, fleet) = (operation(), fleet());
    let (first, second) = tokio::join!(
        client.create_connector(&operation, &fleet),
        client.create_connector(&operation, &fleet)
    );
    assert_eq!(first.unwrap().name, "fleet");
    assert!(
        matches!(second, Err(CreateError::AlreadyExists { .. })),
        "{second:?}"
    );
    assert_eq!(server.lines(), [LIST, POST]);
}

#[tokio::test]
async fn a_full_list_without_the_name_makes_nothing() {
    let names: Vec<String> = (0..1000).map(|number| format!("c{number}")).collect();
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    let server = Server::start([(LIST, list(&names))]).await;
    let error = create(&server, &fleet()).await.unwrap_err();
    assert!(
        matches!(error, CreateError::Failed(Error::ListTruncated { .. })),
        "{error:?}"
    );
}

/// Every way to lose an answer, and a list that has the connector: it was made.
#[tokio::test]
async fn a_lost_answer_is_found_in_the_list_and_never_repeated_blind() {
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
    assert_eq!(connector.unwrap().name, "fleet");
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

/// The first POST came late: the second is refused because of it.
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
async fn a_lost_answer_that_no_list_can_settle_is_unsure() {
    let server = Server::start([
        (LIST, empty()),
        (POST, Reply::reset()),
        (LIST, Reply::json(403, "")),
    ])
    .await;
    let error = create(&server, &fleet()).await.unwrap_err();
    let CreateError::Unsure { cause, .. } = error else {
        panic!("{error:?}");
    };
    assert!(cause.may_have_written());
}

#[tokio::test]
async fn a_busy_api_is_asked_again_without_a_list() {
    let busy = Reply::json(429, "").header("retry-after", "0");
    let server = Server::start([(LIST, empty()), (POST, busy), (POST, made())]).await;
    assert_eq!(create(&server, &fleet()).await.unwrap().name, "fleet");
}

#[tokio::test]
async fn a_refusal_while_the_name_is_in_the_list_means_that_it_exists() {
    for status in [400, 403, 409, 422] {
        let refused = Reply::json(status, r#"{"error":"name_taken"}"#);
        let server =
            Server::start([(LIST, empty()), (POST, refused), (LIST, list(&["fleet"]))]).await;
        let error = create(&server, &fleet()).await.unwrap_err();
        let CreateError::AlreadyExists {
            refusal: Some(refusal),
            ..
        } = error
        else {
            panic!("{status}: {error:?}");
        };
        assert_eq!(refusal.reason.code.as_deref(), Some("name_taken"));
    }
}

#[tokio::test]
async fn a_conflict_means_that_it_exists_even_if_the_key_cannot_see_it() {
    let conflict = Reply::json(409, "");
    let server = Server::start([(LIST, empty()), (POST, conflict), (LIST, empty())]).await;
    let error = create(&server, &fleet()).await.unwrap_err();
    assert!(
        matches!(error, CreateError::AlreadyExists { .. }),
        "{error:?}"
    );
}

#[tokio::test]
async fn any_other_refusal_is_the_apis_own_words() {
    let refused = Reply::json(
        400,
        r#"{"error":"options_invalid","message":"bad key hush-hush-hush-hush","field":"options.key"}"#,
    );
    let server = Server::start([(LIST, empty()), (POST, refused), (LIST, empty())]).await;
    let error = create(&server, &fleet()).await.unwrap_err();
    let CreateError::Failed(Error::Invalid(refusal)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(
        refusal.reason.to_string(),
        "`options_invalid`: bad key [redacted]"
    );
    assert_eq!(refusal.reason.member.as_deref(), Some("options.key"));
    assert!(!refusal.exchange.may_have_written);
}

#[tokio::test]
async fn an_answer_that_lacks_something_is_completed_or_taken_as_sent() {
    let server = Server::start([
        (LIST, empty()),
        (POST, Reply::json(204, "")),
        (LIST, list(&["fleet"])),
    ])
    .await;
    assert!(create(&server, &fleet()).await.unwrap().meta.is_some());

    let server = Server::start([
        (LIST, empty()),
        (POST, Reply::json(201, "{}")),
        (LIST, empty()),
        (LIST, empty()),
        (LIST, empty()),
    ])
    .await;
    let connector = create(&server, &fleet()).await.unwrap();
    assert_eq!(
        (connector.name.as_str(), connector.kind.as_str()),
        ("fleet", "tls")
    );
    assert_eq!(connector.tags[0].id, "t");
    assert!(!connector.options.contains_key("key"));
}

#[tokio::test]
async fn without_a_name_a_lost_answer_names_what_is_new() {
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
                .contains("new in the account: `connector-7`")
        );
    }
}

#[tokio::test]
async fn without_a_name_the_api_picks_one() {
    let server = Server::start([(LIST, empty()), (POST, made())]).await;
    assert_eq!(create(&server, &new(None)).await.unwrap().name, "fleet");
}

/// The look after a lost answer is not a wait: it is what keeps the connector from being lost.
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
            Ok(connector) => assert!(found && connector.name == "fleet"),
            Err(CreateError::Failed(error @ Error::Stopped { .. })) => {
                assert!(!found && error.may_have_written());
            }
            Err(error) => panic!("{error:?}"),
        }
        assert_eq!(server.lines(), [LIST, POST, LIST]);
    }
}

#[tokio::test]
async fn a_refused_connection_is_no_lost_answer() {
    let address = {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        listener.local_addr().unwrap()
    };
    let client = client(config(&format!("http://{address}")));
    client.known_names().replace(&[]);
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
