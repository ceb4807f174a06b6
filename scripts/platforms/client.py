"""Uses a real CLI to install the provider, create a connector, expect an empty plan, and destroy the connector."""

import json
import shlex
import shutil
import subprocess
from pathlib import Path

import dist
from programs import API_KEY, PROVIDER, Api, Failed, clean_environment

from .emulation import Client, Machine

CONFIGURATION = """
terraform {
  required_providers {
    onomondo = {
      source = "onomondo/onomondo"
    }
  }
}

resource "onomondo_connector" "fleet" {
  name  = "fleet"
  https = { host = "https://ingest.example.com/messages" }
}
"""


def use(client: Client, archive: Path, executable: Path, machine: Machine, api: Api, directory: Path) -> None:
    mirror = directory / "mirror"
    for registry in dist.REGISTRIES:
        place(mirror / registry / "onomondo" / "onomondo", client, archive, executable, machine)
    config = directory / "cli-config.tfrc"
    path = json.dumps(client.path(mirror))
    config.write_text(f"provider_installation {{\n  filesystem_mirror {{\n    path = {path}\n  }}\n}}\n")
    workspace = directory / "workspace"
    workspace.mkdir()
    (workspace / "main.tf").write_text(CONFIGURATION)
    environment = clean_environment() | machine.environment | {
        "TF_CLI_CONFIG_FILE": client.path(config),
        "ONOMONDO_API_KEY": API_KEY,
        "ONOMONDO_BASE_URL": api.address,
        "TF_IN_AUTOMATION": "1",
    }
    for arguments, connectors in [
        (["init"], 0),
        (["apply", "-auto-approve"], 1),
        (["plan", "-detailed-exitcode"], 1),
        (["destroy", "-auto-approve"], 0),
    ]:
        command = [*client.command, *arguments, "-no-color"]
        done = subprocess.run(command, cwd=workspace, env=environment, stdin=subprocess.DEVNULL,
                              stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        if done.returncode != 0:
            raise Failed(f"`{arguments[0]}` of {client.words} exited with status {done.returncode}:\n{done.stdout}")
        found = len(api.request("GET", "/_sandbox/state")["connectors"])
        if found != connectors:
            raise Failed(f"after `{arguments[0]}` of {client.words} there are {found} connectors, not {connectors}")


def place(package: Path, client: Client, archive: Path, executable: Path, machine: Machine) -> None:
    """Copies the archive if the CLI can start its executable. Otherwise writes an executable that the CLI can start."""
    # In Wine, a Windows CLI starts Windows executables without `runner`.
    starts_by_itself = not machine.runner or client.platform.startswith("windows")
    if starts_by_itself and archive.name.endswith(f"_{client.platform}.zip"):
        package.mkdir(parents=True)
        shutil.copy2(archive, package)
        return
    directory = package / dist.version() / client.platform
    directory.mkdir(parents=True)
    target = directory / f"{PROVIDER}_v{dist.version()}"
    if machine.runner:
        command = shlex.join([*machine.runner, str(executable)])
        target.write_text(f'#!/bin/sh\nexec {command} "$@"\n')
        target.chmod(0o755)
    else:
        shutil.copy2(executable, target)
