"""The cost of a command with a provider: time, CPU, memory, requests."""

import os
import shutil
import statistics
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import cli
import programs
from bench.configurations import CERTIFICATES, KEY, Subject

TERRAFORM = "1.15.5"
STARTS = 50


@dataclass
class Cost:
    """The cost of one command. The values for the provider's processes are 0 if there is none. `latency` is the
    API's time for all calls together."""

    seconds: float
    cpu: float
    megabytes: float
    calls: int
    latency: float


@dataclass
class Requests:
    """The API requests of one command."""

    writes: int
    lists: int
    others: int


class Bench:
    """A working directory for each subject, and a CLI that finds their providers in a mirror."""

    def __init__(self, directory: Path, subjects: list, rounds: int):
        self.directory = directory
        self.subjects = subjects
        self.number_of_rounds = rounds
        self.executable = cli.install("terraform", TERRAFORM)
        self.usage = directory / "usage"
        self.config = lay_out_mirror(directory, subjects)

    def plan(self, api, count: int) -> dict:
        """The cost of a plan that reads `count` connectors and changes nothing."""
        for subject in self.subjects:
            api.request("POST", "/_sandbox/reset")
            self.begin(api, subject, count)
            self.run(subject, "apply", "-auto-approve")
        command = ["plan", "-detailed-exitcode"]
        return self.rounds(lambda subject: self.cost(api, subject, *command))

    def create(self, api, count: int) -> dict:
        """The cost of creating `count` connectors."""
        def cost(subject):
            api.request("POST", "/_sandbox/reset")
            self.begin(api, subject, count)
            return self.cost(api, subject, "apply", "-auto-approve")
        return self.rounds(cost)

    def requests(self, api, subject: Subject, count: int) -> dict:
        """The API requests to create, change, rename and delete `count` connectors."""
        api.request("POST", "/_sandbox/reset")
        self.begin(api, subject, count)
        changed, renamed = "-var=port=8884", "-var=prefix=renamed"
        steps = {
            "created": ["apply"],
            "changed": ["apply", changed],
            "renamed": ["apply", changed, renamed],
            "deleted": ["destroy", changed, renamed],
        }
        counted = {}
        for step, (command, *variables) in steps.items():
            api.request("DELETE", "/_sandbox/requests")
            self.run(subject, command, "-auto-approve", *variables)
            requests = [(request["method"], request["path"]) for request in api.request("GET", "/_sandbox/requests")]
            lists = requests.count(("GET", "/connectors"))
            writes = sum(method != "GET" for method, _ in requests)
            counted[step] = Requests(writes, lists, len(requests) - writes - lists)
        return counted

    def rounds(self, cost) -> dict:
        costs = {subject.name: [] for subject in self.subjects}
        for number in range(self.number_of_rounds):
            # Rotates the order, so that no subject is always first or last.
            order = self.subjects[number % len(self.subjects):] + self.subjects[:number % len(self.subjects)]
            for subject in order:
                costs[subject.name].append(cost(subject))
        return {name: median(each) for name, each in costs.items()}

    def begin(self, api, subject: Subject, count: int) -> None:
        """An initialized working directory with an empty state."""
        workspace = self.workspace(subject)
        shutil.rmtree(workspace, ignore_errors=True)
        workspace.mkdir()
        settings = {"count": count, "address": api.address, "key": KEY, "certificates": CERTIFICATES}
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
            max((kilobytes for _, kilobytes in usages), default=0) * 1024 / 1e6,
            len(requests),
            sum(request["duration_ms"] for request in requests) / 1000,
        )

    def run(self, subject: Subject, *command: str) -> None:
        environment = programs.clean_environment() | {
            "TF_CLI_CONFIG_FILE": str(self.config),
            "BENCH_USAGE": str(self.usage),
        }
        line = [str(self.executable), command[0], "-no-color", "-input=false", *command[1:]]
        done = subprocess.run(line, cwd=self.workspace(subject), env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise programs.Failed(f"`terraform {command[0]}` with {subject.name} failed:\n{done.stdout[-4000:]}")

    def workspace(self, subject: Subject) -> Path:
        return self.directory / f"work-{subject.name.strip('`')}"


def lay_out_mirror(directory: Path, subjects: list) -> Path:
    """Wraps each provider in `usage`, so that the CLI starts both."""
    usage = directory / "usage-program"
    cli.run(["cc", "-O2", "-o", str(usage), str(Path(__file__).parent / "usage.c")], "`cc` failed", cwd=directory)
    mirror = directory / "mirror"
    for subject in subjects:
        if not subject.executable:
            continue
        package = mirror / "registry.terraform.io" / subject.source / subject.version / programs.target()
        package.mkdir(parents=True)
        shutil.copy2(usage, package / f"terraform-provider-{subject.name}_v{subject.version}")
        shutil.copy2(subject.executable, package / "provider")
    return programs.cli_config(directory, mirror)


def start_up(subject: Subject) -> float:
    """Milliseconds from exec to the handshake line, with mutual TLS as from a CLI."""
    certificate = (programs.ROOT / "tests" / "data" / "certificates" / "client.pem").read_text()
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
            raise programs.Failed(f"{subject.name} printed no handshake line: {line!r}")
    return statistics.median(taken)


def median(costs: list) -> Cost:
    return Cost(*(statistics.median(getattr(cost, figure) for cost in costs) for figure in Cost.__annotations__))
