//! go-plugin's own gRPC services, beside the provider's.

use std::{fmt, pin::Pin};

use futures_util::stream::{self, Stream, StreamExt as _};
use tokio_util::sync::CancellationToken;
use tonic::{Request, Response, Status, Streaming, service::Routes};
use tonic_health::ServingStatus;

use super::grpc::{
    ConnInfo, Empty, StdioData,
    grpc_broker_server::{GrpcBroker, GrpcBrokerServer},
    grpc_controller_server::{GrpcController, GrpcControllerServer},
    grpc_stdio_server::{GrpcStdio, GrpcStdioServer},
};

/// The service name under which go-plugin asks for a plugin's health.
const HEALTH_SERVICE: &str = "plugin";

/// The error for descriptors that are not a valid file descriptor set.
#[derive(Debug)]
pub(super) struct BadDescriptors(tonic_reflection::server::Error);

impl std::error::Error for BadDescriptors {}

impl fmt::Display for BadDescriptors {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "the service descriptors of this build cannot be used: {}",
            self.0
        )
    }
}

/// Adds the services that a CLI needs from every plugin. Shutdown cancels `shutdown`. When anyone
/// cancels it, streams end that would otherwise stay open for the plugin's whole life.
pub(super) async fn add_plugin_services(routes: Routes, shutdown: &CancellationToken) -> Routes {
    let (reporter, health) = tonic_health::server::health_reporter();
    reporter
        .set_service_status(HEALTH_SERVICE, ServingStatus::Serving)
        .await;
    let service = PluginServices {
        shutdown: shutdown.clone(),
    };
    routes
        .add_service(health)
        .add_service(GrpcControllerServer::new(service.clone()))
        .add_service(GrpcStdioServer::new(service.clone()))
        .add_service(GrpcBrokerServer::new(service))
}

/// Adds reflection, a debugging aid: tools such as grpcurl use it to list the services.
pub(super) fn add_reflection(
    routes: Routes,
    descriptors: &'static [u8],
) -> Result<Routes, BadDescriptors> {
    let builder = || {
        tonic_reflection::server::Builder::configure()
            .register_encoded_file_descriptor_set(descriptors)
            .register_encoded_file_descriptor_set(tonic_health::pb::FILE_DESCRIPTOR_SET)
    };
    Ok(routes
        .add_service(builder().build_v1().map_err(BadDescriptors)?)
        .add_service(builder().build_v1alpha().map_err(BadDescriptors)?))
}

#[derive(Debug, Clone)]
struct PluginServices {
    shutdown: CancellationToken,
}

impl PluginServices {
    /// A stream that sends nothing and ends at shutdown.
    fn silence<T: Send + 'static>(&self) -> Silence<T> {
        let shutdown = self.shutdown.clone().cancelled_owned();
        Box::pin(stream::pending().take_until(shutdown))
    }
}

type Silence<T> = Pin<Box<dyn Stream<Item = Result<T, Status>> + Send>>;

#[tonic::async_trait]
impl GrpcController for PluginServices {
    /// The CLI calls this when it no longer needs the provider. It kills a plugin that still runs
    /// two seconds later.
    async fn shutdown(&self, _: Request<Empty>) -> Result<Response<Empty>, Status> {
        self.shutdown.cancel();
        Ok(Response::new(Empty {}))
    }
}

#[tonic::async_trait]
impl GrpcStdio for PluginServices {
    type StreamStdioStream = Silence<StdioData>;

    /// The CLI calls this once, right after it connects. It logs anything sent here as unexpected.
    async fn stream_stdio(
        &self,
        _: Request<()>,
    ) -> Result<Response<Self::StreamStdioStream>, Status> {
        Ok(Response::new(self.silence()))
    }
}

#[tonic::async_trait]
impl GrpcBroker for PluginServices {
    type StartStreamStream = Silence<ConnInfo>;

    /// The CLI calls this once, right after it connects. Terraform's protocol brokers no
    /// connections.
    async fn start_stream(
        &self,
        _: Request<Streaming<ConnInfo>>,
    ) -> Result<Response<Self::StartStreamStream>, Status> {
        Ok(Response::new(self.silence()))
    }
}
