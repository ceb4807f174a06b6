//! Turns an event into a log entry, with the fields of all enclosing spans. The span of an RPC
//! holds its request ID, so every line logged inside shows that ID.

use std::time::SystemTime;

use tracing::{
    Event, Level, Metadata, Subscriber,
    level_filters::LevelFilter,
    span::{Attributes, Id, Record},
};
use tracing_subscriber::{
    layer::{Context, Layer},
    registry::{LookupSpan, Scope},
};

use super::{super::Plugin, Entry, fields::Fields, refusal};

/// Makes entries and passes them to `write`.
pub(super) struct LogLayer<W> {
    /// The first part of the module name for `targets`.
    provider: &'static str,
    /// The targets that may log below warnings.
    targets: &'static [&'static str],
    level: LevelFilter,
    write: W,
}

impl<W> LogLayer<W> {
    /// Logs events at `level` or more severe ones.
    pub(super) fn new(plugin: &Plugin, level: LevelFilter, write: W) -> Self {
        Self {
            provider: plugin.provider,
            targets: plugin.log_targets,
            level,
            write,
        }
    }

    /// The part of `target` after one of the provider's own targets. `None` for other targets.
    fn inside_own_target<'a>(&self, target: &'a str) -> Option<&'a str> {
        self.targets.iter().find_map(|own| {
            let rest = target.strip_prefix(own)?;
            (rest.is_empty() || rest.starts_with("::")).then_some(rest)
        })
    }

    /// The target in Go's form: `provider.part.part`.
    fn module(&self, target: &str) -> String {
        match self.inside_own_target(target) {
            Some(rest) => format!("{}{rest}", self.provider).replace("::", "."),
            None => target.replace("::", "."),
        }
    }
}

impl<S, W> Layer<S> for LogLayer<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: Fn(&Entry) + 'static,
{
    /// Spans do not make lines. The provider's own spans are enabled at every level, so that an
    /// error inside one still shows its RPC.
    fn enabled(&self, metadata: &Metadata<'_>, _: Context<'_, S>) -> bool {
        let own = self.inside_own_target(metadata.target()).is_some();
        let level = *metadata.level();
        own && metadata.is_span()
            || level <= self.level && (own || level <= Level::WARN)
            || self.level >= Level::WARN && refusal::may_be(metadata)
    }

    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        if let Some(span) = context.span(id) {
            let mut fields = Fields::default();
            attributes.record(&mut fields);
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            values.record(fields);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let mut fields = Fields::default();
        for span in context
            .event_scope(event)
            .into_iter()
            .flat_map(Scope::from_root)
        {
            if let Some(of_span) = span.extensions().get::<Fields>() {
                fields.extend(of_span);
            }
        }
        // Removes a span's field named `message`: it is not the message of the event.
        fields.take_message();
        event.record(&mut fields);
        let metadata = event.metadata();
        let (mut level, mut message) = (*metadata.level(), fields.take_message());
        if refusal::may_be(metadata) {
            match refusal::explained(&message) {
                Some(explained) => (level, message) = (Level::WARN, explained),
                None => return,
            }
        }
        (self.write)(&Entry {
            timestamp: humantime::format_rfc3339_micros(SystemTime::now()).to_string(),
            level,
            module: self.module(metadata.target()),
            message,
            fields: fields.into_map(),
        });
    }
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use serde_json::{Value, json};
    use tracing::{debug, error, info, info_span, subscriber::with_default, trace, warn};
    use tracing_subscriber::layer::SubscriberExt as _;

    use super::{super::hclog, *};

    const PLUGIN: Plugin = Plugin {
        name: "terraform-provider-acme",
        version: "1.0.0",
        about: "",
        documentation: "",
        environment: &[],
        provider: "acme",
        addresses: &[],
        protocol_version: 6,
        log_targets: &["acme_provider"],
        descriptors: &[],
    };

    /// Runs `program` and parses the lines that it logs.
    fn logged(level: LevelFilter, program: impl FnOnce()) -> Vec<Value> {
        let lines = Arc::new(Mutex::new(Vec::new()));
        let layer = LogLayer::new(&PLUGIN, level, {
            let lines = Arc::clone(&lines);
            move |entry: &Entry| {
                let line = hclog::line(entry);
                lines
                    .lock()
                    .unwrap()
                    .push(serde_json::from_str(&line).unwrap());
            }
        });
        with_default(tracing_subscriber::registry().with(layer), program);
        Arc::into_inner(lines).unwrap().into_inner().unwrap()
    }

    #[test]
    fn a_line_carries_the_fields_of_its_spans_and_the_innermost_wins() {
        let lines = logged(LevelFilter::TRACE, || {
            let rpc = info_span!(
                target: "acme_provider", "rpc", request = "id-1", attempt = 1, late = tracing::field::Empty
            );
            let _rpc = rpc.enter();
            rpc.record("late", true);
            let inner = info_span!(target: "acme_provider", "inner", attempt = 2);
            let _inner = inner.enter();
            info!(target: "acme_provider::client", attempt = 3, share = 0.5, "sent {}", "it");
        });
        let [line] = &lines[..] else {
            panic!("{lines:?}")
        };
        assert_eq!(line["@message"], "sent it");
        assert_eq!(line["@level"], "info");
        assert_eq!(line["@module"], "acme.client");
        assert_eq!(line["request"], "id-1");
        assert_eq!(line["late"], true);
        assert_eq!(line["attempt"], 3);
        assert_eq!(line["share"], json!(0.5));
    }

    #[test]
    fn the_timestamp_has_six_digits_and_a_z() {
        let lines = logged(LevelFilter::INFO, || info!(target: "acme_provider", "x"));
        let timestamp = lines[0]["@timestamp"].as_str().unwrap();
        let (seconds, fraction) = timestamp.rsplit_once('.').unwrap();
        assert_eq!(seconds.len(), "2006-01-02T15:04:05".len(), "{timestamp}");
        let digits = fraction.strip_suffix('Z').unwrap();
        assert_eq!(digits.len(), 6);
        assert!(digits.bytes().all(|digit| digit.is_ascii_digit()));
    }

    #[test]
    fn no_field_replaces_what_the_cli_reads() {
        let lines = logged(LevelFilter::TRACE, || {
            let span = info_span!(target: "acme_provider", "rpc", message = "of the span");
            let _span = span.enter();
            info!(
                target: "acme_provider",
                { "@level" = 7, "@message" = false, "@timestamp" = 0, "@module" = 1 },
                "kept"
            );
            info!(target: "acme_provider", attempt = 1);
        });
        assert_eq!(lines[0]["@message"], "kept");
        assert_eq!(lines[0]["@level"], "info");
        assert_eq!(lines[0]["@module"], "acme");
        assert!(lines[0]["@timestamp"].is_string());
        assert_eq!(lines[0]["_level"], 7);
        assert_eq!(lines[1]["@message"], "");
    }

    #[test]
    fn other_crates_log_only_warnings_and_errors() {
        let lines = logged(LevelFilter::TRACE, || {
            trace!(target: "acme_provider", "own");
            debug!(target: "acme_provider_other", "noise");
            info!(target: "h2::codec", "noise");
            warn!(target: "h2::codec", "worth it");
        });
        let messages = lines.iter().map(|line| line["@message"].as_str().unwrap());
        assert_eq!(messages.collect::<Vec<_>>(), ["own", "worth it"]);
        assert_eq!(lines[1]["@module"], "h2.codec");
    }

    #[test]
    fn a_request_that_the_library_refuses_is_a_warning() {
        let program = || {
            debug!(target: "h2::server", "malformed headers: malformed authority (b\"%2Ftmp\")");
            debug!(target: "h2::server", "noise");
            debug!(target: "h2::client", "malformed headers");
        };
        let lines = logged(LevelFilter::WARN, program);
        assert_eq!(lines.len(), 1, "{lines:?}");
        assert_eq!(lines[0]["@level"], "warn");
        let message = lines[0]["@message"].as_str().unwrap();
        assert!(
            message.starts_with("rejected a request: malformed headers: "),
            "{message}"
        );
        assert!(message.contains("`grpc.default_authority`"), "{message}");
        assert_eq!(logged(LevelFilter::ERROR, program), [Value::Null; 0]);
    }

    #[test]
    fn events_below_the_level_are_dropped_but_their_spans_count() {
        let lines = logged(LevelFilter::WARN, || {
            let rpc = info_span!(target: "acme_provider", "rpc", request = "id-1");
            let _rpc = rpc.enter();
            info!(target: "acme_provider", "no");
            error!(target: "acme_provider", "yes");
        });
        assert_eq!(lines.len(), 1);
        assert_eq!(lines[0]["request"], "id-1");
    }

    #[test]
    fn an_error_is_logged_with_its_causes() {
        #[derive(Debug, thiserror::Error)]
        #[error("outer")]
        struct Outer(#[source] io::Error);

        let lines = logged(LevelFilter::ERROR, || {
            let outer = Outer(io::Error::other("inner"));
            let error = &outer as &(dyn std::error::Error + 'static);
            error!(target: "acme_provider", error, "failed");
        });
        assert_eq!(lines[0]["error"], "outer: inner");
    }
}
