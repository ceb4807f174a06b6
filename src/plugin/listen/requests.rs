//! Counts the requests under way, for code that waits for their answers.

use std::{
    future::Future,
    pin::Pin,
    task::{Context, Poll},
};

use tonic::codegen::Service;
use tower_layer::Layer;

use super::Count;

/// A layer that counts the requests of the services inside. A request counts from its head to the
/// head of its answer.
#[derive(Debug, Clone, Default)]
pub(crate) struct CountRequests(pub(crate) Count);

/// A service whose requests are counted.
#[derive(Debug, Clone)]
pub(crate) struct Counting<S> {
    service: S,
    requests: Count,
}

impl<S> Layer<S> for CountRequests {
    type Service = Counting<S>;

    fn layer(&self, service: S) -> Counting<S> {
        Counting {
            service,
            requests: self.0.clone(),
        }
    }
}

impl<S, R> Service<R> for Counting<S>
where
    S: Service<R>,
    S::Future: Send + 'static,
{
    type Response = S::Response;
    type Error = S::Error;
    type Future = Pin<Box<dyn Future<Output = Result<S::Response, S::Error>> + Send>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.service.poll_ready(context)
    }

    fn call(&mut self, request: R) -> Self::Future {
        let counted = self.requests.one();
        let answer = self.service.call(request);
        Box::pin(async move {
            let answer = answer.await;
            drop(counted);
            answer
        })
    }
}
