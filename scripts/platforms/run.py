"""Runs the executables in the archives: `make platforms`, and `make platform` for this machine's own archive."""

import os
import shutil
import subprocess
import tempfile
import zipfile
from pathlib import Path

import dist
import programs
from programs import ROOT, Failed

from . import client, emulation, executable
from .targets import TARGETS, Target

# The platforms that Linux on x86-64 can run, with emulators.
EMULATED = ["linux_amd64", "linux_arm64", "linux_386", "linux_arm", "windows_amd64"]


def run(names: list) -> int:
    wanted = [programs.target()] if names == ["here"] else names or EMULATED
    built, _ = programs.build()
    outcomes, failed = {}, False
    for target in TARGETS:
        if target.platform in wanted:
            try:
                outcomes[target.platform] = run_one(target, built["onomondo-sandbox"])
            except (Failed, dist.Failed) as error:
                print(f"error: {target.platform}: {error}", flush=True)
                outcomes[target.platform] = "failed"
                failed = True
    print("\n" + table(outcomes))
    return int(failed)


def run_one(target: Target, sandbox: Path) -> str:
    """Runs the executable of one archive. Describes what was run."""
    archive = path_of_archive(target)
    with tempfile.TemporaryDirectory(prefix="onomondo-platform-") as name:
        directory = Path(name)
        provider = unpack(archive, target, directory)
        executable.check(provider, target)
        machine = emulation.machine(target.platform, directory)
        print(f"{target.platform}: handshake, schema, create, destroy {machine.words}", flush=True)
        drive(provider, machine)
        cli = emulation.client(target.platform, machine)
        print(f"{target.platform}: {cli.words}", flush=True)
        with programs.sandbox(sandbox) as api:
            client.use(cli, archive, provider, machine, api, directory)
    return f"protocol tests {machine.words}, {cli.words}".replace("  ", " ").replace(" ,", ",")


def drive(provider: Path, machine: emulation.Machine) -> None:
    """Runs the tests in `tests/shipped/` that apply to every platform: over gRPC, as a CLI drives the provider."""
    environment = os.environ | machine.environment | {"SHIPPED": str(provider), "RUNNER": " ".join(machine.runner)}
    command = ["cargo", "test", "--quiet", "--features=sandbox", "--test=shipped", "--", "--include-ignored", "life::"]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True)
    if done.returncode != 0:
        raise Failed(f"`{' '.join(command)}` failed:\n{done.stdout}")


def path_of_archive(target: Target) -> Path:
    path = dist.directory() / f"{dist.prefix()}{target.platform}.zip"
    if not path.exists():
        raise Failed(f"`{path}` is missing: run `make dist-all`, or `make dist-archive TARGET={target.triple}`")
    return path


def unpack(archive: Path, target: Target, directory: Path) -> Path:
    """The executable in an archive, as a CLI unpacks it."""
    suffix = ".exe" if target.system == "windows" else ""
    provider = directory / f"{dist.NAME}_v{dist.version()}{suffix}"
    with zipfile.ZipFile(archive) as file, file.open(provider.name) as source, open(provider, "wb") as copy:
        shutil.copyfileobj(source, copy)
    provider.chmod(0o755)
    return provider


def table(outcomes: dict) -> str:
    """A Markdown table of all platforms, including those that were not run."""
    lines = ["| Platform | Executable | Archive | Linked | Run |", "|---|--:|--:|---|---|"]
    for target in TARGETS:
        archive = dist.directory() / f"{dist.prefix()}{target.platform}.zip"
        sizes = ["–", "–"]
        if archive.exists():
            with zipfile.ZipFile(archive) as file:
                size = max(member.file_size for member in file.infolist())
            sizes = [megabytes(size), megabytes(archive.stat().st_size)]
        outcome = outcomes.get(target.platform, "not run")
        lines.append(f"| `{target.platform}` | {sizes[0]} | {sizes[1]} | {target.linked} | {outcome} |")
    return "\n".join(lines)


def megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
