"""One run: `PYTHONPATH=scripts python3 -m bench`, with the executable that `SHIPPED` names."""

import os
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
import programs  # noqa: E402
from bench import configurations, report, sims, tables  # noqa: E402
from bench.goals import goals  # noqa: E402
from bench.measuring import Bench, start_up  # noqa: E402

ROUNDS = int(os.environ.get("ROUNDS", 5))
PLANS = [int(count) for count in os.environ.get("PLANS", "1 100 1000").split()]
CREATED = int(os.environ.get("CREATED", 100))
MAPPED = int(os.environ.get("MAPPED", 1000))
WRITE = bool(os.environ.get("WRITE"))


def main() -> int:
    return programs.run_in_directory("onomondo-bench-", measure)


def measure(directory: Path) -> int:
    if not (shipped := os.environ.get("SHIPPED")):
        raise programs.Failed("`SHIPPED` is not set: run `make bench`")
    if WRITE and (ROUNDS, PLANS, CREATED, MAPPED) != (5, [1, 100, 1000], 100, 1000):
        raise programs.Failed("`WRITE` needs a full run: omit it, or omit `ROUNDS`, `PLANS`, `CREATED`, and `MAPPED`")
    subjects = configurations.subjects(Path(shipped), directory)
    floor, own, framework = (subject.name for subject in subjects[:3])
    bench = Bench(directory, subjects, ROUNDS)

    started = {subject.name: start_up(subject) for subject in subjects if subject.executable}
    with programs.sandbox(programs.ROOT / "target/release/onomondo-sandbox", "--rate-limit", "0") as api:
        planned = {count: bench.plan(api, count) for count in PLANS}
        created = bench.create(api, CREATED)
        tls = configurations.own(Path(shipped), configurations.TLS)
        mapped = sims.measure(bench, api, Path(shipped), MAPPED)
        requested = {"count": CREATED, "steps": bench.requests(api, tls, CREATED)}

    results = goals(floor, own, framework, started, planned, created, requested) + sims.goals(mapped)
    text = "\n\n".join([
        tables.head(ROUNDS),
        tables.starts(subjects, started),
        *(tables.costs(f"`terraform plan`, {tables.connectors(count)}, no changes", costs)
          for count, costs in planned.items()),
        tables.costs(f"`terraform apply`, {tables.connectors(CREATED)}, all new", created),
        tables.requests(f"Requests for {CREATED} `tls` connectors", requested["steps"]),
        sims.table(mapped),
        "\n".join(str(goal) for goal in results),
    ])
    print(text)
    chart = report.draw(report.panels(own, floor, started, planned))
    report.leave(text, chart)
    if WRITE:
        report.write(text, chart)
    return 0 if all(goal.is_met for goal in results) else 1


if __name__ == "__main__":
    sys.exit(main())
