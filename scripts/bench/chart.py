"""The figures of one run as a bar chart: JSON in, SVG out. Runs in a virtual environment that has matplotlib.

    chart.py < figures.json > figures.svg

The JSON is a list of panels: `{"title": …, "unit": …, "bars": [[NAME, VALUE, IS_OWN], …]}`.
"""

import io
import json
import sys

import matplotlib

matplotlib.use("svg")
import matplotlib.pyplot as plt  # noqa: E402

OWN, OTHERS, TEXT = "#1d6fb8", "#b9c3cc", "#24292f"


def main() -> None:
    panels = json.load(sys.stdin)
    # Text stays text, and equal data makes equal files.
    plt.rcParams.update({
        "svg.fonttype": "none", "svg.hashsalt": "onomondo", "font.family": "sans-serif", "font.size": 10,
        "text.color": TEXT, "axes.labelcolor": TEXT, "ytick.color": TEXT,
    })
    rows = (len(panels) + 1) // 2
    figure, axes = plt.subplots(rows, 2, figsize=(10, 2.4 * rows), constrained_layout=True)
    for axis, panel in zip(axes.flat, panels):
        draw(axis, panel)
    for axis in axes.flat[len(panels):]:
        axis.set_visible(False)
    svg = io.StringIO()
    figure.savefig(svg, format="svg", facecolor="white", metadata={"Date": None, "Creator": None})
    sys.stdout.write("\n".join(line.rstrip() for line in svg.getvalue().splitlines()) + "\n")


def draw(axis, panel: dict) -> None:
    names = [name for name, _, _ in panel["bars"]]
    values = [value for _, value, _ in panel["bars"]]
    colors = [OWN if is_own else OTHERS for _, _, is_own in panel["bars"]]
    bars = axis.barh(names, values, color=colors, height=0.7)
    axis.bar_label(bars, [f"{value:,.{panel['digits']}f} {panel['unit']}".strip() for value in values], padding=4)
    axis.set_title(panel["title"], loc="left", fontsize=11, fontweight="bold")
    axis.invert_yaxis()
    axis.margins(x=0.22)
    axis.spines[["top", "right", "bottom"]].set_visible(False)
    axis.tick_params(left=False, bottom=False, labelbottom=False)


if __name__ == "__main__":
    main()
