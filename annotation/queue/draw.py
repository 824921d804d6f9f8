"""Which sentences a design draws, and with what chance.

The frame is every body sentence, or for ``attributed`` every one that somebody speaks. With N sentences in the frame
and n = `size` wanted, p is

- ``all``, ``attributed``, ``random``: n / N, drawn at random without replacement;
- ``stratified``: as evenly over the strata as they allow. A stratum of N_h sentences, not more than the level L that
  all reach, is taken whole: p = 1. The K larger ones give L each, and r of them, drawn at random, one more:
  p = (L + r / K) / N_h. A sentence has one stratum: its speaker, the outlet of its article, and the first of the
  targets asked about that it names;
- ``uncertain``: four fifths of n are those that the model is least sure of, p = 1, and come first; the rest is drawn
  at random from all others, p = n_rest / N_rest: what is looked at only where it is doubtful could not be weighted up.

Without a `size`, p = 1. Draws are by hash: the same sentences and seed, the same draw.
"""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import ceil

from annotation.queue.frame import Unit
from pipeline.config import AnnotationConfig

_RANDOM_PART = 0.2
Stratum = tuple[str | None, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A sentence of the queue, the chance it had, and whether its labels are known."""

    unit: Unit
    probability: float
    gold: bool = False


def chance(seed: int, purpose: str, name: str) -> float:
    """A number in [0, 1) that hangs on nothing but these three; uniform over names."""
    digest = hashlib.blake2b(f"{seed}\0{purpose}\0{name}".encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return (int.from_bytes(digest, "big") >> 11) / 2**53


def in_frame(unit: Unit, settings: AnnotationConfig) -> bool:
    """Whether the design can draw the sentence at all."""
    return unit.attributed or settings.sentences != "attributed"


def stratum_of(unit: Unit, settings: AnnotationConfig) -> Stratum:
    """The one stratum that the sentence is drawn in; the same for all where the design has none."""
    if settings.sentences != "stratified":
        return ()
    values = {"speaker": unit.speaker, "outlet": unit.outlet, "target": unit.names}
    return tuple(values[name] for name in settings.strata)


class Draws:
    """Keeps, of a stream of sentences, those that the design draws, and never more.

    `sizes` says how many sentences the stream will have in each stratum.
    """

    def __init__(self, sizes: Mapping[Stratum, int], settings: AnnotationConfig) -> None:
        self._settings = settings
        total = sum(sizes.values())
        size = total if settings.size is None else min(settings.size, total)
        sure = size - ceil(_RANDOM_PART * size) if settings.sentences == "uncertain" and size < total else 0
        self._least_sure = _Least(sure, lambda unit: unit.certainty)
        self._quotas, self._probabilities = _allocation(sizes, size - sure, sure, settings.seed)
        self._random = {
            stratum: _Least(quota, lambda unit: chance(settings.seed, "draw", unit.sentence_id))
            for stratum, quota in self._quotas.items()
        }

    def offer(self, unit: Unit) -> None:
        """Take the sentence, or what it pushes out on to the random part."""
        left = self._least_sure.offer(unit)
        if left is not None:
            self._random[stratum_of(left, self._settings)].offer(left)

    def drawn(self) -> list[Drawn]:
        """What has been kept, in the order of the design."""
        first = [Drawn(unit=unit, probability=1.0) for unit in self._least_sure.kept()]
        rest = [
            Drawn(unit=unit, probability=self._probabilities[stratum])
            for stratum, least in self._random.items()
            for unit in least.kept()
        ]
        if self._settings.sentences in {"all", "attributed"}:
            return sorted(rest, key=lambda one: one.unit.number)
        if self._settings.sentences == "uncertain" and not first:
            return sorted(rest, key=lambda one: (one.unit.certainty, one.unit.number))
        seed = self._settings.seed
        return first + sorted(rest, key=lambda one: chance(seed, "draw", one.unit.sentence_id))


class _Least:
    """Of a stream of sentences the `most` with the least value, in a heap whose top goes when it is full."""

    def __init__(self, most: int, value: Callable[[Unit], float]) -> None:
        self._most = most
        self._value = value
        self._heap: list[tuple[float, int, Unit]] = []

    def offer(self, unit: Unit) -> Unit | None:
        """Keep the sentence if it is among the least so far; return what goes instead."""
        if not self._most:
            return unit
        entry = (-self._value(unit), -unit.number, unit)
        if len(self._heap) < self._most:
            heapq.heappush(self._heap, entry)
            return None
        return heapq.heappushpop(self._heap, entry)[2]

    def kept(self) -> list[Unit]:
        """The sentences kept, the least first."""
        return [unit for _, _, unit in sorted(self._heap, key=lambda entry: (-entry[0], -entry[1]))]


def _allocation(
    sizes: Mapping[Stratum, int], size: int, taken: int, seed: int
) -> tuple[dict[Stratum, int], dict[Stratum, float]]:
    """How many sentences each stratum gives, and the chance of each of its sentences.

    `taken` of them, known to be drawn already, are out of the one stratum there is then.
    """
    counts = {stratum: count - taken for stratum, count in sizes.items()}
    level, left = 0, size
    open_strata = sorted(counts, key=lambda stratum: counts[stratum])
    for place, stratum in enumerate(open_strata):
        level = min(counts[stratum], left // (len(open_strata) - place))
        if level < counts[stratum]:
            break
        left -= level
    larger = [stratum for stratum in counts if counts[stratum] > level]
    more = size - sum(min(count, level) for count in counts.values())
    lucky = set(sorted(larger, key=lambda stratum: chance(seed, "stratum", repr(stratum)))[:more])
    quotas = {stratum: min(count, level) + (stratum in lucky) for stratum, count in counts.items()}
    probabilities = dict.fromkeys(counts, 1.0)
    probabilities |= {stratum: (level + more / len(larger)) / counts[stratum] for stratum in larger}
    return quotas, probabilities
