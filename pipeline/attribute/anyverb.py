"""Verbs that no list has, known by where they stand: *"Never," winked Doyle*, *Doyle winked, "Never"*."""

from __future__ import annotations

from pipeline.attribute.agents import agent_of
from pipeline.attribute.forms import words
from pipeline.attribute.lexicon import IMPERSONAL, RELATIVES
from pipeline.attribute.quotations import Quote
from pipeline.attribute.tree import NOUNS, Tree

_FINITE = frozenset({"VBD", "VBZ"})
_OPEN_ENDED = frozenset(",?!…—–-")
_FEWEST_TOKENS = 3
"""Two marks and a word: tokens of the shortest quotation."""
_NEVER = words("is was are were 's has had have does did do be been seems seemed became becomes came went")
"""Verbs that bring in no speech wherever they stand."""
_OBJECTS = ("dobj", "attr", "acomp", "dative", "oprd", "xcomp", "auxpass")


def any_verb(tree: Tree, quote: Quote) -> tuple[int, int] | None:
    """The verb right beside a quotation that says who speaks, whatever it means, and the token of who that is."""
    inside = [i for i in range(len(tree)) if quote.start <= tree.starts[i] < quote.end]
    if len(inside) < _FEWEST_TOKENS or quote.kind != "speech":
        return None
    first, last = inside[0], inside[-1]
    goes_on = tree.words[last - 1][-1] in _OPEN_ENDED
    begins = tree.words[first + 1][0].isupper()
    for verb in range(len(tree)):
        if tree.tags[verb] not in _FINITE or tree.quoted[verb] or tree.lower[verb] in _NEVER:
            continue
        agent = agent_of(tree, verb)
        if agent is None or tree.quoted[agent] or tree.lower[agent] in IMPERSONAL | RELATIVES:
            continue
        if tree.tags[agent] not in NOUNS | {"PRP"}:
            continue
        if (goes_on and _follows(tree, last, verb, agent)) or (begins and _leads(tree, first, verb, agent)):
            return verb, agent
    return None


def _follows(tree: Tree, last: int, verb: int, agent: int) -> bool:
    """Whether verb and subject come right after a quotation that ends no sentence, and the verb has no object."""
    start = min(verb, tree.lefts[agent])
    return start == last + 1 and tree.child(verb, *_OBJECTS) is None and tree.heads[verb] == verb


def _leads(tree: Tree, first: int, verb: int, agent: int) -> bool:
    """Whether a verb with its subject before it stands right before a comma or colon and a quotation."""
    return agent < verb == first - 2 and tree.words[first - 1] in (",", ":")
