"""Whom a pronoun means: the recent member of the cast that fits best, and the runner-up where it is close."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.attribute.cast import Member
from pipeline.records import Gender

GENDERS: dict[str, Gender] = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_FARTHEST = 9
_CLOSE = 0.4
_BY_DISTANCE = 0.7
_QUOTED = -2.0
_SPOKE = 1.2
_OPENS_SENTENCE = 0.8
_GENDER_KNOWN = 0.6


class Trace(NamedTuple):
    """One earlier mention: where, in which sentence, of whom; quoted, first in its sentence, the source of speech."""

    place: int
    sentence: int
    member: Member
    quoted: bool
    opens: bool
    spoke: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who is meant, and who was nearly chosen."""

    member: Member
    runner_up: Member | None = None


def choose(
    traces: Sequence[Trace], place: int, sentence: int, fits: Callable[[Member], bool], gender: Gender | None = None
) -> Choice | None:
    """The best antecedent before `place` among `traces` (ordered by place); ``None`` if nobody fits.

    Nearness counts most; then having spoken, opening a sentence, and a gender that is known and not only possible.
    What is named only inside quotations counts little.
    """
    best: dict[int, tuple[float, Member]] = {}
    for trace in reversed(traces[: bisect_left(traces, place, key=lambda trace: trace.place)]):
        apart = sentence - trace.sentence
        if apart > _FARTHEST:
            break
        if not fits(trace.member) or (gender and trace.member.gender not in (None, gender)):
            continue
        score = _score(trace, apart) + (_GENDER_KNOWN if gender and trace.member.gender == gender else 0)
        known = best.get(id(trace.member))
        if known is None or score > known[0]:
            best[id(trace.member)] = (score, trace.member)
    ranked = sorted(best.values(), key=lambda pair: -pair[0])
    if not ranked:
        return None
    close = len(ranked) > 1 and ranked[0][0] - ranked[1][0] < _CLOSE
    return Choice(member=ranked[0][1], runner_up=ranked[1][1] if close else None)


def _score(trace: Trace, apart: int) -> float:
    score = -_BY_DISTANCE * apart
    score += _QUOTED if trace.quoted else 0
    score += _SPOKE if trace.spoke else 0
    return score + (_OPENS_SENTENCE if trace.opens and not trace.quoted else 0)
