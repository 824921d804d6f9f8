"""A role in the headline whose holder the body names only by surname: *NASA administrator ...*, then *Nelson said*."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.attribute.lexicon import ROLE_WORDS
from pipeline.attribute.scene import Scene
from pipeline.attribute.speakers import Spoken
from pipeline.letters import CAPITAL

_ROLES = "|".join(sorted(ROLE_WORDS, key=len, reverse=True))
_ROLE = re.compile(rf"(?:The\s+)?((?:[{CAPITAL}][\w.&’'-]*\s+){{0,4}}(?:{_ROLES}))\s+(?!of\b|for\b)[a-z]")


def give_headline_role(scene: Scene, spoken: Sequence[Spoken]) -> None:
    """Give the role that opens the headline to the one speaker of the article who is never introduced.

    That is a person who is quoted, is only ever named by one word and has no title; with none such, or more than
    one, the article does not say who holds the role, and nothing is given.
    """
    roles = [
        (match.span(1), match.group(1))
        for sentence in scene.sentences
        if sentence.kind == "headline" and (match := _ROLE.match(scene.text, sentence.span.start, sentence.span.end))
    ]
    speaking = (each.member for each in spoken if each.member is not None and each.finding.force == "speech")
    bare = {id(m): m for m in speaking if m.kind == "person" and m.named and " " not in m.name and not m.titles}
    if len(roles) == 1 and len(bare) == 1:
        (start, end), title = roles[0]
        (holder,) = bare.values()
        holder.add_title(title)
        holder.mention(start, end, "title")
