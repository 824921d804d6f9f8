"""How sure a model may say it is: what its logits go through before they are probabilities, which depends on the pair.

One temperature for all texts (Guo et al. 2017, arXiv:1706.04599, section 4.2) leaves a model too sure where much else
is named beside its target, and takes what happens to people for a stance toward them. So there is one temperature for
names that stand in the text and one for all other targets, both grow with the names in the text (input-dependent, as in
Tomani et al. 2022, arXiv:2102.12182), and names have a constant for each label besides (bias-corrected temperature
scaling: Alexandari et al. 2020, arXiv:1901.06852, section 3).

A proposition has another prior where the document has no word of it: most such documents are about something else. Its
odds move by a factor, as a classifier's answers do under another prior (Saerens et al. 2002, Neural Computation 14(1),
equation 2.4), which grows with every word that might have been one of its own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.letters import CAPITAL, PARTICLES
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.encoding import find_mentions
from pipeline.records import Span

Floats = NDArray[np.float64]

NEUTRAL = 1
"""The column of the label *neutral*."""
_NAME = re.compile(rf"\b[{CAPITAL}]\w+(?:[ -][{CAPITAL}]\w*)*")
_NAMED = re.compile(rf"(?:(?:the|{'|'.join(sorted(PARTICLES))})[ -])*(?:d['’])?[a-z]?[{CAPITAL}]")
"""How targets begin that are names: *the White House*, *von der Leyen* and *iPhone* too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What of `n` pairs decides how sure to be.

    `named` says ``(n,)`` whether the target is a name that stands in the text, `names` ``(n,)`` how many names the text
    has, the target's counted once, `foreign` ``(n,)`` how many words its document, where none is one of the target's.
    """

    named: NDArray[np.bool_]
    names: Floats
    foreign: Floats

    def of(self, rows: NDArray[np.int64]) -> Circumstances:
        """Those of some pairs, by their indices."""
        return Circumstances(named=self.named[rows], names=self.names[rows], foreign=self.foreign[rows])


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """``logits / (t * names ** crowd) + shift``, where `t` is `named` or `topic`; for *neutral* more in foreign texts.

    `named` and `shift`, one number for each label in the order of the columns, are for targets that are names and stand
    in the text, `topic` for all others. Temperatures above 1 make less sure; with `crowd` 0 the names in the text make
    no difference. `foreign` is what *neutral* gets where the document has no word of a proposition: once, and for each
    of the document's words. A `shift` and `foreign` can change an answer, the rest cannot.
    """

    named: float = 1.0
    topic: float = 1.0
    crowd: float = 0.0
    shift: tuple[float, ...] = ()
    foreign: tuple[float, float] = (0.0, 0.0)

    def apply(self, logits: Floats, pairs: Circumstances) -> Floats:
        """Calibrated logits ``(n, labels)``."""
        temperatures = np.where(pairs.named, self.named, self.topic) * pairs.names**self.crowd
        calibrated: Floats = logits / temperatures[:, None]
        if self.shift:
            calibrated = calibrated + pairs.named[:, None] * np.array(self.shift)
        if any(self.foreign):
            once, each = self.foreign
            calibrated[:, NEUTRAL] += np.where(pairs.foreign > 0, once + each * pairs.foreign, 0.0)
        return calibrated

    def values(self) -> dict[str, Any]:
        """What a model's configuration keeps."""
        kept = asdict(self) | {"shift": list(self.shift), "foreign": list(self.foreign)}
        return {key: value for key, value in kept.items() if key != "foreign" or any(self.foreign)}


def read_calibration(values: dict[str, Any]) -> Calibration:
    """The calibration that a configuration keeps. Raises KeyError, TypeError or ValueError for anything else."""
    once, each = values.get("foreign", (0.0, 0.0))
    return Calibration(
        named=float(values["named"]),
        topic=float(values["topic"]),
        crowd=float(values["crowd"]),
        shift=tuple(map(float, values["shift"])),
        foreign=(float(once), float(each)),
    )


def circumstances(pairs: Sequence[Pair]) -> Circumstances:
    """Describe pairs."""
    mentions = [pair.mentions or find_mentions(pair.text, pair.target) for pair in pairs]
    named = [bool(spans and _NAMED.match(pair.target)) for pair, spans in zip(pairs, mentions, strict=True)]
    names = [names_in(pair.text, spans) for pair, spans in zip(pairs, mentions, strict=True)]
    return Circumstances(
        named=np.array(named, dtype=np.bool_),
        names=np.array(names, dtype=np.float64),
        foreign=np.array([pair.foreign for pair in pairs], dtype=np.float64),
    )


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
