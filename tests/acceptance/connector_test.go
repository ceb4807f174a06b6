package acceptance

import (
	"regexp"
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/plancheck"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"
)

const (
	address = "onomondo_connector.fleet"

	created = `
resource "onomondo_connector" "fleet" {
  name        = "fleet"
  passthrough = [{ protocol = "udp", ip = "1.1.1.1", port = 53 }]
  https = {
    host = "https://ingest.example.com"
  }
}
`
	renamed = `
resource "onomondo_connector" "fleet" {
  name        = "fleet-eu"
  passthrough = [{ protocol = "udp", ip = "1.1.1.1", port = 53 }]
  https = {
    host               = "https://ingest.example.com"
    should_return_body = true
  }
}
`
)

// identity is the identity of the connector with this name.
func identity(name string) map[string]knownvalue.Check {
	return map[string]knownvalue.Check{"name": knownvalue.StringExact(name)}
}

func attribute(name string) tfjsonpath.Path {
	return tfjsonpath.New(name)
}

// The framework itself asserts after each step that the next plan is empty, and destroys everything at the end.
func TestConnector(t *testing.T) {
	resource.Test(t, resource.TestCase{
		ExternalProviders: providers,
		Steps: []resource.TestStep{
			{
				Config: created,
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(address, plancheck.ResourceActionCreate),
						plancheck.ExpectKnownValue(address, attribute("type"), knownvalue.StringExact("https")),
						plancheck.ExpectUnknownValue(address, attribute("tags")),
					},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectIdentity(address, identity("fleet")),
					statecheck.ExpectIdentityValueMatchesState(address, attribute("name")),
					statecheck.ExpectKnownValue(address, attribute("tags"), knownvalue.SetExact([]knownvalue.Check{})),
					statecheck.ExpectKnownValue(address, attribute("https").AtMapKey("should_return_body"), knownvalue.Bool(false)),
					statecheck.ExpectKnownValue(address, attribute("passthrough"), knownvalue.SetExact([]knownvalue.Check{
						knownvalue.ObjectExact(map[string]knownvalue.Check{
							"protocol": knownvalue.StringExact("udp"),
							"ip":       knownvalue.StringExact("1.1.1.1"),
							"port":     knownvalue.Int64Exact(53),
						}),
					})),
				},
			},
			{
				ResourceName:                         address,
				ImportState:                          true,
				ImportStateId:                        "fleet",
				ImportStateVerify:                    true,
				ImportStateVerifyIdentifierAttribute: "name",
			},
			{
				ResourceName:    address,
				ImportState:     true,
				ImportStateKind: resource.ImportBlockWithID,
				ImportStateId:   "fleet",
			},
			{
				ResourceName:    address,
				ImportState:     true,
				ImportStateKind: resource.ImportBlockWithResourceIdentity,
			},
			{
				Config: renamed,
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
					},
					PostApplyPostRefresh: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectIdentity(address, identity("fleet-eu")),
				},
			},
			{RefreshState: true},
		},
	})
}

func TestConnectorWithSecrets(t *testing.T) {
	const (
		address = "onomondo_connector.hub"
		before  = "HostName=hub.azure-devices.net;SharedAccessKeyName=device;SharedAccessKey=Zmlyc3Q="
		after   = "HostName=hub.azure-devices.net;SharedAccessKeyName=device;SharedAccessKey=c2Vjb25k"
	)
	config := func(connection string, version string) string {
		return `
resource "onomondo_connector" "hub" {
  name = "hub"
  microsoft_azure_iot = {
    connection_string_wo         = "` + connection + `"
    connection_string_wo_version = ` + version + `
  }
}
`
	}
	secret := attribute("microsoft_azure_iot")
	resource.Test(t, resource.TestCase{
		ExternalProviders: providers,
		Steps: []resource.TestStep{
			{
				Config: config(before, "1"),
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue(address, secret.AtMapKey("connection_string_wo"), knownvalue.Null()),
					statecheck.ExpectKnownValue(address, attribute("meta").AtMapKey("connection_string").AtMapKey("is_set"), knownvalue.Bool(true)),
				},
			},
			{
				// A new value alone sends nothing. A new version does.
				Config: config(after, "1"),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{plancheck.ExpectEmptyPlan()},
				},
			},
			{
				Config: config(after, "2"),
				ConfigPlanChecks: resource.ConfigPlanChecks{
					PreApply: []plancheck.PlanCheck{
						plancheck.ExpectResourceAction(address, plancheck.ResourceActionUpdate),
						plancheck.ExpectKnownValue(address, secret.AtMapKey("connection_string_wo_version"), knownvalue.Int64Exact(2)),
					},
				},
			},
		},
	})
}

func TestConnectorIsRefused(t *testing.T) {
	resource.Test(t, resource.TestCase{
		ExternalProviders: providers,
		Steps: []resource.TestStep{
			{
				Config:      `resource "onomondo_connector" "fleet" { https = { host = "ingest.example.com" } }`,
				ExpectError: regexp.MustCompile("Invalid `https.host`"),
			},
		},
	})
}

func TestDataSources(t *testing.T) {
	resource.Test(t, resource.TestCase{
		ExternalProviders: providers,
		Steps: []resource.TestStep{
			{
				Config: created + `
data "onomondo_connector" "fleet" {
  name = onomondo_connector.fleet.name
}

data "onomondo_tag" "production" {
  name = "Production"
}
`,
				ConfigStateChecks: []statecheck.StateCheck{
					statecheck.ExpectKnownValue("data.onomondo_connector.fleet", attribute("type"), knownvalue.StringExact("https")),
					statecheck.ExpectKnownValue("data.onomondo_tag.production", attribute("id"), knownvalue.StringExact("4c21c1ce-0e3d-445f-8b3a-9d918a9acd89")),
				},
			},
		},
	})
}
