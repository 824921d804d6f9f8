"""The phrase that names who speaks: its head, the name in it, and what stands beside the name."""

from __future__ import annotations

from pipeline.attribute.epithets import is_role
from pipeline.attribute.findings import Source
from pipeline.attribute.gender import gender_of_words, is_first_name
from pipeline.attribute.lexicon import RELATIVES, ROLE_WORDS
from pipeline.attribute.tree import NAMES, NOUNS, PRONOUNS, Tree
from pipeline.letters import PARTICLES
from pipeline.records import MentionKind, Span

_IN_NAME = frozenset({"compound", "nmod", "flat", "nn"})
_NAMED = frozenset({"named", "called"})
_GIVES_NAME = frozenset({"gave", "gives", "identified", "identifies"})
_OWN_NAME = frozenset({"name", "himself", "herself", "themselves"})
_SERVES = frozenset({"for", "of", "at", "with", "from"})


def source_at(tree: Tree, token: int) -> Source:
    """The phrase around a token, with the name in it, and what stands beside the name."""
    word = tree.lower[token]
    span = _phrase(tree, token)
    described = word == "those" and span.end > tree.ends[token]
    if (tree.tags[token] in PRONOUNS or word in RELATIVES) and not described:
        return _pronoun(tree, token, word)
    name = _name(tree, token)
    title = None
    appos = tree.child(token, "appos")
    if appos is None and word in ROLE_WORDS:
        appos = _named_after(tree, token)
    if appos is not None and (name is None or word in ROLE_WORDS) and (found := _introduced(tree, token, appos))[0]:
        name, title = found
    elif name is not None:
        title = _title(tree, token, name)
    elif (name := _goes_by(tree, token)) is not None:
        title = tree.span(tree.lefts[token], token)
    kind: MentionKind = "name" if name else "nominal"
    return Source(
        span=span,
        head=tree.span(token, token),
        kind=kind,
        name=name,
        title=title,
        beside=_beside(tree, token),
        plural=described
        or tree.tags[token] in ("NNS", "NNPS", "CD")
        or any(tree.deps[c] == "conj" for c in tree.children[token]),
    )


def _introduced(tree: Tree, token: int, appos: int) -> tuple[Span | None, Span | None]:
    """The name that a description introduces, and what it says of its bearer: *the mayor's niece, Anna Lindqvist*."""
    name = _name(tree, appos)
    if tree.lower[token] in ROLE_WORDS:
        return name, tree.span(tree.lefts[token], token)
    if name is None or appos < token or tree.tags[appos] != "NNP" or tree.tags[token] != "NN":
        return None, None
    first_met = any(tree.lower[c] in ("a", "an") for c in tree.children[token])
    if tree.starts[appos] == name.start and not first_met:
        return None, None
    return name, tree.span(tree.lefts[token], token)


def _named_after(tree: Tree, token: int) -> int | None:
    """The person whom commas set behind what a role is of: *a spokesman for Okafor, Tim Hale, said*.

    Behind a name that is one with a common first name, for Paris, Texas, has commas too; behind any other word, one of
    two words: *the governor of the province, Oumou Diarra, said*.
    """
    served = next((whom for c in tree.children[token] if (whom := tree.child(c, "pobj")) is not None), None)
    appos = None if served is None else tree.child(served, "appos")
    if served is None or appos is None or tree.tags[appos] != "NNP" or (name := _name(tree, appos)) is None:
        return None
    first = next(i for i in range(len(tree)) if tree.starts[i] == name.start)
    if not 0 < first < appos or tree.words[first - 1] != ",":
        return None
    return appos if _name(tree, served) is None or is_first_name(tree.words[first]) else None


def _goes_by(tree: Tree, token: int) -> Span | None:
    """The name that a participle or *as* gives: *a man named Reed*, *a woman who gave her name only as Petra*.

    What is only *called* something may be a firm or a book, unless the word is one for people.
    """
    if tree.tags[token] != "NN":
        return None
    human = is_role(tree.lower[token]) or gender_of_words(tree.lower[token]) is not None
    verbs = [child for child in tree.children[token] if tree.deps[child] in ("acl", "relcl")]
    verbs += [tree.heads[token]] if tree.subject(tree.heads[token]) == token else []
    for verb in verbs:
        thing = tree.child(verb, "oprd", "dobj")
        named = tree.lower[verb] == "surnamed" or (human and tree.lower[verb] in _NAMED)
        if named and verb == token + 1 + (tree.words[token + 1] == ",") and thing is not None:
            return _name(tree, thing)
        if tree.lower[verb] in _GIVES_NAME and thing is not None and tree.lower[thing] in _OWN_NAME:
            opener = tree.child(thing, "prep") or tree.child(verb, "prep")
            bearer = None if opener is None or tree.lower[opener] != "as" else tree.child(opener, "pobj")
            return None if bearer is None else _name(tree, bearer)
    return None


def _pronoun(tree: Tree, token: int, word: str) -> Source:
    antecedent = None
    if word in RELATIVES:
        for above in tree.ancestors(token):
            if tree.deps[above] == "relcl" and tree.tags[tree.heads[above]] in NOUNS:
                antecedent = source_at(tree, tree.heads[above])
                break
    here = tree.span(token, token)
    return Source(
        span=here, head=here, kind="pronoun", antecedent=antecedent, plural=word in ("they", "we", "these", "those")
    )


def _phrase(tree: Tree, token: int) -> Span:
    """The noun phrase, its relative clauses, those of nouns within it, and dangling punctuation left out."""
    last = tree.rights[token]
    for child in tree.children[token]:
        if child > token and _closes(tree, child):
            last = min(last, tree.lefts[child] - 1)
    for inner in range(token + 1, last + 1):
        if tree.deps[inner] == "relcl" and tree.deps[tree.heads[inner]] == "pobj" and tree.lefts[inner] > token:
            last = min(last, tree.lefts[inner] - 1)
    last = _before_brackets(tree, token, last)
    while last > token and not tree.words[last][-1].isalnum() and tree.words[last] != ".":
        last -= 1
    first = tree.lefts[token]
    while first < token and (not tree.words[first][0].isalnum() or (tree.quoted[first] and not tree.quoted[token])):
        first += 1
    while first > 1 and tree.words[first - 1] == "-" and tree.ends[first - 2] == tree.starts[first] - 1:
        first = tree.lefts[first - 2]  # the parser has cut a word at its hyphen: *ex-wife*
    return tree.span(first, max(last, token))


def _before_brackets(tree: Tree, token: int, last: int) -> int:
    """Where a phrase ends that would end with brackets, or within them: before them, *Lind (Lab-North)* is *Lind*."""
    for place in range(last, token, -1):
        if tree.words[place] == ")" and place < last:
            break
        if tree.words[place] == "(":
            return place - 1
    return last


def _closes(tree: Tree, child: int) -> bool:
    """Whether a phrase ends before one of its parts; a participle without a comma belongs to it: *those asked*."""
    if tree.deps[child] == "punct":
        return tree.words[child] in ("—", "–", "--", ":", ";", "(")
    if tree.deps[child] == "acl" and tree.tags[child] == "VBN":
        return tree.words[tree.lefts[child] - 1] == ","
    return tree.deps[child] in ("relcl", "acl", "advcl", "ccomp") or tree.words[child] == "to"


def _name(tree: Tree, token: int) -> Span | None:
    """The run of capitalised name tokens that ends in `token`."""
    if tree.words[token].islower() or tree.tags[token] not in NAMES | NOUNS:
        return None
    first = token
    while first > 0 and _in_name(tree, first - 1, token):
        first -= 1
    return tree.span(first, token)


def _in_name(tree: Tree, token: int, head: int) -> bool:
    word = tree.words[token]
    capital = word[0].isupper() or word.lower() in PARTICLES or word.lower() == "al-"
    return capital and tree.heads[token] <= head and tree.deps[token] in _IN_NAME and tree.tags[token] in NAMES


def _title(tree: Tree, token: int, name: Span) -> Span | None:
    """The role beside a name: words before it in the phrase, or an apposition after it."""
    appos = tree.child(token, "appos")
    if appos is not None and tree.tags[appos] in NOUNS:
        return Span(tree.starts[tree.lefts[appos]], _phrase(tree, appos).end)
    first = tree.lefts[token]
    if tree.starts[first] < name.start and tree.deps[first] != "poss":
        before = next(i for i in range(first, token + 1) if tree.ends[i] >= name.start or i == token)
        return tree.span(first, max(first, before - 1)) if before > first else None
    return None


def _beside(tree: Tree, token: int) -> Span | None:
    """Whom a source speaks for: *spokesman for X*, *of X*, *X's lawyer*, *X spokesman*."""
    for child in tree.children[token]:
        whom = tree.child(child, "pobj") if tree.lower[child] in _SERVES else None
        if whom is not None and (name := _name(tree, whom)):
            return name
        if tree.deps[child] == "poss" and (name := _name(tree, child)):
            return name
    appos = tree.child(token, "appos")
    if appos is not None and tree.tags[appos] in NOUNS - NAMES:
        return _beside(tree, appos) or _modifying_name(tree, appos)
    return _modifying_name(tree, token) if tree.lower[token] in ROLE_WORDS else None


def _modifying_name(tree: Tree, token: int) -> Span | None:
    """The capitalised words that modify a role: *White House* in *White House spokesman*."""
    names = [c for c in tree.children[token] if c < token and tree.deps[c] in _IN_NAME and tree.tags[c] in NAMES]
    return tree.span(tree.lefts[names[0]], names[-1]) if names else None
