"""One picture of how a classifier does on gold: what it confuses, and whether it knows when it is right."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from pipeline.errors import InputError, Place
from pipeline.evaluate.classification import ClassificationScores

_INK, _SOFT, _RULE, _PAPER = "#1f1d1a", "#66615a", "#e4dfd5", "#fcfbf8"
_SERIES = ("#0342b4", "#b92e50")
_SETTINGS: Any = {
    "font.family": "DejaVu Sans",
    "font.size": 10,
    "text.color": _INK,
    "text.parse_math": False,
    "svg.fonttype": "none",
    "svg.hashsalt": "onrecord",
    "pdf.fonttype": 42,
}
_SIDE, _GAP, _LEFT, _TOP, _BOTTOM = 250, 96, 96, 118, 62
"""Pixels: the side of a panel, between panels, and around them."""
_CUT = 46
_FEWEST = 0.05
"""Below this share of rows answered, accuracy is noise and is not drawn."""


class Evaluated(NamedTuple):
    """A model's name and its scores."""

    name: str
    scores: ClassificationScores


def check_plot(path: Path) -> None:
    """Raise InputError for a file that `draw` could not write, before anything is scored for it."""
    if path.suffix.lower() not in (".svg", ".png", ".pdf"):
        raise InputError(
            f"a plot cannot be written as {path.suffix or 'a file without ending'}.",
            where=Place(path=path),
            fix="end the name in .svg, .png or .pdf.",
        )
    if not path.parent.is_dir():
        raise InputError(
            "the plot cannot be written: No such file or directory.",
            where=Place(path=path),
            fix="give --plot a file in a folder that exists and that you may write to.",
        )


def draw(path: Path, title: str, models: Sequence[Evaluated]) -> None:
    """Draw one model, or two compared, into an SVG, PNG or PDF file, by its ending.

    Raises InputError for another ending, or a file that cannot be written.
    """
    check_plot(path)
    import matplotlib
    from matplotlib.figure import Figure

    panels = len(models) + 2
    width = _LEFT + panels * _SIDE + (panels - 1) * _GAP + 24
    height = _TOP + _SIDE + _BOTTOM
    with matplotlib.rc_context(_SETTINGS):
        figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor=_PAPER)
        _heading(figure, title, models, width, height)
        for place, model in enumerate(models):
            _confusion(_panel(figure, place, width, height), model, _SERIES[place], several=len(models) > 1)
        _reliability(_panel(figure, panels - 2, width, height), models)
        _abstaining(_panel(figure, panels - 1, width, height), models)
        metadata = {"Date": None} if path.suffix.lower() == ".svg" else None
        try:
            figure.savefig(path, dpi=144, metadata=metadata)
        except OSError as error:
            raise InputError(
                f"the plot cannot be written: {error.strerror or error}.",
                where=Place(path=path),
                fix="give --plot a file in a folder that exists and that you may write to.",
            ) from error


def _heading(figure: Any, title: str, models: Sequence[Evaluated], width: float, height: float) -> None:  # noqa: ANN401
    figure.text(24 / width, 1 - 30 / height, _cut(title, 100), fontsize=14, fontweight="bold", va="center")
    for row, (name, scores) in enumerate(models):
        macro = scores["macro_f1"]
        words = f"{_cut(name, _CUT)}   macro-F1 {_share(macro['value'])}"
        if macro["low"] is not None:
            words += f" ({_share(macro['low'])} to {_share(macro['high'])})"
        words += f", accuracy {_share(scores['accuracy']['value'])}, calibration error {_share(scores['ece']['value'])}"
        y = 1 - (54 + 18 * row) / height
        figure.text(24 / width, y, "●", color=_SERIES[row], va="center", fontsize=9)
        figure.text(40 / width, y, words, color=_SOFT, va="center")


def _panel(figure: Any, place: int, width: float, height: float) -> Any:  # noqa: ANN401 - matplotlib axes
    left = (_LEFT + place * (_SIDE + _GAP)) / width
    axes = figure.add_axes((left, _BOTTOM / height, _SIDE / width, _SIDE / height), facecolor="none")
    axes.spines[:].set_visible(False)
    axes.tick_params(length=0, pad=6, labelcolor=_SOFT, labelsize=9)
    return axes


def _caption(axes: Any, words: str, below: str) -> None:  # noqa: ANN401
    axes.set_title(words, loc="left", fontsize=10, fontweight="bold", color=_INK, pad=10)
    axes.set_xlabel(below, color=_SOFT, fontsize=9, labelpad=8)


def _confusion(axes: Any, model: Evaluated, colour: str, *, several: bool) -> None:  # noqa: ANN401
    """Each gold label's row: the share of its rows that got each answer, and their number."""
    from matplotlib.patches import Rectangle

    table = model.scores["confusion"]
    labels = list(table)
    for row, label in enumerate(labels):
        total = sum(table[label].values())
        for column, answer in enumerate(labels):
            count = table[label][answer]
            share = count / total if total else 0.0
            axes.add_patch(Rectangle((column, row), 1, 1, facecolor=colour, alpha=share, edgecolor="none"))
            ink = _PAPER if share > 0.72 else _INK
            axes.text(column + 0.5, row + 0.44, f"{100 * share:.0f}%", ha="center", va="center", color=ink, fontsize=12)
            axes.text(column + 0.5, row + 0.66, f"{count:,}", ha="center", va="center", color=ink, fontsize=8)
    middles = [place + 0.5 for place in range(len(labels))]
    axes.set(xlim=(0, len(labels)), ylim=(len(labels), 0))
    axes.set_xticks(middles, [_cut(label, 12) for label in labels])
    axes.set_yticks(middles, [_cut(label, 12) for label in labels])
    for edge in range(len(labels) + 1):
        axes.axhline(edge, color=_RULE, linewidth=1)
        axes.axvline(edge, color=_RULE, linewidth=1)
    caption = _cut(model.name, 30) if several else "What people said, and what it answered"
    _caption(axes, caption, "answered (rows: people)")


def _reliability(axes: Any, models: Sequence[Evaluated]) -> None:  # noqa: ANN401
    """The share right by how sure; larger dots stand for more rows."""
    axes.plot([0, 1], [0, 1], color=_SOFT, linewidth=1, linestyle=(0, (3, 3)))
    for colour, (_, scores) in zip(_SERIES, models, strict=False):
        bins = scores["reliability"]
        x, y = [one["confidence"] for one in bins], [one["accuracy"] for one in bins]
        most = max(one["n"] for one in bins)
        axes.plot(x, y, color=colour, linewidth=1, alpha=0.35)
        axes.scatter(x, y, s=[8 + 90 * one["n"] / most for one in bins], color=colour, edgecolor=_PAPER, zorder=3)
    _shares(axes)
    axes.set(xlim=(0, 1.03), ylim=(-0.03, 1.03))
    _caption(axes, "How often right, by how sure", "probability of the answer (dashed: as sure as right)")


def _abstaining(axes: Any, models: Sequence[Evaluated]) -> None:  # noqa: ANN401
    """The share right among the surest so many."""
    lowest = 1.0
    for colour, (_, scores) in zip(_SERIES, models, strict=False):
        curve = [(x, 1 - risk) for x, risk in scores["risk_coverage"]["curve"] if x >= _FEWEST]
        dot = "o" if len(curve) == 1 else None  # all answers are as sure as each other
        axes.plot(*zip(*curve, strict=True), color=colour, linewidth=1.8, marker=dot, clip_on=False)
        lowest = min(lowest, *(y for _, y in curve))
    _shares(axes)
    axes.set_ylim(max(0.0, min(0.5, lowest - 0.05)), 1.02)
    _caption(axes, "How often right among the surest", "share of rows answered, surest first")


def _shares(axes: Any) -> None:  # noqa: ANN401
    from matplotlib.ticker import PercentFormatter

    axes.set(xlim=(0, 1), ylim=(0, 1.02))
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(1, decimals=0))
    axes.grid(color=_RULE, linewidth=1)
    axes.set_axisbelow(True)


def _share(value: float | None) -> str:
    return "undefined" if value is None else f"{value:.3f}".removeprefix("0")


def _cut(words: str, most: int) -> str:
    """Words on one line, without control characters, and not too long."""
    line = " ".join("".join(sign if sign.isprintable() else " " for sign in words).split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
