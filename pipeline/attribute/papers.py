"""Whose a statement, a letter or a tweet is that is said to say something.

*Her letter said*, *a memo by Olaf Berg said*: who wrote it speaks. *The letter said*: whoever a sentence before says
has written it (*Lind wrote in a letter*, *Lind's letter to the mayor*). *The full statement follows:* after somebody
has spoken is more of the same. The mention stays what the text says; only who is meant is told.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.attribute.agents import giver_of, issuer_of
from pipeline.attribute.findings import Finding, Source
from pipeline.attribute.forms import words
from pipeline.attribute.lexicon import DATES, DOCUMENTS
from pipeline.attribute.scene import Scene
from pipeline.attribute.sources import source_at
from pipeline.attribute.tree import Tree
from pipeline.records import Span

_PAPERS = words(
    """statement statements memo memos letter letters email emails e-mail e-mails message messages tweet tweets post
    posts note notes op-ed remarks comments release releases announcement affidavit testimony text transcript petition
    complaint"""
)
"""What has one writer, and is talked of again as *the letter*."""
_LEADS = frozenset({"colon", "after colon"})
_THE = words("the this that")
_BACK = 12
"""In so many sentences before it must stand who wrote it."""
_MORE_OF_IT = 3
"""So many sentences before a text in full its speaker must have spoken."""


def with_writers(scene: Scene, findings: Sequence[Finding]) -> list[Finding]:
    """The findings, in text order; whoever wrote a text that is a source is its antecedent, where that is told."""
    found: list[Finding] = []
    for finding in findings:
        found.append(_with_writer(scene, finding, found))
    return found


def _with_writer(scene: Scene, finding: Finding, before: Sequence[Finding]) -> Finding:
    source = finding.source
    tree = None if source is None else scene.trees.get(scene.sentence_at(source.head.start))
    if source is None or tree is None or source.kind == "pronoun" or source.antecedent is not None:
        return finding
    noun = bisect_left(tree.starts, source.head.start)
    paper = tree.lower[noun] if noun < len(tree) else ""
    in_full = finding.rule in _LEADS and tree.words[-1] == ":"
    if paper not in DOCUMENTS or (source.kind == "name" and not (in_full and noun == 0)):
        return finding
    writer = _told(tree, giver_of(tree, noun))
    if writer is None and paper in _PAPERS and (in_full or tree.lower[tree.lefts[noun]] in _THE):
        writer = _written_before(scene, paper, finding.sentence) or (
            _spoke_before(finding, before) if in_full else None
        )
    if writer is None:
        return finding
    return replace(finding, source=replace(source, kind="nominal", name=None, antecedent=writer))


def _told(tree: Tree, issuer: int | None) -> Source | None:
    """The phrase of whoever is said to have written a text; not *Monday's statement*, nor *a report's summary*."""
    if issuer is None or tree.words[issuer] in DATES or tree.lower[issuer] in DOCUMENTS:
        return None
    source = source_at(tree, issuer)
    own = Span(source.span.start, min(source.span.end, tree.ends[issuer]))
    return replace(source, span=own) if tree.child(issuer, "case") is not None else source


def _written_before(scene: Scene, paper: str, sentence: int) -> Source | None:
    """Who wrote it, by the nearest sentence before that says so."""
    for index in range(sentence - 1, max(-1, sentence - 1 - _BACK), -1):
        tree = scene.trees.get(index)
        for noun in range(len(tree) if tree is not None else 0):
            if tree is not None and tree.lower[noun] == paper and not tree.quoted[noun]:
                issuer = issuer_of(tree, noun)
                told = None if issuer == noun else _told(tree, issuer)
                if told is not None:
                    return told
    return None


def _spoke_before(finding: Finding, before: Sequence[Finding]) -> Source | None:
    """Who spoke last, if that is near."""
    last = next((each for each in reversed(before) if each.force == "speech"), None)
    if last is None or last.source is None or finding.sentence - last.sentence > _MORE_OF_IT:
        return None
    return last.source.antecedent or last.source
