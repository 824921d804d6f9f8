"""Who does it: the subject of a verb, its agent, the issuer of a statement, and the phrase that names them."""

from __future__ import annotations

from pipeline.attribute.attachment import reports_again
from pipeline.attribute.findings import Source
from pipeline.attribute.lexicon import DOCUMENTS, ISSUING, RELATIVES, ROLE_WORDS, THINGS
from pipeline.attribute.organisations import looks_like_organisation
from pipeline.attribute.tree import NAMES, NOUNS, PRONOUNS, Tree
from pipeline.records import MentionKind, Span

_INHERITS = frozenset({"conj", "xcomp", "advcl", "pcomp", "acl", "relcl", "ccomp", "parataxis", "dep", "prep"})
_IN_NAME = frozenset({"compound", "nmod", "flat", "nn"})
_SERVES = frozenset({"for", "of", "at", "with", "from"})
_DEPTH = 6
_ABSTRACT = ("tion", "sion", "ness", "ity", "ance", "ence", "ism", "ship", "ment")


def agent_of(tree: Tree, verb: int) -> int | None:
    """The token that names who does what `verb` says: its subject, *by* agent, or one inherited from above."""
    subject = tree.subject(verb)
    if subject is not None and tree.deps[subject].endswith("pass"):
        return by_agent(tree, verb)
    if subject is not None:
        return _real_subject(tree, subject)
    if tree.tags[verb] == "VBN" and (tree.child(verb, "auxpass", "agent") is not None or _asked(tree, verb)):
        return by_agent(tree, verb)
    if tree.tags[verb] == "VBN" and tree.deps[verb] == "acl":
        return by_agent(tree, verb)
    found = inherited_subject(tree, verb)
    return found if found is not None else _first_subject(tree, verb)


def _first_subject(tree: Tree, verb: int) -> int | None:
    """For a finite main verb without a subject: the subject of the first verb before it, as in *X came, saw, said*."""
    if tree.heads[verb] != verb or tree.tags[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    return next((i for i in range(verb) if tree.deps[i] == "nsubj" and not tree.quoted[i]), None)


def _asked(tree: Tree, verb: int) -> bool:
    """*When asked*, *Asked whether*: a participle whose subject is not the one who asks."""
    return tree.deps[verb] == "advcl" and tree.words[verb].lower() in ("asked", "told", "pressed")


def by_agent(tree: Tree, verb: int) -> int | None:
    """The object of *by* below a passive verb."""
    for child in tree.children[verb]:
        if tree.words[child].lower() == "by" and tree.deps[child] in ("agent", "prep"):
            return tree.child(child, "pobj")
    return None


def inherited_subject(tree: Tree, verb: int, depth: int = _DEPTH) -> int | None:
    """The subject that a verb without one takes from the verb or noun it hangs on."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if head == verb or dep not in _INHERITS or not depth:
        return None
    if tree.tags[verb] == "VBG" and tree.tags[verb - 1] in NAMES | {"PRP"}:
        return verb - 1
    if (again := reports_again(tree, verb)) is not None:
        return agent_of(tree, again)
    if dep in ("acl", "relcl") and tree.tags[head] in NOUNS | PRONOUNS:
        return _maker(tree, verb, head)
    if dep == "xcomp" and tree.words[verb - 1].lower() == "to" and tree.child(head, "dobj") is not None:
        return tree.child(head, "dobj")
    subject = tree.subject(head)
    return subject if subject is not None else inherited_subject(tree, head, depth - 1)


def _maker(tree: Tree, verb: int, noun: int) -> int | None:
    """Who does what hangs on a noun: the noun, its issuer, or for *reasons to question* who gives them."""
    aims = any(tree.words[child].lower() == "to" for child in tree.children[verb] if tree.deps[child] == "aux")
    if aims and tree.deps[noun] == "dobj" and tree.tags[noun] not in ("NNP", "NNPS", "PRP"):
        above = tree.heads[noun]
        return tree.subject(above) or inherited_subject(tree, above)
    return issuer_of(tree, noun)


def issuer_of(tree: Tree, noun: int) -> int | None:
    """Who issued a statement, memo or warning: its possessor, *by* or *from* whom it is, or who issued it.

    A noun that is no such thing is its own issuer.
    """
    if tree.words[noun].lower() not in DOCUMENTS:
        return noun
    if (owner := tree.child(noun, "poss")) is not None:
        return owner
    for child in tree.children[noun]:
        if tree.words[child].lower() in ("by", "from") and (giver := tree.child(child, "pobj")) is not None:
            return giver
        if tree.deps[child] == "acl" and (giver := by_agent(tree, child)) is not None:
            return giver
    return _who_issues(tree, noun) or noun


def _who_issues(tree: Tree, noun: int) -> int | None:
    """The subject of a light verb with `noun` as its object, or *in* or *with* it: *he issued a statement*."""
    head = tree.heads[noun]
    if tree.deps[noun] == "pobj":
        head = tree.heads[head]
    elif tree.deps[noun] == "dobj" and tree.words[head].lower() not in ISSUING:
        return None
    if tree.deps[noun] in ("dobj", "pobj") and tree.is_verb(head):
        subject = tree.subject(head)
        return subject if subject is not None else inherited_subject(tree, head)
    return None


def _real_subject(tree: Tree, subject: int) -> int | None:
    """Not *it* or *there* without a meaning; a passive participle's subject is no agent."""
    if tree.tags[subject] == "EX" or tree.deps[subject].startswith("csubj"):
        return None
    return subject


def is_abstract(tree: Tree, token: int) -> bool:
    """Whether a word names no one who could think or say anything: *this decision*, *such chats*."""
    word = tree.words[token].lower()
    if tree.tags[token] not in ("NN", "NNS") or word in DOCUMENTS or looks_like_organisation(word):
        return False
    return word in THINGS or word.removesuffix("s").endswith(_ABSTRACT)


def source_at(tree: Tree, token: int) -> Source:
    """The phrase around a token, with the name in it, and what stands beside the name."""
    word = tree.words[token].lower()
    if tree.tags[token] in PRONOUNS or word in RELATIVES:
        return _pronoun(tree, token, word)
    span = _phrase(tree, token)
    name = _name(tree, token)
    title = None
    if name is None and (appos := tree.child(token, "appos")) is not None and word in ROLE_WORDS:
        name, title = _name(tree, appos), tree.span(tree.lefts[token], token)
    elif name is not None:
        title = _title(tree, token, name)
    kind: MentionKind = "name" if name else "nominal"
    return Source(
        span=span,
        head=tree.span(token, token),
        kind=kind,
        name=name,
        title=title,
        beside=_beside(tree, token),
        plural=tree.tags[token] in ("NNS", "NNPS", "CD") or any(tree.deps[c] == "conj" for c in tree.children[token]),
    )


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
    """The noun phrase, its relative clauses and dangling punctuation left out."""
    last = tree.rights[token]
    for child in tree.children[token]:
        if (
            child > token and tree.deps[child] in ("relcl", "acl", "advcl", "ccomp", "punct") and _closes(tree, child)
        ) or (child > token and tree.words[child] == "to"):
            last = min(last, tree.lefts[child] - 1)
    while last > token and not tree.words[last][-1].isalnum() and tree.words[last] != ".":
        last -= 1
    first = tree.lefts[token]
    while first < token and not tree.words[first][0].isalnum():
        first += 1
    return tree.span(first, max(last, token))


def _closes(tree: Tree, child: int) -> bool:
    return tree.deps[child] != "punct" or tree.words[child] in ("—", "–", "--", ":", ";", "(")


def _name(tree: Tree, token: int) -> Span | None:
    """The run of capitalised name tokens that ends in `token`."""
    if tree.tags[token] not in NAMES and not (tree.words[token][0].isupper() and tree.tags[token] in NOUNS):
        return None
    first = token
    while first > 0 and _in_name(tree, first - 1, token):
        first -= 1
    return tree.span(first, token)


def _in_name(tree: Tree, token: int, head: int) -> bool:
    word = tree.words[token]
    capital = word[0].isupper() or (word.lower() in ("de", "van", "von", "bin", "al", "al-", "der", "di", "du", "la"))
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
        whom = tree.child(child, "pobj") if tree.words[child].lower() in _SERVES else None
        if whom is not None and (name := _name(tree, whom)):
            return name
        if tree.deps[child] == "poss" and (name := _name(tree, child)):
            return name
    appos = tree.child(token, "appos")
    if appos is not None and tree.tags[appos] in NOUNS - NAMES:
        return _beside(tree, appos) or _modifying_name(tree, appos)
    return _modifying_name(tree, token) if tree.words[token].lower() in ROLE_WORDS else None


def _modifying_name(tree: Tree, token: int) -> Span | None:
    """The capitalised words that modify a role: *White House* in *White House spokesman*."""
    names = [c for c in tree.children[token] if c < token and tree.deps[c] in _IN_NAME and tree.tags[c] in NAMES]
    return tree.span(tree.lefts[names[0]], names[-1]) if names else None
