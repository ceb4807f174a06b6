#!/usr/bin/env python3
"""Measures what this provider costs in a command, beside what else could be used: `make bench`.

Real Terraform plans and creates the same connectors in the same sandbox with this provider and with
two providers for any REST API, Mastercard/restapi and magodo/restful. Its own `terraform_data`, which
starts no provider, is the floor. One run prints all tables of `BENCHMARKS.md`, and says which goal is
missed. Both other providers are built from their Go modules, or `RESTAPI` and `RESTFUL` name the
executables; one that cannot be had is left out. Linux only.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
import cli  # noqa: E402
import demo  # noqa: E402

TERRAFORM = "1.15.5"
ROUNDS = int(os.environ.get("ROUNDS", 5))
STARTS = 50
PLANS = [int(count) for count in os.environ.get("PLANS", "1 100 1000").split()]
CREATED = 100
KEY = "bench-key"

TERRAFORM_DATA = """
resource "terraform_data" "connector" {
  count = %(count)d
  input = {
    name  = format("bench-%%04d", count.index)
    https = { host = "https://ingest.example.com/messages/${count.index}", should_return_body = false }
  }
}
"""

# The pace that the API asks for is not what is measured: 1000 creates would take two minutes.
ONOMONDO = """
provider "onomondo" {
  base_url            = "%(address)s"
  api_key             = "%(key)s"
  requests_per_minute = 1000000
}
resource "onomondo_connector" "connector" {
  count = %(count)d
  name  = format("bench-%%04d", count.index)
  https = { host = "https://ingest.example.com/messages/${count.index}" }
}
"""

# The API has no request for one connector: both read it out of the list, each in its own way.
RESTAPI = """
provider "restapi" {
  uri                  = "%(address)s"
  headers              = { Authorization = "%(key)s", Content-Type = "application/json" }
  id_attribute         = "name"
  update_method        = "PATCH"
  write_returns_object = true
}
resource "restapi_object" "connector" {
  count     = %(count)d
  path      = "/connectors"
  read_path = "/connectors"
  read_search = {
    search_key   = "name"
    search_value = format("bench-%%04d", count.index)
  }
  data = jsonencode({
    name    = format("bench-%%04d", count.index)
    type    = "https"
    options = { host = "https://ingest.example.com/messages/${count.index}", shouldReturnBody = false }
  })
}
"""

RESTFUL = """
provider "restful" {
  base_url      = "%(address)s"
  update_method = "PATCH"
  security      = { apikey = [{ in = "header", name = "Authorization", value = "%(key)s" }] }
}
resource "restful_resource" "connector" {
  count         = %(count)d
  path          = "/connectors"
  read_path     = "$(path)"
  read_selector = "#(name==\\"${format("bench-%%04d", count.index)}\\")"
  update_path   = "$(path)/$(body.name)"
  delete_path   = "$(path)/$(body.name)"
  body = {
    name    = format("bench-%%04d", count.index)
    type    = "https"
    options = { host = "https://ingest.example.com/messages/${count.index}", shouldReturnBody = false }
  }
}
"""


@dataclass
class Subject:
    """What is measured."""

    name: str
    config: str
    source: str = ""
    version: str = ""
    module: str = ""
    executable: Path = None


@dataclass
class Cost:
    """Of one command. What the provider's processes took is nothing where there is none; `latency` is what
    the API took for all calls together."""

    seconds: float
    cpu: float
    megabytes: float
    calls: int
    latency: float


def main() -> int:
    return demo.run_in_directory("onomondo-bench-", measure)


def measure(directory: Path) -> int:
    shipped = os.environ.get("SHIPPED")
    if not shipped:
        raise demo.Failed("`SHIPPED` names no executable: run `make bench`")
    floor = Subject("`terraform_data`", TERRAFORM_DATA)
    own = Subject("onomondo", ONOMONDO, "onomondo/onomondo", demo.version(), executable=Path(shipped))
    subjects = [floor, own, *peers()]
    bench = Bench(directory, subjects)
    print(f"{machine()}; Terraform {TERRAFORM}; median of {ROUNDS} rounds in changing order\n")

    started = {subject.name: start_up(subject) for subject in subjects if subject.executable}
    with demo.sandbox(demo.ROOT / "target/release/onomondo-sandbox", "--rate-limit", "0") as api:
        planned = {count: bench.plan(api, count) for count in PLANS}
        created = bench.create(api, CREATED)

    print_starts(subjects, started)
    for count, costs in planned.items():
        print_costs(f"`terraform plan`, {count} connector{'s' if count > 1 else ''}, no changes", costs)
    print_costs(f"`terraform apply`, {CREATED} new connectors", created)
    return goals(own.name, floor.name, started, planned, created)


class Bench:
    """A working directory for each subject, and a CLI that finds their providers in a mirror."""

    def __init__(self, directory: Path, subjects: list):
        self.directory = directory
        self.subjects = subjects
        self.executable = cli.install("terraform", TERRAFORM)
        self.usage = directory / "usage"
        lay_out_mirror(directory, subjects)

    def plan(self, api, count: int) -> dict:
        """What a plan costs that reads `count` connectors and finds nothing to change."""
        for subject in self.subjects:
            api.request("POST", "/_sandbox/reset")
            self.begin(api, subject, count)
            self.run(subject, "apply", "-auto-approve")
        command = ["plan", "-detailed-exitcode"]
        return self.rounds(lambda subject: self.cost(api, subject, *command))

    def create(self, api, count: int) -> dict:
        """What it costs to create `count` connectors."""
        def cost(subject):
            api.request("POST", "/_sandbox/reset")
            self.begin(api, subject, count)
            return self.cost(api, subject, "apply", "-auto-approve")
        return self.rounds(cost)

    def rounds(self, cost) -> dict:
        costs = {subject.name: [] for subject in self.subjects}
        for number in range(ROUNDS):
            # Neither the first nor the last place is always the same one's.
            order = self.subjects[number % len(self.subjects):] + self.subjects[:number % len(self.subjects)]
            for subject in order:
                costs[subject.name].append(cost(subject))
        return {name: median(each) for name, each in costs.items()}

    def begin(self, api, subject: Subject, count: int) -> None:
        """An initialised working directory, and nothing in its state."""
        workspace = self.workspace(subject)
        shutil.rmtree(workspace, ignore_errors=True)
        workspace.mkdir()
        settings = {"count": count, "address": api.address, "key": KEY}
        required = f'terraform {{\n  required_providers {{ {subject.name} = {{ source = "{subject.source}" }} }}\n}}\n'
        config = (required if subject.source else "") + subject.config % settings
        (workspace / "main.tf").write_text(config)
        self.run(subject, "init")

    def cost(self, api, subject: Subject, *command: str) -> Cost:
        api.request("DELETE", "/_sandbox/requests")
        self.usage.write_text("")
        begun = time.perf_counter()
        self.run(subject, *command)
        seconds = time.perf_counter() - begun
        requests = api.request("GET", "/_sandbox/requests")
        usages = [[int(figure) for figure in line.split()] for line in self.usage.read_text().splitlines()]
        return Cost(
            seconds,
            sum(microseconds for microseconds, _ in usages) / 1e6,
            max((kilobytes for _, kilobytes in usages), default=0) / 1024,
            len(requests),
            sum(request["duration_ms"] for request in requests) / 1000,
        )

    def run(self, subject: Subject, *command: str) -> None:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "ONOMONDO_"))}
        environment = kept | {
            "TF_CLI_CONFIG_FILE": str(self.directory / "cli-config.tfrc"),
            "CHECKPOINT_DISABLE": "1",
            "NO_PROXY": "127.0.0.1",
            "BENCH_USAGE": str(self.usage),
        }
        line = [str(self.executable), command[0], "-no-color", "-input=false", *command[1:]]
        done = subprocess.run(line, cwd=self.workspace(subject), env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise demo.Failed(f"`terraform {command[0]}` with {subject.name} failed:\n{done.stdout[-4000:]}")

    def workspace(self, subject: Subject) -> Path:
        return self.directory / f"work-{subject.name.strip('`')}"


def peers() -> list:
    """The other providers; one that cannot be had here is left out."""
    found = []
    for peer in [
        Subject("restapi", RESTAPI, "mastercard/restapi", "1.20.0", "github.com/Mastercard/terraform-provider-restapi"),
        Subject("restful", RESTFUL, "magodo/restful", "0.25.2", "github.com/magodo/terraform-provider-restful"),
    ]:
        given = os.environ.get(peer.name.upper())
        try:
            peer.executable = Path(given) if given else cli.install_go_program(peer.module, peer.version)
            found.append(peer)
        except cli.Missing as error:
            print(f"{peer.name} is left out: {error}", file=sys.stderr)
    return found


def lay_out_mirror(directory: Path, subjects: list) -> None:
    """Each provider with `usage` in its place, so that the CLI starts both."""
    usage = directory / "usage-program"
    cli.run(["cc", "-O2", "-o", str(usage), str(Path(__file__).parent / "usage.c")], "`cc` failed", cwd=directory)
    mirror = directory / "mirror"
    for subject in subjects:
        if not subject.executable:
            continue
        package = mirror / "registry.terraform.io" / subject.source / subject.version / demo.target()
        package.mkdir(parents=True)
        shutil.copy2(usage, package / f"terraform-provider-{subject.name}_v{subject.version}")
        shutil.copy2(subject.executable, package / "provider")
    (directory / "cli-config.tfrc").write_text(
        f"provider_installation {{\n  filesystem_mirror {{\n    path = {json.dumps(str(mirror))}\n  }}\n}}\n"
    )


def start_up(subject: Subject) -> float:
    """Milliseconds from exec to the handshake line, mutual TLS asked for, as a CLI does."""
    certificate = (demo.ROOT / "tests" / "data" / "certificates" / "client.pem").read_text()
    environment = {
        "TF_PLUGIN_MAGIC_COOKIE": "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
        "PLUGIN_PROTOCOL_VERSIONS": "5,6", "PLUGIN_MIN_PORT": "10000", "PLUGIN_MAX_PORT": "25000",
        "PLUGIN_CLIENT_CERT": certificate, "TMPDIR": tempfile.gettempdir(), "HOME": os.environ.get("HOME", "/"),
    }
    taken = []
    for _ in range(STARTS):
        begun = time.perf_counter()
        process = subprocess.Popen([str(subject.executable)], env=environment, stdin=subprocess.DEVNULL,
                                   stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        line = process.stdout.readline()
        taken.append((time.perf_counter() - begun) * 1000)
        process.kill()
        process.wait()
        process.stdout.close()
        if line.count(b"|") < 5:
            raise demo.Failed(f"{subject.name} did not say where it listens: {line!r}")
    return statistics.median(taken)


def median(costs: list) -> Cost:
    return Cost(*(statistics.median(getattr(cost, figure) for cost in costs) for figure in Cost.__annotations__))


def print_starts(subjects: list, started: dict) -> None:
    print("| provider | version | executable | start to handshake line |\n|---|---|--:|--:|")
    for subject in subjects:
        if subject.executable:
            size = subject.executable.stat().st_size / 1024 / 1024
            print(f"| {subject.name} | {subject.version} | {size:.1f} MB | {started[subject.name]:.1f} ms |")


def print_costs(title: str, costs: dict) -> None:
    print(f"\n{title}\n\n| | wall time | of the floor | provider's CPU | peak memory | API calls |")
    print("|---|--:|--:|--:|--:|--:|")
    floor = next(iter(costs.values())).seconds
    for name, cost in costs.items():
        own = f"{cost.cpu:.2f} s | {cost.megabytes:.1f} MB | {cost.calls:.0f}" if cost.cpu else "| |"
        print(f"| {name} | {cost.seconds:.2f} s | {cost.seconds / floor:.2f} | {own} |")


def goals(own: str, floor: str, started: dict, planned: dict, created: dict) -> int:
    """Says of each goal whether it is met; the exit status."""
    largest = max(planned)
    wall = planned[largest][own].seconds / planned[largest][floor].seconds
    allowed = 1.15 * created[floor].seconds + created[own].latency
    results = [
        (f"plan of {largest} within 1.15 times the floor", wall <= 1.15, f"{wall:.2f}"),
        (f"plan of {largest} with one call", planned[largest][own].calls == 1, f"{planned[largest][own].calls:.0f}"),
        (f"apply of {CREATED} within 1.15 times the floor and the API's own time", created[own].seconds <= allowed,
         f"{created[own].seconds:.2f} s of {allowed:.2f} s"),
    ]
    for peer in (name for name in started if name != own):
        faster = started[peer] / started[own]
        smaller = planned[largest][peer].megabytes / planned[largest][own].megabytes
        results.append((f"start five times as fast as {peer}", faster >= 5, f"{faster:.1f} times"))
        results.append((f"plan of {largest} in a fifth of the memory of {peer}", smaller >= 5, f"1/{smaller:.1f}"))
    print()
    for goal, met, figure in results:
        print(f"- {'met' if met else 'MISSED'}: {goal} ({figure})")
    return 0 if all(met for _, met, _ in results) else 1


def machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{platform.system()}, {platform.machine()}, {os.cpu_count()} cores, {memory:.0f} GB"


if __name__ == "__main__":
    sys.exit(main())
