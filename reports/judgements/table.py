"""Judgements: who gave which label to what, in one columnar table, whatever file they came from.

A judgement is one answer by one annotator to one question about one unit (a sentence, or a sentence toward a target).
The table holds what every coefficient needs (unit, annotator, question, label, cluster) and, where the source says so,
what the later questions need: arm, the label that was shown, seconds, inclusion probability, speaker, target, outlet.
A model's labels fit the same table, with the model in the place of the annotator.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.labels import Question

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

SPEAKER = "speaker"
"""The name of the question that asks who says a sentence: its labels are people's names."""

FACTORS = (
    "sentence", "target", "speaker", "outlet", "date", "arm", "shown", "model", "model_label", "gold", "round",
    "origin",
)  # fmt: skip
"""Optional columns of names: what a judgement was about, and how it was asked for.

``arm`` is ``blind`` or ``shown``; ``shown`` the pre-label that the annotator saw; ``model`` who made it;
``model_label`` what the model says of the unit, seen or not; ``gold`` an adjudicated label; ``round`` a round of
annotation.
"""
NUMBERS = ("seconds", "probability", "model_confidence", "occasion", "line")
"""Optional columns of numbers, nan where unknown. ``probability``: that the unit was drawn for annotation;
``occasion``: 0 for a first look, 1 for the same annotator's second look at the same unit; ``line``: in the source."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """A column of names: `codes` of shape ``(rows,)`` point into `names`; -1 where the name is missing."""

    codes: Ints
    names: tuple[str, ...]

    @classmethod
    def of(cls, values: Sequence[str | None], names: Sequence[str] | None = None) -> Factor:
        """Code `values`; names in the given order, or in the order of first appearance. Others become missing."""
        order = names if names is not None else dict.fromkeys(value for value in values if value is not None)
        places: dict[str | None, int] = {name: place for place, name in enumerate(order)}
        codes = np.fromiter((places.get(value, -1) for value in values), dtype=np.int64, count=len(values))
        return cls(codes=codes, names=tuple(order))

    def take(self, rows: Ints | Bools) -> Factor:
        """The same column for some rows only; names stay as they are."""
        return Factor(codes=self.codes[rows], names=self.names)

    def compact(self) -> Factor:
        """The same column without the names that no row has; the order of names is kept."""
        used = np.unique(self.codes[self.codes >= 0])
        places = np.full(len(self.names) + 1, -1, dtype=np.int64)
        places[used] = np.arange(len(used))
        return Factor(codes=places[self.codes], names=tuple(self.names[code] for code in used))

    def coded(self, names: Sequence[str]) -> Ints:
        """Where each row's name stands in `names`, shape ``(rows,)``; -1 where it is missing or none of them."""
        places = {name: place for place, name in enumerate(names)}
        return np.array([*(places.get(name, -1) for name in self.names), -1], dtype=np.int64)[self.codes]

    def value(self, row: int) -> str | None:
        """The name in one row; None where it is missing."""
        code = int(self.codes[row])
        return self.names[code] if code >= 0 else None


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """Rows that were not used: why, how many, and the first few as ``(place, what stood there)``."""

    reason: str
    count: int
    examples: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The cleaning account: `read` = `kept` + everything in `left_out`. `notes` are decisions that dropped nothing."""

    read: int
    kept: int
    left_out: tuple[LeftOut, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgements:
    """One row per judgement. All columns have the same length; an annotator judges a unit once per occasion.

    `questions` gives each question its labels, in the order of the scale where it has one. `cluster` is what units are
    drawn together in, an article as a rule; `clustered_by` says which column that was. `texts` and `contexts` go from a
    unit's name to its sentence and to the sentences around it.
    """

    questions: tuple[Question, ...]
    unit: Factor
    annotator: Factor
    question: Factor
    label: Factor
    cluster: Factor
    clustered_by: str
    account: Account
    factors: Mapping[str, Factor] = field(default_factory=dict)
    numbers: Mapping[str, Floats] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    contexts: Mapping[str, str] = field(default_factory=dict)
    source: str = ""

    def __len__(self) -> int:
        """How many judgements there are."""
        return len(self.unit.codes)

    def where(self, rows: Ints | Bools) -> Judgements:
        """The judgements in `rows` (a mask or row numbers); names, texts and account stay as they are."""
        return replace(
            self,
            unit=self.unit.take(rows),
            annotator=self.annotator.take(rows),
            question=self.question.take(rows),
            label=self.label.take(rows),
            cluster=self.cluster.take(rows),
            factors={name: column.take(rows) for name, column in self.factors.items()},
            numbers={name: column[rows] for name, column in self.numbers.items()},
        )

    def of(self, question: str) -> Judgements:
        """The judgements that answer one question; KeyError where it was never asked."""
        if question not in self.question.names:
            raise KeyError(question)
        return self.where(self.question.codes == self.question.names.index(question))

    def scheme_of(self, question: str) -> Question:
        """The question itself: its labels and whether they have an order."""
        return next(each for each in self.questions if each.name == question)

    def first_looks(self) -> Judgements:
        """Without second looks of an annotator at the same unit, which only intra-annotator agreement counts."""
        occasion = self.numbers.get("occasion")
        return self if occasion is None else self.where(~(occasion > 0))

    def is_(self, factor: str, name: str) -> Bools:
        """Which rows have `name` in an optional column; none where the column is missing."""
        column = self.factors.get(factor)
        if column is None or name not in column.names:
            return np.zeros(len(self), dtype=np.bool_)
        mask: Bools = column.codes == column.names.index(name)
        return mask

    def digest(self) -> str:
        """A hexadecimal digest of the cleaned table: equal for equal judgements, on every machine."""
        named = {"unit": self.unit, "annotator": self.annotator, "question": self.question, "label": self.label}
        hashed = hashlib.sha256(repr(self.questions).encode())
        for name, column in sorted({**named, "cluster": self.cluster, **self.factors}.items()):
            hashed.update("\0".join((name, *column.names)).encode() + column.codes.astype("<i8").tobytes())
        for name, numbers in sorted(self.numbers.items()):
            hashed.update(name.encode() + numbers.astype("<f8").tobytes())
        return hashed.hexdigest()
