"""A plot of how training went: loss and development scores by step, one line for each seed."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure


def draw_histories(histories: Mapping[str, Path], out: Path) -> Path:
    """Draw the histories of runs, by their names, into the file `out` (its ending says the format), and return it."""
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    left, right = figure.subplots(1, 2)
    for name, path in histories.items():
        entries: list[dict[str, Any]] = json.loads(path.read_text(encoding="utf-8"))
        losses = [(entry["step"], entry["loss"]) for entry in entries if "loss" in entry]
        left.plot(*zip(*losses, strict=True), label=name, linewidth=1)
        _draw_scores(right, name, [(entry["step"], entry["dev"]) for entry in entries if "dev" in entry])
    left.set(title="Training loss", xlabel="step", ylabel="cross-entropy, both heads", ylim=(0, None))
    right.set(title="Development sets", xlabel="step", ylabel="macro-F1")
    for axes in (left, right):
        axes.grid(alpha=0.3)
        if axes.lines:
            axes.legend(fontsize="small")
    figure.savefig(out, metadata={"Date": None} if out.suffix == ".svg" else None)
    return out


def _draw_scores(axes: Axes, name: str, scored: list[tuple[int, Mapping[str, float]]]) -> None:
    for title in scored[0][1] if scored else ():
        axes.plot([step for step, _ in scored], [scores[title] for _, scores in scored], "o-", label=f"{title}, {name}")
