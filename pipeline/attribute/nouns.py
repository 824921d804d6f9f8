"""Nouns that report: *Trump's claim that*, *a warning from X about*, *confirmation was provided by X*."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.attribute.agents import agent_of, by_agent, is_abstract
from pipeline.attribute.findings import Finding, pieces_of
from pipeline.attribute.lexicon import LIGHT, MET, noun_cue
from pipeline.attribute.sources import source_at
from pipeline.attribute.tree import NOUNS, Tree
from pipeline.records import Span

_OPENS_CONTENT = frozenset({"of", "about", "on", "for", "against", "to", "over", "toward", "towards"})


def noun_findings(text: str, tree: Tree, sentence: int) -> Iterator[Finding]:
    """Findings of every reporting noun of a parsed sentence outside quotation marks, in order.

    A noun names a statement rather than makes one, so its force is an attitude, except where the sentence says only
    that the statement was made: *confirmation was given by X*.
    """
    for noun, word in enumerate(tree.lower):
        if tree.tags[noun] not in NOUNS or tree.quoted[noun] or (force := noun_cue(word)) is None:
            continue
        content = _content(tree, noun)
        agent = _issuer(tree, noun)
        if content is None or agent == noun or (agent is not None and is_abstract(tree, agent)):
            continue
        if agent is None and not (_is_met(tree, noun) or text.startswith("that ", content.start)):
            continue
        leads = tree.deps[noun] == "nsubjpass" and tree.deps[tree.heads[noun]] == "ROOT"
        yield Finding(
            content=pieces_of(text, content),
            cue=tree.span(noun, noun),
            source=None if agent is None else source_at(tree, agent),
            force=force if leads else "attitude",
            rule="noun",
            sentence=sentence,
            certainty=0.5,
            weight=0.0 if leads else 1.0,
        )


def _content(tree: Tree, noun: int) -> Span | None:
    """The clause, infinitive or prepositional phrase after a reporting noun."""
    for child in tree.children[noun]:
        if child < noun:
            continue
        if tree.deps[child] in ("acl", "ccomp") and tree.child(child, "mark", "aux", "nsubj") is not None:
            return tree.below(child)
        if tree.deps[child] == "prep" and tree.lower[child] in _OPENS_CONTENT:
            what = tree.child(child, "pobj", "pcomp")
            if what is not None:
                return tree.below(what)
    return _clause_after(tree, noun)


def _clause_after(tree: Tree, noun: int) -> Span | None:
    """The *that* clause right after a noun, which the parser has hung elsewhere: *left after a warning that*."""
    opener = noun + 1
    if opener >= len(tree) or tree.lower[opener] != "that" or tree.deps[opener] != "mark":
        return None
    clause = tree.heads[opener]
    return tree.span(opener, max(opener, tree.rights[clause])) if tree.lefts[clause] <= opener < clause else None


def _issuer(tree: Tree, noun: int) -> int | None:
    """Whose claim it is: *by* or *from* whom, its possessor, or who makes it."""
    for child in tree.children[noun]:
        if tree.lower[child] in ("by", "from", "among") and (giver := tree.child(child, "pobj")) is not None:
            return giver
    owner = tree.child(noun, "poss")
    if owner is not None and tree.tags[owner] != "PRP$":
        return owner
    maker = _maker(tree, noun)
    return owner if maker is None else maker


def _is_met(tree: Tree, noun: int) -> bool:
    """Whether the verb's subject is where a statement comes to, not from: *faced questions about*."""
    return tree.deps[noun] == "dobj" and tree.lower[tree.heads[noun]] in MET


def _maker(tree: Tree, noun: int) -> int | None:
    """The subject of the verb whose object a noun is; the agent of a light verb in the passive."""
    head, dep = tree.heads[noun], tree.deps[noun]
    if dep == "pobj":
        head = tree.heads[head]
    if not tree.is_verb(head) or _is_met(tree, noun):
        return None
    if dep == "nsubjpass":
        return by_agent(tree, head) if tree.lower[head] in LIGHT else None
    return agent_of(tree, head) if dep in ("dobj", "pobj") else None
