"""Attributions without a reporting verb: *according to*, adverbs, adjectives, passives, silence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from pipeline.attribute.agents import agent_of, inherited_subject
from pipeline.attribute.findings import OF_MAIN_VERB, Finding, Source, pieces_of, without
from pipeline.attribute.lexicon import (
    ADJECTIVES,
    HEDGES,
    NO_COMMENT,
    NO_COMMENT_VERBS,
    PASSIVE_HEDGES,
    SEEMING,
    UNRESPONSIVE,
)
from pipeline.attribute.sources import source_at
from pipeline.attribute.tree import SUBJECTS, Tree
from pipeline.records import Span

_LONGEST_GIVER = 8
_BESIDE = frozenset({"punct", "cc", "conj", "advmod", "npadvmod", "neg"})
"""What may stand beside silence and is not what it is about."""
_LEADING = (
    frozenset({"according", "per", "in", "reached"})
    | UNRESPONSIVE
    | NO_COMMENT_VERBS
    | ADJECTIVES
    | PASSIVE_HEDGES
    | SEEMING
    | HEDGES
)
"""The words that the rules below begin at."""
_CLAUSES = frozenset({"ccomp", "advcl", "relcl", "conj", "acl", "parataxis", "pcomp"})


def phrase_findings(text: str, tree: Tree, sentence: int) -> Iterator[Finding]:
    """Findings of every such phrase of a parsed sentence outside quotation marks, in order."""
    for token, word in enumerate(tree.lower):
        if word not in _LEADING or tree.quoted[token]:
            continue
        for rule in (_according, _in_poll, _silence, _adjective, _passive, _seeming, _hedge):
            found = rule(text, tree, token, word, sentence)
            if found is not None:
                yield found
                break


def _according(text: str, tree: Tree, token: int, word: str, sentence: int) -> Finding | None:
    """*according to X*, *per X*: the clause around it."""
    if word == "according" and token + 1 < len(tree) and tree.lower[token + 1] == "to":
        last = token + 1
        giver = tree.child(last, "pobj") or tree.child(token, "pobj")
        giver = giver if giver is not None else _next_noun(tree, last)
    elif word == "per" and tree.deps[token] == "prep" and tree.words[token - 1] in (",", "(", "—") and token:
        last, giver = token, tree.child(token, "pobj")
    else:
        return None
    if giver is None:
        return None
    source = _whole_giver(tree, last, giver)
    hole = Span(tree.starts[token], max(tree.ends[tree.rights[giver]], source.span.end))
    comma = next((i for i in range(giver, len(tree)) if tree.words[i] == ","), None)
    if token == 0 and comma is not None and not pieces_of(text, *without(_clause_around(tree, token), hole)):
        hole = Span(tree.starts[token], tree.ends[comma])
        source = replace(source, span=Span(source.span.start, tree.ends[giver]))
    content = pieces_of(text, *without(_clause_around(tree, token), hole))
    if token and tree.quoted[token - 1]:
        content = tuple(piece for piece in content if piece.start < hole.start) or content
    return Finding(
        content=content,
        cue=tree.span(token, last),
        source=source,
        force="speech",
        rule="according to",
        sentence=sentence,
        certainty=0.85,
        weight=OF_MAIN_VERB,
    )


def _in_poll(text: str, tree: Tree, token: int, word: str, sentence: int) -> Finding | None:
    """*In a new poll, ...*: what the poll finds."""
    if word != "in" or tree.deps[token] != "prep":
        return None
    poll = tree.child(token, "pobj")
    if poll is None or tree.lower[poll] not in ("poll", "polls", "survey", "surveys"):
        return None
    last = tree.rights[poll]
    opens, shut = token == 0, last + 1 < len(tree) and tree.words[last + 1] == ","
    if not (opens and shut) and not (token and tree.words[token - 1] == "," and last + 2 >= len(tree)):
        return None
    return Finding(
        content=pieces_of(text, *without(tree.span(0, len(tree) - 1), tree.span(token, last))),
        cue=tree.span(token, token),
        source=source_at(tree, poll),
        force="attitude",
        rule="in a poll",
        sentence=sentence,
        certainty=0.6,
    )


def _whole_giver(tree: Tree, last: int, giver: int) -> Source:
    """The giver's phrase from right after *to*, whatever the parse makes of its first words."""
    source = source_at(tree, giver)
    near = 0 < giver - last <= _LONGEST_GIVER and not any(tree.words[i] in (",", ";") for i in range(last + 1, giver))
    if source.kind == "nominal" and near and last + 1 < len(tree):
        return replace(source, span=Span(tree.starts[last + 1], max(source.span.end, tree.ends[giver])))
    return source


def _next_noun(tree: Tree, token: int) -> int | None:
    """The head of the noun phrase after a token, found by tags where the parse has none."""
    head = None
    for each in range(token + 1, len(tree)):
        if tree.tags[each] in ("NN", "NNS", "NNP", "NNPS", "PRP"):
            head = each
        elif head is not None or tree.words[each] in (",", "."):
            break
    return head


def _clause_around(tree: Tree, token: int) -> Span:
    """The clause that a phrase belongs to; the whole sentence if that is the main clause, or the last of several."""
    clauses = _CLAUSES - {"conj", "advcl"} if _ends_sentence(tree, token) else _CLAUSES
    for above in tree.ancestors(token):
        if tree.deps[above] in clauses and any(tree.deps[c] in SUBJECTS for c in tree.children[above]):
            return tree.below(above)
    return tree.span(0, len(tree) - 1)


def _ends_sentence(tree: Tree, token: int) -> bool:
    """Whether a comma stands before a phrase and none after it."""
    return token > 0 and tree.words[token - 1] in (",", "”", '"', "''") and "," not in tree.words[token:]


def _silence(text: str, tree: Tree, token: int, word: str, sentence: int) -> Finding | None:
    """*declined to comment*, *did not respond to a request*, *was unavailable for comment*."""
    if word in UNRESPONSIVE and tree.deps[token] == "acomp":
        return _silent(text, tree, token, tree.heads[token], sentence)
    unreached = word == "reached" and tree.child(token, "neg") is not None
    if unreached and tree.child(token, "auxpass") is not None:
        return _silent(text, tree, token, token, sentence)
    if word not in NO_COMMENT_VERBS or not tree.is_verb(token):
        return None
    below = {tree.lower[i] for i in range(tree.lefts[token], tree.rights[token] + 1)}
    negated = tree.child(token, "neg") is not None or word.startswith(("declin", "refus")) or "never" in below
    unsaid = bool(below & NO_COMMENT) or word.startswith(("respond", "repl"))
    aim = tree.child(token, "xcomp")
    if word.startswith(("declin", "refus")):
        unsaid = aim is not None and tree.lower[aim] in ("comment", "respond", "elaborate", "answer", "say")
    return _silent(text, tree, token, token, sentence) if negated and unsaid else None


def _silent(text: str, tree: Tree, token: int, verb: int, sentence: int) -> Finding | None:
    subject = tree.subject(verb)
    agent = subject if subject is not None else inherited_subject(tree, verb)
    if agent is None:
        return None
    aim = next((c for c in tree.children[token] if c > token and tree.deps[c] not in _BESIDE), None)
    content = tree.below(aim) if aim is not None else tree.span(token, token)
    return Finding(
        content=pieces_of(text, content),
        cue=tree.span(min(token, verb), token),
        source=source_at(tree, agent),
        force="no-comment",
        rule="no comment",
        sentence=sentence,
        certainty=0.8,
    )


def _adjective(text: str, tree: Tree, token: int, word: str, sentence: int) -> Finding | None:
    """*is confident that*, *was eager to*, *is critical of*: what the adjective is about."""
    if word not in ADJECTIVES or tree.deps[token] not in ("acomp", "conj", "advcl", "amod", "oprd", "ROOT", "relcl"):
        return None
    what = tree.child(token, "ccomp", "xcomp")
    if what is None:
        prep = tree.child(token, "prep")
        what = None if prep is None else tree.child(prep, "pobj", "pcomp")
    verb = tree.heads[token]
    if what is None or what < token:
        return None
    agent = agent_of(tree, verb) if tree.is_verb(verb) else inherited_subject(tree, token)
    if agent is None or tree.lower[agent] in ("it", "there", "this", "that"):
        return None
    return Finding(
        content=pieces_of(text, tree.below(what)),
        cue=tree.span(token, token),
        source=source_at(tree, agent),
        force="attitude",
        rule="adjective",
        sentence=sentence,
        certainty=0.55,
    )


def _passive(text: str, tree: Tree, token: int, word: str, sentence: int) -> Finding | None:
    """*is expected to*, *it is believed that*, *is known as*: somebody unnamed says so."""
    if word not in PASSIVE_HEDGES or tree.tags[token] != "VBN" or tree.child(token, "agent") is not None:
        return None
    subject, aim = tree.child(token, "nsubjpass"), tree.child(token, "xcomp", "ccomp", "oprd")
    if aim is None:
        aim = next((c for c in tree.children[token] if tree.lower[c] in ("as", "for") and c > token), None)
    if tree.child(token, "auxpass") is None or aim is None or aim < token:
        return None
    pieces = [tree.below(aim)]
    if subject is not None and tree.lower[subject] not in ("it", "who", "which", "that"):
        pieces.append(tree.below(subject))
    return _unsourced(tree, pieces_of(text, *pieces), token, "passive", sentence)


def _seeming(text: str, tree: Tree, token: int, word: str, sentence: int) -> Finding | None:
    """*seems to*, *appeared ready*: the writer's own hedge."""
    if word not in SEEMING or not tree.is_verb(token):
        return None
    subject, aim = tree.subject(token), tree.child(token, "xcomp", "oprd", "acomp", "ccomp")
    if subject is None or aim is None or aim < token:
        return None
    pieces = [tree.below(subject), tree.below(aim)]
    return _unsourced(tree, pieces_of(text, *pieces), token, "seeming", sentence)


def _hedge(text: str, tree: Tree, token: int, word: str, sentence: int) -> Finding | None:
    """*allegedly*, *reportedly*: the clause around it, from somebody unnamed."""
    if word not in HEDGES or tree.deps[token] != "advmod":
        return None
    whole = _clause_around(tree, token)
    return _unsourced(tree, pieces_of(text, *without(whole, tree.span(token, token))), token, "hedge", sentence)


def _unsourced(tree: Tree, pieces: tuple[Span, ...], token: int, rule: str, sentence: int) -> Finding:
    return Finding(
        content=pieces,
        cue=tree.span(token, token),
        source=None,
        force="hedged",
        rule=rule,
        sentence=sentence,
        certainty=0.5,
        by_author=rule == "seeming",
    )
