"""A claim that something is grave is asked in several wordings; nothing else is."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.prelabel.wordings import wordings


@pytest.mark.parametrize(
    ("claim", "thing"),
    [
        ("obesity is a serious concern", "obesity"),
        ("The housing shortage is a crisis", "housing shortage"),
        ("sharks are dangerous", "sharks"),
        ("deepfakes pose a very serious threat to elections", "deepfakes"),
        ("drug/alcohol abuse is a growing problem", "drug/alcohol abuse"),
    ],
)
def test_a_grave_thing_has_other_words(claim, thing):
    first, *others = wordings(claim)
    assert first == claim
    assert f"concern about {thing}" in others
    assert len({claim, *others}) == 1 + len(others)


def test_two_names_with_a_slash_are_asked_in_turn():
    found = wordings("HIV/AIDS is a serious concern")
    assert {"HIV is a serious concern", "AIDS is a serious concern", "taking AIDS seriously"} < set(found)


@pytest.mark.parametrize(
    "target",
    [
        "NASA",
        "an investigation into the contacts",
        "sharks are no danger",
        "obesity is not a serious problem",
        "concern about obesity is exaggerated",
        "whaling should be banned",
        "the danger of flying",
        "aspartame is safe",
        "there is a crisis in housing",
        "Ann Reed is a crisis manager",
        "the app is a problem-solver",
    ],
)
def test_other_targets_have_none(target):
    assert wordings(target) == (target,)


def test_the_probabilities_are_the_mean_over_the_wordings():
    classifier = OnnxClassifier()
    text, claim = "Two more beaches were closed after the attacks.", "sharks are dangerous"
    asked = [Pair(text=text, target=target) for target in wordings(claim)[1:]]
    plain = classifier.probabilities([Pair(text=text, target="NASA"), *asked])["stance"]
    (found,) = classifier.probabilities([Pair(text=text, target=claim)])["stance"]
    rest = len(asked) + 1
    itself = found * rest - plain[1:].sum(axis=0)
    assert itself.sum() == pytest.approx(1, abs=1e-5)
    assert np.all(itself > -1e-5)
    assert not np.allclose(found, itself)
