"""What is reported in part in quotation marks: content takes the whole of each quotation that it runs into."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from pipeline.attribute.extent import as_far_as_it_goes
from pipeline.attribute.findings import Finding, letters, with_more
from pipeline.attribute.quotations import Quote
from pipeline.attribute.scene import Scene, quoted_share
from pipeline.attribute.tree import Tree
from pipeline.attribute.verbs import FORMS
from pipeline.records import Span

_PARTICIPLE = re.compile(r"(?:,.|.[\"”’'],)\s*[a-z]+ing\b", re.DOTALL)
"""What ends a report after a quotation: *...," referring to*."""

_JOINS = frozenset({":", "--", "—", "–"})
_NEAR = 60
"""What joins a quotation to what is before it is shorter than so many characters."""


def with_rest(scene: Scene, finding: Finding, quotes: Sequence[Quote], index: int) -> Finding:
    """Further quotations of a sentence: one joined by *and*, and the few words that end it after *"...," he said,*."""
    for quote in quotes:
        end = finding.content[-1].end
        if quote.start < end:
            continue
        joined = scene.text[end : min(quote.start, end + _NEAR)].strip(" ,;").lower() in (
            "and",
            "but",
            "or",
            "and then",
        )
        if joined or (quote is quotes[-1] and _ends_sentence(scene, quote, index)):
            finding = replace(finding, content=with_more(finding.content, quote.pieces))
    return finding


def _ends_sentence(scene: Scene, quote: Quote, index: int) -> bool:
    sentence = scene.sentences[index].span
    before = scene.text[sentence.start : quote.start].rstrip()
    ends = not any(map(str.isalnum, scene.text[quote.end : sentence.end]))
    return quote.kind == "scare" and ends and before.endswith(",")


def with_quotations(text: str, tree: Tree, finding: Finding, quotes: Sequence[Quote]) -> Finding:
    """Content that runs into a quotation takes the whole of it; content that is nearly one becomes it."""
    pieces = list(finding.content)
    for quote in quotes:
        touched = [piece for piece in pieces if any(piece.overlaps(part) for part in quote.pieces)]
        if not touched or quote.kind == "title":
            continue
        begins = quote.start < touched[0].start and letters(text, Span(quote.start, touched[0].start)) > 0
        if begins and finding.rule not in ("clause", "parenthetical"):
            continue
        first, last = min(touched[0].start, quote.pieces[0].start), max(touched[-1].end, quote.pieces[0].end)
        if last > quote.pieces[0].end and _PARTICIPLE.match(text, quote.pieces[0].end - 2, last):
            last = quote.pieces[0].end
        pieces = [piece for piece in pieces if piece not in touched]
        pieces += [Span(first, last), *quote.pieces[1:]]
    pieces += _after_colon(text, pieces, quotes)
    pieces = _as_far_as_quoted(tree, finding, pieces, quotes)
    pieces = as_far_as_it_goes(text, tree, finding, pieces, quotes)
    force = "speech" if finding.force == "attitude" and quoted_share(text, pieces, quotes) > 0 else finding.force
    return replace(finding, content=tuple(_united(pieces)), force=force)


def _after_colon(text: str, pieces: Sequence[Span], quotes: Sequence[Quote]) -> Iterator[Span]:
    """A quotation that a colon joins to content: *said it was over: "We lost"*."""
    end = max(piece.end for piece in pieces)
    for quote in quotes:
        between = text[end : min(quote.start, end + _NEAR)]
        if quote.start >= end and between.strip("\"”’' ") in _JOINS and quote.kind == "speech":
            yield from quote.pieces


def _as_far_as_quoted(tree: Tree, finding: Finding, pieces: list[Span], quotes: Sequence[Quote]) -> list[Span]:
    """Content goes on to a later quotation that hangs on the same verb: *blamed the war on a "madman"*."""
    verb = next((i for i in range(len(tree)) if finding.cue and tree.ends[i] == finding.cue.end), None)
    if verb is None or not tree.is_verb(verb):
        return pieces
    for quote in quotes:
        if quote.start >= tree.ends[-1]:
            break
        last = max(pieces)
        inside = [i for i in range(len(tree)) if quote.start <= tree.starts[i] < quote.pieces[0].end]
        if quote.kind == "title" or quote.start < last.end or not inside or last.end < tree.ends[verb]:
            continue
        if not all(_reaches(tree, token, verb) for token in inside if tree.words[token].isalnum()):
            continue
        pieces = [*pieces[:-1], Span(last.start, quote.pieces[0].end), *quote.pieces[1:]]
    return pieces


def _reaches(tree: Tree, token: int, verb: int) -> bool:
    """Whether a token hangs on a verb with no other verb of reporting between them."""
    for above in tree.ancestors(token):
        if above == verb:
            return True
        other = tree.deps[above] == "conj" and tree.is_verb(above) and tree.subject(above) is None
        if other or (tree.lower[above] in FORMS and not tree.quoted[above]):
            return False
    return False


def _united(pieces: Sequence[Span]) -> Iterator[Span]:
    """Pieces in order, those that overlap made one."""
    current: Span | None = None
    for piece in sorted(pieces):
        if current is not None and piece.start < current.end:
            current = Span(current.start, max(current.end, piece.end))
            continue
        if current is not None:
            yield current
        current = piece
    if current is not None:
        yield current
