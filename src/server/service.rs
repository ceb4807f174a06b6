//! The RPCs of tfplugin6, one by one.

use tonic::{Request, Response, Status, Streaming, async_trait};

use super::{
    Provider, boundary, data,
    events::{self, Events},
    list, managed, schemas, unsupported,
};
use crate::{
    protocol::tfplugin6::{
        self as proto, invoke_action, list_resource, provider_server, read_state_bytes,
    },
    provider,
};

type Answer<T> = Result<Response<T>, Status>;

#[async_trait]
impl provider_server::Provider for Provider {
    async fn get_metadata(
        &self,
        _request: Request<proto::get_metadata::Request>,
    ) -> Answer<proto::get_metadata::Response> {
        let provider = self.clone();
        boundary::run("GetMetadata", "", async move {
            Ok(schemas::metadata(&provider))
        })
        .await
    }

    async fn get_provider_schema(
        &self,
        _request: Request<proto::get_provider_schema::Request>,
    ) -> Answer<proto::get_provider_schema::Response> {
        let provider = self.clone();
        let answer = async move { Ok(schemas::provider_schema(&provider)) };
        boundary::run("GetProviderSchema", "", answer).await
    }

    async fn get_resource_identity_schemas(
        &self,
        _request: Request<proto::get_resource_identity_schemas::Request>,
    ) -> Answer<proto::get_resource_identity_schemas::Response> {
        let provider = self.clone();
        let answer = async move { Ok(schemas::identity_schemas(&provider)) };
        boundary::run("GetResourceIdentitySchemas", "", answer).await
    }

    async fn validate_provider_config(
        &self,
        request: Request<proto::validate_provider_config::Request>,
    ) -> Answer<proto::validate_provider_config::Response> {
        let (schema, request) = (self.schema.clone(), request.into_inner());
        let answer = async move { provider::configuration::validate(&schema, &request) };
        boundary::run("ValidateProviderConfig", "", answer).await
    }

    async fn configure_provider(
        &self,
        request: Request<proto::configure_provider::Request>,
    ) -> Answer<proto::configure_provider::Response> {
        let provider = self.clone();
        let (_, extensions, request) = request.into_parts();
        let answer =
            async move { provider::configuration::configure(&provider, &extensions, &request) };
        boundary::run("ConfigureProvider", "", answer).await
    }

    async fn stop_provider(
        &self,
        request: Request<proto::stop_provider::Request>,
    ) -> Answer<proto::stop_provider::Response> {
        self.sessions.stop(request.extensions());
        Ok(Response::new(proto::stop_provider::Response::default()))
    }

    async fn validate_resource_config(
        &self,
        request: Request<proto::validate_resource_config::Request>,
    ) -> Answer<proto::validate_resource_config::Response> {
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let resource = provider.resource(&request.type_name)?;
            managed::validate(&resource, &request)
        };
        boundary::run("ValidateResourceConfig", &type_name, answer).await
    }

    async fn upgrade_resource_state(
        &self,
        request: Request<proto::upgrade_resource_state::Request>,
    ) -> Answer<proto::upgrade_resource_state::Response> {
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let resource = provider.resource(&request.type_name)?;
            managed::upgrade_state(&resource, request)
        };
        boundary::run("UpgradeResourceState", &type_name, answer).await
    }

    async fn upgrade_resource_identity(
        &self,
        request: Request<proto::upgrade_resource_identity::Request>,
    ) -> Answer<proto::upgrade_resource_identity::Response> {
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let resource = provider.resource(&request.type_name)?;
            managed::upgrade_identity(&resource, request)
        };
        boundary::run("UpgradeResourceIdentity", &type_name, answer).await
    }

    async fn read_resource(
        &self,
        request: Request<proto::read_resource::Request>,
    ) -> Answer<proto::read_resource::Response> {
        let call = self.sessions.call(request.extensions());
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let resource = provider.resource(&request.type_name)?;
            managed::read(&resource, &call?, request).await
        };
        boundary::run("ReadResource", &type_name, answer).await
    }

    async fn plan_resource_change(
        &self,
        request: Request<proto::plan_resource_change::Request>,
    ) -> Answer<proto::plan_resource_change::Response> {
        let call = self.sessions.call(request.extensions());
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let resource = provider.resource(&request.type_name)?;
            managed::plan(&resource, &call?, request).await
        };
        boundary::run("PlanResourceChange", &type_name, answer).await
    }

    async fn apply_resource_change(
        &self,
        request: Request<proto::apply_resource_change::Request>,
    ) -> Answer<proto::apply_resource_change::Response> {
        let call = self.sessions.call(request.extensions());
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let resource = provider.resource(&request.type_name)?;
            managed::apply(&resource, &call?, request).await
        };
        boundary::run("ApplyResourceChange", &type_name, answer).await
    }

    async fn import_resource_state(
        &self,
        request: Request<proto::import_resource_state::Request>,
    ) -> Answer<proto::import_resource_state::Response> {
        let call = self.sessions.call(request.extensions());
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let resource = provider.resource(&request.type_name)?;
            managed::import(&resource, &call?, request).await
        };
        boundary::run("ImportResourceState", &type_name, answer).await
    }

    async fn move_resource_state(
        &self,
        request: Request<proto::move_resource_state::Request>,
    ) -> Answer<proto::move_resource_state::Response> {
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.target_type_name.clone();
        let answer = async move {
            let resource = provider.resource(&request.target_type_name)?;
            managed::take_over(&resource, request)
        };
        boundary::run("MoveResourceState", &type_name, answer).await
    }

    async fn generate_resource_config(
        &self,
        request: Request<proto::generate_resource_config::Request>,
    ) -> Answer<proto::generate_resource_config::Response> {
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let resource = provider.resource(&request.type_name)?;
            managed::generate_config(&resource, &request)
        };
        boundary::run("GenerateResourceConfig", &type_name, answer).await
    }

    async fn validate_data_resource_config(
        &self,
        request: Request<proto::validate_data_resource_config::Request>,
    ) -> Answer<proto::validate_data_resource_config::Response> {
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let source = provider.data_source(&request.type_name)?;
            data::validate(&source, &request)
        };
        boundary::run("ValidateDataResourceConfig", &type_name, answer).await
    }

    async fn read_data_source(
        &self,
        request: Request<proto::read_data_source::Request>,
    ) -> Answer<proto::read_data_source::Response> {
        let call = self.sessions.call(request.extensions());
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let source = provider.data_source(&request.type_name)?;
            data::read(&source, &call?, request).await
        };
        boundary::run("ReadDataSource", &type_name, answer).await
    }

    async fn validate_list_resource_config(
        &self,
        request: Request<proto::validate_list_resource_config::Request>,
    ) -> Answer<proto::validate_list_resource_config::Response> {
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let answer = async move {
            let lister = provider.list_resource(&request.type_name)?;
            list::validate(&lister, &request)
        };
        boundary::run("ValidateListResourceConfig", &type_name, answer).await
    }

    type ListResourceStream = Events<list_resource::Event>;

    async fn list_resource(
        &self,
        request: Request<list_resource::Request>,
    ) -> Answer<Self::ListResourceStream> {
        let call = self.sessions.call(request.extensions());
        let (provider, request) = (self.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let work = async move |events| {
            let lister = provider.list_resource(&request.type_name)?;
            // What is listed is managed by the resource of the same type.
            let resource = provider.resource(&request.type_name)?;
            list::list(&lister, &resource, &call?, request, events).await
        };
        Ok(events::stream("ListResource", &type_name, work))
    }

    // What the provider does not have.

    async fn validate_ephemeral_resource_config(
        &self,
        request: Request<proto::validate_ephemeral_resource_config::Request>,
    ) -> Answer<proto::validate_ephemeral_resource_config::Response> {
        Ok(unsupported::ephemeral_resource(
            &request.into_inner().type_name,
        ))
    }

    async fn open_ephemeral_resource(
        &self,
        request: Request<proto::open_ephemeral_resource::Request>,
    ) -> Answer<proto::open_ephemeral_resource::Response> {
        Ok(unsupported::ephemeral_resource(
            &request.into_inner().type_name,
        ))
    }

    async fn renew_ephemeral_resource(
        &self,
        request: Request<proto::renew_ephemeral_resource::Request>,
    ) -> Answer<proto::renew_ephemeral_resource::Response> {
        Ok(unsupported::ephemeral_resource(
            &request.into_inner().type_name,
        ))
    }

    async fn close_ephemeral_resource(
        &self,
        request: Request<proto::close_ephemeral_resource::Request>,
    ) -> Answer<proto::close_ephemeral_resource::Response> {
        Ok(unsupported::ephemeral_resource(
            &request.into_inner().type_name,
        ))
    }

    async fn get_functions(
        &self,
        _request: Request<proto::get_functions::Request>,
    ) -> Answer<proto::get_functions::Response> {
        Ok(Response::new(proto::get_functions::Response::default()))
    }

    async fn call_function(
        &self,
        request: Request<proto::call_function::Request>,
    ) -> Answer<proto::call_function::Response> {
        let name = request.into_inner().name;
        Ok(Response::new(unsupported::function(&name)))
    }

    async fn validate_action_config(
        &self,
        request: Request<proto::validate_action_config::Request>,
    ) -> Answer<proto::validate_action_config::Response> {
        Ok(unsupported::action(&request.into_inner().action_type))
    }

    async fn plan_action(
        &self,
        request: Request<proto::plan_action::Request>,
    ) -> Answer<proto::plan_action::Response> {
        Ok(unsupported::action(&request.into_inner().action_type))
    }

    type InvokeActionStream = Events<invoke_action::Event>;

    async fn invoke_action(
        &self,
        request: Request<invoke_action::Request>,
    ) -> Answer<Self::InvokeActionStream> {
        Ok(unsupported::action_events(
            &request.into_inner().action_type,
        ))
    }

    async fn validate_state_store_config(
        &self,
        request: Request<proto::validate_state_store_config::Request>,
    ) -> Answer<proto::validate_state_store_config::Response> {
        Ok(unsupported::state_store(&request.into_inner().type_name))
    }

    async fn configure_state_store(
        &self,
        request: Request<proto::configure_state_store::Request>,
    ) -> Answer<proto::configure_state_store::Response> {
        Ok(unsupported::state_store(&request.into_inner().type_name))
    }

    async fn get_states(
        &self,
        request: Request<proto::get_states::Request>,
    ) -> Answer<proto::get_states::Response> {
        Ok(unsupported::state_store(&request.into_inner().type_name))
    }

    async fn delete_state(
        &self,
        request: Request<proto::delete_state::Request>,
    ) -> Answer<proto::delete_state::Response> {
        Ok(unsupported::state_store(&request.into_inner().type_name))
    }

    async fn lock_state(
        &self,
        request: Request<proto::lock_state::Request>,
    ) -> Answer<proto::lock_state::Response> {
        Ok(unsupported::state_store(&request.into_inner().type_name))
    }

    async fn unlock_state(
        &self,
        request: Request<proto::unlock_state::Request>,
    ) -> Answer<proto::unlock_state::Response> {
        Ok(unsupported::state_store(&request.into_inner().type_name))
    }

    type ReadStateBytesStream = Events<read_state_bytes::ResponseChunk>;

    async fn read_state_bytes(
        &self,
        request: Request<read_state_bytes::Request>,
    ) -> Answer<Self::ReadStateBytesStream> {
        Ok(unsupported::state_bytes(&request.into_inner().type_name))
    }

    async fn write_state_bytes(
        &self,
        _request: Request<Streaming<proto::write_state_bytes::RequestChunk>>,
    ) -> Answer<proto::write_state_bytes::Response> {
        Ok(unsupported::state_store(""))
    }
}
