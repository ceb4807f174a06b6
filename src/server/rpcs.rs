//! The RPCs of tfplugin6, each with its verb.

use tonic::{Request, Response, Streaming, async_trait};

use super::{
    data,
    events::{self, Events},
    list, managed, provider,
    registry::{Lister, Registered as _, Resource},
    schemas,
    service::{Answered, Service},
    unsupported,
};
use crate::protocol::tfplugin6::{
    self as proto, invoke_action, list_resource, provider_server, read_state_bytes,
};

#[async_trait]
impl<C: Clone + Send + Sync + 'static> provider_server::Provider for Service<C> {
    async fn get_metadata(
        &self,
        _request: Request<proto::get_metadata::Request>,
    ) -> Answered<proto::get_metadata::Response> {
        self.describe("GetMetadata", schemas::metadata).await
    }

    async fn get_provider_schema(
        &self,
        _request: Request<proto::get_provider_schema::Request>,
    ) -> Answered<proto::get_provider_schema::Response> {
        self.describe("GetProviderSchema", schemas::provider_schema)
            .await
    }

    async fn get_resource_identity_schemas(
        &self,
        _request: Request<proto::get_resource_identity_schemas::Request>,
    ) -> Answered<proto::get_resource_identity_schemas::Response> {
        self.describe("GetResourceIdentitySchemas", schemas::identity_schemas)
            .await
    }

    async fn validate_provider_config(
        &self,
        request: Request<proto::validate_provider_config::Request>,
    ) -> Answered<proto::validate_provider_config::Response> {
        self.block("ValidateProviderConfig", provider::validate, request)
            .await
    }

    async fn configure_provider(
        &self,
        request: Request<proto::configure_provider::Request>,
    ) -> Answered<proto::configure_provider::Response> {
        self.block("ConfigureProvider", provider::configure, request)
            .await
    }

    async fn stop_provider(
        &self,
        request: Request<proto::stop_provider::Request>,
    ) -> Answered<proto::stop_provider::Response> {
        self.sessions.stop(request.extensions());
        Ok(Response::new(proto::stop_provider::Response::default()))
    }

    async fn validate_resource_config(
        &self,
        request: Request<proto::validate_resource_config::Request>,
    ) -> Answered<proto::validate_resource_config::Response> {
        self.unconfigured("ValidateResourceConfig", managed::validate, request)
            .await
    }

    async fn upgrade_resource_state(
        &self,
        request: Request<proto::upgrade_resource_state::Request>,
    ) -> Answered<proto::upgrade_resource_state::Response> {
        self.perhaps_configured("UpgradeResourceState", managed::upgrade_state, request)
            .await
    }

    async fn upgrade_resource_identity(
        &self,
        request: Request<proto::upgrade_resource_identity::Request>,
    ) -> Answered<proto::upgrade_resource_identity::Response> {
        self.unconfigured(
            "UpgradeResourceIdentity",
            managed::upgrade_identity,
            request,
        )
        .await
    }

    async fn read_resource(
        &self,
        request: Request<proto::read_resource::Request>,
    ) -> Answered<proto::read_resource::Response> {
        self.configured("ReadResource", managed::read, request)
            .await
    }

    async fn plan_resource_change(
        &self,
        request: Request<proto::plan_resource_change::Request>,
    ) -> Answered<proto::plan_resource_change::Response> {
        self.configured("PlanResourceChange", managed::plan, request)
            .await
    }

    async fn apply_resource_change(
        &self,
        request: Request<proto::apply_resource_change::Request>,
    ) -> Answered<proto::apply_resource_change::Response> {
        self.configured("ApplyResourceChange", managed::apply, request)
            .await
    }

    async fn import_resource_state(
        &self,
        request: Request<proto::import_resource_state::Request>,
    ) -> Answered<proto::import_resource_state::Response> {
        self.configured("ImportResourceState", managed::import, request)
            .await
    }

    async fn move_resource_state(
        &self,
        request: Request<proto::move_resource_state::Request>,
    ) -> Answered<proto::move_resource_state::Response> {
        self.unconfigured("MoveResourceState", managed::move_state, request)
            .await
    }

    async fn generate_resource_config(
        &self,
        request: Request<proto::generate_resource_config::Request>,
    ) -> Answered<proto::generate_resource_config::Response> {
        self.unconfigured("GenerateResourceConfig", managed::generate_config, request)
            .await
    }

    async fn validate_data_resource_config(
        &self,
        request: Request<proto::validate_data_resource_config::Request>,
    ) -> Answered<proto::validate_data_resource_config::Response> {
        self.unconfigured("ValidateDataResourceConfig", data::validate, request)
            .await
    }

    async fn read_data_source(
        &self,
        request: Request<proto::read_data_source::Request>,
    ) -> Answered<proto::read_data_source::Response> {
        self.configured("ReadDataSource", data::read, request).await
    }

    async fn validate_list_resource_config(
        &self,
        request: Request<proto::validate_list_resource_config::Request>,
    ) -> Answered<proto::validate_list_resource_config::Response> {
        self.unconfigured("ValidateListResourceConfig", list::validate, request)
            .await
    }

    type ListResourceStream = Events<list_resource::Event>;

    async fn list_resource(
        &self,
        request: Request<list_resource::Request>,
    ) -> Answered<Self::ListResourceStream> {
        let call = self.sessions.call(request.extensions());
        let (registry, request) = (self.registry.clone(), request.into_inner());
        let type_name = request.type_name.clone();
        let work = async move |events| {
            let lister = Lister::find(&registry, &request.type_name)?;
            // The managed resource of the same type describes the listed objects.
            let resource = Resource::find(&registry, &request.type_name)?;
            list::list(&lister, &resource, &call?, request, events).await
        };
        Ok(events::stream(self.rpc("ListResource", &type_name), work))
    }

    // RPCs of features that the provider does not have.

    async fn validate_ephemeral_resource_config(
        &self,
        request: Request<proto::validate_ephemeral_resource_config::Request>,
    ) -> Answered<proto::validate_ephemeral_resource_config::Response> {
        Ok(self.no_such("ephemeral resource", &request.get_ref().type_name))
    }

    async fn open_ephemeral_resource(
        &self,
        request: Request<proto::open_ephemeral_resource::Request>,
    ) -> Answered<proto::open_ephemeral_resource::Response> {
        Ok(self.no_such("ephemeral resource", &request.get_ref().type_name))
    }

    async fn renew_ephemeral_resource(
        &self,
        request: Request<proto::renew_ephemeral_resource::Request>,
    ) -> Answered<proto::renew_ephemeral_resource::Response> {
        Ok(self.no_such("ephemeral resource", &request.get_ref().type_name))
    }

    async fn close_ephemeral_resource(
        &self,
        request: Request<proto::close_ephemeral_resource::Request>,
    ) -> Answered<proto::close_ephemeral_resource::Response> {
        Ok(self.no_such("ephemeral resource", &request.get_ref().type_name))
    }

    async fn get_functions(
        &self,
        _request: Request<proto::get_functions::Request>,
    ) -> Answered<proto::get_functions::Response> {
        Ok(Response::new(proto::get_functions::Response::default()))
    }

    async fn call_function(
        &self,
        request: Request<proto::call_function::Request>,
    ) -> Answered<proto::call_function::Response> {
        let error = self.registry.no_such("function", &request.get_ref().name);
        Ok(Response::new(unsupported::function(error)))
    }

    async fn validate_action_config(
        &self,
        request: Request<proto::validate_action_config::Request>,
    ) -> Answered<proto::validate_action_config::Response> {
        Ok(self.no_such("action", &request.get_ref().action_type))
    }

    async fn plan_action(
        &self,
        request: Request<proto::plan_action::Request>,
    ) -> Answered<proto::plan_action::Response> {
        Ok(self.no_such("action", &request.get_ref().action_type))
    }

    type InvokeActionStream = Events<invoke_action::Event>;

    async fn invoke_action(
        &self,
        request: Request<invoke_action::Request>,
    ) -> Answered<Self::InvokeActionStream> {
        let action = &request.get_ref().action_type;
        let error = self.registry.no_such("action", action);
        Ok(unsupported::action_events(error))
    }

    async fn validate_state_store_config(
        &self,
        request: Request<proto::validate_state_store_config::Request>,
    ) -> Answered<proto::validate_state_store_config::Response> {
        Ok(self.no_such("state store", &request.get_ref().type_name))
    }

    async fn configure_state_store(
        &self,
        request: Request<proto::configure_state_store::Request>,
    ) -> Answered<proto::configure_state_store::Response> {
        Ok(self.no_such("state store", &request.get_ref().type_name))
    }

    async fn get_states(
        &self,
        request: Request<proto::get_states::Request>,
    ) -> Answered<proto::get_states::Response> {
        Ok(self.no_such("state store", &request.get_ref().type_name))
    }

    async fn delete_state(
        &self,
        request: Request<proto::delete_state::Request>,
    ) -> Answered<proto::delete_state::Response> {
        Ok(self.no_such("state store", &request.get_ref().type_name))
    }

    async fn lock_state(
        &self,
        request: Request<proto::lock_state::Request>,
    ) -> Answered<proto::lock_state::Response> {
        Ok(self.no_such("state store", &request.get_ref().type_name))
    }

    async fn unlock_state(
        &self,
        request: Request<proto::unlock_state::Request>,
    ) -> Answered<proto::unlock_state::Response> {
        Ok(self.no_such("state store", &request.get_ref().type_name))
    }

    type ReadStateBytesStream = Events<read_state_bytes::ResponseChunk>;

    async fn read_state_bytes(
        &self,
        request: Request<read_state_bytes::Request>,
    ) -> Answered<Self::ReadStateBytesStream> {
        let store = &request.get_ref().type_name;
        let error = self.registry.no_such("state store", store);
        Ok(unsupported::state_bytes(error))
    }

    async fn write_state_bytes(
        &self,
        _request: Request<Streaming<proto::write_state_bytes::RequestChunk>>,
    ) -> Answered<proto::write_state_bytes::Response> {
        Ok(self.no_such("state store", ""))
    }
}
