"""Learning from what earlier models answer: their probabilities in place of a label, or beside it.

A group of models answers better than each of them, and one model can learn to answer like the group (distillation:
Hinton et al. 2015, arXiv:1503.02531, section 2, at a temperature of 1; of models of the student's own kind: Furlanello
et al. 2018, arXiv:1805.04770, section 3). Texts that nobody labelled can be asked as well.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.prelabel.classifier import Classifier
from pipeline.train.encoded import Shares, own_shares
from pipeline.train.sources import Example

_ASKED_AT_ONCE = 2048


@dataclass(frozen=True, slots=True, kw_only=True)
class Teacher:
    """A model that answers the questions of the heads, and the weight of its answers among those of all teachers."""

    classifier: Classifier
    weight: float


def taught_shares(examples: Sequence[Example], teachers: Sequence[Teacher], kept: Path) -> Shares:
    """What the examples' labels and the teachers say together: each example's `taught` is the teachers' share.

    A question that an example has no label for is learnt only where the teachers alone are listened to. Their answers
    are kept in the file `kept`, and read from it when they are wanted again.
    """
    shares = own_shares(examples)
    asked = [row for row, example in enumerate(examples) if example.taught]
    if not asked:
        return shares
    answers = _answers([examples[row] for row in asked], teachers, kept)
    taught = np.array([examples[row].taught for row in asked], np.float32)[:, None]
    for name, own in shares.items():
        learnt = own[asked].any(axis=1, keepdims=True) | (taught == 1)
        own[asked] = learnt * (taught * answers[name] + (1 - taught) * own[asked])
    return shares


def _answers(examples: Sequence[Example], teachers: Sequence[Teacher], kept: Path) -> Shares:
    """The teachers' weighted mean probabilities, by question."""
    if kept.is_file():
        with np.load(kept) as file:
            return dict(file)
    total = sum(teacher.weight for teacher in teachers)
    pairs = [example.pair for example in examples]
    answers: Shares = {}
    for teacher in teachers:
        for start in range(0, len(pairs), _ASKED_AT_ONCE):
            part = slice(start, start + _ASKED_AT_ONCE)
            for name, said in teacher.classifier.probabilities(pairs[part]).items():
                answer = answers.setdefault(name, np.zeros((len(pairs), said.shape[1]), np.float32))
                answer[part] += said * np.float32(teacher.weight / total)
    kept.parent.mkdir(parents=True, exist_ok=True)
    unfinished = kept.with_suffix(".part.npz")
    arrays: dict[str, Any] = {**answers}
    np.savez(unfinished, **arrays)
    unfinished.replace(kept)
    return answers
