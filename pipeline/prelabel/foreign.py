"""Which documents have no word of a proposition: there a side is seldom taken on it.

A side can be taken without one (of true stances in VAST, 21 in 100 are), so nothing is silenced. The longer a document
goes on without such a word, the surer it is about something else, and the more it takes to say that it takes a side
(`pipeline.prelabel.calibration`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.labels import Target
from pipeline.records import Document
from pipeline.store import Run
from pipeline.without_torch import without_torch

_WORD = re.compile(r"[^\W\d_]{3,}")
_STEM = 6
_NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreign:
    """A proposition, and in how many `articles` none of its words stands.

    `sided` is how many labels other than *neutral* toward it their sentences have all the same.
    """

    target: str
    articles: int
    sided: int


def foreign_words(text: str, target: Target) -> int:
    """How many words a text has, where none of them begins like one of a proposition's (or of its aliases').

    0 where one does, where the target is a name, and where it has no word to look for: one of three letters or more
    that not every text has (*should*, *with*). Of a long word the first six letters count.
    """
    if target.kind != "proposition":
        return 0
    found = _beginnings((target.name, *target.aliases))
    return len(text.split()) if found is not None and found.search(text) is None else 0


def whole_text(document: Document) -> str:
    """All that a document says: its title and its text."""
    return f"{document.title or ''}\n{document.text}"


def count_foreign(run: Run, targets: Sequence[Target]) -> tuple[Foreign, ...]:
    """Count for each proposition of `targets`, in their order, over the articles of a run that are pre-labelled."""
    asked = [target for target in targets if target.kind == "proposition"]
    articles = dict.fromkeys((target.name for target in asked), 0)
    sided = dict(articles)
    for chunk in range(run.chunks() if asked else 0):
        if not run.table_path("predictions", chunk).exists():
            continue
        foreign = set()
        for row in run.read_table("documents", chunk, ["doc_id", "title", "text"]).to_pylist():
            text = whole_text(Document(**row))
            foreign |= {(row["doc_id"], target.name) for target in asked if foreign_words(text, target)}
        for _, name in foreign:
            articles[name] += 1
        for row in run.read_table("predictions", chunk, ["doc_id", "target", "label"]).to_pylist():
            if row["label"] != _NEUTRAL and (row["doc_id"], row["target"]) in foreign:
                sided[row["target"]] += 1
    return tuple(Foreign(target=name, articles=articles[name], sided=sided[name]) for name in articles)


@lru_cache(maxsize=1024)
def _beginnings(names: tuple[str, ...]) -> re.Pattern[str] | None:
    with without_torch():
        from spacy.lang.en.stop_words import STOP_WORDS

    found = {word[:_STEM] for name in names for word in _WORD.findall(name.lower()) if word not in STOP_WORDS}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, found)))})", re.IGNORECASE) if found else None
