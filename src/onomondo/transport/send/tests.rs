//! The behavior of every request, whatever its purpose.

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex},
};

use tokio_util::sync::CancellationToken;
use tracing_subscriber::layer::SubscriberExt as _;

use super::*;
use crate::onomondo::{
    Config, ConnectorPatch, Options, TransportFailure,
    test_server::{KEY, Reply, Server, client, config, operation},
};

mod pace;

/// A request that does not also serve others.
const SIMS: &str = "GET /sims?limit=1000&filter=connector%3Afleet";
const LIST: &str = "GET /connectors";

async fn list(server: &Server) -> Error {
    server.client().connectors(&operation()).await.unwrap_err()
}

#[tokio::test]
async fn a_request_carries_the_bare_key_and_says_who_asks() {
    let server = Server::start([(LIST, Reply::json(200, "[]"))]).await;
    server.client().connectors(&operation()).await.unwrap();
    let head = server.received()[0].head.clone();
    for line in [
        format!("authorization: {KEY}"),
        "user-agent: test/1".into(),
        "accept: application/json".into(),
        "accept-encoding: gzip".into(),
    ] {
        assert!(
            head.lines().any(|given| given == line),
            "{line} not in {head}"
        );
    }
}

#[tokio::test]
async fn a_path_prefix_is_kept() {
    let server = Server::start([("GET /onomondo/connectors", Reply::json(200, "[]"))]).await;
    let client = client(config(&format!("{}/onomondo/", server.url())));
    client.connectors(&operation()).await.unwrap();
}

#[tokio::test]
async fn each_status_is_its_own_situation() {
    type Is = fn(&Error) -> bool;
    let cases: [(u16, Is); 9] = [
        (400, |error| matches!(error, Error::Invalid(_))),
        (422, |error| matches!(error, Error::Invalid(_))),
        (401, |error| matches!(error, Error::Unauthorized(_))),
        (403, |error| matches!(error, Error::Forbidden(_))),
        (404, |error| matches!(error, Error::NotFound(_))),
        (409, |error| matches!(error, Error::Conflict(_))),
        (501, |error| matches!(error, Error::Server(_))),
        (418, |error| matches!(error, Error::UnexpectedStatus { .. })),
        (304, |error| matches!(error, Error::UnexpectedStatus { .. })),
    ];
    for (status, is) in cases {
        let server = Server::start([(LIST, Reply::json(status, ""))]).await;
        let error = list(&server).await;
        assert!(is(&error), "{status}: {error:?}");
        assert_eq!(error.exchange().unwrap().status, Some(status));
        assert_eq!(error.exchange().unwrap().attempts, 1);
    }
}

#[tokio::test]
async fn a_temporary_failure_is_retried_and_then_reported() {
    for status in [429, 500, 502, 503, 504] {
        let failing = || (LIST, Reply::json(status, "").header("x-request-id", "r-9"));
        let server = Server::start([failing(), failing(), failing()]).await;
        let error = list(&server).await;
        let exchange = error.exchange().unwrap();
        assert_eq!((exchange.attempts, exchange.status), (3, Some(status)));
        assert_eq!(exchange.request_id.as_deref(), Some("r-9"));
        assert!(!exchange.may_have_written);
        server.all_came();
    }
}

#[tokio::test]
async fn a_redirect_is_not_followed_and_its_query_not_shown() {
    let reply = Reply::html(301, "").header("location", "https://u:p@b.example/login?token=hush");
    let server = Server::start([(LIST, reply)]).await;
    let error = list(&server).await.to_string();
    assert!(
        error.contains("a redirect to `https://b.example/login`"),
        "{error}"
    );
    assert_eq!(server.lines(), [LIST]);
}

#[tokio::test]
async fn an_answer_that_does_not_come_is_a_timeout() {
    let server = Server::start([(LIST, Reply::hang())]).await;
    let config = Config {
        request_timeout: Duration::from_millis(100),
        max_retries: 0,
        ..config(&server.url())
    };
    let error = client(config).connectors(&operation()).await.unwrap_err();
    let failure = TransportFailure::Timeout;
    assert!(
        matches!(&error, Error::Transport { failure: found, .. } if *found == failure),
        "{error:?}"
    );
}

#[tokio::test]
async fn an_answer_without_end_is_not_read_to_its_end() {
    let endless = " ".repeat(BODY_LIMIT + 1);
    let server = Server::start([(LIST, Reply::json(200, &endless))]).await;
    let error = list(&server).await;
    assert!(
        error.to_string().contains("longer than 67108864 bytes"),
        "{error}"
    );
}

#[tokio::test]
async fn without_a_key_nothing_is_sent() {
    let server = Server::start([]).await;
    let unset = Config {
        api_key: None,
        ..config(&server.url())
    };
    let unknown = Config {
        unknown: vec!["api_key", "base_url"],
        ..config(&server.url())
    };
    for (config, message) in [
        (unset, "no API key is set"),
        (
            unknown,
            "the value of `api_key` and `base_url` is not known yet, so the provider cannot call Onomondo",
        ),
    ] {
        let error = client(config).connectors(&operation()).await.unwrap_err();
        assert_eq!(error.to_string(), message);
    }
    assert!(server.lines().is_empty());
}

#[tokio::test]
async fn an_invalid_user_agent_is_reported() {
    let server = Server::start([]).await;
    let config = Config {
        user_agent: "a\nb".into(),
        ..config(&server.url())
    };
    let error = client(config).connectors(&operation()).await.unwrap_err();
    assert!(matches!(error, Error::Setup { .. }), "{error:?}");
}

#[tokio::test]
async fn after_a_stop_nothing_begins() {
    let server = Server::start([]).await;
    let stop = CancellationToken::new();
    stop.cancel();
    let error = server
        .client()
        .connectors(&Operation::new(stop, None))
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "interrupted (`GET /connectors`, not sent)"
    );
    assert!(server.lines().is_empty());
}

#[tokio::test]
async fn a_stop_ends_a_wait_at_once_and_keeps_why_it_waited() {
    let reply = Reply::json(429, "").header("retry-after", "300");
    let server = Server::start([(SIMS, reply)]).await;
    let stop = CancellationToken::new();
    let operation = Operation::new(stop.clone(), None);
    let client = server.client();
    let (result, ()) = tokio::join!(client.mapped_sims(&operation, "fleet"), async {
        while server.lines().is_empty() {
            tokio::task::yield_now().await;
        }
        stop.cancel();
    });
    let Err(Error::Stopped {
        last: Some(last), ..
    }) = result
    else {
        panic!("{result:?}");
    };
    let asked_wait = last.refusal().and_then(|refusal| refusal.retry_after);
    assert_eq!(asked_wait, Some(Duration::from_mins(5)));
}

#[tokio::test]
async fn a_request_that_was_sent_finishes_after_a_stop() {
    let reply = Reply::json(200, r#"{"sims":[]}"#);
    let server = Server::start([(SIMS, reply)]).await;
    let stop = CancellationToken::new();
    let operation = Operation::new(stop.clone(), None);
    let client = server.client();
    let (result, ()) = tokio::join!(client.mapped_sims(&operation, "fleet"), async {
        // Runs after the request has started, but before an answer can arrive.
        stop.cancel();
    });
    assert!(result.unwrap().first.is_empty());
}

#[tokio::test]
async fn the_deadline_ends_requests_and_waits() {
    let deadline = || Some(Instant::now() + Duration::from_millis(200));
    let busy = Reply::json(429, "").header("retry-after", "300");
    for reply in [Reply::hang(), busy] {
        let server = Server::start([(SIMS, reply)]).await;
        let operation = Operation::new(CancellationToken::new(), deadline());
        let error = server
            .client()
            .mapped_sims(&operation, "fleet")
            .await
            .unwrap_err();
        assert!(
            matches!(error, Error::DeadlineExceeded { last: Some(_), .. }),
            "{error:?}"
        );
    }
}

/// Each event as one line: its level, then its fields.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<String>>>);

impl<S: tracing::Subscriber> tracing_subscriber::Layer<S> for Log {
    fn on_event(&self, event: &tracing::Event<'_>, _: tracing_subscriber::layer::Context<'_, S>) {
        let mut line = event.metadata().level().to_string();
        event.record(
            &mut |field: &tracing::field::Field, value: &dyn std::fmt::Debug| {
                write!(line, " {field}={value:?}").unwrap();
            },
        );
        self.0.lock().unwrap().push(line);
    }
}

impl Log {
    fn lines(&self, start: &str) -> Vec<String> {
        let lines = self.0.lock().unwrap();
        lines
            .iter()
            .filter(|line| line.starts_with(start))
            .cloned()
            .collect()
    }
}

#[tokio::test]
async fn the_log_shows_each_exchange_and_no_secret() {
    let log = Log::default();
    let subscriber = tracing_subscriber::registry().with(log.clone());
    // If a process has a single subscriber, tracing asks the thread that first meets an event
    // whether it is enabled. That thread may belong to another test. With two subscribers, tracing
    // asks both.
    let _second = tracing::Dispatch::new(tracing_subscriber::registry().with(Log::default()));
    let _logging = tracing::subscriber::set_default(subscriber);

    let secret = "hush-hush-hush-hush";
    let echo = format!(r#"{{"error":"bad","message":"{KEY} and {secret}"}}"#);
    let server = Server::start([
        ("PATCH /connectors/fleet", Reply::json(503, &echo)),
        (
            "PATCH /connectors/fleet",
            Reply::json(400, &echo).header("x-request-id", "r-2"),
        ),
    ])
    .await;
    let patch = ConnectorPatch {
        options: Some(Options {
            secrets: [("connectionString".into(), secret.into())].into(),
            ..Options::default()
        }),
        ..ConnectorPatch::default()
    };
    let client = server.client();
    let error = client
        .update_connector(&operation(), "fleet", &patch)
        .await
        .unwrap_err();

    let exchanges = log.lines("DEBUG message=HTTP exchange");
    assert_eq!(exchanges.len(), 2, "{exchanges:?}");
    for part in [
        "method=\"PATCH\"",
        "path=\"/connectors/fleet\"",
        "status=400",
        "duration_ms=",
        "request_id=\"r-2\"",
        "attempt=2",
    ] {
        assert!(
            exchanges[1].contains(part),
            "{part} not in {}",
            exchanges[1]
        );
    }
    let repeats = log.lines("WARN");
    assert_eq!(repeats.len(), 1, "{repeats:?}");
    assert!(
        repeats[0].contains("wait_ms=") && repeats[0].contains("status 503"),
        "{repeats:?}"
    );
    assert_eq!(log.lines("TRACE message=HTTP request body").len(), 2);
    assert_eq!(log.lines("TRACE message=HTTP response body").len(), 2);

    let everything = format!("{:?}\n{error}\n{error:?}\n{client:?}", log.lines(""));
    assert!(
        !everything.contains(secret) && !everything.contains(KEY),
        "{everything}"
    );
}

#[tokio::test]
async fn a_wait_of_hours_is_not_begun() {
    let refused = Reply::json(429, "{}").header("retry-after", "86400");
    let server = Server::start([("GET /connectors", refused)]).await;
    let error = server.client().connectors(&operation()).await.unwrap_err();
    assert!(
        error.to_string().contains("requests a wait of 1day"),
        "{error}"
    );
    let Error::RateLimited(refusal) = error else {
        panic!("{error:?}");
    };
    assert_eq!(refusal.retry_after, Some(Duration::from_hours(24)));
}

/// rustls reports corrupt messages and content types. Such a message does not show a user that the
/// problem is TLS.
#[tokio::test]
async fn an_address_without_tls_is_reported_as_such() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answers = async {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            tokio::io::AsyncWriteExt::write_all(&mut stream, b"HTTP/1.1 400 Bad Request\r\n\r\n")
                .await
                .unwrap();
            let _ = tokio::io::AsyncReadExt::read(&mut stream, &mut [0; 1024]).await;
        }
    };
    let client = client(Config {
        max_retries: 0,
        ..config(&format!("https://{address}"))
    });
    let operation = operation();
    let error = tokio::select! {
        error = client.connectors(&operation) => error.unwrap_err(),
        () = answers => unreachable!(),
    };
    assert!(error.to_string().contains("does not speak TLS"), "{error}");
}
