"""One run: `PYTHONPATH=scripts python3 -m bench`, with the executable that `SHIPPED` names."""

import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
import programs  # noqa: E402
from bench import tables  # noqa: E402
from bench.configurations import subjects  # noqa: E402
from bench.measuring import Bench, start_up  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", 5))
PLANS = [int(count) for count in os.environ.get("PLANS", "1 100 1000").split()]
CREATED = 100


def main() -> int:
    return programs.run_in_directory("onomondo-bench-", measure)


def measure(directory: Path) -> int:
    shipped = os.environ.get("SHIPPED")
    if not shipped:
        raise programs.Failed("`SHIPPED` names no executable: run `make bench`")
    everyone = subjects(Path(shipped))
    floor, own, *_ = everyone
    bench = Bench(directory, everyone, ROUNDS)
    tables.print_head(ROUNDS)

    started = {subject.name: start_up(subject) for subject in everyone if subject.executable}
    with programs.sandbox(programs.ROOT / "target/release/onomondo-sandbox", "--rate-limit", "0") as api:
        planned = {count: bench.plan(api, count) for count in PLANS}
        created = bench.create(api, CREATED)

    tables.print_starts(everyone, started)
    for count, costs in planned.items():
        tables.print_costs(f"`terraform plan`, {count} connector{'s' if count > 1 else ''}, no changes", costs)
    tables.print_costs(f"`terraform apply`, {CREATED} new connectors", created)
    return tables.goals(own.name, floor.name, started, planned, created, CREATED)


if __name__ == "__main__":
    sys.exit(main())
