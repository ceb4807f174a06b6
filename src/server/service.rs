//! Finds the type that a request names, and runs the verb inside the boundary.

use std::{future::Future, sync::Arc};

use tokio_util::sync::CancellationToken;
use tonic::{Extensions, Request, Response, Status};

use super::{
    boundary::{self, Answer, Rpc, failed},
    registry::{Registered, Registry},
    sessions::{ConnectionOf, Sessions},
};
use crate::protocol::{Call, Diagnostics, Provider, tfplugin6};

pub(super) type Answered<T> = Result<Response<T>, Status>;

/// The service: the registered types, and the clients that configurations made.
#[derive(Clone)]
pub(super) struct Service<C> {
    pub(super) registry: Arc<Registry<C>>,
    pub(super) sessions: Arc<Sessions<C>>,
}

/// A request that concerns one type.
pub(super) trait OfType: Send + Sync + 'static {
    fn type_name(&self) -> &str;
}

macro_rules! of_type {
    ($($rpc:ident.$field:ident),+ $(,)?) => {
        $(impl OfType for tfplugin6::$rpc::Request {
            fn type_name(&self) -> &str {
                &self.$field
            }
        })+
    };
}

of_type!(
    apply_resource_change.type_name,
    generate_resource_config.type_name,
    import_resource_state.type_name,
    move_resource_state.target_type_name,
    plan_resource_change.type_name,
    read_data_source.type_name,
    read_resource.type_name,
    upgrade_resource_identity.type_name,
    upgrade_resource_state.type_name,
    validate_data_resource_config.type_name,
    validate_list_resource_config.type_name,
    validate_resource_config.type_name,
);

impl<C: Clone + Send + Sync + 'static> Service<C> {
    pub(super) fn new(
        provider: impl Provider<C> + 'static,
        connection_of: ConnectionOf,
        stop: &CancellationToken,
    ) -> Self {
        Self {
            registry: Arc::new(Registry::new(provider)),
            sessions: Arc::new(Sessions::new(connection_of, stop.clone())),
        }
    }

    pub(super) fn rpc<'a>(&self, name: &'static str, type_name: &'a str) -> Rpc<'a> {
        Rpc {
            name,
            type_name,
            provider: self.registry.provider.address(),
        }
    }

    /// Answers an RPC that describes the provider.
    pub(super) async fn describe<A: Answer>(
        &self,
        rpc: &'static str,
        description: fn(&Registry<C>) -> A,
    ) -> Answered<A> {
        let registry = Arc::clone(&self.registry);
        boundary::run(self.rpc(rpc, ""), async move { Ok(description(&registry)) }).await
    }

    /// Answers an RPC of the provider block.
    pub(super) async fn block<R, A: Answer>(
        &self,
        rpc: &'static str,
        verb: fn(&Self, &Extensions, &R) -> Result<A, Diagnostics>,
        request: Request<R>,
    ) -> Answered<A>
    where
        R: Send + Sync + 'static,
    {
        let (service, (_, extensions, request)) = (self.clone(), request.into_parts());
        let work = async move { verb(&service, &extensions, &request) };
        boundary::run(self.rpc(rpc, ""), work).await
    }

    /// Answers an RPC that needs no configured provider.
    pub(super) async fn unconfigured<T, R, A: Answer>(
        &self,
        rpc: &'static str,
        verb: fn(&T, &R) -> Result<A, Diagnostics>,
        request: Request<R>,
    ) -> Answered<A>
    where
        T: Registered<C>,
        R: OfType,
    {
        let (registry, request) = (Arc::clone(&self.registry), request.into_inner());
        let type_name = request.type_name().to_owned();
        let work = async move {
            let of = T::find(&registry, request.type_name())?;
            verb(&of, &request)
        };
        boundary::run(self.rpc(rpc, &type_name), work).await
    }

    /// Answers an RPC that works without a configured provider, but uses its client if there is
    /// one.
    pub(super) async fn perhaps_configured<T, R, A: Answer>(
        &self,
        rpc: &'static str,
        verb: fn(&T, Option<&C>, &R) -> Result<A, Diagnostics>,
        request: Request<R>,
    ) -> Answered<A>
    where
        T: Registered<C>,
        R: OfType,
    {
        let call = self.sessions.call(request.extensions()).ok();
        let (registry, request) = (Arc::clone(&self.registry), request.into_inner());
        let type_name = request.type_name().to_owned();
        let work = async move {
            let of = T::find(&registry, request.type_name())?;
            verb(&of, call.as_ref().map(|call| &call.client), &request)
        };
        boundary::run(self.rpc(rpc, &type_name), work).await
    }

    /// Answers an RPC that needs a configured provider.
    pub(super) async fn configured<T, R, A: Answer, W>(
        &self,
        rpc: &'static str,
        verb: fn(T, Call<C>, R) -> W,
        request: Request<R>,
    ) -> Answered<A>
    where
        T: Registered<C>,
        R: OfType,
        W: Future<Output = Result<A, Diagnostics>> + Send + 'static,
    {
        let call = self.sessions.call(request.extensions());
        let (registry, request) = (Arc::clone(&self.registry), request.into_inner());
        let type_name = request.type_name().to_owned();
        let work = async move {
            let of = T::find(&registry, request.type_name())?;
            verb(of, call?, request).await
        };
        boundary::run(self.rpc(rpc, &type_name), work).await
    }

    /// Answers an RPC about a type that the provider does not have.
    pub(super) fn no_such<A: Answer>(&self, kind: &str, type_name: &str) -> Response<A> {
        let error = self.registry.no_such(kind, type_name);
        Response::new(failed(error.into()))
    }
}
