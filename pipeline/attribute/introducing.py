"""Verbs of a sentence that may introduce a quotation, and how near it they stand."""

from __future__ import annotations

from pipeline.attribute.attachment import cue_at
from pipeline.attribute.lexicon import RELATIVES
from pipeline.attribute.quotations import Quote
from pipeline.attribute.tree import Tree
from pipeline.attribute.verbs import THINKS_ALOUD

_BARRIERS = frozenset({".", ";", "!", "?"})
_FEWEST_WORDS = 3


def quoting_verbs(tree: Tree, quote: Quote) -> list[tuple[int, int]]:
    """Verbs of a sentence that may introduce a quotation, as (distance in tokens, verb), nearest first."""
    inside = [i for i in range(len(tree)) if tree.quoted[i] and _in(quote, tree, i)]
    if not inside:
        return []
    first, last = inside[0], inside[-1]
    found = []
    for verb in range(len(tree)):
        cue = cue_at(tree, verb)
        if cue is None or tree.quoted[verb] or not cue.frames & {"c", "q"}:
            continue
        if _is_adjective(tree, verb, last) or (not tree.is_verb(verb) and not _misread(tree, verb)):
            continue
        if (cue.base == "put" and not _puts_it(tree, verb)) or (verb > last and _is_relative(tree, verb)):
            continue
        if cue.force == "speech" or cue.base in THINKS_ALOUD:
            found.append((_distance(tree, verb, first, last) + (0 if cue.force == "speech" else 6), verb))
    return sorted(found)


def called_out(tree: Tree, quote: Quote) -> bool:
    """Whether a quotation, however short, is all that a verb of speech right before it brings in: *chanted "go on"*."""
    inside = [i for i in range(len(tree)) if _in(quote, tree, i)]
    if len(inside) < _FEWEST_WORDS or not inside[0] or quote.kind == "title":
        return False
    verb, after = inside[0] - 1, inside[-1] + 1
    cue = cue_at(tree, verb)
    said = cue is not None and cue.force == "speech" and "c" in cue.frames and tree.is_verb(verb)
    return said and (after == len(tree) or not tree.words[after].isalnum() or tree.tags[after] in ("CC", "IN", "RB"))


def _is_adjective(tree: Tree, verb: int, last: int) -> bool:
    """Whether a verb only describes a noun, *the said bill*: not right after a quotation, *"No," tweeted the board*."""
    return tree.deps[verb] == "amod" and verb != last + 1


def _is_relative(tree: Tree, verb: int) -> bool:
    """Whether a verb is that of an aside on somebody: *who went on to*."""
    subject = tree.subject(verb)
    return subject is not None and tree.lower[subject] in RELATIVES


def _misread(tree: Tree, verb: int) -> bool:
    """Whether a verb of a quotation was taken for a noun: its sentence hangs on it, *to state*, *the two write*."""
    if tree.tags[verb] not in ("NN", "NNS", "JJ") or not tree.words[verb].islower():
        return False
    infinitive = verb > 0 and tree.tags[verb - 1] == "TO"
    counted = verb > 1 and tree.tags[verb - 1] == "CD" and tree.lower[verb - 2] == "the"
    return (
        infinitive
        or counted
        or tree.heads[verb] == verb
        or (tree.words[verb].endswith("ing") and tree.deps[verb] == "advcl")
    )


def _puts_it(tree: Tree, verb: int) -> bool:
    thing = tree.child(verb, "dobj")
    return thing is not None and tree.lower[thing] == "it"


def _distance(tree: Tree, verb: int, first: int, last: int) -> int:
    """Tokens between a verb and a quotation, its subject's phrase not counted; a full stop counts as eight."""
    between = range(verb + 1, first) if verb < first else range(last + 1, verb)
    subject = tree.subject(verb)
    phrase = range(0) if subject is None else range(tree.lefts[subject], tree.rights[subject] + 1)
    steps = [token for token in between if token not in phrase]
    return len(steps) + sum(8 for token in steps if tree.words[token] in _BARRIERS and not tree.quoted[token])


def _in(quote: Quote, tree: Tree, token: int) -> bool:
    return any(piece.start <= tree.starts[token] < piece.end for piece in quote.pieces)
