"""How sure the model may say it is: the temperatures of each question, fitted on held-out gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from pipeline.prelabel.classifier import Classifier
from pipeline.prelabel.temperature import Temperature, describe
from pipeline.train.recipe import Recipe
from pipeline.train.sources import Example, read_examples

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A gold file as judged at a temperature of 1.

    Logits ``(n, labels)``, up to a constant in each row, the ``(n,)`` columns of the gold labels, and what decides the
    temperature of each row.
    """

    logits: Floats
    wanted: NDArray[np.int64]
    named: NDArray[np.bool_]
    names: Floats


def fit_temperatures(recipe: Recipe, data: Path, classifier: Classifier) -> dict[str, Temperature]:
    """For each question the temperatures that make the held-out labels most likely.

    Dividing logits by them changes no answer, only how sure it is (Guo et al. 2017, On Calibration of Modern Neural
    Networks, section 4.2). `classifier` must answer with temperatures of 1. Fitted on the files that the recipe marks
    ``calibrate``, each counting alike however many rows it has. Where they ask a question about named targets alone,
    or about topics alone, the others have the same temperature; a question that none of them asks keeps 1.
    """
    gold = [
        read_examples(recipe.gold(measure, data), measure.kind)
        for measure in recipe.measures.values()
        if measure.calibrate
    ]
    return {question: _fit(gold, classifier, question) for question in classifier.labels}


def _fit(gold: Sequence[Sequence[Example]], classifier: Classifier, question: str) -> Temperature:
    judged = [
        _judge(known, classifier, question)
        for examples in gold
        if (known := [example for example in examples if getattr(example, question) is not None])
    ]
    if not judged:
        return Temperature()
    kinds = {bool(named) for file in judged for named in file.named}

    def temperature(numbers: Floats) -> Temperature:
        named, topic, crowd = map(float, numbers)
        return Temperature(named=np.exp(named), topic=np.exp(topic if len(kinds) > 1 else named), crowd=crowd)

    def surprise(numbers: Floats) -> float:
        return float(np.mean([_surprise(file, temperature(numbers)) for file in judged]))

    found = temperature(minimize(surprise, np.zeros(3), method="BFGS").x)
    return Temperature(named=_rounded(found.named), topic=_rounded(found.topic), crowd=_rounded(found.crowd))


def _rounded(number: float) -> float:
    return round(float(number), 4)


def _judge(examples: Sequence[Example], classifier: Classifier, question: str) -> _Judged:
    pairs = [example.pair for example in examples]
    shares = classifier.probabilities(pairs)[question]
    labels = classifier.labels[question]
    named, names = describe(pairs)
    return _Judged(
        logits=np.log(np.clip(shares.astype(np.float64), 1e-12, None)),
        wanted=np.array([labels.index(getattr(example, question)) for example in examples], dtype=np.int64),
        named=named,
        names=names,
    )


def _surprise(file: _Judged, temperature: Temperature) -> float:
    """Mean negative log-likelihood of the gold labels."""
    logits = file.logits / temperature.at(file.named, file.names)[:, None]
    normal = np.log(np.exp(logits).sum(axis=1))
    return float((normal - logits[np.arange(len(file.wanted)), file.wanted]).mean())
