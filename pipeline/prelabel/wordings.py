"""Other words for the same claim: one wording of a proposition should not decide what stance is found toward it.

That *X is a serious concern* is a claim that models take amiss: who wants X stopped is against X, and for the claim. It
is asked in several wordings, whose probabilities are averaged, as zero-shot classifiers do with prompts (Radford et al.
2021, Learning Transferable Visual Models, section 3.1.4). On GWSD's news sentences one wording moves macro-F1 by .1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

_GRAVE = re.compile(
    r"(?!(?:there|this|it|that|he|she)\b)(?:the )?(?P<thing>.{2,60}?) (?:is|are|poses?|remains?|becomes?) (?:an? )?"
    r"(?:(?!no\b|not\b)[\w-]+ ){0,3}?(?:concern|problem|threat|danger|crisis|emergency|menace|dangerous|alarming)s?"
    r"(?=[.,]|$| (?:to|for|in|on|at|again|and|today|now|everywhere)\b)",
    re.IGNORECASE,
)
_ALIKE = ("concern about {}", "we should take action on {}", "action against {}", "taking {} seriously")
_EITHER = re.compile(r"(?<=[a-z])\s?/\s?(?=[a-z])", re.IGNORECASE)


@lru_cache(maxsize=1024)
def wordings(target: str) -> tuple[str, ...]:
    """Give a target, then other words for it, none twice; for most targets there are none.

    Only claims that something is grave (*is a serious concern*, *are dangerous*) have others; a slash between two names
    of the thing gives each in turn.
    """
    found = _GRAVE.match(target.strip())
    if found is None:
        return (target,)
    return tuple(dict.fromkeys((target, *_others(target, found["thing"]))))


def _others(target: str, things: str) -> Iterator[str]:
    for thing in _names(things):
        yield target.replace(things, thing, 1)
        yield from (pattern.format(thing) for pattern in _ALIKE)


def _names(things: str) -> list[str]:
    """*HIV/AIDS* is two names of a thing; *drug/alcohol abuse* is not."""
    names = _EITHER.split(things)
    return names if len({len(name.split()) for name in names}) == 1 else [things]
