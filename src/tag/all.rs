//! `data "onomondo_tags"`: all tags.

use async_trait::async_trait;

use crate::{
    messages::{
        failure,
        tag::{attributes, object},
    },
    onomondo::{Client, Operation},
    protocol::{Attribute, Call, DataSource, Diagnostics, Nesting, Schema, Value},
};

/// The data source with its schema.
#[derive(Debug)]
pub struct TagsDataSource(Schema);

impl Default for TagsDataSource {
    fn default() -> Self {
        let tags = Attribute::nested("tags", Nesting::List, attributes());
        let schema = Schema::new(
            "Lists all tags that the API key can see, for example to look them up by name in a \
             `for` expression. Create and edit tags in the Onomondo web app.",
            vec![tags.computed().describe("The tags, sorted by name.")],
        );
        Self(schema)
    }
}

#[async_trait]
impl DataSource<Client> for TagsDataSource {
    fn type_name(&self) -> &'static str {
        "onomondo_tags"
    }

    fn schema(&self) -> &Schema {
        &self.0
    }

    fn validate(&self, _config: &Value, _diagnostics: &mut Diagnostics) {}

    async fn read(
        &self,
        call: &Call<Client>,
        mut config: Value,
        _warnings: &mut Diagnostics,
    ) -> Result<Value, Diagnostics> {
        let operation = Operation::new(call.stop.clone(), None);
        let tags = call.client.tags(&operation).await;
        let tags = tags.map_err(|error| failure::of_data_source(&error, "list the tags"))?;
        config.insert("tags", Value::List(tags.iter().map(object).collect()));
        Ok(config)
    }
}
