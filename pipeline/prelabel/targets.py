"""Which targets an article is asked about when nobody names any: whom and what it mentions most."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.labels import Target
from pipeline.records import Article, Speaker

_ROLE = re.compile(
    r"((?:[^\W\d_][\w'’-]*\s+)*?)([^\W\d_][\w'’-]*)\s*(?:$|[,;(]|\b(?:of|for|at|in|to|on|from|with|and|who)\b)"
)
"""What a person is called, up to *of* and the like: the words before its last, and its last, *energy secretary*."""
_KINDS = ("person", "organisation")


def article_targets(article: Article, *, most: int) -> tuple[Target, ...]:
    """Return up to `most` targets: the article's most-mentioned people and organisations.

    Reads `Article.speakers`; ties go to who is mentioned first, so the same article always gives the same targets.
    Speakers that no place in the text mentions by name or noun are left out. Raises ValueError when the article has
    not been attributed.
    """
    if article.speakers is None:
        raise ValueError(f"article {article.document.doc_id} has not been attributed")
    candidates = [speaker for speaker in article.speakers if speaker.kind in _KINDS]
    ranked = sorted((speaker for speaker in candidates if speaker.mentions), key=_rank)
    return tuple(Target(name=speaker.name, kind="name", aliases=speaker.aliases) for speaker in ranked[:most])


def _rank(speaker: Speaker) -> tuple[int, int]:
    return -len(speaker.mentions), min(mention.start for mention in speaker.mentions)


def speaker_of_target(target: Target, speakers: Sequence[Speaker]) -> Speaker | None:
    """Find the speaker that a target names, by name or alias whatever the case; ``None`` where there is none."""
    wanted = {name.casefold() for name in (target.name, *target.aliases)}
    for speaker in speakers:
        if not wanted.isdisjoint(name.casefold() for name in (speaker.name, *speaker.aliases)):
            return speaker
    return None


def roles_of(speaker: Speaker) -> dict[str, list[str]]:
    """What a person is called, without *of* and the like: the last word, and those before it (*energy secretary*)."""
    found = (_ROLE.match(title.casefold()) for title in speaker.titles)
    return {role.group(2): role.group(1).split() for role in found if role is not None}
