//! Requests that the HTTP/2 library refuses, of which no service hears.
//!
//! It tells of them at a level at which other crates are not heard, and the client learns no more than
//! `PROTOCOL_ERROR`. Clients on gRPC's C core (Python, C++, Ruby) run into it: over a Unix socket they
//! send its percent-encoded path as `:authority`, which is not valid in an address.

use tracing::{Level, Metadata};

/// Whether an event may be about a refused request.
pub(super) fn may_be(metadata: &Metadata<'_>) -> bool {
    metadata.target() == "h2::server" && *metadata.level() == Level::DEBUG && metadata.is_event()
}

/// What to say of a refused request; nothing of anything else.
pub(super) fn explained(message: &str) -> Option<String> {
    if !message.starts_with("malformed headers") {
        return None;
    }
    let mut text = format!("a request was refused: {message}");
    if message.contains("authority") {
        text += "; set the client's authority to `localhost`, which is the channel argument \
                 `grpc.default_authority` in Python, C++ and Ruby";
    }
    Some(text)
}
