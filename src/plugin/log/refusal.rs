//! Explains requests that the HTTP/2 library refuses before any service sees them.
//!
//! The library logs them below the level at which other crates may log, and the client learns only
//! `PROTOCOL_ERROR`. Clients on gRPC's C core (Python, C++, Ruby) hit this: over a Unix socket they
//! send its percent-encoded path as `:authority`, which is not a valid address.

use tracing::{Level, Metadata};

/// Whether an event may describe a refused request.
pub(super) fn may_be(metadata: &Metadata<'_>) -> bool {
    metadata.target() == "h2::server" && *metadata.level() == Level::DEBUG && metadata.is_event()
}

/// An explanation of a refused request. `None` for any other message.
pub(super) fn explained(message: &str) -> Option<String> {
    if !message.starts_with("malformed headers") {
        return None;
    }
    let mut text = format!("rejected a request: {message}");
    if message.contains("authority") {
        text += "; set the authority of the client to `localhost`: in Python, C++, and Ruby, this \
                 is the channel argument `grpc.default_authority`";
    }
    Some(text)
}
