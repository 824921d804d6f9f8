"""Verbs that report: which frame of a verb is filled, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from pipeline.attribute.agents import agent_of, is_abstract, quoted_as_saying
from pipeline.attribute.asides import around_aside, sentence_before
from pipeline.attribute.attachment import cue_at, cut_content
from pipeline.attribute.contents import (
    about_what,
    clause_pieces,
    free_relative,
    infinitive,
    named_thing,
    object_of,
    object_thing,
    put_after_colon,
    reported_clause,
    shows,
    up_to_quotation,
)
from pipeline.attribute.findings import OF_MAIN_VERB, Finding, pieces_of
from pipeline.attribute.lexicon import HEDGES, IMPERSONAL
from pipeline.attribute.sources import source_at
from pipeline.attribute.tree import SUBJECTS, Tree, is_main
from pipeline.attribute.verbs import CUE_WORDS, FORMS, STANCES, VerbCue
from pipeline.records import Force, Span

_ASIDE = 2.5
_OWN = frozenset({"correspondent", "correspondents", "reporter", "reporters", "newspaper", "paper"})
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
    for verb, word in enumerate(tree.lower):
        cue = cue_at(tree, verb) if word in CUE_WORDS and _is_verb(tree, verb) else None
        if cue is None or tree.quoted[verb]:
            continue
        if cue.force == "speech" and "c" in cue.frames and (turn := sentence_before(tree, verb)) is not None:
            reading = Reading("parenthetical", "speech", pieces_of(text, turn.content))
            yield _finding(tree, verb, turn.agent, reading, sentence)
            continue
        for rule, force, pieces in _contents(text, tree, verb, cue):
            agent = agent_of(tree, verb)
            content = pieces_of(text, *(cut_content(tree, piece, verb) for piece in pieces))
            if _may_speak(tree, verb, agent, cue, rule):
                yield _finding(tree, verb, agent, Reading(rule, force, content), sentence)
            break


def _may_speak(tree: Tree, verb: int, agent: int | None, cue: VerbCue, rule: str) -> bool:
    """Whether the agent is somebody; *it* and things can state a clause; nobody need be named who is *asked*."""
    if agent is None:
        return tree.tags[verb] in ("VBN", "VBD") and cue.base == "ask"
    word = tree.lower[agent]
    if _is_own_finding(tree, agent):
        return False
    if rule == "clause" and cue.force == "speech":
        return word not in IMPERSONAL or word == "it"
    return word not in IMPERSONAL and not is_abstract(tree, agent)


def _is_own_finding(tree: Tree, agent: int) -> bool:
    """Whether the paper itself has found something: *checks by our correspondent revealed*."""
    opener = next((child for child in tree.children[agent] if tree.lower[child] == "by"), None)
    finder = None if opener is None else tree.child(opener, "pobj")
    return finder is not None and tree.lower[finder] in _OWN and tree.lower[tree.lefts[finder]] in ("our", "this")


def _is_verb(tree: Tree, verb: int) -> bool:
    return tree.is_verb(verb) and tree.deps[verb] not in ("amod", "aux", "auxpass", "compound", "case", "prep")


def _contents(text: str, tree: Tree, verb: int, cue: VerbCue) -> Iterator[Reading]:
    """Every reading of a verb that has content: the best first."""
    if "c" in cue.frames and (clause := reported_clause(tree, verb)) is not None:
        yield Reading("clause", _force(cue), clause_pieces(text, tree, clause, verb))
    if "q" in cue.frames and (put := put_after_colon(tree, verb)) is not None:
        yield Reading("clause", cue.force, pieces_of(text, put))
    if cue.frames & {"c", "q"} and cue.force == "speech" and (rest := around_aside(tree, verb)) is not None:
        yield Reading("parenthetical", cue.force, pieces_of(text, *rest))
    if "n" in cue.frames and (named := _named(text, tree, verb, cue)):
        yield Reading("naming", "attitude", named)
    if cue.frames & {"i", "p"} and (aim := infinitive(tree, verb)) is not None:
        yield Reading("infinitive", _force(cue), pieces_of(text, aim))
    if (about := about_what(tree, verb, cue)) is not None:
        yield Reading("about", _force(cue), pieces_of(text, about))
    if "o" in cue.frames and (free := free_relative(tree, verb)) is not None:
        yield Reading("object", _force(cue), pieces_of(text, free))
    shown = "e" in cue.frames and shows(tree, verb)
    if quoted_as_saying(tree, verb) is not None:
        return
    if (shown or "o" in cue.frames) and (thing := object_thing(tree, verb, cue)) is not None:
        yield Reading("object", _force(cue), pieces_of(text, object_of(tree, verb, thing)))


def _named(text: str, tree: Tree, verb: int, cue: VerbCue) -> tuple[Span, ...]:
    """An object with a name for it, however the parser has put the two."""
    if named := named_thing(tree, verb):
        return pieces_of(text, *named)
    if (clause := reported_clause(tree, verb)) is not None and clause > verb:
        return clause_pieces(text, tree, clause, verb)
    quoted = up_to_quotation(tree, verb) if cue.force == "speech" else None
    return () if quoted is None else pieces_of(text, quoted)


def _force(cue: VerbCue) -> Force:
    """What is urged, promised, praised or spoken about is no statement: an attitude, unless words are quoted."""
    return "speech" if cue.force == "speech" and "c" in cue.frames and cue.base not in STANCES else "attitude"


def _finding(tree: Tree, verb: int, agent: int | None, reading: Reading, sentence: int) -> Finding:
    hedged = any(tree.lower[child] in HEDGES for child in tree.children[verb])
    return Finding(
        content=reading.content,
        cue=_cue(tree, verb),
        source=None if agent is None else source_at(tree, agent),
        force="hedged" if hedged else reading.force,
        rule=reading.rule,
        sentence=sentence,
        certainty=_CERTAINTY[reading.rule],
        weight=_weight(tree, verb, agent, reading),
    )


def _weight(tree: Tree, verb: int, agent: int | None, reading: Reading) -> float:
    if agent is None or _is_aside(tree, verb):
        return _ASIDE
    return OF_MAIN_VERB if is_main(tree, verb) and (reading.rule, reading.force) == ("clause", "speech") else 1.0


def _is_aside(tree: Tree, verb: int) -> bool:
    """Whether a verb only modifies the subject of a main verb that reports nothing: *the report saying X raises Y*."""
    noun = tree.heads[verb]
    main = tree.heads[noun]
    modifies = tree.deps[verb] in ("acl", "relcl") and tree.deps[noun] in SUBJECTS and tree.deps[main] == "ROOT"
    return modifies and tree.lower[main] not in FORMS


def _cue(tree: Tree, verb: int) -> Span:
    """The verb with its particle and the auxiliaries just before it."""
    first = last = verb
    for child in tree.children[verb]:
        if tree.deps[child] == "prt" and child == last + 1:
            last = child
    while first - 1 in tree.children[verb] and tree.deps[first - 1] in ("aux", "auxpass", "neg"):
        first -= 1
    return tree.span(first, last)
