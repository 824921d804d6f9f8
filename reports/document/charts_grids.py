"""Charts whose marks are boxes: stacked shares, counts, and matrices."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from reports.document import charts_style as style
from reports.document.charts import Bars, Matrix, Stack

_ROW = 26.0


def stack(chart: Stack, width: float) -> style.Sheet:
    """Draw shares as stacked bars, with the percentages that have room."""
    from matplotlib.patches import Rectangle

    narrow = width < 500
    colours = _label_colours(chart)
    longest = max((len(name) for name, _ in chart.rows), default=0)
    left = min(120.0 if narrow else 190.0, longest * style.GLYPH + 12)
    legend = _legend_rows(chart.labels, width - left)
    above = 8 + 20 * len(legend)
    page = style.sheet(width, above + _ROW * len(chart.rows) + 4)
    axes = page.panel(left, above, width - left, _ROW * len(chart.rows))
    axes.set(xlim=(0, width - left), ylim=(_ROW * len(chart.rows), 0))
    for line, (name, shares) in enumerate(chart.rows):
        page.text(0, above + _ROW * (line + 0.5), style.clipped(name, round((left - 10) / style.GLYPH)))
        x = 0.0
        for share, (colour, alpha) in zip(shares, colours, strict=True):
            wide = share * (width - left)
            box = Rectangle((x, _ROW * line + 3), wide, _ROW - 6, facecolor=colour, alpha=alpha, edgecolor="none")
            axes.add_patch(box)
            if wide > 34:
                ink = style.PAPER if alpha == 1 and colour != style.RULE else style.INK
                axes.text(x + wide / 2, _ROW * (line + 0.5), f"{100 * share:.0f}%", ha="center", va="center",
                          color=ink, fontsize=style.SMALL)  # fmt: skip
            x += wide
    _legend(page, legend, chart.labels, colours, left)
    return page


def _label_colours(chart: Stack) -> list[tuple[str, float]]:
    """Ordered labels run from blue over grey to red; others take the colours in turn, and what is left is grey."""
    size = len(chart.labels) - chart.rest
    rest = [(style.RULE, 1.0)] * chart.rest
    if not chart.ordered or size < 2:
        return [*((style.SERIES[place % 8], 1.0 if place < 8 else 0.5) for place in range(size)), *rest]
    half = (size - 1) / 2
    scale = [
        (style.RULE, 1.0)
        if abs(place - half) < 0.1
        else (style.SERIES[0] if place < half else style.SERIES[1], 1.0 if place in (0, size - 1) else 0.4)
        for place in range(size)
    ]
    return [*scale, *rest]


def _legend_rows(labels: Sequence[str], room: float) -> list[list[int]]:
    rows: list[list[int]] = [[]]
    used = 0.0
    for place, label in enumerate(labels):
        wide = 34 + min(len(label), 28) * style.GLYPH
        if used + wide > room and rows[-1]:
            rows.append([])
            used = 0.0
        rows[-1].append(place)
        used += wide
    return rows


def _legend(
    page: style.Sheet, rows: list[list[int]], labels: Sequence[str], colours: list[tuple[str, float]], left: float
) -> None:
    for line, places in enumerate(rows):
        x = left
        for place in places:
            name = style.clipped(labels[place], 28)
            colour, alpha = colours[place]
            page.panel(x, 5 + 20 * line, 10, 10).set(facecolor=(colour, alpha))
            page.text(x + 16, 10.5 + 20 * line, name, ha="left", color=style.SOFT)
            x += 34 + len(name) * style.GLYPH


def bars(chart: Bars, width: float) -> style.Sheet:
    """Draw counts as bars: the solid part, and the rest pale."""
    from matplotlib.patches import Rectangle

    longest = max((len(name) for name, *_ in chart.rows), default=0)
    left = min(120.0 if width < 500 else 190.0, longest * style.GLYPH + 12)
    most = max((total for _, total, _ in chart.rows), default=1) or 1
    right = width - 12 - style.GLYPH * len(f"{most:,} of {most:,}")
    partial = any(part != total for _, total, part in chart.rows)
    above = 26.0 if partial else 2.0
    page = style.sheet(width, above + _ROW * len(chart.rows) + 2)
    axes = page.panel(left, above, right - left, _ROW * len(chart.rows))
    axes.set(xlim=(0, most), ylim=(_ROW * len(chart.rows), 0))
    for line, (name, total, part) in enumerate(chart.rows):
        y = _ROW * line
        page.text(0, above + y + _ROW / 2, style.clipped(name, round((left - 10) / style.GLYPH)))
        axes.add_patch(Rectangle((0, y + 6), total, _ROW - 12, facecolor=style.SERIES[0], alpha=0.22, edgecolor="none"))
        axes.add_patch(Rectangle((0, y + 6), part, _ROW - 12, facecolor=style.SERIES[0], edgecolor="none"))
        words = f"{part:,} of {total:,}" if partial else f"{total:,}"
        page.text(left + total / most * (right - left) + 8, above + y + _ROW / 2, words, color=style.SOFT)
    if partial:
        _legend(page, [[0, 1]], chart.names, [(style.SERIES[0], 1.0), (style.SERIES[0], 0.22)], left)
    return page


def matrix(chart: Matrix, width: float) -> style.Sheet:
    """Draw a table whose ground grows darker with its shades."""
    narrow = width < 500
    longest = max((len(name) for name in chart.rows), default=0)
    left = 22 + min(86.0 if narrow else 170.0, longest * style.GLYPH + 8)
    widest = max((len(name) for name in chart.columns), default=0) * style.GLYPH
    cell = min(96.0, (width - left) / max(len(chart.columns), 1))
    if slanted := widest > cell + 4:
        cell = min(96.0, (width - left - 50) / len(chart.columns))
    tall = min(38.0, max(24.0, cell * 0.55))
    above = 24 + (54.0 if slanted else 16.0)
    page = style.sheet(width, above + tall * len(chart.rows) + 4)
    for place, name in enumerate(chart.columns):
        x = left + cell * (place + 0.5)
        look: dict[str, Any] = {"ha": "center"}
        if slanted:
            look = {"ha": "left", "rotation": 40, "va": "bottom", "rotation_mode": "anchor"}
        page.text(x, above - (4 if slanted else 10), style.clipped(name, 11 if slanted else 16), **look)
    page.text(left, 8, style.clipped(chart.column_title, 60), color=style.SOFT, fontsize=style.SMALL)
    middle = above + tall * len(chart.rows) / 2
    page.text(8, middle, chart.row_title, rotation=90, ha="center", color=style.SOFT, fontsize=style.SMALL)
    axes = page.panel(left, above, cell * len(chart.columns), tall * len(chart.rows))
    axes.set(xlim=(0, cell * len(chart.columns)), ylim=(tall * len(chart.rows), 0))
    for line, name in enumerate(chart.rows):
        y = above + tall * (line + 0.5)
        page.text(left - 8, y, style.clipped(name, round((left - 22) / style.GLYPH)), ha="right")
        _cells(axes, chart, line, (cell, tall))
    return page


def _cells(axes: Any, chart: Matrix, line: int, box: tuple[float, float]) -> None:  # noqa: ANN401 - matplotlib axes
    from matplotlib.patches import Rectangle

    wide, tall = box
    size = style.TEXT if wide > 44 else style.SMALL - 1.5
    for place, words in enumerate(chart.cells[line]):
        if words is None:
            continue
        x, y = wide * place, tall * line
        shade = 0.04 + 0.46 * max(0.0, min(1.0, chart.shades[line][place]))
        ground = Rectangle((x + 1, y + 1), wide - 2, tall - 2, facecolor=style.SERIES[0], alpha=shade, edgecolor="none")
        axes.add_patch(ground)
        axes.text(x + wide / 2, y + tall / 2, words, ha="center", va="center", color=style.INK, fontsize=size)
