"""Labels that differ in capitals or spaces alone: one of a scheme's, or a note that they count as different."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from reports.judgements.table import Factor


def respelled(label: Factor, question: Factor, known: Mapping[str, Sequence[str]]) -> tuple[Factor, dict[str, str]]:
    """Labels written as the labels that are `known` of their question, and what was read as what.

    Only what a single known label equals but for capitals and spaces is read as that one; all else stays as it is.
    """
    places = {name: place for place, name in enumerate(label.names)}
    codes, read = label.codes.copy(), {}
    for code, asked in enumerate(question.names):
        rows = (question.codes == code) & (codes >= 0)
        near = _alike(known.get(asked, ()))
        into = np.arange(len(label.names))
        for place in np.unique(codes[rows]):
            same = near.get(_bare(name := label.names[place]), [])
            if len(same) == 1 and name not in same:
                into[place] = places.setdefault(same[0], len(places))
                read[name] = same[0]
        codes[rows] = into[codes[rows]]
    return Factor(codes=codes, names=tuple(places)).compact(), read


def differ_in_spelling(labels: Iterable[str]) -> list[list[str]]:
    """Groups of labels that differ in capitals or spaces alone."""
    return [sorted(group) for group in _alike(labels).values() if len(group) > 1]


def _alike(labels: Iterable[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for label in dict.fromkeys(labels):
        found[_bare(label)].append(label)
    return dict(found)


def _bare(label: str) -> str:
    return " ".join(label.split()).casefold()
