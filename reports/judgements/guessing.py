"""A question that no scheme describes, from the labels that were given to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.labels import DEFAULT_SCHEME, Label, Question
from reports.judgements.table import SPEAKER, Factor

_LARGEST = 2**53
"""Up to here every whole number is a float of its own."""


def guessed_question(name: str, used: Sequence[str]) -> Question:
    """The question called `name` with the labels `used`.

    Speakers have no scale and stand as in `used`. Numbers stand in their order, and the question is ordinal. Labels of
    this project's own questions stand in the order of those. Any others have none: nominal, by name.
    """
    if name == SPEAKER:
        return _nominal(name, used)
    if used and all(is_number(label) for label in used):
        return replace(_nominal(name, sorted(used, key=float)), level="ordinal")
    for question in DEFAULT_SCHEME.questions:
        if set(used) <= set(question.label_names):
            return replace(question, name=name)
    return _nominal(name, sorted(used))


def _nominal(name: str, labels: Sequence[str]) -> Question:
    return Question(name=name, instruction="", labels=tuple(Label(name=label) for label in labels), level="nominal")


def mixed(name: str, used: Sequence[str]) -> set[str]:
    """The fewer of numbers and words, where the labels of question `name` have both; none where they are of one kind.

    A speaker may be called anything: *538*.
    """
    if name == SPEAKER:
        return set()
    numbers = {label for label in used if is_number(label)}
    words = set(used) - numbers
    return min(numbers, words, key=len) if numbers and words else set()


def unify_numbers(label: Factor, question: Factor, known: Mapping[str, Sequence[str]]) -> Factor:
    """Labels of a question that are one number written in several ways (1, 1.0) as one label; others stay as they are.

    It is written as the labels that are `known` of the question have it, else as it is first. Speakers are no numbers.
    """
    places = {name: place for place, name in enumerate(label.names)}
    codes = label.codes.copy()
    for code, asked in enumerate(question.names):
        if asked == SPEAKER:
            continue
        rows = (question.codes == code) & (codes >= 0)
        spelled = {float(name): name for name in reversed(known.get(asked, ())) if is_number(name)}
        into = np.arange(len(label.names))
        for place in np.unique(codes[rows]):
            if is_number(name := label.names[place]):
                into[place] = places.setdefault(spelled.setdefault(float(name), name), len(places))
        codes[rows] = into[codes[rows]]
    return Factor(codes=codes, names=tuple(places)).compact()


def is_number(label: str) -> bool:
    """Whether a label is a number on a scale: longer ones than a float tells apart are names of things."""
    try:
        return abs(float(label)) <= _LARGEST
    except ValueError:
        return False
