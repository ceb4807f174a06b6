"""Builds the provider and the sandbox, installs them in a mirror of a registry, and starts them.

Shared by `demo.py`, `docs.py`, `bench/`, and `platforms/`.
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

import cli

ROOT = Path(__file__).resolve().parent.parent
PROVIDER = "terraform-provider-onomondo"
API_KEY = "demo-key"


class Failed(Exception):
    """An error, as one line."""


def run_in_directory(prefix: str, work) -> int:
    """Runs `work` in a temporary directory. Returns its exit status, or 1 for a failure."""
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


def build() -> tuple:
    """The path of each program by its name, and the version of the package.

    The tests have already built both. DEMO_PROGRAMS names their directory."""
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
    """The registries' name for this machine's platform."""
    machine = {"x86_64": "amd64", "aarch64": "arm64", "AMD64": "amd64", "ARM64": "arm64"}
    return f"{platform.system().lower()}_{machine.get(platform.machine(), platform.machine())}"


def lay_out_mirror(directory: Path, provider: Path, version: str) -> Path:
    """Makes a mirror of both registries with one provider. Returns the CLI configuration for it."""
    mirror = directory / "mirror"
    for registry in ("registry.terraform.io", "registry.opentofu.org"):
        package = mirror / registry / "onomondo" / "onomondo" / version / target()
        package.mkdir(parents=True)
        shutil.copy2(provider, package / f"{PROVIDER}_v{version}{provider.suffix}")
    return cli_config(directory, mirror)


def cli_config(directory: Path, mirror: Path) -> Path:
    """A CLI configuration that installs providers only from this mirror."""
    config = directory / "cli-config.tfrc"
    config.write_text(
        f"provider_installation {{\n  filesystem_mirror {{\n    path = {json.dumps(str(mirror))}\n  }}\n}}\n"
    )
    return config


def clean_environment() -> dict:
    """The environment without the user's own settings for CLIs and providers."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TF_", "ONOMONDO_"))}
    return kept | {"CHECKPOINT_DISABLE": "1", "NO_PROXY": "127.0.0.1"}


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
    """Access to the API without Terraform."""

    def __init__(self, address: str):
        self.address = address
        # A proxy from the environment cannot reach a program on this machine.
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def request(self, method: str, path: str, body=None):
        request = urllib.request.Request(
            self.address + path, method=method, data=body and json.dumps(body).encode(),
            headers={"Authorization": API_KEY, "Content-Type": "application/json"},
        )
        with self.opener.open(request, timeout=10) as answer:
            content = answer.read()
            return json.loads(content) if content else None
