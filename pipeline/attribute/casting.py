"""From the findings of an article to its cast: which words are names, and which names speak."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.attribute.cast import Cast
from pipeline.attribute.epithets import ROLES, TRADES
from pipeline.attribute.findings import Finding
from pipeline.attribute.lexicon import NATIONALS
from pipeline.attribute.names import Use, use_at
from pipeline.attribute.no_names import PEOPLES
from pipeline.attribute.organisations import Aliases
from pipeline.attribute.scene import Scene
from pipeline.records import Span

_ROLES = ROLES | {"police"}
_PARTY_MEMBERS = frozenset({"Republican", "Democrat", "Texan", "Conservative", "Libertarian"})
_PART_OF = re.compile(r"\s+of\s+(?:the|these|those|his|her|its|their|our)\b")
_NO_NAMES = NATIONALS | _ROLES | {"company"}
"""What names nobody after *the*, though with a capital: *the Swede*, *the Speaker*."""
_MARK = re.compile("['’]")
_OPENING = 3
_THE = 4


def make_cast(scene: Scene, findings: Sequence[Finding], aliases: Aliases) -> tuple[Cast, list[Use]]:
    """The cast, and all uses of a name in text order."""
    uses = _spelled_alike(_all_uses(scene, findings))
    return Cast(uses, _speaking(scene, uses, findings), aliases), uses


def _spelled_alike(uses: Sequence[Use]) -> list[Use]:
    """The uses with names spelled as elsewhere: *ANIL DEVI*, as transcripts have them, as *Anil Devi*.

    Apostrophes are those of the name's first use: *O'Neill* and *O’Neill* are one.
    """
    plain = [use.name for use in uses if not use.name.isupper()]
    spelled = {part.upper(): part for name in plain for part in (name.split()[-1], name)}
    marked: dict[str, str] = {}
    for name in filter(_MARK.search, plain):
        for word in filter(_MARK.search, name.split()):
            marked.setdefault(_MARK.sub("'", word), word)

    def usual(name: str) -> str:
        name = spelled.get(name, name)
        if not (marked and _MARK.search(name)):
            return name
        return " ".join(marked.get(_MARK.sub("'", word), word) for word in name.split(" "))

    return [replace(use, name=usual(use.name)) for use in uses]


def _speaking(scene: Scene, uses: Sequence[Use], findings: Sequence[Finding]) -> set[str]:
    """The names that stand as sources of findings."""
    names = set()
    for finding in findings:
        name = _name_of(scene, finding)
        if name is not None:
            at = bisect_left(uses, name.end, key=lambda use: use.span.start) - 1
            if at >= 0 and uses[at].span.overlaps(name):
                names.add(uses[at].name)
    return names


def _name_of(scene: Scene, finding: Finding) -> Span | None:
    """The name in a source; ``None`` where only its place gives a noun its capital, or it is *the Swede*."""
    source = finding.source
    name = source.name if source is not None else None
    if source is None or name is None:
        return None
    words = scene.text[name.start : name.end].split()
    opens = name.start - scene.sentences[finding.sentence].span.start < _OPENING
    definite = scene.text[max(0, name.start - _THE) : name.start].lower() == "the "
    if len(words) == 1 and words[0].lower() in (_NO_NAMES if definite else TRADES):
        return None
    if len(words) == 1 and opens and (_PART_OF.match(scene.text, name.end) or words[0].lower() in _ROLES):
        return None
    if opens and source.plural and source.span == name and words[-1].endswith("s"):
        return None
    return None if len(words) > 1 and (words[-1] in _PARTY_MEMBERS or " ".join(words) in PEOPLES) else name


def _all_uses(scene: Scene, findings: Sequence[Finding]) -> list[Use]:
    """Names found by capitals, and those that only a rule has found, in text order and without overlap."""
    uses = list(scene.names)
    taken = {place for use in uses for place in range(use.span.start, use.span.end)}
    for finding in findings:
        name = _name_of(scene, finding)
        if name is not None and not taken & set(range(name.start, name.end)):
            uses.append(use_at(scene.text, name, finding.sentence))
            taken |= set(range(name.start, name.end))
    return sorted((use for use in uses if use.name), key=lambda use: use.span.start)
