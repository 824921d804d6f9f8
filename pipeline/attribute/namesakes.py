"""Father and son, and others whose names differ by *Jr.* and the like alone.

Whoever writes *Martin Pope* of one man and *Martin Pope Jr.* of another in one article means two. Where only one of the
two names stands, or the other is short in more than that (*Joseph R. Hallam Jr.*, *Joseph Hallam*, *Joe Hallam*), it is
one man in two forms.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from pipeline.attribute.member import Member, suffix, surname, without_suffix
from pipeline.attribute.names import Use

_YOUNGER = frozenset({"younger", "junior"})
_ELDER = frozenset({"elder", "older", "senior"})
_JUNIORS = frozenset({"Jr", "II", "III", "IV"})


class Namesakes:
    """Whom a suffix tells apart among the full names of an article."""

    def __init__(self, names: Iterable[str]) -> None:
        suffixes: defaultdict[tuple[str, str], defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for name in names:
            suffixes[_key(name)][_middle(name)].add(suffix(name))
        self._told = {key for key, by_middle in suffixes.items() if _are_several(by_middle)}

    def apart(self, one: str, other: str) -> bool:
        """Whether two full names that agree in all else are two people's for their suffixes."""
        return suffix(one) != suffix(other) and bool(self._told & {_key(one), _key(other)})

    def meant(self, use: Use, members: Sequence[Member]) -> list[Member]:
        """Of those who share a surname or a first name, whom a suffix, *younger* or *elder* beside it leaves."""
        told = [member for member in members if _key(member.name) in self._told]
        if not told:
            return list(members)
        if asked := suffix(use.name):
            fit = [member for member in told if suffix(member.name) == asked]
        elif use.before in _YOUNGER:
            fit = [member for member in told if self.is_junior(member)]
        elif use.before in _ELDER:
            fit = [member for member in told if not self.is_junior(member)]
        else:
            fit = []
        return fit or list(members)

    def is_junior(self, member: Member) -> bool:
        """Whether somebody else of the article has this name without *Jr.*, and with it the bare surname."""
        return suffix(member.name) in _JUNIORS and _key(member.name) in self._told


def _are_several(suffixes: Mapping[str, set[str]]) -> bool:
    """Whether one first name and surname, by the suffixes that come with each middle name, must be two people's."""
    plain = suffixes.get("", set()) - {""}
    return any(len(found) > 1 for found in suffixes.values()) or bool(plain and set().union(*suffixes.values()) - plain)


def _middle(name: str) -> str:
    return " ".join(without_suffix(name).split()[1:-1])


def _key(name: str) -> tuple[str, str]:
    return without_suffix(name).partition(" ")[0], surname(name)
