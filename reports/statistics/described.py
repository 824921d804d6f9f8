"""What a run's machine labels come to while nobody has judged any of them: counts, and nothing that claims more."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable
from typing import Any

import numpy as np

from reports.judgements.table import SPEAKER, Judgements

MOST = 1000
"""So many speakers, and so many pairs of a speaker and a target, are kept, the most frequent first."""
_Row = tuple[Hashable, str, bool]
"""What a label is counted under, the label, and whether a rule gave it."""


def described(predictions: Judgements) -> dict[str, Any]:
    """Who says how much, and where they stand, by the machine alone; a speaker is one person across articles.

    ::

        models      [name]: whose labels these are
        sentences   n;  speakers_in_all n
        speakers    [{name, sentences, articles}], who says most first
        questions   {question: {level, labels [name], units, by_rule, targets [row], pairs [row], pairs_in_all n}}
        row         {speaker (of pairs), target, units, by_rule, labels {label: n}}: `units` sentences toward the
                    target, of which `by_rule` do not mention it and are *neutral* for that; most that mention it first

    Read the counts as what the machine says: nothing here tells how often it is right.
    """
    asked = [name for name in predictions.question.names if name != SPEAKER]
    return {
        "models": sorted({predictions.annotator.names[code] for code in np.unique(predictions.annotator.codes)}),
        **_speakers(predictions),
        "questions": {name: _question(predictions.of(name), name) for name in asked},
    }


def _speakers(predictions: Judgements) -> dict[str, Any]:
    rows = predictions.where(predictions.question.coded([SPEAKER]) == 0)
    sentences: Counter[str] = Counter()
    articles: defaultdict[str, set[int]] = defaultdict(set)
    for row, cluster in enumerate(rows.cluster.codes):
        name = rows.factors["speaker"].value(row) or ""
        sentences[name] += 1
        articles[name].add(int(cluster))
    most = sorted(sentences, key=lambda name: (-sentences[name], name))
    found = [{"name": name, "sentences": sentences[name], "articles": len(articles[name])} for name in most[:MOST]]
    return {"sentences": len(rows), "speakers_in_all": len(most), "speakers": found}


def _question(rows: Judgements, name: str) -> dict[str, Any]:
    scheme = rows.scheme_of(name)
    labels = scheme.label_names
    ruled = rows.is_("origin", "rule")
    given = [rows.label.names[code] for code in rows.label.codes]
    targets = [rows.factors["target"].value(row) or "" for row in range(len(rows))]
    speakers = [rows.factors["speaker"].value(row) or "" for row in range(len(rows))]
    by_target = _counted(zip(targets, given, ruled.tolist(), strict=True), labels)
    pairs = _counted(zip(zip(speakers, targets, strict=True), given, ruled.tolist(), strict=True), labels)
    return {
        "level": scheme.level,
        "labels": list(labels),
        "units": len(rows),
        "by_rule": int(ruled.sum()),
        "targets": [{"target": target, **row} for target, row in by_target[:MOST]],
        "pairs": [{"speaker": pair[0], "target": pair[1], **row} for pair, row in pairs[:MOST]],
        "pairs_in_all": len(pairs),
    }


def _counted(rows: Iterable[_Row], labels: tuple[str, ...]) -> list[tuple[Any, dict[str, Any]]]:
    """How often each label, by what the rows are counted under: what mentions its target most often first."""
    counts: defaultdict[Hashable, Counter[str]] = defaultdict(Counter)
    by_rule: Counter[Hashable] = Counter()
    for key, label, ruled in rows:
        counts[key][label] += 1
        by_rule[key] += ruled
    found = [
        (key, {"units": each.total(), "by_rule": by_rule[key], "labels": {label: each[label] for label in labels}})
        for key, each in counts.items()
    ]
    return sorted(found, key=lambda each: (each[1]["by_rule"] - each[1]["units"], str(each[0])))
