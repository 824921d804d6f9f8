"""Whom a pronoun means: the recent member of the cast that fits best, and the runner-up where it is close."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.attribute.member import Member
from pipeline.records import Gender, Span

GENDERS: dict[str, Gender] = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}
_FARTHEST = 9
_CLOSE = 0.4
_BY_DISTANCE = 0.7
_ELSEWHERE = 0.7
_GENDER_KNOWN = 0.6
_HARDLY_KNOWN = -0.5
_REPORTED = -4.0
_GOES_ON = 0.8
_SPOKE = 1.2
_SPOKE_BESIDE = 0.2
_SPOKE_ABOVE = 0.4
_BY_PARAGRAPH = 0.3


class Trace(NamedTuple):
    """One earlier mention: where, in which sentence and paragraph, of whom; how salient; how far it is a source.

    `spoke` is 1 for the source of speech, less for one of an attitude, 0 for none.
    """

    place: int
    sentence: int
    paragraph: int
    member: Member
    weight: float
    spoke: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """Who is meant, and who was nearly chosen; `lead` is how far ahead of the next, in points of salience."""

    member: Member
    runner_up: Member | None = None
    lead: float = 9.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """Who is asked for: at which place of which sentence, of what gender.

    `speaks` is whether the one asked for says something: whoever spoke last is then likely.
    `reported` is what the one asked for says: who is named in it is not the one who says it. `goes_on` is whether
    the words say that somebody goes on speaking: *he added*.
    """

    place: int
    sentence: int
    paragraph: int
    speaks: bool
    gender: Gender | None = None
    reported: tuple[Span, ...] = ()
    goes_on: bool = False


def choose(traces: Sequence[Trace], asked: Question, fits: Callable[[Member], bool]) -> Choice | None:
    """The best antecedent before a place among `traces` (ordered by place); ``None`` if nobody fits.

    Nearness and salience (`Trace.weight`) count; then a gender that is known and not only possible.
    """
    best: dict[int, tuple[float, Member]] = {}
    for at in range(bisect_left(traces, asked.place, key=lambda trace: trace.place) - 1, -1, -1):
        trace = traces[at]
        if asked.sentence - trace.sentence > _FARTHEST:
            break
        member = trace.member
        if not fits(member) or (asked.gender and member.gender not in (None, asked.gender)):
            continue
        score = _score(trace, asked)
        known = best.get(id(member))
        if known is None or score > known[0]:
            best[id(member)] = (score, member)
    ranked = sorted(best.values(), key=lambda pair: -pair[0])
    if not ranked:
        return None
    lead = ranked[0][0] - ranked[1][0] if len(ranked) > 1 else 9.0
    return Choice(member=ranked[0][1], runner_up=ranked[1][1] if lead < _CLOSE else None, lead=lead)


def _score(trace: Trace, asked: Question) -> float:
    score = trace.weight - _BY_DISTANCE * (asked.sentence - trace.sentence)
    if asked.gender:
        score += _GENDER_KNOWN if trace.member.gender == asked.gender else 0
        score += 0 if trace.member.well_known else _HARDLY_KNOWN
    score -= _BY_PARAGRAPH * min(1, asked.paragraph - trace.paragraph)
    score -= _ELSEWHERE if trace.sentence != asked.sentence else 0
    spoke = trace.spoke * (1 if asked.paragraph == trace.paragraph else _SPOKE_ABOVE)
    score += spoke * ((_SPOKE if asked.speaks else _SPOKE_BESIDE) + (_GOES_ON if asked.goes_on else 0))
    if any(piece.start <= trace.place < piece.end for piece in asked.reported):
        score += _REPORTED
    return score
