//! The fields of spans and events as JSON.

use std::{error::Error, fmt};

use serde_json::{Map, Value};
use tracing::field::{Field, Visit};

/// The field in which `tracing` passes the message of an event.
const MESSAGE: &str = "message";

/// The recorded fields. A later value replaces an earlier one of the same name.
#[derive(Debug, Default, Clone)]
pub(super) struct Fields(Map<String, Value>);

impl Fields {
    /// Adds the fields of `inner`. They replace existing ones of the same name.
    pub(super) fn extend(&mut self, inner: &Self) {
        let fields = inner.0.iter();
        self.0
            .extend(fields.map(|(name, value)| (name.clone(), value.clone())));
    }

    /// Removes and returns the message, which is empty if the event has none.
    pub(super) fn take_message(&mut self) -> String {
        match self.0.remove(MESSAGE) {
            Some(Value::String(message)) => message,
            Some(other) => other.to_string(),
            None => String::new(),
        }
    }

    /// The fields as a map.
    pub(super) fn into_map(self) -> Map<String, Value> {
        self.0
    }

    /// Keys that start with `@` are hclog's own, and Terraform panics if one of them is not a
    /// string. Fields must not use such names.
    fn set(&mut self, field: &Field, value: Value) {
        let name = field.name();
        let name = name.strip_prefix("r#").unwrap_or(name);
        let name = match name.strip_prefix('@') {
            Some(rest) => format!("_{rest}"),
            None => name.to_owned(),
        };
        self.0.insert(name, value);
    }
}

impl Visit for Fields {
    fn record_f64(&mut self, field: &Field, value: f64) {
        self.set(field, value.into());
    }

    fn record_i64(&mut self, field: &Field, value: i64) {
        self.set(field, value.into());
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        self.set(field, value.into());
    }

    fn record_bool(&mut self, field: &Field, value: bool) {
        self.set(field, value.into());
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        self.set(field, value.into());
    }

    /// Records an error with its causes, which `Display` omits.
    fn record_error(&mut self, field: &Field, value: &(dyn Error + 'static)) {
        let mut text = value.to_string();
        let mut source = value.source();
        while let Some(cause) = source {
            text = format!("{text}: {cause}");
            source = cause.source();
        }
        self.set(field, text.into());
    }

    fn record_debug(&mut self, field: &Field, value: &dyn fmt::Debug) {
        self.set(field, format!("{value:?}").into());
    }
}
