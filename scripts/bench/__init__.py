"""Measures the cost of this provider in a command, compared with the alternatives: `make bench`.

Real Terraform plans and creates the same connectors in the same sandbox with this provider, with a
provider in Go that does nothing, and with two providers for any REST API, Mastercard/restapi and
magodo/restful. Terraform's own `terraform_data`, which starts no provider, is the floor. One run makes
all figures and the chart of `BENCHMARKS.md`, and fails if a goal is missed. The providers in Go are built
from their modules. `RESTAPI` and `RESTFUL` can name executables instead; if one of these two cannot be
built, it is omitted. Linux only.

- `configurations`: the measured configurations and providers.
- `sims`: the cost of mapping and planning SIMs.
- `measuring`: the cost of a command, and its API requests.
- `goals`: checks the goals.
- `tables`, `chart`: the tables and the chart.
- `report`: writes both to files.
"""
