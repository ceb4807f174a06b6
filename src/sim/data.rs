//! `data "onomondo_sims"`: all SIMs, or those that match a search.

use async_trait::async_trait;

use super::attributes::{ACTIVATED, CONNECTOR, ICCID, ID, IDS, LABEL, ONLINE, SIMS, TAG, TAGS};
use crate::{
    messages::{
        failure,
        invalid::{invalid, not_empty, quoted},
        tag::is_tag_id,
    },
    onomondo::{Client, Operation, Sim, SimFilter},
    protocol::{Attribute, Call, DataSource, Diagnostics, Nesting, Schema, Type, Value},
};

/// The data source with its schema.
#[derive(Debug)]
pub struct SimsDataSource(Schema);

impl Default for SimsDataSource {
    fn default() -> Self {
        let of_sim = vec![
            ID.attribute().computed().describe("SIM ID: nine digits."),
            ICCID.attribute().computed().describe("ICCID of the SIM."),
            LABEL
                .attribute()
                .computed()
                .describe("Label of the SIM, or null if it has none."),
            CONNECTOR.attribute().computed().describe(
                "Name of the connector to which the SIM is mapped, or null if there is none.",
            ),
            ACTIVATED
                .attribute()
                .computed()
                .describe("Whether the SIM is activated."),
            ONLINE
                .attribute()
                .computed()
                .describe("Whether the SIM is online now."),
            strings(TAGS.name()).describe("IDs of the tags on the SIM: UUIDs in lowercase."),
        ];
        Self(Schema::new(
            "Lists the SIMs that the API key can see. Without filters, it lists all of them; with \
             filters, only those that match every filter. An empty result is not an error.",
            vec![
                CONNECTOR
                    .attribute()
                    .optional()
                    .describe("Lists only SIMs that are mapped to the connector with this name."),
                ACTIVATED.attribute().optional().describe(
                    "If `true`, lists only SIMs that are activated; if `false`, only those \
                         that are not.",
                ),
                ONLINE.attribute().optional().describe(
                    "If `true`, lists only SIMs that are online now; if `false`, only those \
                         that are not.",
                ),
                TAG.attribute()
                    .optional()
                    .describe("Lists only SIMs that have the tag with this ID (a UUID)."),
                strings(IDS.name()).describe(
                    "The SIM IDs of the SIMs found, for use in `sim_ids` of \
                     `onomondo_connector_sims`.",
                ),
                Attribute::nested(SIMS.name(), Nesting::List, of_sim)
                    .computed()
                    .describe("The SIMs found, sorted by ID."),
            ],
        ))
    }
}

fn strings(name: &'static str) -> Attribute {
    Attribute::plain(name, Type::Set(Type::String.into())).computed()
}

#[async_trait]
impl DataSource<Client> for SimsDataSource {
    fn type_name(&self) -> &'static str {
        "onomondo_sims"
    }

    fn schema(&self) -> &Schema {
        &self.0
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        if let Some(connector) = CONNECTOR.of(config).known() {
            not_empty(connector, &[CONNECTOR.name()].into(), diagnostics);
        }
        if let Some(tag) = TAG.of(config).known().filter(|tag| !is_tag_id(tag)) {
            let detail = format!(
                "`tag` is {}. Use the ID of the tag, a UUID, not its name. To look up the ID, use \
                 `data \"onomondo_tag\"`.",
                quoted(tag)
            );
            diagnostics.push(invalid(&[TAG.name()].into(), detail));
        }
    }

    async fn read(
        &self,
        call: &Call<Client>,
        mut config: Value,
        _warnings: &mut Diagnostics,
    ) -> Result<Value, Diagnostics> {
        let filter = SimFilter {
            connector: CONNECTOR.of(&config).known().map(str::to_owned),
            activated: ACTIVATED.of(&config).known(),
            online: ONLINE.of(&config).known(),
        };
        let operation = Operation::new(call.stop.clone(), None);
        let listed = call.client.sims(&operation, &filter).await;
        let listed =
            listed.map_err(|listing| failure::of_data_source(&listing.error, "list the SIMs"))?;
        let tag = TAG.of(&config).known().map(str::to_ascii_lowercase);
        let has_tag = |sim: &&Sim| tag.as_ref().is_none_or(|tag| sim.tags.contains(tag));
        let found: Vec<&Sim> = listed.iter().filter(has_tag).collect();
        let ids = found.iter().map(|sim| Value::from(sim.id.as_str()));
        IDS.set(&mut config, Value::set(ids));
        let sims = found.into_iter().map(object).collect();
        SIMS.set(&mut config, Value::List(sims));
        Ok(config)
    }
}

fn object(sim: &Sim) -> Value {
    let mut object = Value::object([]);
    ID.set(&mut object, sim.id.as_str());
    ICCID.set(&mut object, sim.iccid.as_deref());
    LABEL.set(&mut object, sim.label.as_deref());
    CONNECTOR.set(&mut object, sim.connector.as_deref());
    ACTIVATED.set(&mut object, sim.activated);
    ONLINE.set(&mut object, sim.online);
    let tags = sim.tags.iter().map(|tag| Value::from(tag.as_str()));
    TAGS.set(&mut object, Value::set(tags));
    object
}
