"""One of an article's cast while it is read: a person, an organisation or a group, and what tells about it."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from pipeline.attribute.forms import words
from pipeline.attribute.gender import gender_of_words, is_first_name
from pipeline.attribute.names import Use
from pipeline.attribute.titles import NAME_SUFFIXES, is_description, is_honorific, roles
from pipeline.records import Gender, Mention, MentionKind, SpeakerKind

_RELATIVES = words("wife husband son daughter brother sister father mother cousin uncle aunt nephew niece widow")
_ARTICLE = re.compile(r"^(?:(?:al|el|as|ash|ul)-|d['’])", re.IGNORECASE)
_DETERMINER = re.compile(r"^(?:the|a|an|this|that|these|those|its|his|her|their|our|my)\s+", re.IGNORECASE)
_PARTS = re.compile(r"[^\W\d_]+")
_SUFFIX = re.compile(rf",?\s+({'|'.join(NAME_SUFFIXES)})\.?$")


@dataclass(slots=True, kw_only=True)
class Member:
    """One of the cast while an article is read; it gathers evidence, and is written down as a `Speaker` at the end.

    `names` counts every form of the name; `spoken_for` is whom a spokesperson speaks for; `in_full` where a
    person is named by more than a surname, in order; `also` an organisation's name in the table of aliases.
    """

    kind: SpeakerKind
    names: Counter[str] = field(default_factory=Counter)
    titles: list[str] = field(default_factory=list)
    gender: Gender | None = None
    spoken_for: str | None = None
    mentions: dict[tuple[int, int], MentionKind] = field(default_factory=dict)
    in_full: list[int] = field(default_factory=list)
    also: str | None = None

    @property
    def name(self) -> str:
        """The fullest name of a person, the commonest of an organisation or a group."""
        if self.kind == "person":
            return max(self.names, key=lambda name: (len(name.split()), self.names[name], name))
        return max(self.names, key=lambda name: (self.names[name], len(name), name))

    @property
    def named(self) -> bool:
        """Whether the article gives a name, and not only a description."""
        return "name" in self.mentions.values()

    @property
    def well_known(self) -> bool:
        """Whether more than a bare word tells that a person is meant: a full name, a title or a gender."""
        return bool(self.in_full or self.titles or self.gender)

    @property
    def perhaps_no_person(self) -> bool:
        """Whether no first name, title or gender tells that a person is meant."""
        return not (self.titles or self.gender or is_first_name(self.name.partition(" ")[0]))

    @property
    def gender_is_guessed(self) -> bool:
        """Whether neither a common first name nor a title tells the gender, but the ending of a name, or a pronoun."""
        told = is_first_name(self.name.partition(" ")[0]) or any(map(gender_of_words, self.titles))
        return self.gender is not None and not told

    @property
    def relative(self) -> bool:
        """Whether the article brings this person in as somebody's wife, brother and the like."""
        return any(word in _RELATIVES for title in self.titles for word in title.lower().split())

    @property
    def surname(self) -> str:
        """The last word of the name, *Jr.* left out."""
        return surname(self.name)

    def see(self, use: Use) -> None:
        """Take note of one use of the name."""
        self.names[use.name] += 1
        self.mention(use.span.start, use.span.end, "name")
        if use.title and not is_honorific(use.title):
            self.add_title(use.title)
        self.gender = self.gender or gender_of_words(use.title) or None

    def mention(self, start: int, end: int, kind: MentionKind) -> None:
        """Take note of one mention; the first kind given for a place stays."""
        self.mentions.setdefault((start, end), kind)

    def add_title(self, title: str) -> None:
        """Add a title that is not yet known, without what stands before it and what of the name stands after it."""
        told = _DETERMINER.sub("", " ".join(title.split())).split()
        own = set(_PARTS.findall(" ".join(self.names).casefold()))
        while told and (set(_PARTS.findall(told[-1].casefold())) <= own or is_honorific(told[-1])):
            told.pop()
        title = " ".join(told)
        if not is_description(title):
            return
        if not any(f" {known}".endswith(f" {title}") for known in self.titles):
            self.titles = [known for known in self.titles if not title.endswith(f" {known}")] + [title]
        self.gender = self.gender or gender_of_words(title)

    def has_role(self, role: str) -> bool:
        """Whether one of the titles names this role."""
        return any(role in roles(title) for title in self.titles)

    def in_order(self) -> tuple[Mention, ...]:
        """All mentions in text order."""
        return tuple(Mention(start, end, kind) for (start, end), kind in sorted(self.mentions.items()))


def without_suffix(name: str) -> str:
    """A name without *Jr.* and the like."""
    return _SUFFIX.sub("", name)


def is_full_name(name: str) -> bool:
    """Whether a name has several words, *Jr.* left out."""
    return " " in without_suffix(name)


def suffix(name: str) -> str:
    """*Jr* and the like at the end of a name, without a full stop; empty where there is none."""
    found = _SUFFIX.search(name)
    return found.group(1) if found else ""


def surname(name: str) -> str:
    """The last word of a name, *Jr.* and the article of *al-Assad* left out."""
    parts = without_suffix(name).split()
    return _ARTICLE.sub("", parts[-1]) if parts else name
