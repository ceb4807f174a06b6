"""Measures the cost of this provider in a command, compared with the alternatives: `make bench`.

Real Terraform plans and creates the same connectors in the same sandbox with this provider, with a
provider in Go that does nothing, and with two providers for any REST API, Mastercard/restapi and
magodo/restful. Its own `terraform_data`, which starts no provider, is the floor. One run makes all
figures and the chart of `BENCHMARKS.md`, and fails if a goal is missed. The providers in Go are built
from their modules, or `RESTAPI` and `RESTFUL` name the executables; of those two, one that cannot be
had is omitted. Linux only.

- `configurations`: what is measured.
- `sims`: what SIMs cost, to map and to plan.
- `measuring`: what a command costs, and what it asks of the API.
- `goals`: which goal is met.
- `tables`, `chart`: how it is shown.
- `report`: where that goes.
"""
