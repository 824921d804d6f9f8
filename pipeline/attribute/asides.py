"""Sentences that stand around, or before, the words that report them: *The dam, he said, was old*."""

from __future__ import annotations

from typing import NamedTuple

from pipeline.attribute.agents import bare_many, by_agent, quoted_as_saying
from pipeline.attribute.contents import COMMAS, STOPS, TELLS, base_of
from pipeline.attribute.findings import without
from pipeline.attribute.lexicon import RELATIVES
from pipeline.attribute.tree import NAMES, NOUNS, Tree
from pipeline.records import Span

_SUBORDINATE = frozenset(
    {"where", "when", "while", "if", "although", "though", "because", "since", "that", "and", "but"}
)
_DEPENDENT = frozenset({"advcl", "relcl", "acl", "pcomp"})
_JOINS = frozenset({"and", "but", "or"})
_REPORTED = frozenset({"ccomp", "xcomp", "dobj", "dative"})
_LONGEST_ASIDE = 14
_FAR = 24
"""How many words what is said of somebody may have, before the verb."""
_IN_NAME = NOUNS | {"JJ", "DT", "PRP$", "POS", "HYPH", "VBN"}
"""Tags of what may stand in a name with its title."""


def around_aside(tree: Tree, verb: int) -> tuple[Span, ...] | None:
    """The sentence around *, he said,*: the words between two commas, or a comma and the end, with one clause.

    *As he said,* may open it, after *but* or *and* too, which is then no part of it.
    """
    subject = tree.subject(verb) if (several := bare_many(tree, verb)) is None else several
    if subject is None and tree.lower[tree.lefts[verb]] == "as":
        subject = by_agent(tree, verb)
    thing = tree.child(verb, "dobj")
    base = base_of(tree, verb)
    takes_one = base in TELLS or quoted_as_saying(tree, verb) is not None
    takes_one = takes_one or (base == "put" and thing is not None and tree.lower[thing] == "it")
    if tree.child(verb, "xcomp") is not None:
        return None
    if subject is None or (thing is not None and not takes_one) or tree.lower[subject] in RELATIVES:
        return None
    if any(tree.lower[c] in _SUBORDINATE for c in tree.children[verb] if c < verb or tree.deps[c] != "cc"):
        return None
    first, last = min(verb, subject), max(verb, subject)
    while first > 0 and tree.words[first - 1] not in COMMAS:
        first -= 1
    while last + 1 < len(tree) and tree.words[last + 1] not in STOPS:
        last += 1
    begins = int(tree.words[0] == "(")
    if first <= begins and tree.lower[begins] in _JOINS and tree.lower[begins + 1] == "as":
        begins += 1
        first = begins
    with_subject = [i for i in range(len(tree)) if tree.subject(i) is not None and i != verb]
    inside = [i for i in with_subject if first <= i <= last]
    opened = (first > 0 and tree.words[first - 1] != "(") or tree.lower[first] == "as"
    outside = [i for i in with_subject if i not in inside and (tree.deps[i], tree.heads[i]) != ("parataxis", verb)]
    stated = any(tree.deps[i] not in _DEPENDENT for i in outside) or tree.quoted[0]
    if inside or not opened or not stated or tree.lower[first] in _JOINS or last - first > _LONGEST_ASIDE:
        return None
    return without(tree.span(begins, len(tree) - 1), tree.span(first, last))


class Turn(NamedTuple):
    """The token that names who reports, and what."""

    agent: int
    content: Span


def sentence_before(tree: Tree, verb: int) -> Turn | None:
    """Who reports at the end, and what: *The dam was old, Ana Ruiz, the engineer, said*; where the parser loses it.

    The verb has neither a subject nor anything else that it reports; a name stands before what is said of somebody
    between commas, and a comma before the name; and the words before that are a sentence, that opens no quotation.
    """
    if (
        tree.tags[verb] not in ("VBD", "VBZ", "VBP")
        or tree.subject(verb) is not None
        or tree.words[max(verb - 1, 0)] != ","
    ):
        return None
    told = {"dobj", "dative"} if base_of(tree, verb) in TELLS else set()
    if any(child > verb and tree.deps[child] in _REPORTED - told for child in tree.children[verb]) or tree.quoted[0]:
        return None
    for comma in range(verb - 2, max(1, verb - _FAR), -1):
        first = _first_of_name(tree, comma - 1) if tree.words[comma] == "," else None
        if first is not None and first > 1 and tree.words[first - 1] == ",":
            states = any(tree.subject(i) is not None and tree.deps[i] not in _DEPENDENT for i in range(first - 1))
            return Turn(comma - 1, tree.span(0, first - 2)) if states else None
    return None


def _first_of_name(tree: Tree, last: int) -> int | None:
    """Where the name that ends in a token begins, its title included; ``None`` if it is no name."""
    if tree.tags[last] not in NAMES:
        return None
    while last > 0 and tree.tags[last - 1] in _IN_NAME:
        last -= 1
    return last
