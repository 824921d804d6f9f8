"""What a verb reports: its clause, infinitive, object or prepositional phrase."""

from __future__ import annotations

from pipeline.attribute.attachment import cue_at
from pipeline.attribute.findings import pieces_of, without
from pipeline.attribute.lexicon import DATES, EVIDENCE
from pipeline.attribute.tree import Tree
from pipeline.attribute.verbs import VerbCue
from pipeline.records import Span

COMMAS = frozenset({",", "—", "–", "--", "-", "(", ";"})
STOPS = COMMAS | {".", ")", "!", "?", ":"}
_GOES_ON = frozenset({"for", "as", "of", "over", "about", "with", "to", "against", "into", "toward"})
_BE = frozenset({"is", "was", "are", "were"})
_COMPLETES = frozenset({"DT", "JJ", "JJR", "JJS", "NN", "NNS", "NNP", "PRP$", "CD", "RB", "TO"})
"""Tags of what can follow *It is, he said,*."""
_FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
TELLS = frozenset({"tell", "remind", "inform", "assure", "notify", "warn", "say", "report"})
_OCCASIONS = frozenset({"in", "on", "at", "during"})
_CARRIES_ON = frozenset(
    {"because", "including", "but", "though", "although", "which", "even", "rather", "unless", "if", "where"}
)


def reported_clause(tree: Tree, verb: int) -> int | None:
    """The clause that a verb reports."""
    found = [c for c in tree.children[verb] if _is_clause(tree, verb, c) and not _is_predicate(tree, verb, c)]
    after = [clause for clause in found if clause > verb]
    if tree.child(verb, "dobj") is not None and base_of(tree, verb) not in TELLS:
        found = after
    return next(iter(after or found or _told(tree, verb)), None)


def _is_clause(tree: Tree, verb: int, child: int) -> bool:
    """A clause, a gerund (*reported spending a million*), or what is asked (*asked them if it was late*)."""
    if tree.deps[child] == "xcomp":
        return tree.tags[child] == "VBG" and tree.lefts[child] > verb
    if tree.deps[verb] == "parataxis" and child > verb and tree.lower[tree.lefts[child]] in _CARRIES_ON:
        return False
    asked = tree.deps[child] == "advcl" and base_of(tree, verb) == "ask" and child > verb
    return tree.deps[child] == "ccomp" or (asked and tree.lower[tree.lefts[child]] in ("if", "whether"))


def _told(tree: Tree, verb: int) -> list[int]:
    """The *that* clause that the parser has hung on somebody told, or on when: *told one of them on Monday that*."""
    last = tree.rights[verb]
    hung = [i for i in range(verb + 1, last + 1) if tree.deps[i] in ("acl", "advcl", "relcl")]
    if base_of(tree, verb) not in TELLS:
        return [i for i in hung if _is_on_occasion(tree, i, verb)]
    return [i for i in hung if _is_that(tree, i) or _only_seems_relative(tree, i)]


def _is_on_occasion(tree: Tree, clause: int, verb: int) -> bool:
    """Whether a *that* clause with a subject of its own hangs on where it was said: *said in a talk that he fell*."""
    noun, cue, opener = tree.heads[clause], cue_at(tree, verb), tree.lefts[clause]
    prep = tree.heads[noun]
    about = cue is not None and any(tree.lower[child] in cue.prepositions for child in tree.children[verb])
    placed = tree.deps[noun] == "pobj" and tree.heads[prep] == verb and tree.lower[prep] in _OCCASIONS
    placed = placed and not about
    return placed and tree.subject(clause) not in (None, opener) and tree.lower[opener] == "that"


def _only_seems_relative(tree: Tree, clause: int) -> bool:
    """Whether a clause after *that* lacks nothing, and so is no relative: *in a release that it had offered raises*."""
    opener, subject = tree.lefts[clause], tree.subject(clause)
    objects = [c for c in tree.children[clause] if tree.deps[c] in ("dobj", "attr", "acomp", "ccomp", "xcomp")]
    whole = subject is not None and subject != opener and any(c > clause for c in objects)
    return whole and tree.lower[opener] == "that" and tree.heads[opener] == clause


def put_after_colon(tree: Tree, verb: int) -> Span | None:
    """What stands behind the colon of *puts it more plainly: patience pays*."""
    thing = tree.child(verb, "dobj")
    colon = next((i for i in range(verb + 1, len(tree) - 1) if tree.words[i] == ":"), None)
    if thing is None or tree.lower[thing] != "it" or colon is None or tree.quoted[colon + 1]:
        return None
    return tree.span(colon + 1, len(tree) - 1)


def base_of(tree: Tree, verb: int) -> str:
    """The base form of a reporting verb; empty for any other word."""
    cue = cue_at(tree, verb)
    return "" if cue is None else cue.base


def shows(tree: Tree, verb: int) -> bool:
    """Whether the subject is a poll, a study or the like."""
    subject = tree.subject(verb)
    return subject is not None and tree.lower[subject] in EVIDENCE


def _is_predicate(tree: Tree, verb: int, clause: int) -> bool:
    """Whether a clause without a subject follows at once, as in *everything he says is false*: nothing is reported."""
    finite = tree.tags[clause] in ("VBZ", "VBD", "VBP") and tree.subject(clause) is None
    return finite and tree.lefts[clause] == clause == verb + 1 and not tree.quoted[clause]


def named_thing(tree: Tree, verb: int) -> tuple[Span, ...]:
    """Object and name: *the plan a disaster*, *him as a friend*; apart where the object goes before the verb."""
    thing, name = tree.child(verb, "dobj", "nsubjpass"), tree.child(verb, "oprd", "xcomp")
    if name is None and (whom := tree.child(verb, "dative")) is not None and thing is not None:
        thing, name = whom, thing
    if name is None and thing is not None:
        name = next((c for c in tree.children[thing] if _is_second_object(tree, c)), None)
    if name is None:
        below = (*tree.children[verb], *(() if thing is None else tree.children[thing]))
        name = next((c for c in below if tree.deps[c] == "prep" and tree.lower[c] == "as"), None)
    if name is None:
        return ()
    if thing is None:
        return (tree.below(name),)
    if thing < verb < name:
        return (tree.below(thing), tree.below(name))
    return (tree.span(min(tree.lefts[thing], tree.lefts[name]), max(tree.rights[thing], tree.rights[name])),)


def up_to_quotation(tree: Tree, verb: int) -> Span | None:
    """Object and quoted name, where the parser has lost the one or the other: *calling Ann Reed a "fool"*."""
    last = next((i for i in range(verb + 1, len(tree)) if tree.quoted[i] or _bars(tree, i)), None)
    if last is None or last < verb + 2 or not tree.quoted[last]:
        return None
    while last + 1 < len(tree) and tree.quoted[last + 1]:
        last += 1
    return tree.span(verb + 1, last)


def _bars(tree: Tree, token: int) -> bool:
    """Whether a word begins something new: a finite verb, another cue, a full stop."""
    return tree.tags[token] in _FINITE or tree.words[token] in (".", ";", ":") or cue_at(tree, token) is not None


def _is_second_object(tree: Tree, token: int) -> bool:
    """Whether an apposition has no comma before it: *called it a lie*, read as *it, a lie*."""
    return tree.deps[token] == "appos" and tree.words[tree.lefts[token] - 1] not in (",", "(", "—", "–", "-")


def object_thing(tree: Tree, verb: int, cue: VerbCue) -> int | None:
    """What a verb has as its object; the one who is told something is none."""
    if cue.base in TELLS and tree.child(verb, "dative") is None and cue.base not in ("say", "report"):
        return None
    return tree.child(verb, "dobj", "nsubjpass")


def free_relative(tree: Tree, verb: int) -> Span | None:
    """What a *what* clause names, as an object does: *condemned what appears to be an attack*."""
    clause = next((c for c in tree.children[verb] if c > verb and tree.deps[c] == "ccomp"), None)
    if clause is None or tree.lower[tree.lefts[clause]] not in ("what", "whatever"):
        return None
    return tree.below(clause)


def object_of(tree: Tree, verb: int, thing: int) -> Span:
    """An object and the prepositional phrases after it: *the officer for shooting*; no added clause or apposition."""
    last = tree.rights[thing]
    for child in tree.children[thing]:
        added = child > thing and tree.deps[child] in ("relcl", "appos") and tree.words[tree.lefts[child] - 1] == ","
        if added and not any(tree.quoted[tree.lefts[child] : tree.rights[child] + 1]):
            last = min(last, max(thing, tree.lefts[child] - 2))
    for child in tree.children[verb]:
        goes_on = tree.lower[child] in _GOES_ON or tree.deps[child] == "dobj"
        if tree.lefts[child] == last + 1 and goes_on and child > thing:
            last = tree.rights[child]
    while last + 1 < len(tree) and tree.quoted[last + 1] and not tree.quoted[thing]:
        last += 1
    return tree.span(tree.lefts[thing], last)


def infinitive(tree: Tree, verb: int) -> Span | None:
    """An infinitive, with the object before it."""
    thing = tree.child(verb, "dobj")
    aim = tree.child(verb, "xcomp", "ccomp")
    if aim is None and thing is not None:
        aim = next((c for c in (*tree.children[thing], *tree.children[verb]) if c > thing and _is_to(tree, c)), None)
    if aim is None:
        return None
    first = tree.lefts[aim] if thing is None else min(tree.lefts[thing], tree.lefts[aim])
    return tree.span(first, tree.rights[aim])


def _is_to(tree: Tree, token: int) -> bool:
    """Whether a verb is an infinitive with *to*."""
    return any(tree.lower[child] == "to" and tree.deps[child] == "aux" for child in tree.children[token])


def about_what(tree: Tree, verb: int, cue: VerbCue) -> Span | None:
    """What a preposition of the verb introduces: *warned of X*, *called for X*; with the object of *accuse X of Y*."""
    for child in tree.children[verb]:
        if tree.deps[child] in ("prep", "agent") and tree.lower[child] in cue.prepositions:
            what = tree.child(child, "pobj", "pcomp")
            if what is None or tree.words[what] in DATES:
                continue
            thing = tree.child(verb, "dobj", "nsubjpass") if "o" in cue.frames else None
            whole = object_of(tree, verb, what)
            return whole if thing is None else Span(min(whole.start, tree.starts[tree.lefts[thing]]), whole.end)
    return None


def _remainder(tree: Tree, clause: int, verb: int) -> tuple[Span, ...]:
    """What goes on with the report after *..., he said,*: a clause that *because*, *but* and the like open.

    So does all the rest where what stands before has only begun: *It was, he said, the only time*.
    """
    last = max(verb, tree.subject(verb) or verb)
    while last + 1 < len(tree) and tree.words[last + 1] not in STOPS:
        last += 1
    goes_on = last + 2 < len(tree) and tree.words[last + 1] == ","
    begun = tree.rights[clause] == clause and tree.lower[clause] in _BE
    opens = goes_on and (tree.lower[last + 2] in _CARRIES_ON or (begun and tree.tags[last + 2] in _COMPLETES))
    return (tree.span(last + 2, len(tree) - 1),) if opens and tree.rights[clause] < verb else ()


def _is_that(tree: Tree, clause: int) -> bool:
    """Whether a clause opens with *that*."""
    return any(_is_opener(tree, child) for child in tree.children[clause])


def clause_pieces(text: str, tree: Tree, clause: int, verb: int) -> tuple[Span, ...]:
    """The clause without the reporting words inside it, with the words that the parser has cut off from it."""
    if tree.within(verb, clause):
        return pieces_of(text, *without(tree.below(clause), tree.below(verb)))
    whole = tree.below(clause)
    if clause > verb:
        whole = Span(tree.starts[_first_of_clause(tree, clause, verb)], tree.ends[_last_of_clause(tree, clause, verb)])
    return pieces_of(text, whole, *_remainder(tree, clause, verb))


def _first_of_clause(tree: Tree, clause: int, verb: int) -> int:
    """Where a clause after its verb begins: at its *that*, or at the object that is the subject it lacks."""
    first = tree.lefts[clause]
    opener = next((c for c in tree.children[clause] if _is_opener(tree, c)), None)
    if opener is not None:
        return opener if all(tree.heads[i] == clause for i in range(first, opener)) else first
    thing = tree.child(verb, "dobj", "dative")
    lacks = tree.subject(clause) is None and thing is not None and verb < thing < first
    return tree.lefts[thing] if lacks and thing is not None else first


def _is_opener(tree: Tree, token: int) -> bool:
    return tree.lower[token] == "that" and tree.deps[token] == "mark"


def _last_of_clause(tree: Tree, clause: int, verb: int) -> int:
    """Where a clause after its verb ends: with further clauses of the same verb, *that* or not."""
    last = tree.rights[clause]
    for child in tree.children[verb]:
        again = tree.deps[child] == "ccomp" or (tree.deps[child] == "conj" and _is_that(tree, child))
        if child > clause and again:
            last = tree.rights[child]
    return last
