"""The cost of mapping SIMs to a connector, and of planning them."""

from dataclasses import dataclass
from pathlib import Path

from bench import configurations, tables
from bench.goals import Goal
from bench.measuring import Bench, Cost, median

CONNECTOR = "bench"
# The requests that `requests_per_minute` allows at once, and then in each minute.
AT_ONCE, A_MINUTE = 150, 451

SIMS = """
provider "onomondo" {
  base_url            = "%(address)s"
  api_key             = "%(key)s"
  requests_per_minute = 1000000
}
resource "onomondo_connector_sims" "sims" {
  connector = "bench"
  sim_ids   = [for number in range(1, %(count)d + 1) : format("%%09d", number)]
}
"""


@dataclass
class Costs:
    """The costs for `count` SIMs."""

    count: int
    mapped: Cost
    planned: Cost


def measure(bench: Bench, api, shipped: Path, count: int) -> Costs:
    """Maps unmapped SIMs, then plans without changes."""
    subject = configurations.own(shipped, SIMS)
    api.request("POST", "/_sandbox/reset")
    options = {"host": "https://ingest.example.com", "shouldReturnBody": False}
    api.request("POST", "/connectors", {"name": CONNECTOR, "type": "https", "options": options})
    api.request("PUT", "/_sandbox/sims", {"connector": CONNECTOR, "count": count})
    mapped, planned = [], []
    for _ in range(bench.number_of_rounds):
        api.request("DELETE", f"/_sandbox/sims?connector={CONNECTOR}")
        bench.begin(api, subject, count)
        mapped.append(bench.cost(api, subject, "apply", "-auto-approve"))
        planned.append(bench.cost(api, subject, "plan", "-detailed-exitcode"))
    return Costs(count, median(mapped), median(planned))


def table(costs: Costs) -> str:
    rows = [
        f"| {step} | {cost.seconds:.2f} s | {paced(cost.calls)} | {cost.cpu:.2f} s | {cost.megabytes:.1f} MB "
        f"| {cost.calls:.0f} |"
        for step, cost in (("mapped", costs.mapped), ("planned, no changes", costs.planned))
    ]
    columns = "| | wall time | at 600 requests per minute | provider's CPU | peak memory | API calls |"
    return f"{costs.count} SIMs on one connector\n\n" + tables.table(columns, "|---|--:|--:|--:|--:|--:|", rows)


def goals(costs: Costs) -> list:
    pages = -(-costs.count // 1000)
    return [
        # One request for each SIM, and one page for a connector without SIMs.
        Goal(f"requests to map {costs.count} SIMs", costs.mapped.calls, costs.count + 1),
        Goal(f"requests in a plan of {costs.count} SIMs", costs.planned.calls, pages),
    ]


def paced(calls: float) -> str:
    """The wait for the rate limit, calculated because the sandbox has none here."""
    seconds = max(0, calls - AT_ONCE) / A_MINUTE * 60
    return f"{seconds:.0f} s more" if seconds else "the same"
