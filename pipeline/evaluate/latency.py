"""How fast a classifier judges: many pairs together, and one at a time."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from typing import TypedDict

import numpy as np
from numpy.typing import NDArray

from pipeline.prelabel.classifier import Classifier, Pair

_WARM_UP = 8
_MOST_SINGLES = 200
_SECONDS_FOR_SINGLES = 5.0


class Latency(TypedDict):
    """Pairs that differ, how many a second were judged together, and milliseconds for one alone (median, 95 in 100).

    Seconds are of the clock on the wall, so whatever else the machine was doing counts.
    """

    pairs: int
    pairs_per_second: float
    ms_p50: float
    ms_p95: float


class TimedClassifier:
    """A classifier that remembers how long its answers took."""

    def __init__(self, classifier: Classifier) -> None:
        self._classifier = classifier
        self.pairs = 0
        self.seconds = 0.0

    @property
    def name(self) -> str:
        """What the model is called."""
        return self._classifier.name

    @property
    def revision(self) -> str:
        """The model's revision."""
        return self._classifier.revision

    @property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """For each question, its labels in the order of the columns."""
        return self._classifier.labels

    def probabilities(self, pairs: Sequence[Pair]) -> dict[str, NDArray[np.float32]]:
        """Judge `pairs` as the classifier does, after a few to warm up."""
        self._classifier.probabilities(pairs[:_WARM_UP])
        began = time.perf_counter()
        answers = self._classifier.probabilities(pairs)
        self.seconds += time.perf_counter() - began
        self.pairs += len(set(pairs))
        return answers

    def latency(self, pairs: Sequence[Pair]) -> Latency:
        """What was measured so far, and some of `pairs` one at a time, for a few seconds at most."""
        spent: list[float] = []
        while len(spent) < min(_MOST_SINGLES, len(pairs)) and sum(spent) < _SECONDS_FOR_SINGLES:
            began = time.perf_counter()
            self._classifier.probabilities(pairs[len(spent) : len(spent) + 1])
            spent.append(time.perf_counter() - began)
        median, slow = np.percentile(np.array(spent) * 1000, [50, 95])
        return Latency(
            pairs=self.pairs,
            pairs_per_second=self.pairs / self.seconds,
            ms_p50=float(median),
            ms_p95=float(slow),
        )
