//! What the API answers to a write.
//!
//! Any 2xx says that the write was done. Its body should be the connector, but may be empty or
//! lack members; then one list tells the rest.

use serde_json::Value;

use super::decode;
use crate::onomondo::{
    BodyProblem, Connector, Error, Exchange, Vocabulary, transport::success::Success,
};

/// A write that was done.
pub(in crate::onomondo) enum WriteAnswer {
    /// The answer is the whole connector.
    Whole(Connector),
    /// The answer lacks something; it may name the connector.
    Part(Option<String>),
}

impl WriteAnswer {
    /// Reads a successful answer. A body of another kind than an object is an error: something else
    /// than the API answered, which did nothing.
    pub(in crate::onomondo) fn read(
        answer: &Success,
        vocabulary: &Vocabulary,
    ) -> Result<Self, Error> {
        if answer.is_empty() {
            return Ok(Self::Part(None));
        }
        let body = answer.json()?;
        let members = match &body {
            Value::Object(members) => members,
            Value::Null => return Ok(Self::Part(None)),
            _ => return Err(answer.unexpected(BodyProblem::Incomplete)),
        };
        let name = members.get("name").and_then(Value::as_str);
        let all = ["name", "type", "tags", "passthrough", "options"];
        if all.iter().all(|member| members.contains_key(*member))
            && let Ok(connector) = decode::connector(&body, "the connector", vocabulary)
        {
            return Ok(Self::Whole(connector));
        }
        Ok(Self::Part(
            name.filter(|name| !name.is_empty()).map(str::to_owned),
        ))
    }
}

/// The error of a write that was done, and of which nothing more can be told.
pub(in crate::onomondo) fn incomplete(exchange: &Exchange) -> Error {
    Error::UnexpectedBody {
        exchange: Box::new(exchange.clone()),
        content_type: None,
        start: String::new(),
        problem: BodyProblem::Incomplete,
    }
}
