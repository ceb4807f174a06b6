//! No connector is created twice or overwritten.

mod lost;

use super::*;
use crate::onomondo::{
    Connector, Options,
    test_server::{Reply, Server, TLS, operation},
};

const LIST: &str = "GET /connectors";
const POST: &str = "POST /connectors";

fn new(name: Option<&str>) -> NewConnector {
    NewConnector {
        name: name.map(Into::into),
        options: Options {
            kind: "tls".into(),
            secrets: [("key".into(), "hush-hush-hush-hush".into())].into(),
            ..Options::default()
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
    made_by(&server.client(), new).await
}

async fn made_by(client: &Client, new: &NewConnector) -> Result<Connector, CreateError> {
    let written = client.create_connector(&operation(), new).await?;
    Ok(written.connector)
}

#[tokio::test]
async fn a_create_checks_the_list_first_and_uses_the_answer() {
    let server = Server::start([(LIST, empty()), (POST, made())]).await;
    assert_eq!(create(&server, &fleet()).await.unwrap().name, "fleet");
    assert_eq!(
        server.bodies(),
        [r#"{"name":"fleet","options":{"key":"hush-hush-hush-hush"},"tags":["t"],"type":"tls"}"#]
    );
}

#[tokio::test]
async fn a_name_that_exists_is_refused_without_a_post() {
    // The list that serves all creates may be old, so a second list has to confirm it.
    let found = || list(&["other", "fleet"]);
    let server = Server::start([(LIST, found()), (LIST, found())]).await;
    let error = create(&server, &fleet()).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "a connector named `fleet` already exists"
    );
    assert_eq!(server.lines(), [LIST, LIST]);
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
async fn changes_of_this_process_override_the_list() {
    let server = Server::start([
        (LIST, list(&["fleet", "old"])),
        ("DELETE /connectors/old", Reply::json(200, "{}")),
        (POST, Reply::json(200, &TLS.replace("fleet", "old"))),
        (LIST, list(&["fleet", "old"])),
    ])
    .await;
    let client = server.client();
    client.connectors(&operation()).await.unwrap();
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
    assert_eq!(first.unwrap().connector.name, "fleet");
    assert!(
        matches!(second, Err(CreateError::AlreadyExists { .. })),
        "{second:?}"
    );
    assert_eq!(server.lines(), [LIST, POST]);
}

#[tokio::test]
async fn a_partial_list_without_the_name_creates_nothing() {
    let part = || Reply::json(200, r#"{"connectors":[],"total":1}"#);
    let server = Server::start([(LIST, part()), (LIST, part())]).await;
    let error = create(&server, &fleet()).await.unwrap_err();
    assert!(
        matches!(error, CreateError::Failed(Error::ListTruncated { .. })),
        "{error:?}"
    );
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
            is_hidden: false,
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
        matches!(
            error,
            CreateError::AlreadyExists {
                is_hidden: true,
                ..
            }
        ),
        "{error:?}"
    );
}

#[tokio::test]
async fn any_other_refusal_shows_the_apis_own_words() {
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
        "`options_invalid`: `options.key`: bad key [redacted]"
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
async fn without_a_name_the_api_chooses_one() {
    let server = Server::start([(LIST, empty()), (POST, made())]).await;
    assert_eq!(create(&server, &new(None)).await.unwrap().name, "fleet");
}

fn deleted() -> (&'static str, Reply) {
    ("DELETE /connectors/fleet", Reply::json(204, ""))
}

/// In a replacement, the API may not know yet that the name is free.
#[tokio::test]
async fn a_conflict_right_after_this_process_freed_the_name_passes() {
    let conflict = || (POST, Reply::json(409, r#"{"error":"name_conflict"}"#));
    let server = Server::start([
        deleted(),
        (LIST, list(&["fleet"])),
        conflict(),
        conflict(),
        conflict(),
        conflict(),
        (POST, made()),
    ])
    .await;
    let client = server.client();
    client
        .delete_connector(&operation(), "fleet")
        .await
        .unwrap();
    assert_eq!(made_by(&client, &fleet()).await.unwrap().name, "fleet");
    server.all_came();
}

#[tokio::test]
async fn a_create_waits_until_its_name_is_freed() {
    let server = Server::start([
        (LIST, list(&["fleet"])),
        (LIST, list(&["fleet"])),
        (POST, made()),
    ])
    .await;
    let client = server.client();
    let freeing = client.account().free("fleet");
    let fleet = fleet();
    let (made, ()) = tokio::join!(made_by(&client, &fleet), async {
        while server.lines().len() < 2 {
            tokio::task::yield_now().await;
        }
        freeing.done();
    });
    assert_eq!(made.unwrap().name, "fleet");
    server.all_came();
}

#[tokio::test]
async fn a_name_that_this_process_fails_to_free_exists() {
    let found = || (LIST, list(&["fleet"]));
    let server = Server::start([found(), found()]).await;
    let client = server.client();
    drop(client.account().free("fleet"));
    let error = made_by(&client, &fleet()).await.unwrap_err();
    assert!(
        matches!(error, CreateError::AlreadyExists { .. }),
        "{error:?}"
    );
}
