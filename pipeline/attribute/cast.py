"""The cast of an article: which names are one person or one organisation."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from pipeline.attribute.forms import words
from pipeline.attribute.gender import gender_of_first_name, gender_of_words, is_first_name, may_be_same
from pipeline.attribute.member import Member, is_full_name, surname, without_suffix
from pipeline.attribute.names import Use
from pipeline.attribute.namesakes import Namesakes
from pipeline.attribute.organisations import (
    Aliases,
    bare,
    ends_like_a_thing,
    firm_stem,
    is_many,
    is_place,
    looks_like_organisation,
)
from pipeline.records import Span, SpeakerKind

_PLACING = frozenset({"the", "in", "at", "near", "outside", "inside", "across", "throughout"})
_REACHING = frozenset({"to", "from", "toward", "towards", "into", "via"})
_HUMAN_VERBS = words(
    """spoke speaks met meets married wrote writes worked works lived lives joined arrived visited resigned quit wants
    wanted believes believed thinks thought knew knows graduated voted attended smiled laughed nodded shrugged
    argued argues died runs owns teaches taught farms farmed chairs chaired coaches coached wept weeps fled
    studied retired testified apologized apologised declined refused learned recalled remembers asked"""
)
"""What people do, and what tells that a name is a person's though its first name is on no list."""

_THING_SHARE = 0.4
_JUST_NAMED = 250
_SHORTEST = 3


class Cast:
    """Everybody and every organisation that an article names; `uses` are all places where it does, in text order."""

    def __init__(self, uses: Sequence[Use], speaking: Iterable[str], aliases: Aliases) -> None:
        self.members: list[Member] = []
        self.by_use: dict[tuple[int, int], Member] = {}
        self._aliases = aliases
        self._speaking = frozenset(speaking)
        self._by_name: dict[str, Member] = {}
        self._by_surname: dict[str, list[Member]] = {}
        self._by_first_name: dict[str, list[Member]] = {}
        self._singles = Counter(use.name for use in uses if " " not in use.name)
        self._addressed = {use.name for use in uses if use.title or use.aged}
        self._things = _things(uses) - self._addressed
        self._firms = _firms(uses)
        self._namesakes = Namesakes(use.name for use in uses if is_full_name(use.name))
        for use in uses:
            if is_full_name(use.name):
                self._see_full(use)
        for use, short in pairwise(uses):
            self._see_short(use, short)
        for member in self.members:
            if member.kind == "organisation" and len(initials := _initials(member.name)) >= _SHORTEST:
                self._by_name.setdefault(initials, member)
        for use in uses:
            if not is_full_name(use.name):
                self._see_single(use)

        self._places = sorted(self.by_use)

    def within(self, span: Span) -> list[tuple[Span, Member]]:
        """Names that overlap a span and whom they name, the last first."""
        found = []
        at = bisect_left(self._places, (span.end, 0)) - 1
        while at >= 0 and self._places[at][1] > span.start:
            found.append((Span(*self._places[at]), self.by_use[self._places[at]]))
            at -= 1
        return found

    def known_as(self, name: str) -> Member | None:
        """The member who goes by a name: in full, or by a surname that is one person's."""
        member = self._by_name.get(name)
        if member is None and len(self._by_surname.get(name, ())) == 1:
            member = self._by_surname[name][0]
        return member

    def add(self, kind: SpeakerKind, name: str) -> Member:
        """A new member."""
        member = Member(kind=kind, names=Counter({name: 1}))
        self.members.append(member)
        return member

    def meet(self, use: Use) -> Member | None:
        """A person whom only a pronoun tells to be one; ``None`` for places and what else is nobody."""
        if is_place(use.name) or ends_like_a_thing(use.name) or _is_organisation(use.name):
            return None
        member = self._by_name.get(use.name) or self._new_person(use)
        self._record(use, member)
        return member

    def _see_full(self, use: Use) -> None:
        kind = self._kind(use)
        if kind is None:
            return
        if kind == "person":
            member = self._same_person(use) or self._new_person(use)
            member.gender = member.gender or gender_of_first_name(use.name)
            member.in_full.append(use.span.start)
        else:
            member = self._organisation(use)
        self._record(use, member)

    def _see_short(self, use: Use, short: Use) -> None:
        """Initials in brackets after what they stand for: *the Society for the Protection of Otters (SPO)*."""
        member = self.by_use.get((use.span.start, use.span.end))
        beside = use.after == "(" and short.span.start - use.span.end == len(" (") and short.after == ")"
        if member is not None and beside and short.name.isupper():
            self._by_name.setdefault(short.name, member)

    def _see_single(self, use: Use) -> None:
        """One word: the surname or first name of somebody known, an organisation, or a name of its own."""
        nobody = not use.title and surname(use.name) not in self._by_surname
        firm = use.name in self._firms and not use.title
        if self._aliases.main(use.name) or (nobody and (firm or _is_organisation(use.name))):
            self._record(use, self._organisation(use))
            return
        member = self._by_part(use) or self._same_name(use)
        if member is None and (kind := self._kind_of_word(use)) is not None:
            member = self._new(use, kind)
        if member is not None:
            self._record(use, member)

    def _same_name(self, use: Use) -> Member | None:
        """Who was called so before, if the title allows it: *Ms. Abelson* is not *Mr. Abelson*."""
        member = self._by_name.get(use.name)
        asked = gender_of_words(use.title)
        return None if member is not None and asked and member.gender not in (None, asked) else member

    def _kind_of_word(self, use: Use) -> SpeakerKind | None:
        """What a name of one word names that is no part of another; ``None`` for a place, or where nothing tells."""
        if is_many(use.name):
            return "group" if use.name in self._speaking else None
        if use.name not in self._speaking and (len(use.name) < _SHORTEST or any(map(str.isdigit, use.name))):
            return None
        thing = is_place(use.name) or ends_like_a_thing(use.name) or use.name in self._things
        if use.name in self._addressed:
            return "person"
        if use.name in self._speaking:
            if ends_like_a_thing(use.name):
                return None
            return "organisation" if thing else "person"
        return "person" if not thing and self._singles[use.name] > 1 else None

    def _kind(self, use: Use) -> SpeakerKind | None:
        """What a name of several words names; ``None`` for a place, or where nothing tells."""
        firm = use.name in self._firms and not use.title
        if self._aliases.main(use.name) or firm or _is_organisation(use.name):
            return "organisation"
        if is_many(use.name):
            return "group" if use.name in self._speaking else None
        if is_place(use.name) or (ends_like_a_thing(use.name) and not use.title):
            return "organisation" if use.name in self._speaking else None
        first, last = use.name.split()[0], surname(use.name)
        acts = use.after in _HUMAN_VERBS and use.before not in _PLACING
        known = is_first_name(first) or use.title or acts or use.name in self._speaking or use.name in self._addressed
        return "person" if known or (self._singles[last] and last not in self._things) else None

    def _new_person(self, use: Use) -> Member:
        member = self._new(use, "person")
        self._by_surname.setdefault(surname(use.name), []).append(member)
        self._by_first_name.setdefault(use.name.partition(" ")[0], []).append(member)
        return member

    def _new(self, use: Use, kind: SpeakerKind) -> Member:
        member = Member(kind=kind)
        self.members.append(member)
        self._by_name[use.name] = member
        return member

    def _record(self, use: Use, member: Member) -> None:
        member.see(use)
        self._by_name.setdefault(use.name, member)
        self.by_use[use.span.start, use.span.end] = member

    def _organisation(self, use: Use) -> Member:
        main = self._aliases.main(use.name)
        key = main or self._firms.get(use.name) or bare(use.name)
        member = self._by_name.get(key)
        if member is None or member.kind != "organisation":
            member = self._new(use, "organisation")
            self._by_name[key] = member
            member.also = main
        return member

    def _same_person(self, use: Use) -> Member | None:
        """Somebody with the same surname and a first name that does not contradict."""
        first, last = use.name.split()[0], surname(use.name)
        for member in self._by_surname.get(last, ()):
            same = member.surname == last and may_be_same(member.name.split()[0], first)
            if same and not self._namesakes.apart(member.name, use.name):
                return member
        return None

    def _by_part(self, use: Use) -> Member | None:
        """Whose surname, or else first name, a word is; of several, by gender, then the last named in full, or most."""
        found = [member for member in self._by_surname.get(surname(use.name), ()) if " " in member.name]
        if not found and not use.title:
            found = list(self._by_first_name.get(without_suffix(use.name), ()))
        found = self._namesakes.meant(use, found)
        asked = gender_of_words(use.title)
        if asked:
            fit = [member for member in found if member.gender == asked]
            found = fit or [member for member in found if member.gender is None]
        if len(found) < 2:
            return found[0] if found else None
        last = max(found, key=lambda member: _last_before(member, use))
        if not self._stands_behind(last) and use.span.start - _last_before(last, use) < _JUST_NAMED:
            return last
        return max(found, key=lambda member: (not self._stands_behind(member), len(member.in_full), -member.in_full[0]))

    def _stands_behind(self, member: Member) -> bool:
        """Whether the bare surname is rather somebody else's: a wife, a brother, a son of the same name."""
        return member.relative or self._namesakes.is_junior(member)


def _is_organisation(name: str) -> bool:
    return looks_like_organisation(name) and not is_place(name)


def _things(uses: Sequence[Use]) -> set[str]:
    """Names of one word that stand mostly after *the*, *in* and the like, or only after *to* too: no person's."""
    single = [use for use in uses if " " not in use.name]
    placed = Counter(use.name for use in single if not use.owns and use.before in _PLACING)
    reached = Counter(use.name for use in single if not use.owns and use.before in _PLACING | _REACHING)
    every = Counter(use.name for use in single)
    mostly = {name for name, count in placed.items() if count >= _THING_SHARE * every[name]}
    return mostly | {name for name, count in reached.items() if count == every[name]}


def _firms(uses: Sequence[Use]) -> dict[str, str]:
    """The short names of firms and what they are short for, *Halvex* for *Halvex NV*; where *its* tells, themselves."""
    whole = {stem: use.name for use in uses if (stem := firm_stem(use.name)) != use.name and not is_place(stem)}
    things = {use.name for use in uses if use.things and not (is_first_name(use.name.split()[0]) or is_place(use.name))}
    people = {use.name for use in uses if use.title or use.aged}
    return {name: whole.get(name, name) for name in (*whole, *sorted(things - people))}


def _initials(name: str) -> str:
    """The capitals that the words of a name begin with: *Kenya Tea Development Agency* is *KTDA*."""
    return "".join(word[0] for word in name.split() if word[0].isupper())


def _last_before(member: Member, use: Use) -> int:
    """Where a member was last named in full before a use; -1 if nowhere."""
    at = bisect_left(member.in_full, use.span.start)
    return member.in_full[at - 1] if at else -1
