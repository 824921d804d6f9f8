"""Charts as data, and the one door to drawing them: inline SVG for the page, in two widths, and PDF for a paper.

matplotlib is imported when a chart is drawn, not before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reports.document.notation import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One estimate, drawn in the colour and shape of its series."""

    estimate: dict[str, Any]
    series: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A named row of estimates. `strong` sets it apart from the others."""

    label: str
    marks: tuple[Mark, ...]
    strong: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Intervals:
    """Forest plot: an interval as a line with caps, its value as a point, numbers beside it. `lines` are thresholds."""

    rows: tuple[Row, ...]
    form: Form = "coefficient"
    series: tuple[str, ...] = ()
    lines: tuple[tuple[float, str], ...] = ()
    span: tuple[float, float] | None = None
    bare: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Caterpillar:
    """Many estimates from lowest to highest, without their names."""

    estimates: tuple[dict[str, Any], ...]
    axis: str
    form: Form = "coefficient"
    lines: tuple[tuple[float, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Stack:
    """Rows of shares that add up to one, label by label. With `rest`, the last label stands for all others."""

    labels: tuple[str, ...]
    rows: tuple[tuple[str, tuple[float, ...]], ...]
    ordered: bool = False
    rest: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """Counts as bars; `part` of each is drawn solid, the rest as an outline. `names` say what these are."""

    rows: tuple[tuple[str, int, int], ...]
    names: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """A table of numbers whose ground grows darker with `shades` (0 to 1). Cells of None stay empty."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[str | None, ...], ...]
    shades: tuple[tuple[float, ...], ...]
    row_title: str = ""
    column_title: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Points joined by a line. `sizes` (0 to 1) scale the points; `diagonal` draws where x equals y."""

    points: tuple[tuple[float, float], ...]
    x: tuple[str, Form]
    y: tuple[str, Form]
    sizes: tuple[float, ...] = ()
    diagonal: bool = False
    x_span: tuple[float, float] | None = None
    y_span: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Specifications:
    """Estimates from lowest to highest, and under each the choices it was made by."""

    estimates: tuple[dict[str, Any], ...]
    choices: tuple[tuple[str, tuple[tuple[str, tuple[bool, ...]], ...]], ...]
    lines: tuple[tuple[float, str], ...] = ()


Chart = Intervals | Caterpillar | Stack | Bars | Matrix | Curve | Specifications

WIDE, NARROW = 672, 350
"""Widths in pixels: beside the sentence on how to read it, and on a phone."""


def svg(chart: Chart, title: str, *, narrow: bool = False) -> str:
    """The chart as an ``<svg>`` element that takes its colours from the page; `title` is its accessible name."""
    from reports.document import charts_style

    with charts_style.drawing():
        return charts_style.as_svg(_figure(chart, narrow), title)


def pdf(chart: Chart) -> bytes:
    """The chart as a PDF file, the same bytes every time."""
    from reports.document import charts_style

    with charts_style.drawing():
        return charts_style.as_pdf(_figure(chart, narrow=False))


def _figure(chart: Chart, narrow: bool) -> Any:  # noqa: ANN401 - a matplotlib figure
    from reports.document import charts_curves, charts_grids, charts_intervals, charts_specification

    drawers: dict[type, Any] = {
        Intervals: charts_intervals.intervals,
        Caterpillar: charts_curves.caterpillar,
        Stack: charts_grids.stack,
        Bars: charts_grids.bars,
        Matrix: charts_grids.matrix,
        Curve: charts_curves.curve,
        Specifications: charts_specification.specifications,
    }
    return drawers[type(chart)](chart, NARROW if narrow else WIDE)
