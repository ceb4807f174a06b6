//! The log on stderr: what `tracing` events become for the CLI, or for a developer's terminal.
//!
//! - [`level`]: how much is logged, from the `TF_LOG` variables.
//! - [`layer`]: an event with the fields of its spans.
//! - [`fields`]: fields as JSON.
//! - [`refusal`]: what the HTTP/2 library says of requests that it refuses.
//! - [`hclog`]: the line of JSON that the CLI takes apart again.
//! - [`plain`]: the line that a developer reads.
//!
//! The provider's own targets log at every level, other crates (h2, hyper, rustls) only warnings
//! and errors: what they say below that is about bytes.

mod fields;
mod hclog;
mod layer;
mod level;
mod plain;
mod refusal;

use std::io::{self, Write as _};

use serde_json::{Map, Value};
use tracing::{Level, level_filters::LevelFilter};
use tracing_subscriber::layer::SubscriberExt as _;

use self::layer::LogLayer;
pub(super) use self::level::provider_variable;
use super::Plugin;

/// The form of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineFormat {
    /// hclog's JSON, for a CLI.
    Hclog,
    /// Plain text, for a terminal.
    Plain,
}

/// One event, with everything that a line may say of it.
#[derive(Debug)]
struct Entry {
    /// UTC in RFC 3339 with exactly six digits of the second's fraction: any other number of them,
    /// and go-plugin takes the line for plain text.
    timestamp: String,
    level: Level,
    /// The part of the program that speaks, in Go's words `@module`.
    module: String,
    message: String,
    /// The fields of all spans around the event, from the outermost, then the event's own; of
    /// fields with one name the last counts.
    fields: Map<String, Value>,
}

/// Starts to log, if the environment asks for it at all.
pub(super) fn install(plugin: &Plugin, format: LineFormat) {
    let level = level::of_this_process(plugin.provider);
    if level == LevelFilter::OFF {
        return;
    }
    let line = match format {
        LineFormat::Hclog => hclog::line,
        LineFormat::Plain => plain::line,
    };
    let layer = LogLayer::new(plugin, level, move |entry: &Entry| {
        // One write a line. Without a reader of the log there is nobody to tell.
        let _ = io::stderr().write_all(line(entry).as_bytes());
    });
    // It fails if there is a subscriber already: then the log is somebody else's.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer));
}
