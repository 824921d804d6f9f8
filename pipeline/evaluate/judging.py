"""What a classifier answers to gold: the labels that people gave beside the labels that it gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import ConfigError
from pipeline.evaluate.intervals import Floats
from pipeline.evaluate.labelled import LABELS, Asked, GoldRow
from pipeline.prelabel.classifier import Classifier

_FEWEST_TARGETS = 10
"""With fewer targets than this, rows are resampled by their text: a handful of clusters shows no spread."""

_NEUTRAL = "neutral"


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Gold labels beside a classifier's answers, over the labels that occur in gold or could have been given.

    `gold` and `answers` are ``(n,)`` indices into `labels`, `confidence` the ``(n,)`` probability of the answer, and
    `clusters` the ``(n,)`` index of what each row is resampled with, from 0; `weight` ``(n,)`` what it counts for, or
    None where all count alike. `by_rule` counts the rows that no model was asked about.
    """

    labels: tuple[str, ...]
    gold: NDArray[np.int64]
    answers: NDArray[np.int64]
    confidence: Floats
    clusters: NDArray[np.int64]
    by_rule: int = 0
    weight: Floats | None = None

    def weighed(self, counts: NDArray[Any]) -> NDArray[Any]:
        """Counts of rows, ``(n, counts)``, each with the weight of its row."""
        return counts if self.weight is None else counts * self.weight[:, None]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Which answers are the gold labels."""
        found: NDArray[np.bool_] = self.gold == self.answers
        return found


def judge(rows: Sequence[GoldRow], classifier: Classifier, question: Asked) -> Judged:
    """Let a classifier answer `question`, and the rule of a run what is `GoldRow.by_rule`: *neutral*, for sure.

    Raises ConfigError where the classifier does not know the question, or a label of gold.
    """
    columns = classifier.labels.get(question, ())
    known = {row.label for row in rows}.union(*(row.open_labels for row in rows))
    if len(known) == 1:
        known |= set(columns)
    labels = tuple(label for label in LABELS[question] if label in known)
    if missing := [label for label in labels if label not in columns]:
        can = ", ".join(columns) if columns else "none"
        raise ConfigError(
            f"gold has {question} {missing[0]}, which the model {classifier.name} never answers (its labels: {can}).",
            fix="name a model that answers it, or give its labels that meaning under `prelabel.model_labels`.",
        )
    ruled = np.array([row.by_rule and _NEUTRAL in labels for row in rows])
    shares = np.tile(np.array(labels) == _NEUTRAL, (len(rows), 1)).astype(np.float64)
    asked = [row.pair for row, known in zip(rows, ruled, strict=True) if not known]
    matrix = classifier.probabilities(asked)[question][:, [columns.index(one) for one in labels]]
    shares[~ruled] = matrix.astype(np.float64) / matrix.sum(axis=1, keepdims=True, dtype=np.float64)
    clusters: dict[str, int] = {}
    weight = np.array([row.weight for row in rows])
    return Judged(
        labels=labels,
        gold=np.array([labels.index(row.label) for row in rows]),
        answers=shares.argmax(axis=1),
        confidence=shares.max(axis=1),
        clusters=np.array([clusters.setdefault(key, len(clusters)) for key in _clusters(rows)]),
        by_rule=int(ruled.sum()),
        weight=weight if len(set(weight.tolist())) > 1 else None,
    )


def _clusters(rows: Sequence[GoldRow]) -> list[str]:
    if len({row.cluster for row in rows}) >= _FEWEST_TARGETS:
        return [row.cluster for row in rows]
    return [row.pair.text for row in rows]
