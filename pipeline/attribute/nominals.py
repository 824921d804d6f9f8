"""Whom a description means that has no name of its own: *the senator*, *the agency*, *strategist Ann Lee*."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from pipeline.attribute.cast import Cast
from pipeline.attribute.epithets import FIRMS, TRADES, is_role, kind_of, takes_up
from pipeline.attribute.findings import Source
from pipeline.attribute.forms import words
from pipeline.attribute.gender import gender_of_words
from pipeline.attribute.member import Member
from pipeline.attribute.pronouns import Choice, Question, Trace, choose
from pipeline.attribute.scene import Scene
from pipeline.attribute.spokespeople import spoken_for
from pipeline.records import Span, SpeakerKind

_OWNER = re.compile(r"['’]s?(?=\s)")
_HONORIFIC = re.compile(r"\b(?:Mr|Mrs|Ms|Dr)\.\s+")
_WHEN = re.compile(r"\s+(?:on|in|at|this|last|earlier|late)\s+(?:[A-Z][a-z]+day|week|month|year|\w+\s+statement)\b.*$")
_CLEAR = 0.7
_NEAR = 2
"""How many sentences before somebody is still what is talked about."""
_FORMER = re.compile(r"the\s+(?:former|retired|one-time)\s", re.IGNORECASE)
_CAMP = words("campaign administration team camp government office")
_LEADS_UP = re.compile(r"\s+(?:and\s+(?:[\w’'-]+\s+){1,5})?")
_ROLE_AT_END = re.compile(r"(?:^|\s)([a-z]+)\s+$")
_DEFINITE = re.compile(r"(?:the|that|this|those|these)\s", re.IGNORECASE)
_POSSESSIVE = re.compile(r"(?:his|her|its|their)\s", re.IGNORECASE)
_INTRODUCED = re.compile(
    r"(?:(?:,\s+\d{1,3})?,|\s+(?:is|was)|,\s+who\s+(?:is|was))\s+(?:an?|the)\s+(?:[\w’'-]+\s+){0,4}?([\w’'-]+)"
    r"(?=[,.;]|\s+(?:who|that|of|from|at|in|with|for|on)\b)"
)
"""What is said of a name right after it, up to its noun: *, 71, a retired machinist who*."""
_APPOSITION = re.compile(r", (?:an?|the|who|whose|which) .*$")
_LONGEST = 9
_OTHER_RANK = words("deputy vice assistant former ex acting under junior associate")
"""Who has such a word before a role does not have the role: *the vice president* is not *the president*."""
_BARE = re.compile(r"^(?:the|a|an|this|that|these|those|its|his|her|their|our|my)\s+", re.IGNORECASE)


def key_of(text: str) -> str:
    """What two descriptions share that mean the same: *Mr. Cole's campaign on Monday* is *cole campaign*."""
    short = _WHEN.sub("", _BARE.sub("", text))
    parts = _OWNER.sub("", _HONORIFIC.sub("", short)).lower().split()
    return " ".join(parts[-2:] if parts and parts[-1] in _CAMP else parts)


class Descriptions:
    """Those of an article who have no name, and the way from a description to whom it means."""

    def __init__(self, scene: Scene, cast: Cast) -> None:
        self._scene = scene
        self._text = scene.text
        self._cast = cast
        self._by_key: dict[str, Member] = {}
        self._by_head: dict[str, tuple[Member, frozenset[str]]] = {}
        self._first: dict[str, int] = {}

    def resolve(self, source: Source, asked: Question, traces: Sequence[Trace]) -> Choice:
        """Whom the words of a source name after all, take up again, or bring in as a member of its own."""
        head = self._words(source.head).lower()
        whole = " ".join(self._words(source.span).split())
        text = _WHEN.sub("", _APPOSITION.sub("", _BARE.sub("", whole))).strip() or whole
        kind = kind_of(text, head, source.plural)
        if self._in_headline(source) and (holder := self._first_holder(head)) is not None:
            return Choice(member=holder)
        within = self._named_within(source)
        if within is not None:
            return Choice(member=within)
        known = self._taken_up(source, asked, traces, head, kind)
        if known is not None:
            return known
        member = self.member(text, kind)
        self._by_head[head] = member, frozenset(key_of(text).split())
        member.spoken_for = member.spoken_for or spoken_for(self._text, source, self._cast)
        return Choice(member=member)

    def member(self, text: str, kind: SpeakerKind) -> Member:
        """The member for a description, brought in where it is the first of its kind."""
        short = " ".join(text.split()[:_LONGEST])
        key = key_of(short)
        if key not in self._by_key:
            self._by_key[key] = self._cast.add(kind, short)
            self._by_key[key].gender = gender_of_words(short) if kind == "person" else None
        return self._by_key[key]

    def person_at_end(self, source: Source) -> Member | None:
        """The person at the end of a source whose role stands right before: *the Survey of Homes economist Ann Lee*."""
        for at, member in self._cast.within(source.span)[:1]:
            role = _ROLE_AT_END.search(self._text[source.span.start : at.start])
            if member.kind == "person" and " " in self._words(at) and role and is_role(role.group(1)):
                return member if at.end == source.span.end else None
        return None

    def _named_within(self, source: Source) -> Member | None:
        """The person whom a description leads up to: *lobbyist and strategist Ann Lee, Mr. Fox's former partner*."""
        for at, member in reversed(self._cast.within(source.span)):
            if member.kind != "person" or " " not in self._words(at) or at.start < source.head.end:
                continue
            if at.end == source.span.end:
                return self.person_at_end(source)
            leads = _LEADS_UP.fullmatch(self._text, source.head.end, at.start)
            return member if leads and is_role(self._words(source.head).lower()) else None
        return None

    def _taken_up(
        self, source: Source, asked: Question, traces: Sequence[Trace], head: str, kind: SpeakerKind
    ) -> Choice | None:
        """Whom a definite description means that was there before: by role, by sort, or by a word of the name."""
        words = self._words(source.span)
        if _POSSESSIVE.match(words) and is_role(head):
            return self._holder(asked, traces, head)
        if not _DEFINITE.match(words):
            return None
        if head in self._by_head:
            member, described = self._by_head[head]
            ours = frozenset(key_of(self._words(source.span)).split())
            same = ours <= described and not (described - ours) & _OTHER_RANK
            return Choice(member=member) if same else None
        return None if source.plural else self._known(source, asked, traces, head, kind)

    def _known(
        self, source: Source, asked: Question, traces: Sequence[Trace], head: str, kind: SpeakerKind
    ) -> Choice | None:
        """The one with a name who holds a role, is of a sort, or has a word of it in the name."""
        found = self._holder(asked, traces, head) if is_role(head) else None
        if found is None and takes_up(head, _BARE.sub("", self._words(source.span))):
            asked = replace(asked, gender=gender_of_words(head))
            found = choose(traces, asked, lambda m: m.kind == "person" and m.named and m.well_known)
        if found is None:
            found = self._introduced_as(head, asked.place)
        if found is None and kind == "organisation":
            found = choose(traces, asked, lambda m: m.kind == "organisation" and head in m.name.lower().split())
        if found is None and head in FIRMS:
            found = clear(choose(traces, asked, _may_be_a_firm))
            if found is not None:
                found.member.kind = "organisation"
        if found is None and self._is_first_of(source, head):
            found = clear(choose(self._near(traces, asked), asked, lambda m: m.kind == "person" and m.named))
        return found

    def _is_first_of(self, source: Source, head: str) -> bool:
        """Whether nobody was called so before, by their trade, or a description says *former*."""
        if _FORMER.match(self._words(source.span)):
            return True
        if head not in TRADES:
            return False
        if head not in self._first:
            found = re.search(rf"\b{re.escape(head)}\b", self._text, re.IGNORECASE)
            self._first[head] = found.start() if found else 0
        return self._first[head] >= source.span.start

    def _near(self, traces: Sequence[Trace], asked: Question) -> Sequence[Trace]:
        """The traces of this sentence and the two before."""
        start = self._scene.sentences[max(0, asked.sentence - _NEAR)].span.start
        first, last = (bisect_left(traces, at, key=lambda trace: trace.place) for at in (start, asked.place))
        return traces[first:last]

    def _in_headline(self, source: Source) -> bool:
        """Whether a source is a bare role of the headline: *Senator wants inquiry*."""
        bare = source.span.start == source.head.start and not source.plural
        return bare and self._scene.sentences[self._scene.sentence_at(source.span.start)].kind == "headline"

    def _first_holder(self, head: str) -> Member | None:
        """The first whom the article names with a role."""
        holders = (member for member in self._cast.members if member.named and member.has_role(head))
        return min(holders, key=lambda member: min(member.mentions), default=None)

    def _holder(self, asked: Question, traces: Sequence[Trace], head: str) -> Choice | None:
        """Who has a role: the nearest before, or however far the only one of the article."""
        holders = [member for member in self._cast.members if member.kind == "person" and member.has_role(head)]
        if len(holders) == 1 and min(holders[0].mentions, default=(0, 0))[0] < asked.place:
            return Choice(member=holders[0])
        return choose(traces, asked, lambda m: m.has_role(head))

    def _introduced_as(self, head: str, place: int) -> Choice | None:
        """The last before a place of whom the article has said what the description says: *the machinist*."""
        found = [member for at, member in self._introductions.get(head, ()) if at < place]
        return Choice(member=found[-1]) if found else None

    @cached_property
    def _introductions(self) -> dict[str, list[tuple[int, Member]]]:
        """By its noun, where the article says what somebody is, and of whom, in text order."""
        found: dict[str, list[tuple[int, Member]]] = {}
        for (start, end), member in sorted(self._cast.by_use.items(), key=lambda each: each[0]):
            if match := _INTRODUCED.match(self._text, end):
                found.setdefault(match.group(1).lower(), []).append((start, member))
        return found

    def _words(self, span: Span) -> str:
        return self._text[span.start : span.end]


def clear(found: Choice | None) -> Choice | None:
    """An antecedent that has no rival."""
    return found if found is not None and found.lead > _CLEAR else None


def _may_be_a_firm(member: Member) -> bool:
    """Whether a member is an organisation, or goes by a name that nothing has shown to be a person's."""
    return member.named and (member.kind == "organisation" or (member.kind == "person" and member.perhaps_no_person))
