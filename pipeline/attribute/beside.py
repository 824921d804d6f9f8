"""Who stands beside a verb at a quotation, read off the words: for where the parser has given the verb no subject."""

from __future__ import annotations

from pipeline.attribute.lexicon import IMPERSONAL, RELATIVES
from pipeline.attribute.tree import NAMES, NOUNS, Tree

_OPENS = frozenset({"DT", "PRP$", "JJ", "JJR", "JJS", "CD", "POS", "VBN", "VBG", "RB", "HYPH"}) | NOUNS
"""Tags of what may stand before the head of a noun phrase."""

_FAR = 24
"""How many words an aside between a name and its verb may have."""

_ASIDES = frozenset({",", ")", "—", "–", "--"})
_NO_NAMES = frozenset({"i", "and", "but", "so", "then", "yet", "or", "as", "when", "while", "if"})


def noun_beside(tree: Tree, verb: int) -> int | None:
    """The head of the noun phrase right after a verb (*said the woman, who ...*), or before it, over an aside.

    After it only where the verb opens the sentence or a quotation stands right before it, *"No," said* or *"No", said*.
    Before it, *Skelly, who had left, said* and *Warren, a spokesman in Baghdad, said* are followed back over what
    stands between the commas.
    """
    after_mark = verb > 1 and tree.words[verb - 1] == "," and tree.quoted[verb - 2]
    if not verb or tree.quoted[verb - 1] or after_mark:
        return _noun_after(tree, verb)
    first = verb
    while first > 1 and tree.heads[first - 1] == verb and tree.deps[first - 1] in ("aux", "advmod", "neg"):
        first -= 1
    if _is_noun(tree, first - 1) or (
        first > 1 and tree.tags[first - 1] in ("JJ", "CD") and tree.tags[first - 2] == "DT"
    ):
        return first - 1
    return _noun_before_aside(tree, first - 1) if tree.words[first - 1] in _ASIDES else None


def _noun_after(tree: Tree, verb: int) -> int | None:
    """The last noun of the run of words that can make up one noun phrase; a pronoun by itself."""
    head = None
    for token in range(verb + 1, len(tree)):
        if tree.quoted[token]:
            break
        if tree.tags[token] == "PRP" and token == verb + 1:
            return token
        if tree.tags[token] in NOUNS or (_is_name(tree, token) and head is None):
            head = token
        elif tree.tags[token] not in _OPENS or (head is not None and tree.tags[token] != "POS"):
            break
    return head


def _noun_before_aside(tree: Tree, close: int) -> int | None:
    """The noun before the comma, bracket or dash that opens the aside which `close` ends.

    Where that is what an office is of, *the Minister of Trade, Nils Aune, said*, it is the name in the aside.
    """
    opener = {")": "("}.get(tree.words[close], tree.words[close])
    for token in range(close - 1, max(0, close - _FAR), -1):
        if tree.quoted[token]:
            return None
        if tree.words[token] == opener:
            named = close - token > len(("Nils", "Aune")) and all(
                tree.tags[i] in NAMES for i in range(token + 1, close)
            )
            if named and tree.deps[token - 1] == "pobj":
                return close - 1
            return token - 1 if _is_noun(tree, token - 1) else None
    return None


def _is_noun(tree: Tree, token: int) -> bool:
    if tree.quoted[token] or tree.lower[token] in IMPERSONAL | RELATIVES:
        return False
    return tree.tags[token] in NOUNS or tree.tags[token] == "PRP" or _is_name(tree, token)


def _is_name(tree: Tree, token: int) -> bool:
    """Whether a word is written as a name within a sentence, whatever the tagger makes of it."""
    word = tree.words[token]
    return word[0].isupper() and word.isalpha() and token > 0 and word.lower() not in _NO_NAMES
