//! Injects faults.

use std::convert::Infallible;
use std::future::{pending, ready};
use std::io;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::header::CONTENT_LENGTH;
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use futures_util::StreamExt;
use futures_util::stream;
use serde_json::{Value, json};
use tokio::task::yield_now;
use tokio::time::sleep;

use super::Faults;
use super::fault::Fault;
use crate::server::Connection;
use crate::shared::Shared;

/// The error page of Onomondo's load balancer, an AWS ALB.
const HTML_PAGE: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n\
    <body>\r\n<center><h1>502 Bad Gateway</h1></center>\r\n</body>\r\n</html>\r\n";

/// Headers that a fault sets in the answer. They replace the headers that any layer sets.
#[derive(Clone)]
struct Headers(Vec<(HeaderName, Option<HeaderValue>)>);

/// The layer that injects faults.
pub(crate) async fn inject(
    State(faults): State<Shared<Faults>>,
    ConnectInfo(connection): ConnectInfo<Connection>,
    request: Request,
    next: Next,
) -> Response {
    let fault = faults.lock().take(request.method(), request.uri().path());
    match fault {
        Some(fault) => strike(&fault, &connection, request, next).await,
        None => next.run(request).await,
    }
}

/// The layer that applies a fault's headers last, so that they replace all others.
pub(crate) async fn edit_headers(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    if let Some(Headers(edits)) = response.extensions_mut().remove() {
        for (name, value) in edits {
            match value {
                Some(value) => response.headers_mut().insert(name, value),
                None => response.headers_mut().remove(name),
            };
        }
    }
    response
}

async fn strike(fault: &Fault, connection: &Connection, request: Request, next: Next) -> Response {
    sleep(Duration::from_millis(fault.delay_ms)).await;
    let mut response = StatusCode::OK.into_response();
    if fault.processes() {
        response = next.run(request).await;
        sleep(Duration::from_millis(fault.answer_delay_ms)).await;
    }
    if fault.hang.is_some() {
        return pending().await;
    }
    if let Some(end) = fault.end() {
        connection.end(end);
        response.extensions_mut().insert(end);
        return response;
    }
    response = answer(fault, response);
    response.extensions_mut().insert(headers(fault));
    if fault.truncate {
        response = truncated(response).await;
    }
    if let Some(pause) = fault.dribble_ms {
        response = dribbled(response, Duration::from_millis(pause)).await;
    }
    response
}

/// The fault's own answer, or the API's with the fault's status.
fn answer(fault: &Fault, processed: Response) -> Response {
    let mut response = match &fault.body {
        Some(Value::String(text)) => text.clone().into_response(),
        Some(body) => Json(body).into_response(),
        None if fault.html => Html(HTML_PAGE).into_response(),
        None if fault.replaces_answer() && !fault.processes() => {
            Json(json!({ "error": "injected_fault" })).into_response()
        }
        None => processed,
    };
    let status = fault.status.map(StatusCode::from_u16);
    if let Some(Ok(status)) = status {
        *response.status_mut() = status;
    }
    response
}

fn headers(fault: &Fault) -> Headers {
    let edits = fault.headers.iter().filter_map(|(name, value)| {
        let name = HeaderName::try_from(name.as_str()).ok()?;
        let value = match value {
            Some(value) => Some(HeaderValue::try_from(value.as_str()).ok()?),
            None => None,
        };
        Some((name, value))
    });
    Headers(edits.collect())
}

/// Announces the whole length but sends only half. The HTTP server then closes the connection.
async fn truncated(response: Response) -> Response {
    let (mut head, body) = collected(response).await;
    head.headers.insert(CONTENT_LENGTH, body.len().into());
    let half = stream::once(ready(Ok(body.slice(..body.len() / 2))));
    let break_off = stream::once(async {
        // The server flushes its buffer only while it waits for the body. Without this pause, it
        // would discard the first half.
        yield_now().await;
        Err(io::Error::from(io::ErrorKind::ConnectionReset))
    });
    Response::from_parts(head, Body::from_stream(half.chain(break_off)))
}

async fn dribbled(response: Response, pause: Duration) -> Response {
    let (mut head, body) = collected(response).await;
    head.headers.insert(CONTENT_LENGTH, body.len().into());
    let bytes = stream::unfold(body, move |mut rest| async move {
        if rest.is_empty() {
            return None;
        }
        sleep(pause).await;
        let byte = rest.split_to(1);
        Some((Ok::<_, Infallible>(byte), rest))
    });
    Response::from_parts(head, Body::from_stream(bytes))
}

/// The body is the sandbox's own, in memory: reading it cannot fail.
async fn collected(response: Response) -> (axum::http::response::Parts, Bytes) {
    let (head, body) = response.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    (head, body)
}
