"""The results of a run: its figures as a page and as a chart, and their files."""

import json
import subprocess
import sys
from pathlib import Path

import cli
import programs

MATPLOTLIB = "3.11.2"
PAGE = programs.ROOT / "BENCHMARKS.md"
CHART = programs.ROOT / "benches" / "figures.svg"
BEGIN, END = "<!-- Written by `make bench WRITE=1`. -->", "<!-- The end of what it writes. -->"


def panels(own: str, floor: str, started: dict, planned: dict) -> list:
    """The figures in the chart."""
    largest = max(planned)
    plan = planned[largest]

    def panel(title: str, unit: str, digits: int, values: dict) -> dict:
        bars = [[name.strip("`"), value, name == own] for name, value in values.items()]
        return {"title": title, "unit": unit, "digits": digits, "bars": bars}

    providers = {name: cost for name, cost in plan.items() if name != floor}
    return [
        panel(f"Plan of {largest} connectors", "s", 2, {name: cost.seconds for name, cost in plan.items()}),
        panel("Memory of the provider", "MB", 0, {name: cost.megabytes for name, cost in providers.items()}),
        panel("Requests to the API", "", 0, {name: cost.calls for name, cost in providers.items() if cost.calls}),
        panel("Start of the provider", "ms", 1, started),
    ]


def draw(panels: list) -> str:
    """The chart, as SVG."""
    python = matplotlib()
    chart = Path(__file__).with_name("chart.py")
    done = subprocess.run([str(python), str(chart)], input=json.dumps(panels), stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise programs.Failed("`chart.py` failed, see above")
    return done.stdout


def matplotlib() -> Path:
    """A Python with matplotlib, in its own virtual environment."""
    def fill(directory: Path, version: str) -> None:
        what = f"the chart needs the PyPI package `matplotlib` {version}"
        cli.run([sys.executable, "-m", "venv", str(directory)], f"{what}, but `venv` failed", cwd=directory)
        pip = [str(directory / "bin" / "python"), "-m", "pip", "install", "--quiet", "--only-binary", ":all:"]
        cli.run([*pip, f"matplotlib=={version}"], f"{what}, but `pip` could not install it", cwd=directory)

    with cli.installed(f"matplotlib-{MATPLOTLIB}", fill, MATPLOTLIB) as directory:
        return directory / "bin" / "python"


def leave(text: str, chart: str) -> None:
    """Saves the page and the chart of every run in `target/`."""
    directory = programs.ROOT / "target" / "bench"
    directory.mkdir(exist_ok=True)
    (directory / "figures.md").write_text(text + "\n")
    (directory / "figures.svg").write_text(chart)
    print(f"\nThe figures and the chart are in {directory}")


def write(text: str, chart: str) -> None:
    """Publishes the page and the chart in the repository."""
    page = PAGE.read_text()
    before, rest = page.split(BEGIN)
    _, after = rest.split(END)
    image = f"![Bar chart of the figures below]({CHART.relative_to(programs.ROOT).as_posix()})"
    PAGE.write_text(f"{before}{BEGIN}\n\n{image}\n\n{text}\n\n{END}{after}")
    CHART.write_text(chart)
