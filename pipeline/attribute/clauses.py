"""Verbs that report: which frame of a verb is filled, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.attribute.attachment import cut_content
from pipeline.attribute.contents import (
    about_what,
    around_aside,
    clause_pieces,
    infinitive,
    named_thing,
    object_of,
    reported_clause,
    shows,
)
from pipeline.attribute.findings import Finding, pieces_of
from pipeline.attribute.lexicon import HEDGES, IMPERSONAL
from pipeline.attribute.sources import agent_of, is_abstract, source_at
from pipeline.attribute.tree import SUBJECTS, Tree
from pipeline.attribute.verbs import FORMS, REPORTS_THINGS, VerbCue
from pipeline.records import Force, Span

_ASIDE = 2.5
_CERTAINTY = {
    "clause": 0.85,
    "parenthetical": 0.85,
    "infinitive": 0.6,
    "object": 0.5,
    "naming": 0.65,
    "about": 0.55,
}


class Reading(NamedTuple):
    """One way to read a verb: the rule, the force, and the pieces of content in text order."""

    rule: str
    force: Force
    content: tuple[Span, ...]


def verb_findings(text: str, tree: Tree, sentence: int) -> Iterator[Finding]:
    """Findings of every reporting verb of a parsed sentence outside quotation marks, in order."""
    for verb, word in enumerate(tree.words):
        cue = FORMS.get(word.lower())
        if cue is None or tree.quoted[verb] or not _is_verb(tree, verb):
            continue
        for rule, force, pieces in _contents(text, tree, verb, cue):
            agent = agent_of(tree, verb)
            content = pieces_of(text, *(cut_content(tree, piece, verb) for piece in pieces))
            if _may_speak(tree, verb, agent, cue):
                yield _finding(tree, verb, agent, Reading(rule, force, content), sentence)
            break


def _may_speak(tree: Tree, verb: int, agent: int | None, cue: VerbCue) -> bool:
    """Whether the agent is somebody; nobody need be named where somebody is *asked*."""
    if agent is None:
        return tree.tags[verb] == "VBN" and cue.base == "ask"
    return tree.words[agent].lower() not in IMPERSONAL and not is_abstract(tree, agent)


def _is_verb(tree: Tree, verb: int) -> bool:
    return tree.is_verb(verb) and tree.deps[verb] not in ("amod", "aux", "auxpass", "compound", "case", "prep")


def _contents(text: str, tree: Tree, verb: int, cue: VerbCue) -> Iterator[Reading]:
    """Every reading of a verb that has content: the best first."""
    out = "r" in cue.frames and any(tree.words[child].lower() == "out" for child in tree.children[verb])
    if (cue.frames & {"c", "n"} or out) and (clause := reported_clause(tree, verb)) is not None:
        yield Reading("clause", cue.force, clause_pieces(text, tree, clause, verb))
    if cue.frames & {"c", "q"} and cue.force == "speech" and (rest := around_aside(tree, verb)) is not None:
        yield Reading("parenthetical", cue.force, pieces_of(text, *rest))
    if "n" in cue.frames and (named := named_thing(tree, verb)) is not None:
        yield Reading("naming", cue.force, pieces_of(text, named))
    if cue.frames & {"i", "p"} and (aim := infinitive(tree, verb)) is not None:
        yield Reading("infinitive", _weaker(cue), pieces_of(text, aim))
    if (about := about_what(tree, verb, cue)) is not None:
        yield Reading("about", _weaker(cue), pieces_of(text, about))
    if "e" in cue.frames and (thing := tree.child(verb, "dobj")) is not None and shows(tree, verb):
        yield Reading("object", "attitude", pieces_of(text, object_of(tree, verb, thing)))
    if "o" in cue.frames and (thing := tree.child(verb, "dobj", "nsubjpass")) is not None:
        yield Reading("object", _weaker(cue), pieces_of(text, object_of(tree, verb, thing)))


def _weaker(cue: VerbCue) -> Force:
    """What is asked for, praised or spoken about is no statement: an attitude, unless words are quoted."""
    return "speech" if cue.base in REPORTS_THINGS else "attitude"


def _finding(tree: Tree, verb: int, agent: int | None, reading: Reading, sentence: int) -> Finding:
    hedged = any(tree.words[child].lower() in HEDGES for child in tree.children[verb])
    return Finding(
        content=reading.content,
        cue=_cue(tree, verb),
        source=None if agent is None else source_at(tree, agent),
        force="hedged" if hedged else reading.force,
        rule=reading.rule,
        sentence=sentence,
        certainty=_CERTAINTY[reading.rule],
        weight=_ASIDE if _is_aside(tree, verb) else 1.0,
    )


def _is_aside(tree: Tree, verb: int) -> bool:
    """Whether a verb only modifies the subject of a main verb that reports nothing: *the report saying X raises Y*."""
    noun = tree.heads[verb]
    main = tree.heads[noun]
    modifies = tree.deps[verb] in ("acl", "relcl") and tree.deps[noun] in SUBJECTS and tree.deps[main] == "ROOT"
    return modifies and tree.words[main].lower() not in FORMS


def _cue(tree: Tree, verb: int) -> Span:
    """The verb with its particle and the auxiliaries just before it."""
    first = last = verb
    for child in tree.children[verb]:
        if tree.deps[child] == "prt" and child == last + 1:
            last = child
    while first - 1 in tree.children[verb] and tree.deps[first - 1] in ("aux", "auxpass", "neg"):
        first -= 1
    return tree.span(first, last)
