// A provider that does nothing, built on terraform-plugin-framework with the same schema. It shows the
// minimal cost of a provider in Go, for `make bench`.
package main

import (
	"context"
	"log"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/provider/schema"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
)

func main() {
	options := providerserver.ServeOpts{Address: "registry.terraform.io/onomondo/framework", ProtocolVersion: 6}
	err := providerserver.Serve(context.Background(), func() provider.Provider { return idle{} }, options)
	if err != nil {
		log.Fatal(err)
	}
}

type idle struct{}

func (idle) Metadata(_ context.Context, _ provider.MetadataRequest, response *provider.MetadataResponse) {
	response.TypeName = "framework"
	response.Version = "0.1.0"
}

func (idle) Schema(_ context.Context, _ provider.SchemaRequest, response *provider.SchemaResponse) {
	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"api_key":             schema.StringAttribute{Optional: true, Sensitive: true},
		"base_url":            schema.StringAttribute{Optional: true},
		"request_timeout":     schema.StringAttribute{Optional: true},
		"max_retries":         schema.Int64Attribute{Optional: true},
		"requests_per_minute": schema.Int64Attribute{Optional: true},
	}}
}

func (idle) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {}

func (idle) DataSources(context.Context) []func() datasource.DataSource { return nil }

func (idle) Resources(context.Context) []func() resource.Resource {
	return []func() resource.Resource{func() resource.Resource { return connector{} }}
}
