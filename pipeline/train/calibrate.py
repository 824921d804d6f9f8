"""How sure the model may say it is: one temperature for each question, fitted on held-out gold."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar

from pipeline.prelabel.classifier import Classifier
from pipeline.train.recipe import Recipe
from pipeline.train.sources import Example, read_examples

Floats = NDArray[np.float64]


def fit_temperatures(recipe: Recipe, data: Path, classifier: Classifier) -> dict[str, float]:
    """For each question the temperature that makes the held-out labels most likely.

    Dividing logits by it changes no answer, only how sure it is (Guo et al. 2017, On Calibration of Modern Neural
    Networks, section 4.2). `classifier` must answer with temperatures of 1. Fitted on the files that the recipe marks
    ``calibrate``, each counting alike however many rows it has; a question that none of them asks keeps 1.
    """
    gold = [
        read_examples(data / measure.path, measure.kind) for measure in recipe.measures.values() if measure.calibrate
    ]
    return {question: round(_fit(gold, classifier, question), 4) for question in classifier.labels}


def _fit(gold: Sequence[Sequence[Example]], classifier: Classifier, question: str) -> float:
    judged = [
        _judge([example for example in examples if getattr(example, question) is not None], classifier, question)
        for examples in gold
    ]
    judged = [(logits, wanted) for logits, wanted in judged if len(wanted)]
    if not judged:
        return 1.0

    def surprise(temperature: float) -> float:
        return float(np.mean([_surprise(logits / temperature, wanted) for logits, wanted in judged]))

    return float(minimize_scalar(surprise, bounds=(0.25, 5.0), method="bounded").x)


def _judge(examples: Sequence[Example], classifier: Classifier, question: str) -> tuple[Floats, NDArray[np.int64]]:
    """Logits ``(n, labels)``, up to a constant in each row, and the ``(n,)`` columns of the gold labels."""
    shares = classifier.probabilities([example.pair for example in examples])[question]
    labels = classifier.labels[question]
    wanted = [labels.index(getattr(example, question)) for example in examples]
    return np.log(np.clip(shares.astype(np.float64), 1e-12, None)), np.array(wanted, dtype=np.int64)


def _surprise(logits: Floats, wanted: NDArray[np.int64]) -> float:
    """Mean negative log-likelihood of the gold labels."""
    normal = np.log(np.exp(logits).sum(axis=1))
    return float((normal - logits[np.arange(len(wanted)), wanted]).mean())
