//! What is sent to the API.

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

/// The connector of a plan, with the secrets that its configuration has. What is not known is left for
/// the API to choose.
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

/// What a plan changes and nothing else. Any change of the options sends them whole: the API does not say
/// whether it keeps what is left out.
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
