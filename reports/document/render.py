"""The report's files: one report.json, and what is made from it for reading, for a paper and for a spreadsheet."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
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


def json_of(report: Mapping[str, Any]) -> str:
    """The report as JSON, every number in full."""
    return json.dumps(report, ensure_ascii=False, indent=1, allow_nan=False) + "\n"


def texts_of(report: Mapping[str, Any], *, page: bool = True) -> dict[str, bytes]:
    """Every file that follows from the report's JSON but its PDFs: ``{path: contents}``; without the `page`, faster."""
    return {name: _bytes(text) for name, text in _texts(compose(report), page).items()}


def files_of(report: Mapping[str, Any]) -> dict[str, bytes]:
    """Every file of the report, from its JSON alone: ``{path: contents}``; the same bytes for the same JSON."""
    document = compose(report)
    texts = {JSON: json_of(report), **_texts(document, page=True)}
    return {**{name: _bytes(text) for name, text in texts.items()}, **_figures(document)}


def _texts(document: Document, page: bool) -> dict[str, str]:
    return {
        **({PAGE: html_of(document)} if page else {}),
        "report.md": markdown_of(document),
        "report.tex": latex_of(document),
        "references.bib": bibtex(document.cited),
        **{f"tables/{table.name}.csv": csv_of(table) for table in document.tables},
    }


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", errors="replace")


def _figures(document: Document) -> dict[str, bytes]:
    return {
        f"figures/{block.table.name}.pdf": pdf(block.chart)
        for chapter in document.chapters
        if chapter.key in PRINTED
        for block in chapter.blocks
        if isinstance(block, Figure)
    }


def write_report(report: Mapping[str, Any], folder: Path, progress: Callable[[str], None] | None = None) -> list[Path]:
    """Write every file of the report into `folder`, which is made where it is missing; returns their paths.

    Tables and figures of an earlier report in the same folder that this one does not have are taken away.
    Raises RunError where the folder cannot be written.
    """
    if progress:
        progress("charts and pages")
    files = files_of(report)
    try:
        for kind, ending in (("tables", "csv"), ("figures", "pdf")):
            (folder / kind).mkdir(parents=True, exist_ok=True)
            for old in (folder / kind).glob(f"*.{ending}"):
                if f"{kind}/{old.name}" not in files:
                    old.unlink()
        for name, contents in files.items():
            (folder / name).write_bytes(contents)
    except OSError as error:
        raise RunError(
            f"the report cannot be written: {error.strerror or error}.",
            where=Place(path=folder),
            fix="name a folder that can be written to: --out DIR.",
        ) from error
    return [folder / name for name in files]
