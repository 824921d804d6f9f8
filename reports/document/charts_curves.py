"""Charts of points along two axes: curves, and many estimates in order."""

from __future__ import annotations

from typing import Any

from reports.document import charts_style as style
from reports.document.charts import Caterpillar, Curve
from reports.document.notation import Form

_LEFT, _BELOW = 52.0, 44.0


def curve(chart: Curve, width: float) -> style.Sheet:
    """Draw points joined by a line, with both axes named."""
    wide = min(width, 460.0)
    page = style.sheet(width, 280)
    axes = page.panel(_LEFT, 22, wide - _LEFT - 22, 280 - 22 - _BELOW)
    across, up = zip(*chart.points, strict=True)
    axes.set_xlim(chart.x_span or room(across, chart.x[1]))
    axes.set_ylim(chart.y_span or room((0.0, *up), chart.y[1]))
    _axes(page, axes, (chart.x, chart.y), wide)
    if chart.diagonal:
        axes.plot([0, 1], [0, 1], color=style.SOFT, linewidth=1, dashes=(2, 2.5))
    axes.plot(across, up, color=style.SERIES[0], linewidth=1.5, clip_on=False)
    sizes = chart.sizes or (0.25,) * len(across)
    axes.scatter(across, up, s=[12 + 110 * size for size in sizes], color=style.SERIES[0], zorder=3, clip_on=False,
                 edgecolors=style.PAPER, linewidths=1)  # fmt: skip
    return page


def caterpillar(chart: Caterpillar, width: float) -> style.Sheet:
    """Draw estimates from lowest to highest, side by side."""
    known = sorted((each for each in chart.estimates if each.get("value") is not None), key=lambda each: each["value"])
    page = style.sheet(width, 270)
    axes = page.panel(_LEFT, 22, width - _LEFT - (70 if chart.lines else 8), 270 - 22 - 24)
    ends = [each[end] for each in known for end in ("low", "high", "value") if each.get(end) is not None]
    ends += [place for place, _ in chart.lines]
    axes.set(xlim=(-1, len(known)), ylim=room(ends, chart.form))
    _grid(axes, "y", chart.form)
    page.text(0, 8, chart.axis, color=style.SOFT, fontsize=style.SMALL)
    gap = float("nan")
    across = [x for place, each in enumerate(known) if each.get("low") is not None for x in (place, place, gap)]
    down = [y for each in known if each.get("low") is not None for y in (each["low"], each["high"], gap)]
    thin = max(0.6, min(2.0, 250 / max(len(known), 1)))
    axes.plot(across, down, color=style.SERIES[0], alpha=0.35, linewidth=thin, solid_capstyle="butt")
    values = [each["value"] for each in known]
    axes.plot(range(len(known)), values, color=style.SERIES[0], linewidth=2)
    for place, words in chart.lines:
        axes.axhline(place, color=style.SOFT, linewidth=1, dashes=(2, 2.5))
        low, high = axes.get_ylim()
        page.text(width - 64, 22 + (high - place) / (high - low) * 224, words, color=style.SOFT, fontsize=style.SMALL)
    note = f"{len(known):,} estimates, from lowest to highest"
    page.text(_LEFT, 262, note, color=style.SOFT, fontsize=style.SMALL)
    return page


def _axes(page: style.Sheet, axes: Any, names: tuple[tuple[str, Form], tuple[str, Form]], wide: float) -> None:  # noqa: ANN401
    (x_name, x_form), (y_name, y_form) = names
    style.axis_below(axes, x_form, 5)
    _grid(axes, "y", y_form)
    page.text(0, 8, y_name, color=style.SOFT, fontsize=style.SMALL)
    page.text(wide - 22, page.height - 10, x_name, ha="right", color=style.SOFT, fontsize=style.SMALL)


def _grid(axes: Any, side: str, form: str) -> None:  # noqa: ANN401 - matplotlib axes
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
    axes.yaxis.set_major_formatter(FuncFormatter(lambda value, _: style.tick(value, form)))
    axes.tick_params(axis=side, length=0, pad=8, labelsize=style.SMALL, labelcolor=style.SOFT)
    axes.grid(axis=side, color=style.RULE, linewidth=1)
    axes.set_axisbelow(True)


def room(values: Any, form: Form) -> tuple[float, float]:  # noqa: ANN401 - any sequence of numbers
    """The ends of an axis with some room around the values; shares that are some have none beyond 0% and 100%."""
    low, high = (min(values), max(values)) if len(values) else (0.0, 1.0)
    more = (high - low) * 0.06 or 0.05
    bottom, top = low - more if low != 0 else 0.0, high + more
    if form == "share" and 0 <= low <= high <= 1:
        return max(bottom, 0.0), min(top, 1.0)
    return bottom, top
