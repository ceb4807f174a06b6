#!/usr/bin/env python3
"""Draws the terminal output of `make demo`: `make demo-picture` writes assets/demo.svg.

The demo runs in its own terminal, so its output has colors. `rich`, from PyPI, draws the output.
"""

import os
import pty
import re
import sys
from pathlib import Path

sys.dont_write_bytecode = True  # no __pycache__ in the repository
import cli  # noqa: E402

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "assets" / "demo.svg"
RICH = "15.0.0"
TERRAFORM = "1.15.5"
COLUMNS = 120


def main() -> int:
    try:
        os.environ["TERRAFORM"] = str(cli.install("terraform", TERRAFORM))
        status, said = run_in_terminal([sys.executable, str(ROOT / "scripts" / "demo.py")])
        if status != 0:
            print(said, file=sys.stderr)
            return status
        # The output of `cargo` and the installer comes before the first heading.
        shown = said[said.index("\x1b[1m==> "):].replace("\r\n", "\n").rstrip() + "\n"
        PICTURE.parent.mkdir(exist_ok=True)
        PICTURE.write_text(draw("$ make demo\n\n" + shown))
        print(PICTURE)
        return 0
    except (cli.Missing, OSError) as error:
        print(f"error: {error}", file=sys.stderr)
        return 1


def run_in_terminal(command: list) -> tuple:
    """The exit status and the output of `command`."""
    printed = bytearray()

    def read(descriptor: int) -> bytes:
        data = os.read(descriptor, 4096)
        printed.extend(data)
        return data

    status = pty.spawn(command, read)
    return os.waitstatus_to_exitcode(status), printed.decode()


def draw(text: str) -> str:
    with cli.installed(f"rich-{RICH}", install_rich, RICH) as directory:
        sys.path.insert(0, str(directory))
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.text import Text

    with open(os.devnull, "w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere, force_terminal=True)
        console.print(Text.from_ansi(text.rstrip()))
    # Pages that show the picture do not load fonts for it.
    template = re.sub(r"@font-face \{\{.*?\}\}", "", CONSOLE_SVG_FORMAT, flags=re.S)
    # Otherwise, some viewers drop spaces at the start of a line.
    template = template.replace("<svg ", '<svg xml:space="preserve" ', 1)
    return console.export_svg(title="make demo", code_format=template, unique_id="demo")


def install_rich(directory: Path, version: str) -> None:
    cli.run(
        [sys.executable, "-m", "pip", "install", "--quiet", "--target", str(directory), f"rich=={version}"],
        f"the picture needs the PyPI package `rich` {version}, but `pip` could not install it",
        cwd=directory,
    )


if __name__ == "__main__":
    sys.exit(main())
