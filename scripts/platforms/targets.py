"""The platforms of a release, and what is particular about each."""

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Target:
    """One platform."""

    # In the words of the registries: `linux_amd64`.
    platform: str
    # In Rust's.
    triple: str
    # For users: how its executable is linked.
    linked: str
    # Arguments for Zig's linker.
    link: tuple = ()
    environment: dict = field(default_factory=dict)
    # The C compiler of Debian that links it, where Zig does not.
    gcc: str = ""
    # Whether it can be loaded at any address, which makes attacks harder.
    position_independent: bool = True

    @property
    def system(self) -> str:
        return self.platform.split("_")[0]


# With musl an executable is static wherever it is linked. Zig is told again to make one that can be
# loaded anywhere, which Rust does not ask for on these processors.
STATIC_PIE = ("-pie",)

# What macOS offers: `sdk/README.md`.
FRAMEWORKS = (f"-F{Path(__file__).resolve().parent / 'sdk'}",)

# NASM's output comes with aws-lc, for who has no NASM.
WINDOWS = {"AWS_LC_SYS_PREBUILT_NASM": "1"}

TARGETS = [
    Target("linux_amd64", "x86_64-unknown-linux-gnu", "static, glibc"),
    Target("linux_arm64", "aarch64-unknown-linux-musl", "static, musl", STATIC_PIE),
    Target("linux_386", "i686-unknown-linux-musl", "static, musl", STATIC_PIE),
    # Debian's glibc for it has no start code for what is static and can be loaded anywhere.
    Target("linux_arm", "armv7-unknown-linux-gnueabihf", "static, glibc", gcc="arm-linux-gnueabihf-gcc",
           position_independent=False),
    Target("windows_amd64", "x86_64-pc-windows-gnu", "system libraries only", (), WINDOWS),
    Target("windows_arm64", "aarch64-pc-windows-gnullvm", "system libraries only", (), WINDOWS),
    # The oldest that has `SecTrustEvaluateWithError`, and the oldest on Apple's processors.
    Target("darwin_amd64", "x86_64-apple-darwin", "system libraries only", FRAMEWORKS,
           {"MACOSX_DEPLOYMENT_TARGET": "10.14"}),
    Target("darwin_arm64", "aarch64-apple-darwin", "system libraries only", FRAMEWORKS,
           {"MACOSX_DEPLOYMENT_TARGET": "11.0"}),
    Target("freebsd_amd64", "x86_64-unknown-freebsd", "system libraries only"),
]

# The one that Linux on x86-64 links by itself.
NATIVE = "x86_64-unknown-linux-gnu"


def of_triple(triple: str) -> "Target | None":
    return next((target for target in TARGETS if target.triple == triple), None)
