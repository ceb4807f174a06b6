//! The verbs of list resources: `ValidateListResourceConfig`, `ListResource`.

use super::{
    events::EventSender,
    managed::{write_identity, write_state},
    registry::{Lister, Resource},
    sent::Sent,
};
use crate::protocol::{
    Call, Diagnostics, EncodeError, List, Listed,
    tfplugin6::{list_resource, validate_list_resource_config},
};

pub(super) fn validate<C: Send>(
    lister: &Lister<C>,
    request: &validate_list_resource_config::Request,
) -> Result<validate_list_resource_config::Response, Diagnostics> {
    let config = Sent::Configuration.read(request.config.as_ref(), lister.schema().ty())?;
    let mut diagnostics = Diagnostics::default();
    lister.validate(&config, &mut diagnostics);
    Ok(validate_list_resource_config::Response {
        diagnostics: diagnostics.into_proto(),
    })
}

/// Sends the objects found, until there are no more, the limit is reached, or the CLI hangs up.
pub(super) async fn list<C: Send>(
    lister: &Lister<C>,
    resource: &Resource<C>,
    call: &Call<C>,
    request: list_resource::Request,
    events: EventSender<list_resource::Event>,
) -> Result<(), Diagnostics> {
    let list = List {
        config: Sent::Configuration.read(request.config.as_ref(), lister.schema().ty())?,
        limit: usize::try_from(request.limit).unwrap_or_default(),
        include_object: request.include_resource_object,
    };
    let limit = list.limit;
    let mut warnings = Diagnostics::default();
    let found = lister.list(call, list, &mut warnings).await?;
    let diagnostic = warnings.into_proto();
    if !diagnostic.is_empty() {
        let event = list_resource::Event {
            diagnostic,
            ..Default::default()
        };
        // Sending fails only if the CLI has hung up. The next event then fails too and ends the
        // loop.
        let _ = events.send(event).await;
    }
    for listed in found.take(limit) {
        if events.send(event(resource, listed)?).await.is_err() {
            break;
        }
    }
    Ok(())
}

fn event<C: Send>(
    resource: &Resource<C>,
    listed: Listed,
) -> Result<list_resource::Event, EncodeError> {
    let object = listed.object.map(|object| write_state(resource, &object));
    Ok(list_resource::Event {
        identity: write_identity(resource, &listed.identity)?,
        display_name: listed.display_name,
        resource_object: object.transpose()?.flatten(),
        diagnostic: Vec::new(),
    })
}
