"""Who does it: the subject of a verb or its agent, its own or inherited, and who issued a statement."""

from __future__ import annotations

from pipeline.attribute.attachment import cue_at, reports_again
from pipeline.attribute.beside import noun_beside
from pipeline.attribute.forms import words
from pipeline.attribute.lexicon import DATES, DOCUMENTS, IMPERSONAL, ISSUING, RELATIVES, THINGS
from pipeline.attribute.organisations import looks_like_organisation
from pipeline.attribute.tree import NAMES, NOUNS, PRONOUNS, Tree

_INHERITS = frozenset({"conj", "xcomp", "advcl", "pcomp", "acl", "relcl", "ccomp", "parataxis", "dep", "prep", "acomp"})
_MANY = frozenset({"many", "some", "most", "others", "several", "few", "both", "all"})
_QUOTES = words("quote quotes quoted quoting cite cites cited citing")
_DEPTH = 6
_ABSTRACT = ("tion", "sion", "ness", "ity", "ance", "ence", "ism", "ship", "ment")


def agent_of(tree: Tree, verb: int) -> int | None:
    """The token that names who does what `verb` says: its subject, *by* agent, or one inherited from above."""
    told = bare_many(tree, verb)
    if (told := quoted_as_saying(tree, verb) if told is None else told) is not None:
        return told
    subject = tree.subject(verb)
    if subject is not None and tree.deps[subject].endswith("pass") and not _has_said(tree, verb):
        return by_agent(tree, verb)
    if subject is not None:
        return _real_subject(tree, subject, verb)
    if _asked(tree, verb) or (tree.tags[verb] == "VBN" and tree.child(verb, "auxpass", "agent") is not None):
        return by_agent(tree, verb)
    if tree.tags[verb] == "VBN" and tree.deps[verb] == "acl":
        named = (
            verb
            and tree.tags[tree.heads[verb]] in NAMES
            and tree.words[verb - 1] == ","
            and tree.child(verb, "oprd", "dobj")
        )
        return tree.heads[verb] if named else by_agent(tree, verb)
    found = (find(tree, verb) for find in (inherited_subject, _first_subject, _before_aside, _name_before))
    return next((agent for agent in found if agent is not None), None)


def quoted_as_saying(tree: Tree, verb: int) -> int | None:
    """Whom an active verb quotes, *the agency quoted Ann Lee as saying*: who says it, also for the last verb."""
    opener = tree.heads[verb]
    above = tree.heads[opener] if tree.deps[verb] == "pcomp" and tree.lower[opener] == "as" else verb
    if tree.lower[above] not in _QUOTES:
        return None
    says = (tree.child(child, "pcomp") for child in tree.children[above] if tree.lower[child] == "as")
    return tree.child(above, "dobj") if any(one is not None and cue_at(tree, one) for one in says) else None


def bare_many(tree: Tree, verb: int) -> int | None:
    """*Many* and the like between a comma and a verb, which the parser may take for less than its subject."""
    found = tree.subject(verb) is None and verb > 1 and tree.words[verb - 2] == ","
    return verb - 1 if found and tree.lower[verb - 1] in _MANY else None


def _has_said(tree: Tree, verb: int) -> bool:
    """*He's said that*: *has said*, which the parser takes for a passive."""
    passive = tree.child(verb, "auxpass")
    reads_so = passive is not None and tree.lower[passive] in ("'s", "’s", "'d", "’d")
    return reads_so and tree.child(verb, "ccomp", "dobj") is not None


def _first_subject(tree: Tree, verb: int) -> int | None:
    """For a finite main verb without a subject: the subject of the first verb before it, as in *X came, saw, said*."""
    if tree.heads[verb] != verb or tree.tags[verb] not in ("VBD", "VBZ", "VBP"):
        return None
    found = (i for i in range(verb) if tree.deps[i] == "nsubj" and not tree.quoted[i])
    return next((i for i in found if tree.lower[i] not in RELATIVES), None)


def _before_aside(tree: Tree, verb: int) -> int | None:
    """For a finite main verb after an aside: the name before it, as in *In Pune, Sunil Patil, its president, said*."""
    if tree.heads[verb] != verb or tree.tags[verb] not in ("VBD", "VBZ") or not verb or tree.words[verb - 1] != ",":
        return None
    found = noun_beside(tree, verb)
    return found if found is not None and tree.tags[found] in NAMES else None


def _name_before(tree: Tree, verb: int) -> int | None:
    """For a finite verb that the parser leaves alone: the name right before it, *advocate Arvind Bhatt submitted*."""
    finite = verb > 0 and tree.tags[verb] in ("VBD", "VBZ") and not tree.quoted[verb - 1]
    return verb - 1 if finite and tree.tags[verb - 1] in NAMES and tree.words[verb - 1] not in DATES else None


def _asked(tree: Tree, verb: int) -> bool:
    """*When asked*, *Asked whether*: a participle whose subject is not the one who asks."""
    if tree.tags[verb] not in ("VBN", "VBD") or tree.lower[verb] not in ("asked", "told", "pressed"):
        return False
    return tree.deps[verb] == "advcl" or (verb > 0 and tree.lower[verb - 1] == "when")


def by_agent(tree: Tree, verb: int) -> int | None:
    """The object of *by* below a passive verb."""
    for child in tree.children[verb]:
        if tree.lower[child] == "by" and tree.deps[child] in ("agent", "prep"):
            return tree.child(child, "pobj")
    return None


def inherited_subject(tree: Tree, verb: int, depth: int = _DEPTH) -> int | None:
    """The subject that a verb without one takes from the verb or noun it hangs on."""
    head, dep = tree.heads[verb], tree.deps[verb]
    if head == verb or dep not in _INHERITS or not depth:
        return None
    if tree.words[head] in DATES:
        head, dep = tree.heads[head], "advcl"
    elif verb and tree.tags[verb] == "VBG" and _is_who(tree, verb - 1):
        return verb - 1
    if (again := reports_again(tree, verb)) is not None:
        return agent_of(tree, again)
    if dep in ("acl", "relcl") and tree.tags[head] in NOUNS | PRONOUNS:
        return _maker(tree, verb, head)
    thing = tree.child(head, "dobj") if verb and dep == "xcomp" and tree.lower[verb - 1] == "to" else None
    if thing is not None and tree.lower[thing] not in IMPERSONAL:
        return thing
    subject = tree.subject(head)
    return subject if subject is not None else inherited_subject(tree, head, depth - 1)


def _is_who(tree: Tree, token: int) -> bool:
    """Whether a token names somebody, and not a day."""
    return tree.tags[token] in NAMES | {"PRP"} and tree.words[token] not in DATES


def _maker(tree: Tree, verb: int, noun: int) -> int | None:
    """Who does what hangs on a noun: the noun, its issuer, or for *reasons to question* who gives them."""
    aims = any(tree.lower[child] == "to" for child in tree.children[verb] if tree.deps[child] == "aux")
    if aims and tree.deps[noun] == "dobj" and tree.tags[noun] not in ("NNP", "NNPS", "PRP"):
        above = tree.heads[noun]
        subject = tree.subject(above)
        return subject if subject is not None else inherited_subject(tree, above)
    if tree.tags[verb] == "VBG" and tree.lower[noun] not in DOCUMENTS and _issues_to(tree, noun):
        return _who_issues(tree, noun) or noun
    return issuer_of(tree, noun)


def _issues_to(tree: Tree, noun: int) -> bool:
    """Whether something is sent to somebody: *emailed supporters*, *sent a note to members*."""
    head = tree.heads[noun]
    above = tree.heads[head] if tree.deps[noun] == "pobj" else head
    return tree.lower[above] in ISSUING and tree.lower[head] in ("to", tree.lower[above])


def issuer_of(tree: Tree, noun: int) -> int | None:
    """Who issued a statement, memo or warning: its possessor, *by* or *from* whom it is, or who issued it.

    A noun that is no such thing is its own issuer.
    """
    if tree.lower[noun] not in DOCUMENTS:
        return noun
    giver = giver_of(tree, noun)
    return giver if giver is not None else _who_issues(tree, noun) or noun


def giver_of(tree: Tree, noun: int) -> int | None:
    """Whose a statement or memo is by the words that hang on it: its possessor, *by* or *from* whom it is."""
    if (owner := tree.child(noun, "poss")) is not None:
        return owner
    for child in tree.children[noun]:
        if tree.lower[child] in ("by", "from") and (giver := tree.child(child, "pobj")) is not None:
            return giver
        if tree.deps[child] == "acl" and (giver := by_agent(tree, child)) is not None:
            return giver
    return None


def _who_issues(tree: Tree, noun: int) -> int | None:
    """The subject of a light verb with `noun` as its object, or *in* or *with* it: *he issued a statement*."""
    head = tree.heads[noun]
    if tree.deps[noun] == "pobj":
        head = tree.heads[head]
    elif tree.deps[noun] == "dobj" and tree.lower[head] not in ISSUING:
        return None
    if tree.deps[noun] in ("dobj", "pobj") and tree.is_verb(head):
        subject = tree.subject(head)
        return subject if subject is not None else inherited_subject(tree, head)
    return None


def _real_subject(tree: Tree, subject: int, verb: int) -> int | None:
    """Not *it* or *there* without a meaning; for a participle, *Reacting, the mayor said*, who stands after it.

    *Speaking in Pune, its head, Sunil Patil, said*: the parser takes all of it for the subject.
    """
    if tree.tags[subject] == "EX" or tree.deps[subject] == "csubjpass":
        return None
    if tree.deps[subject] == "csubj":
        last = verb - 2
        named = last > 0 and tree.words[verb - 1] == "," and tree.tags[last] in NAMES and tree.deps[last] == "appos"
        return last if named else _before_aside(tree, verb)
    return tree.child(subject, "appos") if tree.tags[subject] == "VBG" and not subject else subject


def is_abstract(tree: Tree, token: int) -> bool:
    """Whether a word names no one who could think or say anything: *this decision*, *such chats*."""
    word = tree.lower[token]
    if tree.tags[token] not in ("NN", "NNS") or word in DOCUMENTS or looks_like_organisation(word):
        return False
    return word in THINGS or word.removesuffix("s").endswith(_ABSTRACT)
