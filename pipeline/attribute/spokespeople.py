"""Whom somebody speaks for: *a spokesman for X*, *X's lawyer*, *X press secretary*."""

from __future__ import annotations

import re

from pipeline.attribute.cast import Cast
from pipeline.attribute.findings import Source
from pipeline.attribute.lexicon import SPOKES_WORDS
from pipeline.attribute.member import Member
from pipeline.attribute.organisations import bare, is_place
from pipeline.letters import CAPITAL
from pipeline.records import Span

_SPEAKS = r"(?:spokes(?:man|woman|person|people|men)|press secretary|communications director|media adviser)"
_ACTS = rf"(?:{_SPEAKS}|lawyer|attorney|solicitor|representative|agent|publicist)"
_FOR = re.compile(rf"\b{_ACTS}\s+(?:for|of|at)\s+(?:the\s+)?((?:Mr\.|Mrs\.|Ms\.|Dr\.)?\s*[{CAPITAL}].*)$")
_BEFORE = re.compile(
    rf"^(?:an?\s+|the\s+)?([{CAPITAL}][\w.&’'-]*(?:\s+(?:of|for|and|the|[{CAPITAL}][\w.&’'-]*|campaign|transition|administration))*)"
    rf"\s+(?:(?:chief|senior|national|deputy|top|lead|principal)\s+)*{_SPEAKS}$"
)
_OWNED = re.compile(rf"^(.+?)['’]s?\s+(?:[\w-]+\s+){{0,2}}{_ACTS}$")
_HONORIFIC = re.compile(r"^(?:Mr|Mrs|Ms|Dr)\.\s+")
_PAST = re.compile(r"^(?:the\s+|an?\s+)?(?:former|ex-)", re.IGNORECASE)
_PRONOUN = re.compile(r"(?:his|her|its|their|our|my)\b", re.IGNORECASE)
_OFFICIALS = frozenset({"official", "officials"})


def principal(title: str) -> str | None:
    """Whom a title says that its holder speaks for now; ``None`` if it says nothing of the kind."""
    if _PAST.match(title):
        return None
    match = _OWNED.match(title) or _FOR.search(title) or _BEFORE.match(title)
    whom = _HONORIFIC.sub("", match.group(1)).strip(" ,") if match else None
    return None if whom is None or _PRONOUN.match(whom) else whom


def name_principals(cast: Cast) -> None:
    """Write down for each person whom their titles say they speak for, by the name the cast has for it."""
    for member in cast.members:
        if member.kind == "person" and member.spoken_for is None:
            found = next((name for title in member.titles if (name := principal(title)) is not None), None)
            if found is not None and not is_place(found):
                known = cast.known_as(found)
                member.spoken_for = known.name if known is not None else found


def spoken_for(text: str, source: Source, cast: Cast) -> str | None:
    """The organisation or person that a source speaks for, if its words say that it does."""
    said = set(re.findall(r"[a-z]+", text[source.span.start : source.span.end].lower()))
    if source.beside is None or not said & (SPOKES_WORDS | _OFFICIALS):
        return None
    beside = bare(text[source.beside.start : source.beside.end])
    campaign = text[source.beside.end : source.span.end].startswith(" campaign")
    if campaign:
        return f"{beside} campaign"
    return next((m.name for _, m in cast.within(source.beside)), None if is_place(beside) else beside)


def spokesperson_before(cast: Cast, span: Span) -> list[tuple[Span, Member]]:
    """People within `span` whose title is to speak for somebody, the last first."""
    return [
        (at, person)
        for at, person in cast.within(span)
        if person.kind == "person" and any(principal(title) or _speaks(title) for title in person.titles)
    ]


def _speaks(title: str) -> bool:
    return bool(SPOKES_WORDS & set(re.findall(r"[a-z]+", title.lower())))
