//! What the API answers to a write, and filling in what it leaves out.
//!
//! Any 2xx says that the write was done. Its body should be the connector, but may be empty or
//! lack members; then one list tells the rest.

use serde_json::Value;

use super::decode;
use crate::onomondo::{
    BodyProblem, Client, Connector, Error, Exchange, Operation, Vocabulary,
    transport::{retry, send::Success},
};

/// How often a list is asked for a connector that was just written: lists may lag behind writes.
const LOOKS: usize = 3;

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

impl Client {
    /// Looks for a connector that was just written, under the first of `names` that a list has: a
    /// later name counts only once the first had time to appear. `None` where no list has it.
    pub(in crate::onomondo) async fn look_up_written(
        &self,
        operation: &Operation,
        names: &[&str],
    ) -> Result<Option<Connector>, Error> {
        let operation = operation.finishing();
        let mut waits = retry::waits(self.first_wait(), u32::MAX);
        let mut found = None;
        for look in 0..LOOKS {
            if look > 0
                && let Some(wait) = waits.next()
                && operation.wait(wait).await.is_err()
            {
                break;
            }
            let connectors = self.connectors_anew(&operation).await?;
            for (rank, name) in names.iter().enumerate() {
                let listed = connectors.iter().find(|connector| connector.name == *name);
                if let Some(connector) = listed {
                    found = Some(connector.clone());
                    if rank == 0 {
                        return Ok(found);
                    }
                    break;
                }
            }
        }
        Ok(found)
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
