"""The platforms of a release, with the build settings of each."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Target:
    """One platform."""

    # The registries' name, such as `linux_amd64`.
    platform: str
    # The Rust target.
    triple: str
    # For users: how its executable is linked.
    linked: str
    # Arguments for Zig's linker.
    link: tuple = ()
    environment: dict = field(default_factory=dict)
    # Debian's cross compiler, for a target that Zig does not link.
    gcc: str = ""
    # Whether it can be loaded at any address, which makes attacks harder.
    position_independent: bool = True

    @property
    def system(self) -> str:
        return self.platform.split("_")[0]


# With musl, every build machine produces a static executable. For these processors, Rust does not ask
# the linker for a position-independent one, so this flag does.
STATIC_PIE = ("-pie",)

# The symbols of macOS libraries: `sdk/README.md`.
FRAMEWORKS = (f"-F{Path(__file__).resolve().parent / 'sdk'}",)

# aws-lc contains the output of NASM, so the build does not need NASM.
WINDOWS = {"AWS_LC_SYS_PREBUILT_NASM": "1"}

TARGETS = [
    Target("linux_amd64", "x86_64-unknown-linux-gnu", "static, glibc"),
    Target("linux_arm64", "aarch64-unknown-linux-musl", "static, musl", STATIC_PIE),
    Target("linux_386", "i686-unknown-linux-musl", "static, musl", STATIC_PIE),
    # Debian's glibc for ARM has no startup code for static position-independent executables.
    Target("linux_arm", "armv7-unknown-linux-gnueabihf", "static, glibc", gcc="arm-linux-gnueabihf-gcc",
           position_independent=False),
    Target("windows_amd64", "x86_64-pc-windows-gnu", "system libraries only", (), WINDOWS),
    Target("windows_arm64", "aarch64-pc-windows-gnullvm", "system libraries only", (), WINDOWS),
    # The oldest macOS that has `SecTrustEvaluateWithError`, and the oldest that runs on Apple silicon.
    Target("darwin_amd64", "x86_64-apple-darwin", "system libraries only", FRAMEWORKS,
           {"MACOSX_DEPLOYMENT_TARGET": "10.14"}),
    Target("darwin_arm64", "aarch64-apple-darwin", "system libraries only", FRAMEWORKS,
           {"MACOSX_DEPLOYMENT_TARGET": "11.0"}),
    Target("freebsd_amd64", "x86_64-unknown-freebsd", "system libraries only"),
]

# The target that Linux on x86-64 links without Zig.
NATIVE = "x86_64-unknown-linux-gnu"


def of_triple(triple: str) -> "Target | None":
    return next((target for target in TARGETS if target.triple == triple), None)
