//! The verbs of the provider block: `ValidateProviderConfig`, `ConfigureProvider`.

use tonic::Extensions;

use super::{sent::Sent, service::Service};
use crate::protocol::{
    Configure, Diagnostics,
    tfplugin6::{configure_provider, validate_provider_config},
};

pub(super) fn validate<C: Send>(
    service: &Service<C>,
    _: &Extensions,
    request: &validate_provider_config::Request,
) -> Result<validate_provider_config::Response, Diagnostics> {
    let provider = &service.registry.provider;
    let config = Sent::Configuration.read(request.config.as_ref(), provider.schema().ty())?;
    let mut diagnostics = Diagnostics::default();
    provider.validate(&config, &mut diagnostics);
    Ok(validate_provider_config::Response {
        diagnostics: diagnostics.into_proto(),
    })
}

pub(super) fn configure<C: Clone + Send>(
    service: &Service<C>,
    extensions: &Extensions,
    request: &configure_provider::Request,
) -> Result<configure_provider::Response, Diagnostics> {
    let provider = &service.registry.provider;
    let request = Configure {
        config: Sent::Configuration.read(request.config.as_ref(), provider.schema().ty())?,
        cli_version: request.terraform_version.clone(),
    };
    let mut diagnostics = Diagnostics::default();
    if let Some(client) = provider.configure(&request, &mut diagnostics) {
        service.sessions.configure(extensions, client);
    }
    Ok(configure_provider::Response {
        diagnostics: diagnostics.into_proto(),
    })
}
