//! The rate limit in one answer applies to all requests.

use std::time::UNIX_EPOCH;

use super::*;
use crate::onomondo::DeleteError;

/// An operation with a short time limit.
fn hasty() -> Operation {
    let deadline = Instant::now() + Duration::from_millis(200);
    Operation::new(CancellationToken::new(), Some(deadline))
}

#[tokio::test]
async fn a_429_keeps_all_other_requests_from_leaving_and_says_why() {
    let busy = Reply::json(429, "").header("retry-after", "60");
    let server = Server::start([(SIMS, busy)]).await;
    let client = server.client();
    client.mapped_sims(&hasty(), "fleet").await.unwrap_err();
    let error = client
        .delete_connector(&hasty(), "fleet")
        .await
        .unwrap_err();
    let DeleteError::Failed(error) = error else {
        panic!("{error:?}");
    };
    let text = error.to_string();
    assert!(matches!(error, Error::DeadlineExceeded { .. }), "{error:?}");
    assert!(
        text.contains("`DELETE /connectors/fleet`, not sent"),
        "{text}"
    );
    assert!(text.contains("before that: too many requests"), "{text}");
    assert_eq!(server.lines(), [SIMS]);
}

#[tokio::test]
async fn a_rate_limit_that_is_used_up_is_waited_for_before_it_refuses() {
    let reset = SystemTime::now() + Duration::from_mins(1);
    let reset = reset.duration_since(UNIX_EPOCH).unwrap().as_secs();
    let last = Reply::json(200, r#"{"sims":[]}"#)
        .header("x-ratelimit-remaining", "0")
        .header("x-ratelimit-reset", &reset.to_string());
    let server = Server::start([(SIMS, last)]).await;
    let client = server.client();
    client.mapped_sims(&operation(), "fleet").await.unwrap();
    let error = client.mapped_sims(&hasty(), "fleet").await.unwrap_err();
    assert!(matches!(error, Error::DeadlineExceeded { .. }), "{error:?}");
    assert_eq!(server.lines(), [SIMS]);
}

/// If a proxy or a broken API always sends `Retry-After: 0`, retries must still wait.
#[tokio::test]
async fn retry_after_never_shortens_the_wait() {
    let first = Duration::from_millis(50);
    let past = "Tue, 29 Oct 2024 19:53:11 GMT";
    let date = "Tue, 29 Oct 2024 19:53:21 GMT";
    for (status, retry_after) in [(429, "0"), (503, "0"), (429, past), (503, past)] {
        let busy = || {
            let busy = Reply::json(status, "").header("date", date);
            (SIMS, busy.header("retry-after", retry_after))
        };
        let server = Server::start([busy(), busy(), busy()]).await;
        let client = Client::with_first_wait(config(&server.url()), first);
        let start = Instant::now();
        let asked = client.mapped_sims(&operation(), "fleet").await;
        asked.unwrap_err();
        server.all_came();
        assert!(start.elapsed() >= 3 * first, "{status} {retry_after}");
    }
}

/// This machine's clock may be years off.
#[tokio::test]
async fn the_reset_is_read_by_the_date_of_the_answer() {
    let used_up = Reply::json(200, r#"{"sims":[]}"#)
        .header("date", "Tue, 29 Oct 2024 19:52:51 GMT")
        .header("x-ratelimit-remaining", "0")
        .header("x-ratelimit-reset", "1730231601");
    let server = Server::start([(SIMS, used_up)]).await;
    let client = server.client();
    client.mapped_sims(&operation(), "fleet").await.unwrap();
    let error = client.mapped_sims(&hasty(), "fleet").await.unwrap_err();
    assert!(matches!(error, Error::DeadlineExceeded { .. }), "{error:?}");
    assert_eq!(server.lines(), [SIMS]);
}
