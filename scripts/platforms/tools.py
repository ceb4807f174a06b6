"""What builds for other systems: Zig as C compiler and linker, and Rust's standard libraries."""

import shutil
import subprocess
import sys
from pathlib import Path

import cli
from programs import Failed

# From PyPI. Pinned: what is linked must not change by itself.
ZIG = "0.17.1"
ZIGBUILD = "0.24.1"


def zig() -> Path:
    """The directory with `ziglang/zig` and `bin/cargo-zigbuild`, installed where it is missing."""
    with cli.installed(f"ziglang-{ZIG}-cargo-zigbuild-{ZIGBUILD}", unpack, ZIG) as directory:
        return directory


def unpack(directory: Path, _version: str) -> None:
    cli.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--only-binary", ":all:",
         "--target", str(directory), f"ziglang=={ZIG}", f"cargo-zigbuild=={ZIGBUILD}"],
        f"the PyPI packages `ziglang` {ZIG} and `cargo-zigbuild` {ZIGBUILD} link for other systems, and `pip` did "
        "not bring them",
        cwd=directory,
    )


def need_standard_library(triple: str) -> None:
    """Rust's standard library for a target, installed where it is missing."""
    question = ["rustc", "--print", "target-libdir", "--target", triple]
    answer = subprocess.run(question, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    if answer.returncode == 0 and any(Path(answer.stdout.strip()).glob("libstd-*")):
        return
    if shutil.which("rustup") is None:
        raise Failed(f"Rust has no standard library for `{triple}` here, and there is no `rustup` to install it with")
    if subprocess.run(["rustup", "target", "add", triple]).returncode != 0:
        raise Failed(f"`rustup target add {triple}` failed, see above")
