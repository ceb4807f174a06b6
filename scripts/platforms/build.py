"""Builds the provider as it is shipped.

It needs nothing of the machine it runs on, where the system allows that, and tells nothing of the one
it was built on.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

from programs import PROVIDER, ROOT, Failed

from . import targets, tools

# Between flags in a variable that also takes flags with blanks in them.
SEPARATOR = "\x1f"

# Since this version glibc reads relocations in their short form, also those of a static executable.
SHORT_RELOCATIONS = (2, 36)


def build(triple: str, archived: bool = False) -> Path:
    """The path of the executable for this target. For an archive, the machine must not decide on it."""
    target = targets.of_triple(triple)
    flags, link = static_flags(triple), []
    if triple == targets.NATIVE:
        if glibc() >= SHORT_RELOCATIONS:
            link.append("-Wl,-z,pack-relative-relocs")  # a twentieth of the executable less
        elif archived:
            raise Failed("an archive for Linux is linked with glibc 2.36 or later, and this machine has an older one")
    command = ["cargo"]
    environment = dict(os.environ)
    if target and target.gcc and triple != host():
        if shutil.which(target.gcc) is None:
            raise Failed(f"`{target.gcc}` is missing: Debian has it in the package `gcc-arm-linux-gnueabihf`, and the C "
                         "library in `libc6-dev-armhf-cross`")
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
    # The target is named, even if it is this machine's: then the flags are not for build scripts and
    # procedural macros, which cannot be static. Flags for the linker are for the executable alone.
    command += ["rustc", "--release", "--locked", "--bin", PROVIDER, "--target", triple, "--"]
    command += [part for argument in link for part in ("-C", f"link-arg={argument}")]
    if subprocess.run(command, cwd=ROOT, env=environment).returncode != 0:
        raise Failed(f"the build for `{triple}` failed, see above")
    return path(triple)


def path(triple: str) -> Path:
    """Where the executable for this target is, once it is built."""
    directory = Path(os.environ.get("CARGO_TARGET_DIR") or "target")
    suffix = ".exe" if "windows" in triple else ""
    return ROOT / directory / triple / "release" / f"{PROVIDER}{suffix}"


def static_flags(triple: str) -> list:
    cargo_home = os.environ.get("CARGO_HOME") or str(Path.home() / ".cargo")
    flags = [f"--remap-path-prefix={cargo_home}=cargo", f"--remap-path-prefix={ROOT}=."]
    if "linux" in triple or "windows" in triple:
        flags += ["-C", "target-feature=+crt-static"]
    if "linux" in triple:
        # A static executable cannot look for the C library's function, and would read `/dev/urandom`.
        flags += ["--cfg", 'getrandom_backend="linux_getrandom"']
    return flags


def users_flags() -> list:
    """Those of the environment, which Cargo does not read beside ours."""
    if encoded := os.environ.get("CARGO_ENCODED_RUSTFLAGS"):
        return encoded.split(SEPARATOR)
    return os.environ.get("RUSTFLAGS", "").split()


def host() -> str:
    """This machine, in Rust's words."""
    try:
        question = ["rustc", "--print", "host-tuple"]
        return subprocess.run(question, stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError) as error:
        raise Failed(f"`rustc` does not say what this machine is: {error}") from error


def glibc() -> tuple:
    """The version of this machine's C library, as two numbers; zeros where it is another."""
    name = os.confstr("CS_GNU_LIBC_VERSION") if sys.platform == "linux" else ""
    match = re.match(r"glibc (\d+)\.(\d+)", name or "")
    return (int(match[1]), int(match[2])) if match else (0, 0)
