//! The log on stderr: turns `tracing` events into lines for the CLI or for a developer's terminal.
//!
//! - [`level`]: the log level, from the `TF_LOG` variables.
//! - [`layer`]: an event with the fields of its spans.
//! - [`fields`]: fields as JSON.
//! - [`refusal`]: explains requests that the HTTP/2 library refuses.
//! - [`hclog`]: the JSON line that the CLI parses.
//! - [`plain`]: the line that a developer reads.
//!
//! The provider's own targets log at every level. Other crates (h2, hyper, rustls) log only
//! warnings and errors: below that, they log low-level details.

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

/// The format of the lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LineFormat {
    /// hclog's JSON, for a CLI.
    Hclog,
    /// Plain text, for a terminal.
    Plain,
}

/// One event, with everything that a line may show.
#[derive(Debug)]
struct Entry {
    /// UTC in RFC 3339 with exactly six fractional digits. With any other number of digits,
    /// go-plugin takes the line for plain text.
    timestamp: String,
    level: Level,
    /// The part of the program that logs, in Go's `@module` form.
    module: String,
    message: String,
    /// The fields of all enclosing spans, the outermost first, then those of the event. If two
    /// fields have the same name, the later one wins.
    fields: Map<String, Value>,
}

/// Starts logging, if the environment enables it.
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
        // Each line is one write. A failed write means that nobody reads the log.
        let _ = io::stderr().write_all(line(entry).as_bytes());
    });
    // This fails if there already is a subscriber. The log then belongs to that subscriber.
    let _ = tracing::subscriber::set_global_default(tracing_subscriber::registry().with(layer));
}
