//! The verbs of managed resources: decodes the request, calls the resource, encodes the result.

mod apply;
mod generate;
mod import;
mod move_state;
mod plan;
mod read;
mod upgrade;
mod validate;

pub(super) use apply::apply;
pub(super) use generate::generate_config;
pub(super) use import::import;
pub(super) use move_state::move_state;
pub(super) use plan::plan;
pub(super) use read::read;
pub(super) use upgrade::{upgrade_identity, upgrade_state};
pub(super) use validate::validate;

use super::{registry::Resource, sent::Sent};
use crate::protocol::{
    Diagnostic, EncodeError, Instance, Value, dynamic_value,
    tfplugin6::{DynamicValue, ResourceIdentityData},
};

/// Reads an instance. Returns `None` if there is no state, so no object exists.
fn read_instance<C: Send>(
    resource: &Resource<C>,
    state: Option<&DynamicValue>,
    private: Vec<u8>,
    identity: Option<&ResourceIdentityData>,
) -> Result<Option<Instance>, Diagnostic> {
    let state = Sent::State.read(state, resource.schema().ty())?;
    if state.is_null() {
        return Ok(None);
    }
    Ok(Some(Instance {
        state,
        private,
        identity: read_identity(resource, identity)?,
    }))
}

fn read_identity<C: Send>(
    resource: &Resource<C>,
    identity: Option<&ResourceIdentityData>,
) -> Result<Value, Diagnostic> {
    let Some(schema) = resource.identity() else {
        return Ok(Value::Null);
    };
    let data = identity.and_then(|identity| identity.identity_data.as_ref());
    Sent::Identity.read(data, schema.ty())
}

pub(super) fn write_state<C: Send>(
    resource: &Resource<C>,
    state: &Value,
) -> Result<Option<DynamicValue>, EncodeError> {
    dynamic_value::write(state, resource.schema().ty()).map(Some)
}

/// Omits a null identity: a resource without an identity sends none.
pub(super) fn write_identity<C: Send>(
    resource: &Resource<C>,
    identity: &Value,
) -> Result<Option<ResourceIdentityData>, EncodeError> {
    let Some(schema) = resource.identity().filter(|_| !identity.is_null()) else {
        return Ok(None);
    };
    let data = dynamic_value::write(identity, schema.ty())?;
    Ok(Some(ResourceIdentityData {
        identity_data: Some(data),
    }))
}
