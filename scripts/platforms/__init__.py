"""Builds the release executables for all platforms on one Linux machine.

    python3 -m platforms build TARGET    builds the executable for a Rust target; prints its path
    python3 -m platforms archive TARGET  builds it and packs it into `dist/`
    python3 -m platforms dist            builds and packs every platform in `targets.py`
    python3 -m platforms run [PLATFORM…] runs the archives in `dist/` for these platforms, or for all
                                         that Linux on x86-64 can run; prints a table of the results.
                                         `here` stands for this machine's platform

- `targets`: the platforms and their build settings.
- `tools`: installs Zig, which links for other systems, and Rust's standard libraries.
- `build`: builds one executable.
- `executable`: reads from an executable what it needs from the machine it runs on.
- `release`: builds, checks, and packs the archives.
- `run`, `client`, `emulation`: `make platforms`.
- `sdk`: the symbols of macOS's libraries that the provider uses.
"""
