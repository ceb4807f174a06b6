//! The names and types of all attributes that do not belong to a variant. Other files refer to them
//! by these constants.

use crate::protocol::{Elements, Field, Flag, Members, Numeric, Text};

// Attributes of every connector, and of the search for connectors.
pub(crate) const NAME: Field<Text> = Field::new("name");
pub(crate) const TYPE: Field<Text> = Field::new("type");
pub(crate) const TAGS: Field<Elements> = Field::new("tags");
pub(crate) const PASSTHROUGH: Field<Elements> = Field::new("passthrough");
pub(crate) const META: Field<Members> = Field::new("meta");

// Attributes of a rule in `passthrough`.
pub(crate) const PROTOCOL: Field<Text> = Field::new("protocol");
pub(crate) const IP: Field<Text> = Field::new("ip");
pub(crate) const PORT: Field<Numeric> = Field::new("port");

// Attributes of a secret in `meta`.
pub(crate) const IS_SET: Field<Flag> = Field::new("is_set");
pub(crate) const LAST_UPDATED_AT: Field<Text> = Field::new("last_updated_at");

// Attributes of the resource only.
pub(crate) use crate::messages::timeouts::{CREATE, DELETE, READ, TIMEOUTS, UPDATE};

// Attributes of the data sources and the list resource only.
pub(crate) const CONNECTORS: Field<Elements> = Field::new("connectors");
pub(crate) const TAG_DETAILS: Field<Elements> = Field::new("tag_details");
pub(crate) const OPTIONS_JSON: Field<Text> = Field::new("options_json");
pub(crate) const TAG: Field<Text> = Field::new("tag");
pub(crate) const NAME_REGEX: Field<Text> = Field::new("name_regex");
