"""Score a classifier on gold: does it find the label that people gave, and does it know when it does not?"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from pipeline.evaluate.certainty import (
    BINS,
    Bin,
    RiskCoverage,
    area_draws,
    bin_of,
    reliability_bins,
    risk_coverage,
)
from pipeline.evaluate.intervals import (
    Floats,
    Score,
    bootstrap_score,
    f1_of_sums,
    percentile_score,
    share_of_sums,
)
from pipeline.evaluate.judging import Judged, judge
from pipeline.evaluate.labelled import Asked, read_labelled
from pipeline.prelabel.classifier import Classifier

Measure = tuple[NDArray[Any], Callable[[Floats], Floats]]
"""What each row adds to each count that a score is made of, ``(n, counts)``, and the score of sums of these."""


class LabelScores(TypedDict):
    """How well one label is found."""

    precision: Score
    recall: Score
    f1: Score


class ClassificationScores(TypedDict):
    """The scores of a gold file; `n` rows were judged, and `dropped` rows had no majority of votes.

    Of the rows judged, `by_rule` were answered *neutral* without a model, since they do not mention their target.

    `confusion` counts rows by gold label, then by answer; `reliability` are the bins of `ece`. Where rows were drawn
    with unequal chances (`weighted`), each counts as one over its own in `macro_f1`, `accuracy` and `per_label`; all
    else counts them as they are.
    """

    macro_f1: Score
    accuracy: Score
    per_label: dict[str, LabelScores]
    ece: Score
    confusion: dict[str, dict[str, int]]
    reliability: list[Bin]
    risk_coverage: RiskCoverage
    n: int
    by_rule: int
    weighted: bool
    dropped: int


class Comparison(TypedDict):
    """A model's scores minus another's on the same rows, with intervals from drawing the same clusters for both.

    An interval without 0 says that they differ. `ece` and `risk_area` are better when lower. `only_first_right` and
    `only_second_right` count the rows that one model has right and the other wrong.
    """

    macro_f1: Score
    accuracy: Score
    ece: Score
    risk_area: Score
    only_first_right: int
    only_second_right: int


def evaluate_stance(gold: Path, classifier: Classifier) -> ClassificationScores:
    """Score stance (favor, neutral, against) on a gold file as `read_labelled` reads it.

    A file without neutral rows (PERSPECTRUM, ArgQ) is scored two-way: the answer is the more probable of the labels
    that occur in gold. Where only one does, all labels are open: an answer without a choice would always be right.
    Intervals come from resampling targets.
    """
    return _evaluate(gold, classifier, "stance")


def evaluate_sentiment(gold: Path, classifier: Classifier) -> ClassificationScores:
    """Score sentiment toward a target (positive, neutral, negative); intervals come from resampling texts."""
    return _evaluate(gold, classifier, "sentiment")


def _evaluate(path: Path, classifier: Classifier, question: Asked) -> ClassificationScores:
    gold = read_labelled(path, question)
    return score(judge(gold.rows, classifier, question), dropped=gold.dropped)


def score(judged: Judged, *, dropped: int = 0) -> ClassificationScores:
    """Score answers against gold.

    F1 of a label is the harmonic mean of precision and recall; `macro_f1` its mean over the labels that occur in
    gold or were answered; a label never answered has F1 0. `ece` is the expected calibration error over 15 equal bins
    of the answer's probability: the mean distance between how sure the model was and how often it was right, 0 at best
    (Guo et al. 2017, On Calibration of Modern Neural Networks, equation 3).
    """
    return ClassificationScores(
        macro_f1=_bootstrap(judged, *_macro_f1(judged)),
        accuracy=_bootstrap(judged, *_accuracy(judged)),
        per_label={
            label: LabelScores(
                precision=_bootstrap(judged, counts[:, :2], share_of_sums),
                recall=_bootstrap(judged, counts[:, ::2], share_of_sums),
                f1=_bootstrap(judged, counts, f1_of_sums),
            )
            for label, counts in zip(judged.labels, _label_counts(judged), strict=True)
        },
        ece=_bootstrap(judged, *_calibration(judged)),
        confusion=_confusion(judged),
        reliability=reliability_bins(judged.confidence, judged.right),
        risk_coverage=risk_coverage(judged.confidence, judged.right, judged.clusters),
        n=len(judged.gold),
        by_rule=judged.by_rule,
        weighted=judged.weight is not None,
        dropped=dropped,
    )


def compare(first: Judged, second: Judged) -> Comparison:
    """Subtract the second classifier's scores from the first's; both must have judged the same rows."""
    value, spread = area_draws(first.confidence, first.right, first.clusters)
    other_value, other_spread = area_draws(second.confidence, second.right, second.clusters)
    return Comparison(
        macro_f1=_difference(first, _macro_f1(first), _macro_f1(second)),
        accuracy=_difference(first, _accuracy(first), _accuracy(second)),
        ece=_difference(first, _calibration(first), _calibration(second)),
        risk_area=percentile_score(value - other_value, spread - other_spread),
        only_first_right=int((first.right & ~second.right).sum()),
        only_second_right=int((second.right & ~first.right).sum()),
    )


def _difference(judged: Judged, first: Measure, second: Measure) -> Score:
    (counts, statistic), (other_counts, other_statistic) = first, second
    cut = counts.shape[1]
    both = np.concatenate([counts, other_counts], axis=1)
    return _bootstrap(judged, both, lambda sums: statistic(sums[:, :cut]) - other_statistic(sums[:, cut:]))


def _label_counts(judged: Judged) -> list[NDArray[Any]]:
    """For each label, what rows count for (found right, found, true): ``(n, 3)``."""
    return [
        judged.weighed(np.stack([judged.right & (judged.gold == i), judged.answers == i, judged.gold == i], axis=1))
        for i in range(len(judged.labels))
    ]


def _macro_f1(judged: Judged) -> Measure:
    def statistic(sums: Floats) -> Floats:
        scores = [f1_of_sums(sums[:, start : start + 3]) for start in range(0, sums.shape[1], 3)]
        mean: Floats = np.nanmean(np.stack(scores), axis=0)
        return mean

    return np.concatenate(_label_counts(judged), axis=1), statistic


def _accuracy(judged: Judged) -> Measure:
    return judged.weighed(np.stack([judged.right, np.ones_like(judged.right)], axis=1)), share_of_sums


def _calibration(judged: Judged) -> Measure:
    """Expected calibration error from the summed gaps of each bin, and the number of rows last."""
    rows = len(judged.right)
    gaps = np.zeros((rows, BINS))
    gaps[np.arange(rows), bin_of(judged.confidence)] = judged.confidence - judged.right

    def statistic(sums: Floats) -> Floats:
        error: Floats = np.abs(sums[:, :-1]).sum(axis=1) / sums[:, -1]
        return error

    return np.column_stack([gaps, np.ones(rows)]), statistic


def _confusion(judged: Judged) -> dict[str, dict[str, int]]:
    """How many rows of each gold label got each answer."""
    from sklearn.metrics import confusion_matrix  # half a second

    of = range(max(2, len(judged.labels)))  # scikit-learn warns of a single label
    counts = confusion_matrix(judged.gold, judged.answers, labels=of).tolist()
    return {
        label: dict(zip(judged.labels, row, strict=False)) for label, row in zip(judged.labels, counts, strict=False)
    }


def _bootstrap(judged: Judged, counts: NDArray[Any], statistic: Callable[[Floats], Floats]) -> Score:
    summed = np.zeros((int(judged.clusters.max(initial=-1)) + 1, counts.shape[1]))
    np.add.at(summed, judged.clusters, counts)
    return bootstrap_score(summed, statistic)
