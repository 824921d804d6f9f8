"""Where the parser hangs a reporting verb too low: *X said it was late, adding that* belongs to X."""

from __future__ import annotations

from pipeline.attribute.tree import Tree
from pipeline.attribute.verbs import FORMS, PARTICLE_FORMS, VerbCue
from pipeline.records import Span

_MARKS = frozenset({'"', "”", "''", "’", "'"})
_BREAKS = frozenset({",", "-", "–", "—"})


def cue_at(tree: Tree, token: int) -> VerbCue | None:
    """The cue that a word is; with the word after it where the two make one: *shot back*."""
    word = tree.words[token].lower()
    particle, cue = PARTICLE_FORMS.get(word, ("", None))
    if cue is not None and token + 1 < len(tree) and tree.words[token + 1].lower() == particle:
        return cue
    return FORMS.get(word)


def reports_again(tree: Tree, verb: int) -> int | None:
    """The reporting verb that `verb` goes on from, where the parser has put `verb` inside what that one reports.

    So it is with a participle after a comma (*..., adding*), and with a verb joined by *and* or *but* that has no
    subject and the tense of the verb above rather than that of its neighbour.
    """
    if tree.words[verb].lower() not in FORMS or tree.subject(verb) is not None:
        return None
    head = tree.heads[verb]
    above = _reporting_above(tree, head)
    if above is None or head == verb:
        return None
    if tree.deps[verb] == "advcl" and tree.tags[verb] == "VBG":
        first = tree.lefts[verb]
        while first and tree.words[first - 1] in _MARKS:
            first -= 1
        return above if first and tree.words[first - 1] in _BREAKS else None
    speaks = FORMS[tree.words[verb].lower()].force == "speech"
    if speaks and tree.deps[verb] == "conj" and tree.tags[verb] == tree.tags[above]:
        return above if tree.tags[head] != tree.tags[verb] or _set_off(tree, verb) else None
    return None


def cut_content(tree: Tree, span: Span, verb: int) -> Span:
    """End what `verb` reports where the sentence goes back to reporting."""
    for token in range(len(tree)):
        inside = span.start < tree.starts[token] < span.end and token != verb
        if inside and reports_again(tree, token) is not None:
            first = tree.lefts[token]
            while first > 0 and tree.words[first - 1].lower() in _BREAKS | {"and", "but"}:
                first -= 1
            return Span(span.start, max(span.start, tree.ends[first - 1])) if first else span
    return span


def _reporting_above(tree: Tree, token: int) -> int | None:
    """The nearest reporting verb whose clause holds `token`."""
    if tree.deps[token] in ("ccomp", "xcomp") and tree.words[tree.heads[token]].lower() in FORMS:
        return tree.heads[token]
    for above in tree.ancestors(token):
        if tree.deps[above] == "ccomp" and tree.words[tree.heads[above]].lower() in FORMS:
            return tree.heads[above]
    return None


def _set_off(tree: Tree, verb: int) -> bool:
    """Whether *but*, or a comma and *and*, stands before a verb."""
    before = [tree.words[i].lower() for i in range(max(0, verb - 4), verb)]
    return "but" in before or ("and" in before and "," in before)
