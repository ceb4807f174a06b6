"""Builds the provider as it is shipped.

Where the system allows it, the executable needs nothing from the machine it runs on. It contains no paths
of the machine it was built on.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from programs import PROVIDER, ROOT, Failed

from . import targets, tools

# Separates the flags in `CARGO_ENCODED_RUSTFLAGS`, because a flag may contain spaces.
SEPARATOR = "\x1f"

# From this version on, glibc supports packed relative relocations, also in static executables.
SHORT_RELOCATIONS = (2, 36)


def build(triple: str, archived: bool = False) -> Path:
    """Builds the executable for this target and returns its path. An archive must not depend on the build machine."""
    target = targets.of_triple(triple)
    flags, link = static_flags(triple), []
    if triple == targets.NATIVE:
        if glibc() >= SHORT_RELOCATIONS:
            link.append("-Wl,-z,pack-relative-relocs")  # makes the executable 5% smaller
        elif archived:
            raise Failed("an archive for Linux must be linked with glibc 2.36 or later: build it on a newer system")
    command = ["cargo"]
    environment = dict(os.environ)
    if target and target.gcc and triple != host():
        if shutil.which(target.gcc) is None:
            raise Failed(f"`{target.gcc}` is not on PATH: on Debian, install `gcc-arm-linux-gnueabihf` and "
                         "`libc6-dev-armhf-cross`")
        tools.need_standard_library(triple)
        environment[f"CARGO_TARGET_{triple.upper().replace('-', '_')}_LINKER"] = target.gcc
    elif target and triple not in (host(), targets.NATIVE):
        directory = tools.zig()
        tools.need_standard_library(triple)
        command = [str(directory / "bin" / "cargo-zigbuild")]
        link += target.link
        environment["CARGO_ZIGBUILD_ZIG_PATH"] = str(directory / "ziglang" / "zig")
    if target:
        environment |= target.environment
    environment["CARGO_ENCODED_RUSTFLAGS"] = SEPARATOR.join(users_flags() + flags)
    # Always names the target, even this machine's. Otherwise the flags would also apply to build scripts
    # and procedural macros, which cannot be static. The linker flags apply only to the executable.
    command += ["rustc", "--release", "--locked", "--bin", PROVIDER, "--target", triple, "--"]
    command += [part for argument in link for part in ("-C", f"link-arg={argument}")]
    if subprocess.run(command, cwd=ROOT, env=environment).returncode != 0:
        raise Failed(f"the build for `{triple}` failed, see above")
    return path(triple)


def path(triple: str) -> Path:
    """The path of the executable for this target after the build."""
    directory = Path(os.environ.get("CARGO_TARGET_DIR") or "target")
    suffix = ".exe" if "windows" in triple else ""
    return ROOT / directory / triple / "release" / f"{PROVIDER}{suffix}"


def static_flags(triple: str) -> list:
    cargo_home = os.environ.get("CARGO_HOME") or str(Path.home() / ".cargo")
    flags = [f"--remap-path-prefix={cargo_home}=cargo", f"--remap-path-prefix={ROOT}=."]
    if "linux" in triple or "windows" in triple:
        flags += ["-C", "target-feature=+crt-static"]
    if "linux" in triple:
        # A static executable cannot look up the C library's `getrandom`, and would read `/dev/urandom` instead.
        flags += ["--cfg", 'getrandom_backend="linux_getrandom"']
    return flags


def users_flags() -> list:
    """The user's flags from the environment. Cargo ignores them because the build sets its own."""
    if encoded := os.environ.get("CARGO_ENCODED_RUSTFLAGS"):
        return encoded.split(SEPARATOR)
    return os.environ.get("RUSTFLAGS", "").split()


def host() -> str:
    """The Rust target of this machine."""
    try:
        question = ["rustc", "--print", "host-tuple"]
        return subprocess.run(question, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failed(f"`rustc --print host-tuple` failed: {error}") from error


def glibc() -> tuple:
    """The version of this machine's glibc as two numbers. Zeros if it has another C library."""
    name = os.confstr("CS_GNU_LIBC_VERSION") if sys.platform == "linux" else ""
    match = re.match(r"glibc (\d+)\.(\d+)", name or "")
    return (int(match[1]), int(match[2])) if match else (0, 0)
