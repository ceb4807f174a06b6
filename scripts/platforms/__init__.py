"""The executables of a release, for every platform from one Linux machine.

    python3 -m platforms build TARGET    the executable for a target in Rust's words; prints its path
    python3 -m platforms archive TARGET  the same, packed into `dist/`
    python3 -m platforms dist            the archive of every platform in `targets.py`, in `dist/`
    python3 -m platforms run [PLATFORM…] runs what can be run of them here; prints the table of
                                         platforms, sizes, and what was run

- `targets`: the platforms, and what is particular about each.
- `tools`: Zig, which links for other systems, from PyPI, and Rust's standard libraries.
- `build`: flags, and the build.
- `executable`: what an executable needs of the machine it runs on, told from its bytes.
- `release`: the archives.
- `run`, `client`, `emulation`: `make platforms`.
- `sdk`: what macOS's libraries offer, as far as the provider uses them.
"""
