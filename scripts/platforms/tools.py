"""Installs what builds for other systems need: Zig as C compiler and linker, and Rust's standard libraries."""

import shutil
import subprocess
import sys
from pathlib import Path

import cli
from programs import Failed

# From PyPI. Pinned, so that builds do not change by themselves.
ZIG = "0.17.1"
ZIGBUILD = "0.24.1"


def zig() -> Path:
    """The directory with `ziglang/zig` and `bin/cargo-zigbuild`. Installs both if they are missing."""
    with cli.installed(f"ziglang-{ZIG}-cargo-zigbuild-{ZIGBUILD}", unpack, ZIG) as directory:
        return directory


def unpack(directory: Path, _version: str) -> None:
    cli.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:",
         "--target", str(directory), f"ziglang=={ZIG}", f"cargo-zigbuild=={ZIGBUILD}"],
        f"`pip` could not install the PyPI packages `ziglang` {ZIG} and `cargo-zigbuild` {ZIGBUILD}, which link for "
        "other systems",
        cwd=directory,
    )


def need_standard_library(triple: str) -> None:
    """Installs Rust's standard library for a target if it is missing."""
    question = ["rustc", "--print", "target-libdir", "--target", triple]
    answer = subprocess.run(question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if answer.returncode == 0 and any(Path(answer.stdout.strip()).glob("libstd-*")):
        return
    if shutil.which("rustup") is None:
        raise Failed(f"Rust's standard library for `{triple}` is missing, and there is no `rustup` to install it")
    if subprocess.run(["rustup", "target", "add", triple]).returncode != 0:
        raise Failed(f"`rustup target add {triple}` failed, see above")
