"""Where the parser hangs a reporting verb too low: *X said it was late, adding that* belongs to X."""

from __future__ import annotations

from bisect import bisect_left

from pipeline.attribute.tree import Tree
from pipeline.attribute.verbs import CUE_WORDS, FORMS, PARTICLE_FORMS, VerbCue
from pipeline.records import Span

_MARKS = frozenset({'"', "”", "''", "’", "'"})
_BREAKS = frozenset({",", "-", "–", "—"})
_LEADS_ON = _BREAKS | {"and", "but"}


def cue_at(tree: Tree, token: int) -> VerbCue | None:
    """The cue that a word is; with the word after it where the two make one: *shot back*."""
    word = tree.lower[token]
    particle, cue = PARTICLE_FORMS.get(word, ("", None))
    if cue is not None and token + 1 < len(tree) and tree.lower[token + 1] == particle:
        return cue
    return FORMS.get(word)


def reports_again(tree: Tree, verb: int) -> int | None:
    """The reporting verb that `verb` goes on from, where the parser has put `verb` inside what that one reports.

    So it is with a participle after a comma (*..., adding*), and with a verb joined by *and* or *but* that has no
    subject and the tense of the verb above rather than that of its neighbour.
    """
    if tree.lower[verb] not in FORMS or tree.subject(verb) is not None:
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
    speaks = FORMS[tree.lower[verb]].force == "speech"
    if speaks and tree.deps[verb] == "conj" and tree.tags[verb] == tree.tags[above]:
        return above if tree.tags[head] != tree.tags[verb] or _set_off(tree, verb) else None
    return None


def cut_content(tree: Tree, span: Span, verb: int) -> Span:
    """End what `verb` reports where the sentence goes back to reporting, and before an *and* that leads on from it."""
    tokens = range(bisect_left(tree.starts, span.start), bisect_left(tree.starts, span.end))
    if not tokens:
        return span
    after = tokens[-1] + 1
    for token in tokens[1:]:
        if token == verb or tree.lower[token] not in CUE_WORDS:
            continue
        if reports_again(tree, token) is not None or _reports_beside(tree, token, verb):
            after = tree.lefts[token]
            if after <= tokens[0]:
                return span
            break
    last = after - 1
    while last > tokens[0] and tree.lower[last] in _LEADS_ON and not tree.quoted[last]:
        last -= 1
    return span if last == tokens[-1] else Span(span.start, tree.ends[last])


def _reports_beside(tree: Tree, other: int, verb: int) -> bool:
    """Whether another verb of speech, with somebody else as its subject, goes on from what `verb` reports.

    As in *one said it was late, and another said it was not*, or *..., while another says*.
    """
    cue, subject = cue_at(tree, other), tree.subject(other)
    if cue is None or cue.force != "speech" or subject is None or tree.tags[other] not in ("VBD", "VBZ", "VBP"):
        return False
    if tree.tags[subject] in ("PRP", "WP", "WDT", "EX") or tree.quoted[other]:
        return False
    if (mark := tree.child(other, "mark")) is not None and tree.lower[mark] == "that":
        return False
    if tree.deps[other] == "advcl":
        return tree.lower[tree.lefts[other]] in ("while", "whereas")
    head = other
    while tree.deps[head] == "conj":
        head = tree.heads[head]
    return head != other and tree.deps[head] == "ccomp" and tree.heads[head] == verb


def _reporting_above(tree: Tree, token: int) -> int | None:
    """The nearest reporting verb whose clause holds `token`."""
    if tree.deps[token] in ("ccomp", "xcomp") and tree.lower[tree.heads[token]] in FORMS:
        return tree.heads[token]
    for above in tree.ancestors(token):
        if tree.deps[above] == "ccomp" and tree.lower[tree.heads[above]] in FORMS:
            return tree.heads[above]
    return None


def _set_off(tree: Tree, verb: int) -> bool:
    """Whether *but*, or a comma and *and*, stands before a verb."""
    before = [tree.lower[i] for i in range(max(0, verb - 4), verb)]
    return "but" in before or ("and" in before and "," in before)
