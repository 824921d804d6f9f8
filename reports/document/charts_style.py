"""The look of charts, and matplotlib's output made fit for a page: small, coloured by the page, without foreign ids."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from io import BytesIO
from typing import Any
from unicodedata import east_asian_width

from reports.inert import for_page

INK, SOFT, RULE, PAPER = "#1f1d1a", "#66615a", "#e4dfd5", "#fcfbf8"
SERIES = ("#0342b4", "#b92e50", "#014c20", "#8e4f8e", "#5d5f06", "#5a0c7d", "#822b5a", "#3a62c2")
"""The light palette of the page, which PDFs keep; in SVG each becomes the page's own variable."""

SHAPES = ("o", "D", "s", "^")
TEXT, SMALL = 12.0, 11.0
GLYPH = 7.3
"""Pixels that a character of `TEXT` takes on average, in the widest of the page's fonts."""

_VARIABLES = {INK: "--ink", SOFT: "--soft", RULE: "--rule", PAPER: "--paper"} | {
    colour: f"--k{place}" for place, colour in enumerate(SERIES)
}
_SETTINGS: Any = {
    "svg.fonttype": "none",
    "svg.hashsalt": "onrecord",
    "pdf.fonttype": 42,
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "path.simplify": False,
}


_UNUSED = re.compile(
    r"<metadata>.*?</metadata>|<style.*?</style>|<!--.*?-->|<defs>\s*(<clipPath.*?</clipPath>\s*)+</defs>|"
    r"<defs>\s*</defs>",
    re.DOTALL,
)
_TAG = re.compile(r"<[^>]+>")
_INVISIBLE = re.compile(r'<path [^>]*style="fill: none"/>')


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A figure measured in pixels from its top left corner."""

    figure: Any
    width: float
    height: float

    def panel(self, left: float, top: float, width: float, height: float) -> Any:  # noqa: ANN401 - matplotlib axes
        """Axes at a place, without frame and ticks."""
        place = (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        axes = self.figure.add_axes(place, facecolor="none")
        axes.spines[:].set_visible(False)
        axes.set(xticks=[], yticks=[])
        return axes

    def text(self, x: float, y: float, words: str, **look: Any) -> None:  # noqa: ANN401 - matplotlib's keywords
        """Words at a place: `y` is where their middle stands."""
        self.figure.text(
            x / self.width,
            1 - y / self.height,
            clipped(words, 200),
            **{"va": "center", "fontsize": TEXT, "color": INK, **look},
        )


def sheet(width: float, height: float) -> Sheet:
    """An empty figure of a size in pixels."""
    from matplotlib.figure import Figure

    return Sheet(figure=Figure(figsize=(width / 72, height / 72), dpi=72), width=width, height=height)


def clipped(words: str, most: int) -> str:
    """Words in one line of at most `most` characters (wide ones count double), harmless to look at."""
    line = " ".join(for_page(words).split())
    kept, room = "", most
    for sign in line:
        room -= 2 if east_asian_width(sign) in "WF" else 1
        if room < 1 and len(kept) < len(line) - 1:
            return f"{kept.rstrip()}…"
        kept += sign
    return kept


def axis_below(axes: Any, form: str, ticks: int = 6) -> None:  # noqa: ANN401 - matplotlib axes
    """An axis with few ticks, its grid in hairlines behind everything."""
    from matplotlib.ticker import FuncFormatter, MaxNLocator

    axes.xaxis.set_major_locator(MaxNLocator(ticks, steps=[1, 2, 2.5, 5, 10]))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: tick(value, form)))
    axes.tick_params(axis="x", length=0, pad=6, labelsize=SMALL, labelcolor=SOFT)
    axes.grid(axis="x", color=RULE, linewidth=1)
    axes.set_axisbelow(True)


def tick(value: float, form: str) -> str:
    """A number at an axis: as short as it can be."""
    if form == "share":
        return f"{100 * value:.6g}%".replace("-", "−")
    if form == "count":
        return f"{value:,.0f}"
    if form == "coefficient":
        written = f"{abs(value):.3f}".rstrip("0").rstrip(".").removeprefix("0") or "0"
        return f"{'−' if value < -1e-9 else ''}{written}"
    return f"{value:.6g}"


def as_svg(sheet: Sheet, title: str) -> str:
    """The figure as an ``<svg>`` element for a page that defines the palette's variables."""
    file = BytesIO()
    sheet.figure.savefig(file, format="svg", facecolor="none", metadata={"Date": None, "Creator": None})
    drawn = file.getvalue().decode()
    drawn = drawn[drawn.index(">", drawn.index("<svg")) + 1 : drawn.rindex("</svg>")]
    drawn = _UNUSED.sub("", drawn)
    drawn = _own_ids(_TAG.sub(lambda tag: _tag(tag.group()), drawn), sheet)
    drawn = _without_bare_groups(_INVISIBLE.sub("", drawn))
    size = f'viewBox="0 0 {sheet.width:g} {sheet.height:g}" width="{sheet.width:g}" height="{sheet.height:g}"'
    return f'<svg class="chart" role="img" aria-label="{escape(for_page(title))}" {size}>{drawn}</svg>'


def as_pdf(sheet: Sheet) -> bytes:
    """The figure as PDF, without a date."""
    file = BytesIO()
    sheet.figure.savefig(file, format="pdf", metadata={"CreationDate": None, "Producer": None, "Creator": None})
    return file.getvalue()


@contextmanager
def drawing() -> Iterator[None]:
    """The house's settings for making and writing figures; letters its font lacks are the reader's font's business."""
    import matplotlib

    with matplotlib.rc_context(_SETTINGS), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")
        warnings.filterwarnings("ignore", message="Matplotlib currently does not support")
        yield


def _tag(tag: str) -> str:
    tag = re.sub(r"(\d+\.\d{2})\d+", r"\1", tag).replace("xlink:href", "href")
    tag = re.sub(r"font: (?:(\w+) )?([\d.]+)px [^;\"]*|font-family: [^;\"]*;? ?", _font, tag)
    tag = re.sub(r' transform="rotate\(-?0 [^"]*"| clip-path="[^"]*"', "", tag)
    return re.sub("#[0-9a-f]{6}", lambda found: _colour(found.group()), " ".join(tag.split()))


def _font(found: re.Match[str]) -> str:
    if found.group(2) is None:
        return ""
    style = {None: "", "italic": "; font-style: italic"}.get(found.group(1), f"; font-weight: {found.group(1)}")
    return f"font-size: {found.group(2)}px{style}"


def _colour(colour: str) -> str:
    return f"var({_VARIABLES[colour]})" if colour in _VARIABLES else colour


def _own_ids(drawn: str, sheet: Sheet) -> str:
    """Drop the ids that nothing refers to, and make the others this drawing's own."""
    mark = sha256(f"{sheet.width}{drawn}".encode()).hexdigest()[:8]
    kept = {name: f"c{mark}{place}" for place, name in enumerate(sorted(set(re.findall(r'href="#([^"]+)"', drawn))))}

    def renamed(found: re.Match[str]) -> str:
        name = kept.get(found.group(2))
        return f'{found.group(1)}{name}"' if name else ""

    return re.sub(r'( id="|(?<= href="#))([^"]*)"', renamed, drawn)


def _without_bare_groups(drawn: str) -> str:
    """Take away groups that have no attribute: they only nest."""
    kept: list[str] = []
    open_groups: list[bool] = []
    for part in re.split(r"(<g\b[^>]*>|</g>)", drawn):
        bare = part in ("<g>", "<g/>")
        if part == "</g>":
            bare = open_groups.pop()
        elif part.startswith("<g") and not part.endswith("/>"):
            open_groups.append(bare)
        if not bare:
            kept.append(part.strip())
    return "".join(kept)
