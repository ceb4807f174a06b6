//! The API's answer to a write.
//!
//! Any 2xx means that the write was carried out. The body should be the connector, but may be empty
//! or lack members. A list then shows the rest.

use serde_json::Value;

use super::decode;
use crate::onomondo::{
    BodyProblem, Connector, Error, Exchange, Vocabulary, transport::success::Success,
};

/// The answer to a write that was carried out.
pub(in crate::onomondo) enum WriteAnswer {
    /// The answer is the whole connector.
    Whole(Connector),
    /// The answer is incomplete. It may still name the connector.
    Part(Option<String>),
}

impl WriteAnswer {
    /// Reads a successful response. A body that is not an object is an error: it did not come from
    /// the API, so nothing was written.
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

/// The error for a write that was carried out, but whose result is unknown.
pub(in crate::onomondo) fn incomplete(exchange: &Exchange) -> Error {
    Error::UnexpectedBody {
        exchange: Box::new(exchange.clone()),
        content_type: None,
        start: String::new(),
        problem: BodyProblem::Incomplete,
    }
}
