"""What to hold a label against where the truth is not known: an adjudicated label, else what the others say."""

from __future__ import annotations

import numpy as np

from reports.judgements.table import Ints, Judgements
from reports.statistics.ratings import ratings


def other_peoples_label(rows: Judgements, question: str) -> tuple[Ints, str]:
    """For each judgement, the label to hold it against, -1 where none is known, and where the labels come from.

    `rows` are first looks at one question. With a column ``gold``: that label. Else the most frequent label of the
    unit's *other* annotators, -1 at a tie: leaving the annotator out keeps their own answer from proving itself.
    """
    scheme = rows.scheme_of(question)
    gold = rows.factors.get("gold")
    if gold is not None and (gold.codes >= 0).any():
        return gold.coded(scheme.label_names), "gold"
    rated = ratings(rows, question, weigh=False)
    others = rated.counts()[rated.unit]
    others[np.arange(len(rated.label)), rated.label] -= 1
    most = others.max(axis=1, keepdims=True)
    leading = (others == most) & (most > 0)
    label: Ints = np.where(leading.sum(axis=1) == 1, leading.argmax(axis=1), -1)
    return label, "the majority of the unit's other annotators"
