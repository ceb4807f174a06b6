//! The bodies of requests to the API.

use super::{
    Object,
    change::{Change, Differs},
    passthrough, tags,
};
use crate::{
    connector::variants::VariantObject,
    onomondo::{ConnectorPatch, NewConnector},
    protocol::{Diagnostic, Given},
};

/// The new connector of a plan, with the secrets from its configuration. The API chooses unknown
/// values.
pub(crate) fn new_connector(
    VariantObject { variant, object }: VariantObject<'_>,
    planned: &Object<'_>,
    config: &Object<'_>,
) -> Result<NewConnector, Diagnostic> {
    let rules = match &planned.passthrough {
        Given::Known(rules) => passthrough::to_api(rules)?,
        Given::Null | Given::Unknown => Vec::new(),
    };
    let tags = match &planned.tags {
        Given::Known(tags) => Some(tags::to_api(tags)),
        Given::Null | Given::Unknown => None,
    };
    Ok(NewConnector {
        name: planned.name.known().map(str::to_owned),
        options: variant.to_api(object, config.of_variant(variant))?,
        tags,
        passthrough: Some(rules),
    })
}

/// The changes of a plan and nothing else. If any option changes, all options are sent: the API
/// does not say whether it keeps omitted ones.
pub(crate) fn patch(
    change: Change,
    planned: &Object<'_>,
    config: &Object<'_>,
) -> Result<ConnectorPatch, Diagnostic> {
    let Change {
        name,
        kind,
        options,
        tags,
        passthrough,
    } = change;
    let mut patch = ConnectorPatch::default();
    if name == Differs::Yes {
        patch.name = planned.name.known().map(str::to_owned);
    }
    if let Some(VariantObject { variant, object }) = planned.variant.known() {
        if options == Differs::Yes {
            patch.options = Some(variant.to_api(object, config.of_variant(variant))?);
        }
        patch.kind = (kind == Differs::Yes).then(|| variant.name().to_owned());
    }
    if let (Differs::Yes, Given::Known(tags)) = (tags, &planned.tags) {
        patch.tags = Some(tags::to_api(tags));
    }
    if let (Differs::Yes, Given::Known(rules)) = (passthrough, &planned.passthrough) {
        patch.passthrough = Some(passthrough::to_api(rules)?);
    }
    Ok(patch)
}
