package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// A connector in plan and state.
type model struct {
	Name        types.String `tfsdk:"name"`
	Type        types.String `tfsdk:"type"`
	HTTPS       types.Object `tfsdk:"https"`
	TLS         types.Object `tfsdk:"tls"`
	AWS         types.Object `tfsdk:"aws_iot_core"`
	Azure       types.Object `tfsdk:"microsoft_azure_iot"`
	Passthrough types.Set    `tfsdk:"passthrough"`
	Tags        types.Set    `tfsdk:"tags"`
	Meta        types.Map    `tfsdk:"meta"`
	Timeouts    types.Object `tfsdk:"timeouts"`
}

// The identity of a connector.
type identity struct {
	Name types.String `tfsdk:"name"`
}

type connector struct{}

func (connector) Metadata(_ context.Context, request resource.MetadataRequest, response *resource.MetadataResponse) {
	response.TypeName = request.ProviderTypeName + "_connector"
}

// Create returns the plan as the result, with null for unknown values.
func (connector) Create(ctx context.Context, request resource.CreateRequest, response *resource.CreateResponse) {
	var plan model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	plan.settle()
	response.Diagnostics.Append(response.State.Set(ctx, plan)...)
	response.Diagnostics.Append(response.Identity.Set(ctx, identity{plan.Name})...)
}

// Read returns the state unchanged.
func (connector) Read(ctx context.Context, request resource.ReadRequest, response *resource.ReadResponse) {
	var state model
	response.Diagnostics.Append(request.State.Get(ctx, &state)...)
	response.Diagnostics.Append(response.State.Set(ctx, state)...)
	response.Diagnostics.Append(response.Identity.Set(ctx, identity{state.Name})...)
}

func (connector) Update(ctx context.Context, request resource.UpdateRequest, response *resource.UpdateResponse) {
	var plan model
	response.Diagnostics.Append(request.Plan.Get(ctx, &plan)...)
	plan.settle()
	response.Diagnostics.Append(response.State.Set(ctx, plan)...)
	response.Diagnostics.Append(response.Identity.Set(ctx, identity{plan.Name})...)
}

func (connector) Delete(context.Context, resource.DeleteRequest, *resource.DeleteResponse) {}

func (plan *model) settle() {
	if plan.Type.IsUnknown() {
		plan.Type = types.StringValue("https")
	}
	if plan.Passthrough.IsUnknown() {
		plan.Passthrough = types.SetValueMust(types.ObjectType{AttrTypes: rule}, []attr.Value{})
	}
	if plan.Tags.IsUnknown() {
		plan.Tags = types.SetValueMust(types.StringType, []attr.Value{})
	}
	if plan.Meta.IsUnknown() {
		plan.Meta = types.MapValueMust(types.ObjectType{AttrTypes: secret}, map[string]attr.Value{})
	}
}
