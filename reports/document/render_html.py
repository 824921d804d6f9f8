"""The report as one self-contained page without scripts: charts inline, their numbers beneath, data to take away."""

from __future__ import annotations

import base64
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Template
from markupsafe import Markup, escape

from reports.document import notation
from reports.document.charts import Chart, svg
from reports.document.document import Document, Table
from reports.document.references import REFERENCES, bibtex
from reports.document.render_csv import csv_of
from reports.inert import for_page
from reports.pages import page_environment

FIRST = 8
"""So many disagreements stand open; the others unfold."""

MOST = 60
"""A table on the page shows so many rows; the CSV has all."""

FEW = 24
"""A table with more rows than that unfolds."""

SHORT = 24
"""A name at the head of a row breaks into lines only beyond so many characters."""

_INLINE = 24_000
"""A larger CSV is linked beside the page, not carried in it."""


def html_of(document: Document) -> str:
    """The page. It needs no other file, but the largest tables are linked beside it as ``tables/NAME.csv``."""
    return _template().render(document=document, front=_front(document), bibtex=bibtex(document.cited))


@cache
def _template() -> Template:
    """The page's template, with what it calls."""
    environment = page_environment()
    environment.globals |= {
        "kind_of": lambda block: type(block).__name__,
        "draw": _draw,
        "link": _link,
        "reference": _reference,
        "FIRST": FIRST,
        "MOST": MOST,
        "FEW": FEW,
        "SHORT": SHORT,
    }
    environment.filters |= {
        "prose": _prose,
        "written": notation.written,
        "interval": notation.interval,
        "coefficient": notation.coefficient,
    }
    return environment.get_template("report.html.j2")


def _draw(chart: Chart, title: str, narrow: bool = False) -> Markup:
    return Markup(svg(chart, title, narrow=narrow))


def _link(table: Table) -> str:
    content = csv_of(table).encode("utf-8")
    if len(content) > _INLINE:
        return f"tables/{table.name}.csv"
    return f"data:text/csv;charset=utf-8;base64,{base64.b64encode(content).decode()}"


def _prose(text: str) -> Markup:
    """Escaped words, with ``[@key]`` as links to the references and backticks as code."""
    words = str(escape(for_page(text)))
    words = re.sub(r"`([^`<>]+)`", r"<code>\1</code>", words)
    return Markup(re.sub(r"\[(@\w+(?:; @\w+)*)\]", lambda found: _citation(found.group(1)), words))


def _citation(keys: str) -> str:
    links = []
    for key in re.findall(r"@(\w+)", keys):
        if key not in REFERENCES:
            return f"[{keys}]"
        links.append(f'<a href="#ref-{key}">{escape(REFERENCES[key].short)}</a>')
    return f"({'; '.join(links)})"


def _reference(key: str) -> Markup:
    fields = REFERENCES[key].fields
    plain = {name: re.sub(r"\{\\\W\\?(\w)\}|[{}]", r"\1", value).replace("--", "–") for name, value in fields.items()}
    where = plain.get("journal") or plain.get("booktitle") or plain.get("publisher") or ""
    more = ", ".join(filter(None, [plain.get("volume"), plain.get("pages")]))
    address = _address(plain)
    names = re.sub(r"([^,]+), (.+)", r"\1, \2", plain["author"]).replace(" and ", "; ")
    return Markup("{} ({}). {}. <i>{}</i>{}.{}").format(
        names, plain["year"], plain["title"], where, f" {more}" if more else "", address
    )


def _address(fields: dict[str, Any]) -> Markup:
    if "doi" in fields:
        place = f"https://doi.org/{fields['doi']}"
    elif "eprint" in fields:
        place = f"https://arxiv.org/abs/{fields['eprint']}"
    else:
        place = fields.get("url", "")
    link = Markup(' <a href="{}" rel="noopener noreferrer">{}</a>')
    return link.format(place, place.removeprefix("https://")) if place else Markup()


def _front(document: Document) -> tuple[tuple[str, str], ...]:
    """What identifies the input, in short."""
    found = dict(document.provenance)
    source = next(iter(found))
    short = {source: Path(found[source]).name} | {key: found[key] for key in ("seed", "resamples") if key in found}
    named = (("SHA-256", "SHA-256 of the file"), ("fingerprint", "fingerprint of the cleaned table"))
    digests = [(name, found[key]) for name, key in named if " " not in found.get(key, " ")]
    short |= {name: f"{digest[:12]}…" for name, digest in digests[:1]}
    return tuple((short | {key: found[key] for key in ("onrecord", "date") if key in found}).items())
