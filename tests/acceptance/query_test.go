package acceptance

import (
	"testing"

	"github.com/hashicorp/terraform-plugin-testing/helper/resource"
	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/querycheck"
	"github.com/hashicorp/terraform-plugin-testing/querycheck/queryfilter"
	"github.com/hashicorp/terraform-plugin-testing/tfversion"
)

func TestQuery(t *testing.T) {
	const list = "onomondo_connector.all"
	resource.Test(t, resource.TestCase{
		ExternalProviders: providers,
		TerraformVersionChecks: []tfversion.TerraformVersionCheck{
			tfversion.RequireAbove(tfversion.Version1_14_0),
		},
		Steps: []resource.TestStep{
			{Config: created},
			{
				Query: true,
				Config: `
list "onomondo_connector" "all" {
  provider         = onomondo
  include_resource = true
}
`,
				QueryResultChecks: []querycheck.QueryResultCheck{
					querycheck.ExpectLength(list, 1),
					querycheck.ExpectIdentity(list, identity("fleet")),
					querycheck.ExpectResourceDisplayName(list, queryfilter.ByResourceIdentity(identity("fleet")), knownvalue.StringExact("fleet (https)")),
					querycheck.ExpectResourceKnownValues(list, queryfilter.ByResourceIdentity(identity("fleet")), []querycheck.KnownValueCheck{
						{Path: attribute("type"), KnownValue: knownvalue.StringExact("https")},
					}),
				},
			},
		},
	})
}
