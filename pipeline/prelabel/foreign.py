"""Which articles have no word of a proposition, and how often a side was taken in them all the same.

What takes no side on a proposition is the hardest thing that the model is asked, and an article about something else
holds nothing but such sentences. A word need not stand there for a side to be taken (of true stances in VAST, 21 in 100
are on texts without one), so nothing is silenced: it is counted, and said.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.labels import Target
from pipeline.store import Run

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


def is_foreign(text: str, proposition: str) -> bool:
    """Whether no word of a text begins like one of the proposition's; False where it has none of three letters or more.

    Words that every text has (*should*, *with*) count for nothing; of a long word the first six letters do.
    """
    found = _beginnings(proposition)
    return found is not None and found.search(text) is None


def count_foreign(run: Run, targets: Sequence[Target]) -> tuple[Foreign, ...]:
    """Count for each proposition of `targets`, in their order, over the articles of a run that are pre-labelled."""
    asked = [
        (target.name, found)
        for target in targets
        if target.kind == "proposition" and (found := _beginnings(target.name))
    ]
    articles, sided = dict.fromkeys((name for name, _ in asked), 0), dict.fromkeys((name for name, _ in asked), 0)
    for chunk in range(run.chunks() if asked else 0):
        if not run.table_path("predictions", chunk).exists():
            continue
        foreign = set()
        for row in run.read_table("documents", chunk, ["doc_id", "title", "text"]).to_pylist():
            text = f"{row['title'] or ''}\n{row['text']}"
            foreign |= {(row["doc_id"], name) for name, found in asked if found.search(text) is None}
        for _, name in foreign:
            articles[name] += 1
        for row in run.read_table("predictions", chunk, ["doc_id", "target", "label"]).to_pylist():
            if row["label"] != _NEUTRAL and (row["doc_id"], row["target"]) in foreign:
                sided[row["target"]] += 1
    return tuple(Foreign(target=name, articles=articles[name], sided=sided[name]) for name, _ in asked)


def _beginnings(proposition: str) -> re.Pattern[str] | None:
    from spacy.lang.en.stop_words import STOP_WORDS

    words = {word[:_STEM] for word in _WORD.findall(proposition.lower()) if word not in STOP_WORDS}
    return re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, words)))})", re.IGNORECASE) if words else None
