//! Ways in which the live API may behave that its documentation leaves open, one switch each.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::list_form::ListForm;

/// All off is the API as documented.
// Each is a behavior of its own that a test turns on alone; no two of them make up one state.
#[allow(clippy::struct_excessive_bools)]
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Quirks {
    /// PATCH takes `name` and keeps the old one: the schema of PATCH does not list it.
    pub(crate) ignore_rename: bool,
    /// PATCH of `options` replaces the stored ones: omitted members are removed, secrets included.
    pub(crate) replace_options: bool,
    /// Secrets that are sent are not stored.
    pub(crate) ignore_secrets: bool,
    /// The `meta` of the old type stays when the type changes.
    pub(crate) leftover_meta: bool,
    /// A `tls` connector needs `key`, `ca` and `cert`.
    pub(crate) require_tls_secrets: bool,
    /// This type is refused with 400.
    pub(crate) refuse_type: Option<String>,
    /// A key limited by tags: connectors without a tag are neither listed nor found.
    pub(crate) hide_untagged: bool,
    /// A key limited to these tags: what carries none of them is neither listed nor found. It can
    /// still be created.
    pub(crate) limited_to_tags: Option<Vec<Uuid>>,
    /// POST and a rename take a name that is in use: the connector that had it is gone.
    pub(crate) overwrite: bool,

    /// What becomes of the mappings of a connector that is renamed.
    pub(crate) mappings_on_rename: OnRename,
    /// PATCH of a SIM takes `connector` and keeps the mapping as it is.
    pub(crate) ignore_mapping: bool,

    /// POST and PATCH answer without `meta`.
    pub(crate) omit_meta: bool,
    /// POST and PATCH answer 200 without a body.
    pub(crate) empty_write_body: bool,
    /// POST and PATCH answer with tag objects, as lists do.
    pub(crate) tags_as_objects_in_writes: bool,
    /// Lists answer with UUID strings, as the schema of writes says.
    pub(crate) tags_as_strings_in_lists: bool,
    /// PATCH stamps all secrets, whatever it changes.
    pub(crate) restamp_secrets: bool,
    /// Answers carry no `Date`.
    pub(crate) omit_date: bool,
    /// Seconds by which `Date` is ahead of the API's clock, or behind it where they are negative.
    pub(crate) date_off_by: i64,
    /// Lists stamp a secret later than the answer to the write that set it.
    pub(crate) late_meta: bool,

    /// Hosts are answered in lower case, and URLs with a slash for an empty path.
    pub(crate) normalize_host: bool,
    /// Tag UUIDs are answered in upper case.
    pub(crate) upper_case_tags: bool,
    /// An empty `passthrough` is answered as null.
    pub(crate) null_passthrough: bool,
    /// Empty `tags` are answered as null.
    pub(crate) null_tags: bool,
    /// `ip` and `port` of a passthrough rule are answered as null where they are not set.
    pub(crate) explicit_nulls: bool,
    /// Connectors without secrets are answered with `meta: {}`.
    pub(crate) empty_meta: bool,

    /// The form in which `GET /connectors` answers.
    pub(crate) list: ListForm,
    /// `GET /sims` answers in the form of Onomondo's reference, without `pagination`.
    pub(crate) documented_sim_list: bool,
}

/// What becomes of mappings when their connector is renamed: Onomondo does not say.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OnRename {
    /// They lead to the new name.
    #[default]
    Follow,
    /// They lead to the old name, which nothing has.
    Stay,
    /// The SIMs are mapped to nothing.
    Drop,
}
