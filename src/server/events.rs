//! The boundary for RPCs that answer with a stream of events. See `boundary` for all others.

use std::future::{Future, ready};

use futures_util::stream::{self, BoxStream, StreamExt as _};
use tokio::sync::mpsc;
use tonic::{Response, Status};
use tracing::{Instrument as _, debug};

use super::boundary::{Answer, Rpc, failed, log_diagnostics, panicked};
use crate::protocol::Diagnostics;

/// The answer of an RPC that returns a stream.
pub(super) type Events<E> = BoxStream<'static, Result<E, Status>>;

/// Sends the events of such an answer. It closes when the CLI hangs up.
pub(super) type EventSender<E> = mpsc::Sender<E>;

/// The number of events to prepare before the CLI reads them.
const EVENTS_AHEAD: usize = 16;

/// Runs one RPC that answers with a stream. The stream holds the events that `work` sends. If
/// `work` fails, the diagnostics are the last event.
pub(super) fn stream<E: Answer, W>(
    rpc: Rpc<'_>,
    work: impl FnOnce(EventSender<E>) -> W,
) -> Response<Events<E>>
where
    W: Future<Output = Result<(), Diagnostics>> + Send + 'static,
{
    let (name, span) = (rpc.name, rpc.span());
    let (sender, mut receiver) = mpsc::channel(EVENTS_AHEAD);
    let work = work(sender);
    let logged = async move {
        debug!("request");
        let ended = work.await;
        debug!("response");
        ended
    };
    let task = tokio::spawn(logged.instrument(span.clone()));
    let failure = async move {
        match task.await {
            Ok(Ok(())) => None,
            Ok(Err(diagnostics)) => Some(failed(diagnostics)),
            Err(error) => Some(failed(panicked(name, &error).into())),
        }
    };
    let events = stream::poll_fn(move |context| receiver.poll_recv(context));
    let events = events.chain(stream::once(failure).filter_map(ready));
    let events = events.map(move |mut event| {
        span.in_scope(|| log_diagnostics(&mut event));
        Ok(event)
    });
    Response::new(events.boxed())
}

#[cfg(test)]
mod tests {
    use tokio::sync::oneshot;

    use super::*;
    use crate::protocol::{Diagnostic, tfplugin6::list_resource};

    const LIST: Rpc<'_> = Rpc {
        name: "List",
        type_name: "",
        provider: "registry.example/acme/cloud",
    };

    fn event(name: &str) -> list_resource::Event {
        list_resource::Event {
            display_name: name.to_owned(),
            ..Default::default()
        }
    }

    async fn read(events: Response<Events<list_resource::Event>>) -> Vec<list_resource::Event> {
        let events = events.into_inner().collect::<Vec<_>>().await;
        events.into_iter().collect::<Result<_, _>>().unwrap()
    }

    #[tokio::test]
    async fn events_come_in_order_and_a_failure_last() {
        let events = read(stream(LIST, async |events: EventSender<_>| {
            for number in 0..100 {
                let _ = events.send(event(&number.to_string())).await;
            }
            Err(Diagnostic::error("It failed", "").into())
        }))
        .await;
        let (failure, events) = events.split_last().unwrap();
        let names = events.iter().map(|event| event.display_name.clone());
        assert!(names.eq((0..100).map(|number: u8| number.to_string())));
        assert_eq!(failure.diagnostic[0].summary, "It failed");
    }

    #[tokio::test]
    async fn a_panic_becomes_the_last_event_without_its_message() {
        let events = read(stream(LIST, async |events: EventSender<_>| {
            let _ = events.send(event("fleet")).await;
            panic!("a secret");
        }))
        .await;
        assert_eq!(events.len(), 2);
        let failure = &events[1].diagnostic[0];
        assert!(failure.detail.contains("panicked in List"), "{failure:?}");
        assert!(!failure.detail.contains("a secret"), "{failure:?}");
    }

    #[tokio::test]
    async fn a_cli_that_hangs_up_ends_the_work() {
        let (ended, end) = oneshot::channel();
        let mut events = stream(LIST, async move |events: EventSender<_>| {
            while events.send(event("fleet")).await.is_ok() {}
            let _ = ended.send(());
            Ok(())
        })
        .into_inner();
        events.next().await.unwrap().unwrap();
        drop(events);
        end.await.unwrap();
    }
}
