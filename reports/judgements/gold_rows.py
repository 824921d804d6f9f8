"""Settled labels of a run as the gold files that ``onrecord evaluate`` reads."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.store import Run

Settled = Mapping[str, Any]
"""A row of `reports.statistics.consensus.gold`."""
_KEPT = ("support", "judgements", "annotators", "saw")


def heard_articles(path: Path, settled: Sequence[Settled]) -> Iterator[dict[str, Any]]:
    """Who speaks, as ``onrecord evaluate speakers`` reads it: one article of the run a row, in the order of the run.

    ``{id, title, text, voices [{start, end, speakers, support, judgements, annotators, saw}]}``: half-open code points
    of the sentences that are settled, and no others; ``speakers`` holds the name that people gave, ``author`` for the
    article's own voice. Sentences that the run no longer has are left out.
    """
    known = {row["sentence"]: row for row in settled}
    for article in Run.open(path).articles():
        voices = [
            {"start": sentence.span.start, "end": sentence.span.end, "speakers": [row["label"]]}
            | {name: row[name] for name in _KEPT}
            for sentence in article.sentences or ()
            if (row := known.get(sentence.sentence_id))
        ]
        if voices:
            document = article.document
            yield {"id": document.doc_id, "title": document.title, "text": document.text, "voices": voices}
