//! The verbs of data sources: decodes the request, calls the data source, encodes the result.

use super::{read_only, registry::Source, sent::Sent};
use crate::protocol::{
    Call, Diagnostics, dynamic_value,
    tfplugin6::{read_data_source, validate_data_resource_config},
};

/// `ValidateDataResourceConfig`.
pub(super) fn validate<C: Send>(
    source: &Source<C>,
    request: &validate_data_resource_config::Request,
) -> Result<validate_data_resource_config::Response, Diagnostics> {
    let schema = source.schema();
    let config = Sent::Configuration.read(request.config.as_ref(), schema.ty())?;
    let mut diagnostics = read_only::set_ones(schema, &config);
    source.validate(&config, &mut diagnostics);
    Ok(validate_data_resource_config::Response {
        diagnostics: diagnostics.into_proto(),
    })
}

/// `ReadDataSource`.
pub(super) async fn read<C: Send>(
    source: Source<C>,
    call: Call<C>,
    request: read_data_source::Request,
) -> Result<read_data_source::Response, Diagnostics> {
    let ty = source.schema().ty();
    let config = Sent::Configuration.read(request.config.as_ref(), ty)?;
    let mut warnings = Diagnostics::default();
    let state = source.read(&call, config, &mut warnings).await?;
    Ok(read_data_source::Response {
        state: Some(dynamic_value::write(&state, ty)?),
        diagnostics: warnings.into_proto(),
        ..Default::default()
    })
}
