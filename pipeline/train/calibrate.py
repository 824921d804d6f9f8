"""How sure the model may say it is: the calibration of each question, fitted on held-out gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pipeline.prelabel.calibration import NEUTRAL, Calibration, Circumstances, circumstances
from pipeline.prelabel.classifier import Classifier
from pipeline.prelabel.pooling import softmax
from pipeline.train.recipe import Recipe
from pipeline.train.sources import Example, read_examples

Floats = NDArray[np.float64]

_WORTH = 0.01
"""By what share of the log loss shifts must lower it: they can change answers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A gold file as judged without calibration.

    Logits ``(n, labels)``, up to a constant in each row, the ``(n,)`` columns of the gold labels, and what decides how
    sure to be.
    """

    logits: Floats
    wanted: NDArray[np.int64]
    pairs: Circumstances


def fit_calibrations(recipe: Recipe, data: Path, classifier: Classifier) -> dict[str, Calibration]:
    """For each question the calibration that makes the held-out labels most likely (least log loss).

    `classifier` must not be calibrated. Fitted on the files that the recipe marks ``calibrate`` and that ask the
    question itself (a sentiment is not taken for a stance here), each counting alike however many rows it has. Shifts
    are fitted where one of them has every label for names, and kept where they lower the loss by a hundredth. Where all
    targets are names, or none is, the others have the same temperature; a question that no file asks is not calibrated.
    What documents without a word of a proposition get is no fit but the recipe's.
    """
    fitted = {
        question: _fit(
            [
                _judge(read_examples(recipe.gold(measure, data), measure.kind), classifier, question)
                for measure in recipe.measures.values()
                if measure.calibrate and measure.kind == question
            ]
        )
        for question in classifier.labels
    }
    if recipe.foreign and "stance" in fitted:
        fitted["stance"] = replace(fitted["stance"], foreign=recipe.foreign)
    return fitted


def _fit(judged: Sequence[_Judged]) -> Calibration:
    if not judged:
        return Calibration()
    labels = judged[0].logits.shape[1]
    named = np.concatenate([file.pairs.named for file in judged])
    shifts = any(len(set(file.wanted[file.pairs.named])) == labels for file in judged)

    def calibration(numbers: Floats) -> Calibration:
        of_names, of_topics, crowd, *shift = map(float, numbers)
        return Calibration(
            named=np.exp(of_names if named.any() else of_topics),
            topic=np.exp(of_names if named.all() else of_topics),
            crowd=crowd,
            shift=(*shift[:NEUTRAL], 0.0, *shift[NEUTRAL:]) if shift else (),
        )

    def surprise(numbers: Floats) -> float:
        return float(np.mean([_surprise(file, calibration(numbers)) for file in judged]))

    plain = minimize(surprise, np.zeros(3), method="BFGS")
    if shifts:
        shifted = minimize(surprise, np.append(plain.x, np.zeros(labels - 1)), method="BFGS")
        if shifted.fun < plain.fun * (1 - _WORTH):
            return _rounded(calibration(shifted.x))
    return _rounded(calibration(plain.x))


def _rounded(of: Calibration) -> Calibration:
    def rounded(number: Any) -> float:  # noqa: ANN401
        return round(float(number), 4)

    return Calibration(
        named=rounded(of.named), topic=rounded(of.topic), crowd=rounded(of.crowd), shift=tuple(map(rounded, of.shift))
    )


def _judge(examples: Sequence[Example], classifier: Classifier, question: str) -> _Judged:
    pairs = [example.pair for example in examples]
    shares = classifier.probabilities(pairs)[question]
    labels = classifier.labels[question]
    return _Judged(
        logits=np.log(np.clip(shares.astype(np.float64), 1e-12, None)),
        wanted=np.array([labels.index(getattr(example, question)) for example in examples], dtype=np.int64),
        pairs=circumstances(pairs),
    )


def _surprise(file: _Judged, calibration: Calibration) -> float:
    """Mean negative log-likelihood of the gold labels."""
    shares = softmax(calibration.apply(file.logits, file.pairs))
    return float(-np.log(np.clip(shares[np.arange(len(file.wanted)), file.wanted], 1e-12, None)).mean())
