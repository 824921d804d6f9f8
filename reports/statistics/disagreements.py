"""Disagreements worth a conversation: the units on which annotators were furthest apart, with who said what."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from reports.judgements.table import Floats, Judgements
from reports.statistics.ratings import Ratings, ratings
from reports.statistics.weights import Weighting, weights


def disagreements(judgements: Judgements, question: str, *, most: int = 25) -> list[dict[str, Any]]:
    """The worst units first; units that all agree on are never among them.

    ``[{unit, text, context, speaker, target, outlet, disagreement, tie, judgements [{annotator, label, arm, shown}],
    model_label}]``, unknown fields None. ``disagreement`` is the mean distance of two of the unit's judgements, 0 to 1:
    1 where labels at opposite ends of the scale share the unit. Order: disagreement, then judgements, then name.
    """
    rows = judgements.of(question).first_looks()
    rated = ratings(rows, question, weigh=False)
    counts = rated.counts()
    apart = distances(rated, counts)
    judged = counts.sum(axis=1)
    order = np.argsort(rated.unit, kind="stable")
    ends = np.searchsorted(rated.unit[order], np.arange(rated.units + 1))
    names = [rows.unit.names[rows.unit.codes[order[start]]] if start < end else ""
             for start, end in pairwise(ends)]  # fmt: skip
    worst = sorted(np.flatnonzero(apart > 0), key=lambda unit: (-apart[unit], -judged[unit], names[unit]))
    return [
        {
            **_about(rows, order[ends[unit] : ends[unit + 1]], names[unit]),
            "disagreement": float(apart[unit]),
            "tie": bool((counts[unit] == counts[unit].max()).sum() > 1),
        }
        for unit in worst[:most]
    ]


def distances(rated: Ratings, counts: Floats) -> Floats:
    """The mean distance of two judgements of a unit, shape ``(units,)``; 0 below two judgements."""
    weighting: Weighting = "identity" if rated.values is None else "linear"
    far = 1 - weights(weighting, rated.scale)
    judged = counts.sum(axis=1)
    pairs = np.where(judged >= 2, judged * (judged - 1), np.inf)
    mean: Floats = (counts * (counts @ far)).sum(axis=1) / pairs
    return mean


def _about(rows: Judgements, members: Any, name: str) -> dict[str, Any]:  # noqa: ANN401 - row numbers
    first = int(members[0])

    def value(factor: str, row: int = first) -> str | None:
        column = rows.factors.get(factor)
        return column.value(row) if column is not None else None

    return {
        "unit": name,
        "text": rows.texts.get(name),
        "context": rows.contexts.get(name),
        **{factor: value(factor) for factor in ("speaker", "target", "outlet", "model_label")},
        "judgements": [
            {
                "annotator": rows.annotator.value(int(row)),
                "label": rows.label.value(int(row)),
                "arm": value("arm", int(row)),
                "shown": value("shown", int(row)),
            }
            for row in members
        ],
    }
