"""The forest plot: names, intervals with caps, and numbers, in aligned columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reports.document import charts_style as style
from reports.document.charts import Intervals, Mark, Row
from reports.document.notation import estimate

_LINE, _GAP, _AXIS = 17.0, 9.0, 26.0
_CAP = 3.5
_LEAST = 0.2
"""An axis shows at least so much of the scale, and nothing beyond its ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where things stand on the sheet: the plot's edges, the width of names, the top of each row and of each mark."""

    left: float
    right: float
    above: float
    names: float
    narrow: bool
    tops: list[float]
    marks: list[list[tuple[Mark, float]]]


def intervals(chart: Intervals, width: float) -> style.Sheet:
    """Draw a forest plot. On a narrow sheet names stand above their lines, and numbers opposite to them."""
    narrow = width < 500 or chart.bare
    names = 0.0 if narrow else _name_width(chart.rows)
    above = (24.0 if len(chart.series) > 1 else 0.0) + (18.0 if chart.lines else 4.0)
    step = 0.0 if not narrow or chart.bare else _LINE * 0.9
    tops, bottom = _tops(chart.rows, above, step)
    page = style.sheet(width, bottom + _AXIS)
    frame = _Frame(
        left=names + 10 if names else 12,
        right=width - (18.0 if narrow else 142.0),
        above=above,
        names=names,
        narrow=narrow,
        tops=tops,
        marks=_places(chart.rows, tops, step),
    )
    axes = page.panel(frame.left, above, frame.right - frame.left, bottom - above)
    axes.set_ylim(bottom - above, 0)
    axes.set_xlim(chart.span or _span(chart))
    style.axis_below(axes, chart.form, 5 if narrow else 6)
    _thresholds(page, axes, chart, frame)
    _draw(axes, frame.marks, above)
    if not chart.bare:
        _write(page, chart, frame)
        _legend(page, chart.series, frame.left if frame.names else 6)
    return page


def _name_width(rows: Sequence[Row]) -> float:
    longest = max((len(row.label) for row in rows), default=0)
    return min(190.0, max(48.0, longest * style.GLYPH))


def _tops(rows: Sequence[Row], above: float, step: float) -> tuple[list[float], float]:
    tops, y = [], above
    for row in rows:
        tops.append(y)
        y += _GAP + _LINE * len(row.marks) + step
    return tops, y


def _places(rows: Sequence[Row], tops: Sequence[float], step: float) -> list[list[tuple[Mark, float]]]:
    first = _GAP / 2 + _LINE / 2 + step
    return [
        [(mark, top + first + _LINE * line) for line, mark in enumerate(row.marks)]
        for row, top in zip(rows, tops, strict=True)
    ]


def _span(chart: Intervals) -> tuple[float, float]:
    found = [mark.estimate for row in chart.rows for mark in row.marks]
    ends = [each[end] for each in found for end in ("low", "high", "value") if each.get(end) is not None]
    ends += [place for place, _ in chart.lines]
    low, high = (min(ends), max(ends)) if ends else (0.0, 1.0)
    room = max((high - low) * 0.06, 0.02, (_LEAST - high + low) / 2)
    least = -1.0 if low < 0 else 0.0
    return max(low - room, least), min(high + room, 1.0)


def _thresholds(page: style.Sheet, axes: Any, chart: Intervals, frame: _Frame) -> None:  # noqa: ANN401 - axes
    low, high = axes.get_xlim()
    scale = (frame.right - frame.left) / (high - low)
    drawn = [(frame.left + (place - low) * scale, place, words) for place, words in chart.lines if low <= place <= high]
    crowded = len(drawn) == 2 and drawn[1][0] - drawn[0][0] < 38
    for number, (x, place, words) in enumerate(drawn):
        axes.axvline(place, color=style.SOFT, linewidth=1, dashes=(2, 2.5), clip_on=False)
        side = ("right", "left")[number] if crowded else "center"
        page.text(x, frame.above - 9, words, ha=side, color=style.SOFT, fontsize=style.SMALL)


def _draw(axes: Any, places: Sequence[Sequence[tuple[Mark, float]]], above: float) -> None:  # noqa: ANN401
    series = sorted({mark.series for row in places for mark, _ in row})
    for each in series:
        colour = style.SERIES[each % len(style.SERIES)]
        mine = [(mark.estimate, y - above) for row in places for mark, y in row if mark.series == each]
        known = [(found, y) for found, y in mine if found.get("value") is not None]
        across, down = _whiskers(known)
        axes.plot(across, down, color=colour, linewidth=1.5, solid_capstyle="butt", clip_on=False)
        axes.plot(
            [found["value"] for found, _ in known],
            [y for _, y in known],
            linestyle="none",
            marker=style.SHAPES[each % len(style.SHAPES)],
            markersize=6.5 if each % 2 == 0 else 5.5,
            color=colour,
            markerfacecolor=colour if each % 2 == 0 else style.PAPER,
            markeredgewidth=1.5,
            clip_on=False,
        )


def _whiskers(known: Sequence[tuple[dict[str, Any], float]]) -> tuple[list[float], list[float]]:
    """Lines with caps for all intervals, as one broken line."""
    gap = float("nan")
    across: list[float] = []
    down: list[float] = []
    for found, y in known:
        low, high = found.get("low"), found.get("high")
        if low is not None and high is not None:
            across += [low, high, gap, low, low, gap, high, high, gap]
            down += [y, y, gap, y - _CAP, y + _CAP, gap, y - _CAP, y + _CAP, gap]
    return across, down


def _write(page: style.Sheet, chart: Intervals, frame: _Frame) -> None:
    ground: dict[str, Any] = {"bbox": {"facecolor": style.PAPER, "linewidth": 0, "pad": 1}} if frame.narrow else {}
    for row, top, marks in zip(chart.rows, frame.tops, frame.marks, strict=True):
        weight = "bold" if row.strong else "normal"
        y = top + _GAP / 2 + _LINE / 2
        label = style.clipped(row.label, 26 if frame.narrow else round(frame.names / style.GLYPH))
        page.text(0, y, label, fontweight=weight, **ground)
        if frame.narrow and len(marks) > 1:
            continue
        for mark, line in marks:
            colour = _value_colour(mark, several=len(chart.series) > 1)
            said = estimate(mark.estimate, chart.form)
            place = y if frame.narrow else line
            page.text(page.width, place, said, ha="right", color=colour, fontweight=weight, **ground)


def _value_colour(mark: Mark, *, several: bool) -> str:
    if "undefined" in mark.estimate:
        return style.SOFT
    return style.SERIES[mark.series % len(style.SERIES)] if several else style.INK


def _legend(page: style.Sheet, series: Sequence[str], left: float) -> None:
    if len(series) < 2:
        return
    x = left
    for place, name in enumerate(series):
        colour = style.SERIES[place % len(style.SERIES)]
        key = page.panel(x, 2, 14, 14)
        key.set(xlim=(0, 1), ylim=(0, 1))
        key.plot(
            [0.5],
            [0.5],
            marker=style.SHAPES[place % len(style.SHAPES)],
            markersize=6.5 if place % 2 == 0 else 5.5,
            color=colour,
            markerfacecolor=colour if place % 2 == 0 else style.PAPER,
            markeredgewidth=1.5,
            clip_on=False,
        )
        page.text(x + 16, 9, name, ha="left", color=style.SOFT)
        x += 16 + len(name) * style.GLYPH + 18
