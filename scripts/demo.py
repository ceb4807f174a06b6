#!/usr/bin/env python3
"""Shows the provider at work: `make demo`.

Builds the provider and `onomondo-sandbox`, a local program that stands in for the Connectors API. Then
drives a real Terraform or OpenTofu through `examples/terraform/demo/`: init, plan, apply, a change, an
import, destroy. For each command, it prints the line with the result. For one plan, and for a command
that fails, it prints all output. After each step, it asks the API itself for its contents. It uses
`terraform` from PATH, or else `tofu`; `TERRAFORM=/path/of/either` chooses another. If there is none, it
installs Terraform from PyPI. It writes only to a temporary directory, and removes it at the end. It stops
at the first error.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
import cli  # noqa: E402
from programs import (  # noqa: E402
    API_KEY, PROVIDER, ROOT, Api, Failed, build, clean_environment, lay_out_mirror, run_in_directory, sandbox,
)

BY_HAND = "made-by-hand"
# SIM IDs, and the tag in the configuration.
SIMS = ["000002418", "000002419", "000002420"]
TAG = "a5023f47-1db8-425e-b664-dc0b8921f644"
COLOR = re.compile(r"\x1b\[[0-9;]*m")
OUTCOME = re.compile(
    r"successfully initialized!|Plan: \d|Apply complete!|No changes\.|Import successful!|Destroy complete!"
)
ADOPTED = """
resource "onomondo_connector" "adopted" {
  name  = "%s"
  https = { host = "https://old.example.com/messages" }
}
""" % BY_HAND


def main() -> int:
    return run_in_directory("onomondo-demo-", demonstrate)


def demonstrate(directory: Path) -> None:
    executable = find_cli()
    programs, version = build()
    config = lay_out_mirror(directory, programs[PROVIDER], version)
    with sandbox(programs["onomondo-sandbox"]) as api:
        examples = directory / "examples"
        shutil.copytree(ROOT / "examples" / "terraform", examples,
                        ignore=shutil.ignore_patterns(".terraform*", "*.tfstate*"))
        terraform = Terraform(executable, examples / "demo", config, api.address)
        say(f"{terraform.version()}, {PROVIDER} {version}")
        print(f"The sandbox is the Connectors API at {api.address}")
        account = Account(api)
        for sim in SIMS:
            account.add_sim(sim, TAG)
        walk(terraform, account)


def walk(terraform: "Terraform", account: "Account") -> None:
    terraform("init")

    terraform("plan")
    account.look(expected=0)

    terraform("apply", "-auto-approve")
    account.look(expected=4)
    terraform.expect_no_changes()

    change = ["-var=https_host=https://ingest-2.example.com/messages", "-var=tags=[]"]
    terraform("plan", *change, comment="another URL, no tags", in_full=True)
    terraform("apply", "-auto-approve", *change)
    account.look(expected=4)
    terraform.expect_no_changes(*change)

    say("Someone creates a connector without Terraform")
    account.create(BY_HAND, "https://old.example.com/messages")
    account.look(expected=5)

    (terraform.workspace / "adopted.tf").write_text(ADOPTED)
    terraform("import", *change, "onomondo_connector.adopted", BY_HAND)
    terraform.expect_no_changes(*change)

    terraform("destroy", "-auto-approve", *change)
    account.look(expected=0)

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
            raise Failed(f"`TERRAFORM` is `{chosen}`, which is not an executable")
    else:
        path = shutil.which("terraform") or shutil.which("tofu") or cli.install("terraform", "1.15.5")
    # The program runs in another directory, so a relative path would not work.
    return os.path.abspath(path)


class Account:
    """The contents of the API, read without Terraform."""

    def __init__(self, api: Api):
        self.api = api

    def create(self, name: str, host: str) -> None:
        options = {"host": host, "shouldReturnBody": False}
        self.api.request("POST", "/connectors", {"name": name, "type": "https", "options": options})

    def add_sim(self, sim: str, tag: str) -> None:
        self.api.request("PUT", f"/_sandbox/sims/{sim}", {"tags": [tag]})

    def look(self, expected: int) -> None:
        """Prints the contents of the account. Fails unless it has `expected` connectors."""
        sims = self.api.request("GET", "/sims")["sims"]
        connectors = sorted(self.api.request("GET", "/connectors"), key=lambda connector: connector["name"])
        print(f"Onomondo has {len(connectors) or 'no'} connectors{':' if connectors else '.'}")
        for connector in connectors:
            options = connector["options"]
            facts = {
                "": [options[name] for name in ("host", "region") if name in options],
                "passthrough: ": [rule["protocol"] for rule in connector.get("passthrough") or []],
                "tag: ": [tag["name"] for tag in connector.get("tags") or []],
                "SIMs: ": [sim["id"] for sim in sims if sim["connector"] == connector["name"]],
                "set: ": [secret for secret, meta in (connector.get("meta") or {}).items() if meta["is_set"]],
            }
            shown = "; ".join(label + ", ".join(values) for label, values in facts.items() if values)
            print(f"  {connector['name']:13} {connector['type']:19} {shown}")
        if len(connectors) != expected:
            raise Failed(f"expected {expected} connectors in the API, found {len(connectors)}")


class Terraform:
    """A CLI in its own working directory, without the user's configuration."""

    def __init__(self, executable: str, workspace: Path, config: Path, address: str):
        self.executable = executable
        self.workspace = workspace
        self.color = [] if sys.stdout.isatty() else ["-no-color"]
        self.environment = clean_environment() | {
            "TF_CLI_CONFIG_FILE": str(config),
            "TF_IN_AUTOMATION": "1",
            "ONOMONDO_BASE_URL": address,
            "ONOMONDO_API_KEY": API_KEY,
        }

    def version(self) -> str:
        said = json.loads(self.output("version", "-json"))
        name = "OpenTofu" if "tofu" in Path(self.executable).name else "Terraform"
        return f"{name} {said['terraform_version']}"

    def __call__(self, command: str, *arguments: str, comment: str = "", in_full: bool = False) -> None:
        say(f"{Path(self.executable).name} {command}{comment and f': {comment}'}")
        said = self.output(command, *self.color, "-input=false", *arguments)
        if in_full:
            print(*(line for line in said.strip().splitlines() if ": Refreshing state..." not in line), sep="\n")
        else:
            print(outcome(said))

    def expect_no_changes(self, *arguments: str) -> None:
        said = self.output("plan", *self.color, "-input=false", "-detailed-exitcode", *arguments,
                           failure="found changes where there should be none")
        print(f"The next plan: {outcome(said)}")

    def output(self, command: str, *arguments: str, failure: str = "failed, see above") -> str:
        sys.stdout.flush()
        done = subprocess.run([self.executable, command, *arguments], cwd=self.workspace, env=self.environment,
                              text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if done.returncode != 0:
            print(done.stdout, done.stderr, sep="", file=sys.stderr)
            raise Failed(f"`{Path(self.executable).name} {command}` {failure}")
        return done.stdout


def outcome(said: str) -> str:
    """The line that reports the result of a command."""
    lines = reversed(said.splitlines())
    return next((line for line in lines if OUTCOME.search(COLOR.sub("", line))), said.strip())


if __name__ == "__main__":
    sys.exit(main())
