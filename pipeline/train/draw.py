"""A plot of how training went: loss and development scores by step, each set a colour and each seed a kind of line."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import cycle
from pathlib import Path
from typing import Any, Literal

import matplotlib
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

_DASHES: tuple[Literal["-", "--", ":", "-."], ...] = ("-", "--", ":", "-.")
_INK = "#333333"


def draw_histories(histories: Mapping[str, Path], out: Path) -> Path:
    """Draw the histories of runs, by their names, into the file `out` (its ending says the format), and return it."""
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    read: dict[str, list[dict[str, Any]]] = {
        name: json.loads(path.read_text(encoding="utf-8")) for name, path in histories.items()
    }
    dashes = dict(zip(read, cycle(_DASHES)))
    titles = dict.fromkeys(title for log in read.values() for entry in log for title in entry.get("dev", ()))
    colours = {title: f"C{place}" for place, title in enumerate(titles)}
    for name, log in read.items():
        losses = [(entry["step"], entry["loss"]) for entry in log if "loss" in entry]
        left.plot(*zip(*losses, strict=True), linestyle=dashes[name], color=_INK, linewidth=1)
        scored = [(entry["step"], entry["dev"]) for entry in log if "dev" in entry]
        for title, colour in colours.items():
            points = [(step, scores[title]) for step, scores in scored if title in scores]
            right.plot(*zip(*points, strict=True), linestyle=dashes[name], color=colour, marker="o", markersize=3)
    left.set(title="Training loss", xlabel="step", ylabel="cross-entropy, both heads", ylim=(0, None))
    right.set(title="Development sets", xlabel="step", ylabel="macro-F1")
    _explain(left, [Line2D([], [], linestyle=dash, color=_INK, label=name) for name, dash in dashes.items()])
    _explain(right, [Line2D([], [], color=colour, label=title) for title, colour in colours.items()])
    with matplotlib.rc_context({"svg.hashsalt": "onrecord"}):  # else the ids in it are drawn at random
        figure.savefig(out, metadata={"Date": None} if out.suffix == ".svg" else None)
    return out


def _explain(axes: Axes, lines: list[Line2D]) -> None:
    """What the lines are, under the axes, where nothing is hidden by it."""
    axes.grid(alpha=0.3)
    axes.spines[["top", "right"]].set_visible(False)
    if lines:
        axes.legend(
            handles=lines,
            loc="upper center",
            bbox_to_anchor=(0.5, -0.14),
            ncols=min(4, len(lines)),
            fontsize="small",
            columnspacing=1.2,
            frameon=False,
        )
