"""Reports on the made-up studies, each computed once in a test run."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from reports.document.compose import compose
from reports.document.document import Document
from reports.document.render_html import html_of
from reports.judgements.reading import read_judgements
from reports.statistics.analysis import analyse
from tests.report.studies import STUDIES, predictions, write


@cache
def report_on(name: str) -> dict[str, Any]:
    """The analysis of a study, with few resamples."""
    rows = STUDIES[name]()
    with tempfile.TemporaryDirectory() as folder:
        judgements = read_judgements(write(rows, Path(folder) / "votes.csv"))
    return analyse(judgements, predictions(rows) if name == "full" else None, resamples=60, seed=3)


@cache
def document_on(name: str) -> Document:
    """The report on a study, as a document."""
    return compose(report_on(name))


@cache
def page_on(name: str) -> str:
    """The report on a study, as a page."""
    return html_of(document_on(name))
