//! Switches for behavior of the live API that its documentation leaves open.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::list_form::ListForm;

/// With all quirks off, the API behaves as documented.
// Tests turn on each quirk separately, so these bools are not the states of one enum.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Quirks {
    /// PATCH accepts `name` but keeps the old one: the schema of PATCH does not list it.
    pub(crate) ignore_rename: bool,
    /// PATCH of `options` replaces all stored options, so it removes omitted ones, including
    /// secrets.
    pub(crate) replace_options: bool,
    /// The API accepts secrets but does not store them.
    pub(crate) ignore_secrets: bool,
    /// When the type changes, the `meta` of the old type stays.
    pub(crate) leftover_meta: bool,
    /// The API requires `key`, `ca` and `cert` for a `tls` connector.
    pub(crate) require_tls_secrets: bool,
    /// The API refuses this type with 400.
    pub(crate) refuse_type: Option<String>,
    /// The key is limited by tags: it cannot list or find connectors without a tag.
    pub(crate) hide_untagged: bool,
    /// The key is limited to these tags: it cannot list or find objects without one of them. It can
    /// still create them.
    pub(crate) limited_to_tags: Option<Vec<Uuid>>,
    /// POST and a rename accept a name in use. The connector that had the name is lost.
    pub(crate) overwrite: bool,

    /// The effect of a rename on the connector's mappings.
    pub(crate) mappings_on_rename: OnRename,
    /// PATCH of a SIM accepts `connector` but keeps the mapping.
    pub(crate) ignore_mapping: bool,

    /// POST and PATCH return no `meta`.
    pub(crate) omit_meta: bool,
    /// POST and PATCH return 200 without a body.
    pub(crate) empty_write_body: bool,
    /// POST and PATCH return tags as objects, as lists do.
    pub(crate) tags_as_objects_in_writes: bool,
    /// Lists return tags as UUID strings, as the schema of writes says.
    pub(crate) tags_as_strings_in_lists: bool,
    /// PATCH gives all secrets a new stamp, whatever it changes.
    pub(crate) restamp_secrets: bool,
    /// Answers have no `Date`.
    pub(crate) omit_date: bool,
    /// The seconds by which `Date` is ahead of the API's clock. If negative, it is behind.
    pub(crate) date_off_by: i64,
    /// Lists show a later stamp for a secret than the answer to the write that set it.
    pub(crate) late_meta: bool,

    /// Answers show hosts in lower case, and URLs with a slash for an empty path.
    pub(crate) normalize_host: bool,
    /// Answers show tag UUIDs in upper case.
    pub(crate) upper_case_tags: bool,
    /// Answers show an empty `passthrough` as null.
    pub(crate) null_passthrough: bool,
    /// Answers show empty `tags` as null.
    pub(crate) null_tags: bool,
    /// Answers show the `ip` and `port` of a passthrough rule as null if they are not set.
    pub(crate) explicit_nulls: bool,
    /// Answers show `meta: {}` for connectors without secrets.
    pub(crate) empty_meta: bool,

    /// The form of `GET /connectors`.
    pub(crate) list: ListForm,
    /// `GET /sims` answers in the form of Onomondo's reference, without `pagination`.
    pub(crate) documented_sim_list: bool,
}

/// The effect of a rename on the connector's mappings. Onomondo does not document it.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OnRename {
    /// SIMs are mapped to the new name.
    #[default]
    Follow,
    /// SIMs stay mapped to the old name, although no connector has it.
    Stay,
    /// SIMs are mapped to nothing.
    Drop,
}
