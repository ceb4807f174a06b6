package main

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/attr"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/resource/identityschema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/booldefault"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/mapplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/planmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/setplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/resource/schema/stringplanmodifier"
	"github.com/hashicorp/terraform-plugin-framework/types"
)

// An element of `passthrough`, and one of `meta`.
var (
	rule   = map[string]attr.Type{"protocol": types.StringType, "ip": types.StringType, "port": types.Int64Type}
	secret = map[string]attr.Type{"is_set": types.BoolType, "last_updated_at": types.StringType}
)

func (connector) Schema(_ context.Context, _ resource.SchemaRequest, response *resource.SchemaResponse) {
	optional := schema.StringAttribute{Optional: true}
	required := schema.StringAttribute{Required: true}
	port := schema.Int64Attribute{Required: true}
	sensitive := schema.StringAttribute{Optional: true, Sensitive: true}
	writeOnly := schema.StringAttribute{Optional: true, Sensitive: true, WriteOnly: true}
	version := schema.Int64Attribute{Optional: true, Computed: true}

	response.Schema = schema.Schema{Attributes: map[string]schema.Attribute{
		"name": schema.StringAttribute{
			Optional: true, Computed: true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
		"type": schema.StringAttribute{
			Computed:      true,
			PlanModifiers: []planmodifier.String{stringplanmodifier.UseStateForUnknown()},
		},
		"https": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"host": required,
			"should_return_body": schema.BoolAttribute{
				Optional: true, Computed: true, Default: booldefault.StaticBool(false),
			},
		}},
		"tls": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"host": required, "port": port, "server_name": required,
			"ca": sensitive, "cert": sensitive, "key": sensitive,
			"key_wo": writeOnly, "key_wo_version": version,
		}},
		"aws_iot_core": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"region": required, "role": required, "publish_topic": required, "subscribe_topic": required,
			"default_protocol": required, "default_port": port,
		}},
		"microsoft_azure_iot": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"connection_string": sensitive, "connection_string_wo": writeOnly, "connection_string_wo_version": version,
		}},
		"passthrough": schema.SetNestedAttribute{
			Optional: true, Computed: true,
			NestedObject: schema.NestedAttributeObject{Attributes: map[string]schema.Attribute{
				"protocol": required, "ip": optional, "port": schema.Int64Attribute{Optional: true},
			}},
			PlanModifiers: []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
		},
		"tags": schema.SetAttribute{
			Optional: true, Computed: true, ElementType: types.StringType,
			PlanModifiers: []planmodifier.Set{setplanmodifier.UseStateForUnknown()},
		},
		"meta": schema.MapAttribute{
			Computed: true, ElementType: types.ObjectType{AttrTypes: secret},
			PlanModifiers: []planmodifier.Map{mapplanmodifier.UseStateForUnknown()},
		},
		"timeouts": schema.SingleNestedAttribute{Optional: true, Attributes: map[string]schema.Attribute{
			"create": optional, "read": optional, "update": optional, "delete": optional,
		}},
	}}
}

func (connector) IdentitySchema(
	_ context.Context, _ resource.IdentitySchemaRequest, response *resource.IdentitySchemaResponse,
) {
	response.IdentitySchema = identityschema.Schema{Attributes: map[string]identityschema.Attribute{
		"name": identityschema.StringAttribute{RequiredForImport: true},
	}}
}
