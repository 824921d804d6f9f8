"""How sure a model may say it is: the temperature that its logits are divided by, which depends on the pair.

A model is too sure where much else is named beside its target, and surer of people than it is right about them, when
one number has to serve for all texts. So a temperature is fitted for targets that the text names and one for topics
that it does not, and it grows with the names in the text: an input-dependent temperature (Tomani et al. 2022,
Parameterized Temperature Scaling, arXiv:2102.12182, section 3.2) of three parameters. It changes no answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields

import numpy as np
from numpy.typing import NDArray

from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.encoding import find_mentions
from pipeline.records import Span

_NAME = re.compile(r"\b[A-Z]\w+(?:[ -][A-Z]\w*)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Temperature:
    """Above 1 softens, 1 leaves as it is: ``named`` or ``topic``, times ``names ** crowd``.

    `named` is for targets that are names and stand in the text, `topic` for all others, `crowd` (0: no effect) for how
    fast it grows with the names in the text: see `names_in`.
    """

    named: float = 1.0
    topic: float = 1.0
    crowd: float = 0.0

    def of(self, pairs: Sequence[Pair]) -> NDArray[np.float64]:
        """The temperature of each pair, ``(len(pairs),)``."""
        return self.at(*describe(pairs))

    def at(self, named: NDArray[np.bool_], names: NDArray[np.float64]) -> NDArray[np.float64]:
        """The temperature of pairs that `describe` has described."""
        temperatures: NDArray[np.float64] = np.where(named, self.named, self.topic) * names**self.crowd
        return temperatures

    def plain(self) -> float | dict[str, float]:
        """What a configuration keeps, which `read_temperature` reads: a number where one says it all."""
        return self.named if self == Temperature(named=self.named, topic=self.named) else asdict(self)


def read_temperature(value: object) -> Temperature:
    """From a configuration: a number for all pairs, or the three. Raises ValueError for anything else."""
    if isinstance(value, Mapping):
        if set(value) != {field.name for field in fields(Temperature)}:
            raise ValueError(f"a temperature has named, topic and crowd, not {', '.join(map(str, value))}")
        return Temperature(**{name: float(part) for name, part in value.items()})
    if isinstance(value, int | float):
        return Temperature(named=float(value), topic=float(value))
    raise ValueError(f"{value!r} is no temperature")


def describe(pairs: Sequence[Pair]) -> tuple[NDArray[np.bool_], NDArray[np.float64]]:
    """For each pair whether its target is a name that stands in the text, and how many names the text has."""
    mentions = [pair.mentions or find_mentions(pair.text, pair.target) for pair in pairs]
    named = [pair.target[:1].isupper() and bool(spans) for pair, spans in zip(pairs, mentions, strict=True)]
    names = [names_in(pair.text, spans) for pair, spans in zip(pairs, mentions, strict=True)]
    return np.array(named, dtype=np.bool_), np.array(names, dtype=np.float64)


def names_in(text: str, mentions: Sequence[Span] = ()) -> int:
    """How many names `text` has: runs of capitalised words, and 1 for the target with all its `mentions`.

    A capitalised word that stands alone at the start is not counted: any word may.
    """
    others = 0
    for run in _NAME.finditer(text):
        start, end = run.span()
        if (start or " " in run.group()) and not any(span.start < end and start < span.end for span in mentions):
            others += 1
    return 1 + others
