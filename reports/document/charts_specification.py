"""The specification curve: every estimate in order, and under each the choices behind it."""

from __future__ import annotations

from typing import Any

from reports.document import charts_style as style
from reports.document.charts import Specifications
from reports.document.charts_curves import _grid, room

_TOP, _CURVE, _TICK, _HEAD = 22.0, 190.0, 15.5, 24.0


def specifications(chart: Specifications, width: float) -> style.Sheet:
    """Draw the curve above, and a row of ticks for each choice below."""
    narrow = width < 500
    left = 118.0 if narrow else 150.0
    right = width - (8.0 if narrow else 70.0)
    lines = sum(len(choices) for _, choices in chart.choices)
    below = _TOP + _CURVE + 12
    page = style.sheet(width, below + lines * _TICK + len(chart.choices) * _HEAD + 4)
    axes = page.panel(left, _TOP, right - left, _CURVE)
    _curve(page, axes, chart, right, narrow)
    count, y = len(chart.estimates), below
    board = page.panel(left, below, right - left, page.height - below)
    board.set(xlim=(-1, count), ylim=(page.height - below, 0))
    for name, choices in chart.choices:
        page.text(0, y + _HEAD / 2, name, color=style.SOFT, fontsize=style.SMALL)
        y += _HEAD
        for choice, taken in choices:
            label = style.clipped(choice, int((left - 8) / 6.7))
            page.text(0, y + _TICK / 2, label, fontsize=style.SMALL)
            _ticks(board, taken, y - below)
            y += _TICK
    return page


def _curve(page: style.Sheet, axes: Any, chart: Specifications, right: float, narrow: bool) -> None:  # noqa: ANN401
    found = chart.estimates
    ends = [each[end] for each in found for end in ("low", "high", "value") if each[end] is not None]
    low, high = room([*ends, *(place for place, _ in chart.lines)], "coefficient")
    axes.set(xlim=(-1, len(found)), ylim=(low, high))
    _grid(axes, "y", "coefficient")
    page.text(0, 8, "agreement", color=style.SOFT, fontsize=style.SMALL)
    gap = float("nan")
    across = [x for place, each in enumerate(found) if each["low"] is not None for x in (place, place, gap)]
    down = [y for each in found if each["low"] is not None for y in (each["low"], each["high"], gap)]
    thin = max(0.7, min(3.0, 300 / len(found)))
    axes.plot(across, down, color=style.SERIES[0], alpha=0.3, linewidth=thin, solid_capstyle="butt")
    few = len(found) <= 60
    look: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 4.5} if few else {"linewidth": 2}
    axes.plot(range(len(found)), [each["value"] for each in found], color=style.SERIES[0], clip_on=False, **look)
    for place, words in chart.lines:
        axes.axhline(place, color=style.SOFT, linewidth=1, dashes=(2, 2.5))
        if not narrow:
            y = _TOP + (high - place) / (high - low) * _CURVE
            page.text(right + 6, y, words, color=style.SOFT, fontsize=style.SMALL)


def _ticks(axes: Any, taken: tuple[bool, ...], top: float) -> None:  # noqa: ANN401 - matplotlib axes
    gap = float("nan")
    middle = top + _TICK / 2
    axes.plot([-1, len(taken)], [middle, middle], color=style.RULE, linewidth=1)
    across = [x for place, yes in enumerate(taken) if yes for x in (place, place, gap)]
    down = [y for yes in taken if yes for y in (middle - 5.5, middle + 5.5, gap)]
    thick = max(0.9, min(3.0, 300 / len(taken)))
    axes.plot(across, down, color=style.INK, linewidth=thick, solid_capstyle="butt")
