"""The report's files: one report.json, and what is made from it for reading, for a paper and for a spreadsheet."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pipeline.errors import Place, RunError
from reports.document.charts import pdf
from reports.document.compose import compose
from reports.document.document import Document, Figure
from reports.document.references import bibtex
from reports.document.render_csv import csv_of
from reports.document.render_html import html_of
from reports.document.render_latex import latex_of
from reports.document.render_markdown import markdown_of

JSON, PAGE = "report.json", "report.html"
PRINTED = ("agreement", "sensitivity", "categories", "anchoring", "conclusions")
"""The chapters whose figures are also made as PDF, for a paper."""
_OWN = re.compile(r"(?:tables|figures)/[\w-]+\.(?:csv|pdf)")
"""What a report's own tables and figures are called: nothing else is ever taken away."""


def json_of(report: Mapping[str, Any]) -> str:
    """The report as JSON, every number in full."""
    return json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def texts_of(report: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file that follows from the report's JSON with nothing drawn in it: ``{path: contents}``."""
    return {name: _bytes(text) for name, text in _texts(compose(report), page=False).items()}


def names_of(report: Mapping[str, Any]) -> list[str]:
    """The paths of every file of the report, without making them."""
    document = compose(report)
    return [JSON, PAGE, *_texts(document, page=False), *(_path(block) for block in _printed(document))]


def files_of(report: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file of the report, from its JSON alone: ``{path: contents}``; the same bytes for the same JSON."""
    document = compose(report)
    texts = {JSON: json_of(report), **_texts(document, page=True)}
    drawn = {_path(block): pdf(block.chart) for block in _printed(document)}
    return {**{name: _bytes(text) for name, text in texts.items()}, **drawn}


def _texts(document: Document, *, page: bool) -> dict[str, str]:
    return {
        **({PAGE: html_of(document)} if page else {}),
        "report.md": markdown_of(document),
        "report.tex": latex_of(document),
        "references.bib": bibtex(document.cited),
        **{f"tables/{table.name}.csv": csv_of(table) for table in document.tables},
    }


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")


def _printed(document: Document) -> Iterator[Figure]:
    """The figures for a paper."""
    for chapter in document.chapters:
        if chapter.key in PRINTED:
            yield from (block for block in chapter.blocks if isinstance(block, Figure))


def _path(figure: Figure) -> str:
    return f"figures/{figure.table.name}.pdf"


def write_report(report: Mapping[str, Any], folder: Path, progress: Callable[[str], None] | None = None) -> list[Path]:
    """Write every file of the report into `folder`, which is made where it is missing; returns their paths.

    Files of an earlier report in the same folder that this one does not have are taken away; others' files stay.
    Raises RunError where the folder cannot be written.
    """
    if progress:
        progress("charts and pages")
    files = files_of(report)
    try:
        for kind in ("tables", "figures"):
            (folder / kind).mkdir(parents=True, exist_ok=True)
        for name in _earlier(folder) - files.keys():
            (folder / name).unlink(missing_ok=True)
        for name, contents in files.items():
            (folder / name).write_bytes(contents)
    except OSError as error:
        raise RunError(
            f"the report cannot be written: {error.strerror or error}.",
            where=Place(path=folder),
            fix="name a folder that can be written to: --out DIR.",
        ) from error
    return [folder / name for name in files]


def _earlier(folder: Path) -> set[str]:
    """The tables and figures of the report that is in a folder already, by its own account."""
    try:
        said = json.loads((folder / JSON).read_text(encoding="utf-8"))["provenance"]["files"]
    except (OSError, ValueError, KeyError, TypeError):
        return set()
    return {name for name in said if isinstance(name, str) and _OWN.fullmatch(name)}
