"""A question that no scheme describes, from the labels that were given to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from pipeline.labels import DEFAULT_SCHEME, Label, Question
from reports.judgements.table import Factor


def guessed_question(name: str, used: Sequence[str]) -> Question:
    """The question called `name` with the labels `used`.

    Numbers stand in their order, and the question is ordinal. Labels of this project's own questions stand in theirs.
    Any others have no order: nominal, by name.
    """
    if used and all(is_number(label) for label in used):
        labels = tuple(Label(name=label) for label in sorted(used, key=float))
        return Question(name=name, instruction="", labels=labels, level="ordinal")
    for question in DEFAULT_SCHEME.questions:
        if set(used) <= set(question.label_names):
            return replace(question, name=name)
    return Question(
        name=name, instruction="", labels=tuple(Label(name=label) for label in sorted(used)), level="nominal"
    )


def mixed(used: Sequence[str]) -> set[str]:
    """The fewer of numbers and words, where labels have both; none where they are of one kind."""
    numbers = {label for label in used if is_number(label)}
    words = set(used) - numbers
    return min(numbers, words, key=len) if numbers and words else set()


def unify_numbers(label: Factor) -> Factor:
    """Labels that are one number written in several ways (1, 1.0) as one label; others stay as they are."""
    if not all(is_number(name) for name in label.names):
        return label
    first: dict[float, int] = {}
    into = [first.setdefault(float(name), place) for place, name in enumerate(label.names)]
    return Factor(codes=np.array([*into, -1], dtype=np.int64)[label.codes], names=label.names).compact()


def is_number(label: str) -> bool:
    """Whether a label is a finite number."""
    try:
        return bool(np.isfinite(float(label)))
    except ValueError:
        return False
