"""Score a classifier on gold: does it find the label that people gave, and does it know when it does not?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from pipeline.errors import InputError, Place
from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.intervals import Floats, Score, bootstrap_score, f1_of_sums, share_of_sums
from pipeline.prelabel.classifier import Classifier, Pair
from pipeline.records import Span

_BINS = 15
_FEWEST_TARGETS = 10
"""With fewer targets than this, rows are resampled by their text: a handful of clusters shows no spread."""
_VOTES = {"agrees": "favor", "disagrees": "against", "neutral": "neutral"}


class LabelScores(TypedDict):
    """How well one label is found."""

    precision: Score
    recall: Score
    f1: Score


class ClassificationScores(TypedDict):
    """The scores of a gold file; `n` rows were judged, and `dropped` rows had no majority of votes."""

    macro_f1: Score
    accuracy: Score
    per_label: dict[str, LabelScores]
    ece: Score
    n: int
    dropped: int


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldRow:
    """A pair, its label (``None``: votes tied), and what it is resampled with."""

    pair: Pair
    label: str | None
    cluster: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """Gold labels beside a classifier's answers, over the labels that occur in gold.

    `gold` and `answers` are ``(n,)`` indices into `labels`, `confidence` the ``(n,)`` probability of the answer, and
    `clusters` the ``(n,)`` index of what each row is resampled with, from 0.
    """

    labels: tuple[str, ...]
    gold: NDArray[np.int64]
    answers: NDArray[np.int64]
    confidence: Floats
    clusters: NDArray[np.int64]


def evaluate_stance(gold: Path, classifier: Classifier) -> ClassificationScores:
    """Score stance on JSON Lines of ``text, target, label``, or ``sentence, target, votes`` (GWSD).

    Labels are favor, neutral and against. Of votes the most frequent counts, *agrees* as favor and *disagrees* as
    against; rows whose votes tie are dropped and counted. A file without neutral rows (PERSPECTRUM, ArgQ) is scored
    two-way: the answer is the more probable of the labels that occur in gold. Raises InputError, with file and line,
    for a row that does not fit.
    """
    rows = [_stance_row(row, gold, line) for line, row in read_gold(gold, ["target"])]
    return _evaluate(rows, gold, classifier, "stance")


def evaluate_sentiment(gold: Path, classifier: Classifier) -> ClassificationScores:
    """Score sentiment toward a target on JSON Lines of ``sentence, target, start, end, label`` (NewsMTSC).

    Labels are positive, neutral and negative; start and end say where the target stands in the sentence, in code
    points. Raises InputError, with file and line, for a row that does not fit.
    """
    fields = ["sentence", "target", "start", "end", "label"]
    rows = [_sentiment_row(row, gold, line) for line, row in read_gold(gold, fields)]
    return _evaluate(rows, gold, classifier, "sentiment")


def score(judged: Judged) -> ClassificationScores:
    """Score answers against gold.

    F1 of a label is the harmonic mean of precision and recall; `macro_f1` its mean over the labels that occur in
    gold; a label never answered has F1 0. `ece` is the expected calibration error over 15 equal bins of the answer's
    probability: the mean distance between how sure the model was and how often it was right, 0 at best (Guo et al.
    2017, On Calibration of Modern Neural Networks, equation 3).
    """
    right = judged.gold == judged.answers
    indices = range(len(judged.labels))
    of_label = [np.stack([right & (judged.gold == i), judged.answers == i, judged.gold == i], axis=1) for i in indices]
    bins = np.minimum((judged.confidence * _BINS).astype(np.int64), _BINS - 1)
    gaps = np.zeros((len(right), _BINS))
    gaps[np.arange(len(right)), bins] = judged.confidence - right
    return ClassificationScores(
        macro_f1=_bootstrap(judged, np.concatenate(of_label, axis=1), _macro_f1),
        accuracy=_bootstrap(judged, np.stack([right, np.ones_like(right)], axis=1), share_of_sums),
        per_label={
            label: LabelScores(
                precision=_bootstrap(judged, counts[:, :2], share_of_sums),
                recall=_bootstrap(judged, counts[:, ::2], share_of_sums),
                f1=_bootstrap(judged, counts, f1_of_sums),
            )
            for label, counts in zip(judged.labels, of_label, strict=True)
        },
        ece=_bootstrap(judged, np.column_stack([gaps, np.ones(len(right))]), _calibration_error),
        n=len(right),
        dropped=0,
    )


def _macro_f1(sums: Floats) -> Floats:
    """Mean F1 over labels from sums of (right, found, true) for each label in turn."""
    scores = [f1_of_sums(sums[:, start : start + 3]) for start in range(0, sums.shape[1], 3)]
    mean: Floats = np.nan_to_num(np.stack(scores)).mean(axis=0)
    return mean


def _calibration_error(sums: Floats) -> Floats:
    """Expected calibration error from the summed gaps of each bin, and the number of rows last."""
    error: Floats = np.abs(sums[:, :-1]).sum(axis=1) / sums[:, -1]
    return error


def _bootstrap(judged: Judged, counts: NDArray[Any], statistic: Callable[[Floats], Floats]) -> Score:
    summed = np.zeros((int(judged.clusters.max(initial=-1)) + 1, counts.shape[1]))
    np.add.at(summed, judged.clusters, counts)
    return bootstrap_score(summed, statistic)


def _evaluate(rows: Sequence[GoldRow], path: Path, classifier: Classifier, question: str) -> ClassificationScores:
    kept = [row for row in rows if row.label is not None]
    if not kept:
        raise InputError(
            "the gold file has no rows to score.",
            where=Place(path=path),
            fix="name a JSON Lines file with at least one labelled row.",
        )
    scores = score(judge(kept, classifier, question))
    scores["dropped"] = len(rows) - len(kept)
    return scores


def judge(rows: Sequence[GoldRow], classifier: Classifier, question: str) -> Judged:
    """Let a classifier answer `question` for rows that all have a label."""
    known = {row.label for row in rows}
    columns = [i for i, label in enumerate(classifier.labels[question]) if label in known]
    labels = tuple(classifier.labels[question][i] for i in columns)
    matrix = classifier.probabilities([row.pair for row in rows])[question][:, columns]
    shares = matrix.astype(np.float64) / matrix.sum(axis=1, keepdims=True, dtype=np.float64)
    clusters: dict[str, int] = {}
    return Judged(
        labels=labels,
        gold=np.array([labels.index(row.label or "") for row in rows]),
        answers=shares.argmax(axis=1),
        confidence=shares.max(axis=1),
        clusters=np.array([clusters.setdefault(key, len(clusters)) for key in _clusters(rows)]),
    )


def _clusters(rows: Sequence[GoldRow]) -> list[str]:
    if len({row.cluster for row in rows}) >= _FEWEST_TARGETS:
        return [row.cluster for row in rows]
    return [row.pair.text for row in rows]


def _stance_row(row: dict[str, Any], path: Path, line: int) -> GoldRow:
    text = _string(row, "text" if "text" in row else "sentence", path, line)
    target = _string(row, "target", path, line)
    if "label" in row:
        label: str | None = _label(row["label"], ("favor", "neutral", "against"), path, line)
    else:
        label = _majority(row.get("votes"), path, line)
    return GoldRow(pair=Pair(text=text, target=target), label=label, cluster=target)


def _sentiment_row(row: dict[str, Any], path: Path, line: int) -> GoldRow:
    text = _string(row, "sentence", path, line)
    target = _string(row, "target", path, line)
    start, end = row["start"], row["end"]
    if not (isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text)):
        raise _bad(f"start {start!r} and end {end!r} are no range in the sentence", "start", path, line)
    label = _label(row["label"], ("positive", "neutral", "negative"), path, line)
    mentions = (Span(start, end),)
    return GoldRow(pair=Pair(text=text, target=target, mentions=mentions), label=label, cluster=text)


def _majority(votes: Any, path: Path, line: int) -> str | None:  # noqa: ANN401
    """The most frequent vote as a stance; ``None`` where the first two tie."""
    if not isinstance(votes, list) or not votes:
        raise _bad("the row has neither a label nor votes", "label", path, line)
    counts = Counter(_label(vote, tuple(_VOTES), path, line) for vote in votes).most_common(2)
    if len(counts) == 2 and counts[0][1] == counts[1][1]:
        return None
    return _VOTES[counts[0][0]]


def _label(value: Any, allowed: tuple[str, ...], path: Path, line: int) -> str:  # noqa: ANN401
    if value not in allowed:
        raise _bad(f"the label {value!r} is none of {', '.join(allowed)}", "label", path, line)
    return str(value)


def _string(row: dict[str, Any], field: str, path: Path, line: int) -> str:
    value = row.get(field)
    if not isinstance(value, str) or not value.strip():
        raise _bad(f"the row has no {field}", field, path, line)
    return value


def _bad(what: str, field: str, path: Path, line: int) -> InputError:
    return InputError(
        f"{what}.",
        where=Place(path=path, line=line, field=field),
        fix="mend or remove the row; a gold file is scored whole or not at all.",
    )
