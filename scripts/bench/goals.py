"""Checks the goals."""

from dataclasses import dataclass

# The maximum time, relative to `terraform_data` and to the Go provider that does nothing.
OF_THE_FLOOR = 1.25
OF_THE_FRAMEWORK = 0.75
# The maximum start time and memory, relative to each provider in Go.
OF_START = 1 / 5
OF_MEMORY = 1 / 4
LISTS = 3


@dataclass
class Goal:
    what: str
    measured: float
    limit: float
    unit: str = ""

    @property
    def is_met(self) -> bool:
        return self.measured <= self.limit

    def __str__(self) -> str:
        digits = 0 if isinstance(self.limit, int) else 2
        figures = f"{self.measured:.{digits}f}{self.unit}, limit {self.limit:.{digits}f}{self.unit}"
        return f"- {'met' if self.is_met else 'MISSED'}: {self.what} ({figures})"


def goals(floor: str, own: str, framework: str, started: dict, planned: dict, created: dict, requested: dict) -> list:
    """The goals of one run. Each concerns one figure."""
    largest = max(planned)
    plan = planned[largest]
    count = requested["count"]
    found = []
    for peer, factor in ((floor, OF_THE_FLOOR), (framework, OF_THE_FRAMEWORK)):
        found.append(Goal(
            f"plan of {largest} connectors in {factor} times the time of {peer}", plan[own].seconds,
            factor * plan[peer].seconds, " s",
        ))
        found.append(Goal(
            f"apply of {count} connectors in {factor} times the time of {peer} and the API's own time",
            created[own].seconds,
            factor * created[peer].seconds + created[own].latency, " s",
        ))
    for peer in (name for name in started if name != own):
        found.append(Goal(f"start in a fifth of the time of {peer}", started[own], OF_START * started[peer], " ms"))
        memory = OF_MEMORY * plan[peer].megabytes
        what = f"plan of {largest} connectors in a quarter of the memory of {peer}"
        found.append(Goal(what, plan[own].megabytes, memory, " MB"))
    # After a full page of 1000 connectors, the provider asks for the next page.
    found.append(Goal(f"requests in a plan of {largest} connectors", plan[own].calls, 1 + largest // 1000))
    for step, of in requested["steps"].items():
        found.append(Goal(f"writes for {count} `tls` connectors, {step}", of.writes, count))
        found.append(Goal(f"lists for {count} `tls` connectors, {step}", of.lists, LISTS))
        found.append(Goal(f"other requests for {count} `tls` connectors, {step}", of.others, 0))
    return found
