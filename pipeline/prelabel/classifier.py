"""The second seam: text pairs in, a matrix of probabilities out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A text and the target that it may be about.

    `mentions` are the places in `text` (half-open code points, in order) that mean the target, where they are
    known: a surname, an alias, a pronoun. With none given, a classifier looks for the target's own words. `foreign` is
    how many words the whole document has, where the target is a proposition and none of them is one of its own; else 0.
    """

    text: str
    target: str
    mentions: tuple[Span, ...] = ()
    foreign: int = 0


class Classifier(Protocol):
    """Judges pairs. A pair's probabilities depend on the pair alone, never on its company, order or threads."""

    @property
    def name(self) -> str:
        """What the model is called, e.g. ``embedded``."""

    @property
    def revision(self) -> str:
        """A digest of everything that decides its answers: equal revisions give equal answers."""

    @property
    def labels(self) -> Mapping[str, tuple[str, ...]]:
        """For each question that it answers, its labels in the order of the columns."""

    def probabilities(self, pairs: Sequence[Pair]) -> dict[str, NDArray[np.float32]]:
        """For each question a matrix ``(len(pairs), labels)``: rows in input order, each adding up to 1."""
