"""An article cut for the eye: blocks of phrases, each phrase a sentence in pieces that are marked alike throughout.

Nothing is lost or added: the phrases' gaps and pieces, and the tail, put together, are the article's exact text.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from pipeline.records import Article, Attribution, Span
from reports.view.summary import Line

BlockKind = Literal["headline", "metadata", "body"]
Role = Literal["content", "cue", "source", "quotation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A stretch of text that plays a part in an attribution (None: a quotation, whoever spoke it)."""

    span: Span
    role: Role
    attribution: Attribution | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A stretch of a sentence, and the innermost attribution in each role that covers all of it."""

    text: str
    content: Attribution | None = None
    cue: Attribution | None = None
    source: Attribution | None = None
    quoted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A sentence in pieces, and the gap that stands before it in the text."""

    line: Line
    gap: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """A paragraph, or the headline or the metadata of one. A dateline runs into the body that it opens."""

    kind: BlockKind
    phrases: tuple[Phrase, ...]

    @property
    def text(self) -> str:
        """The text of the sentences, in one line."""
        return " ".join("".join(piece.text for phrase in self.phrases for piece in phrase.pieces).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """The blocks of an article in order, and what of the text is left after the last sentence."""

    blocks: tuple[Block, ...]
    tail: str


def lay_out(article: Article, lines: Sequence[Line]) -> Layout:
    """Cut `article` into blocks, phrases and pieces. `lines` are its sentences, in order and disjoint."""
    text = article.document.text
    marks = _marks_by_line(article, lines)
    blocks: list[Block] = []
    phrases: list[Phrase] = []
    place: tuple[int, BlockKind] | None = None
    reached = 0
    for line, marked in zip(lines, marks, strict=True):
        start, end = line.sentence.span
        here = (line.sentence.paragraph, _block_kind(line))
        if place is not None and here != place:
            blocks.append(Block(kind=place[1], phrases=tuple(phrases)))
            phrases = []
        place = here
        pieces = tuple(_pieces(text, line.sentence.span, marked))
        phrases.append(Phrase(line=line, gap=text[reached:start], pieces=pieces))
        reached = end
    if place is not None:
        blocks.append(Block(kind=place[1], phrases=tuple(phrases)))
    return Layout(blocks=tuple(blocks), tail=text[reached:])


def _block_kind(line: Line) -> BlockKind:
    kind = line.sentence.kind
    return "body" if kind == "dateline" else kind


def _marks(article: Article) -> Iterator[Mark]:
    for quotation in article.quotations or ():
        for span in quotation.pieces:
            yield Mark(span=span, role="quotation", attribution=None)
    for attribution in article.attributions or ():
        for span in attribution.content:
            yield Mark(span=span, role="content", attribution=attribution)
        if attribution.cue:
            yield Mark(span=attribution.cue, role="cue", attribution=attribution)
        if attribution.source:
            yield Mark(span=attribution.source, role="source", attribution=attribution)


def _marks_by_line(article: Article, lines: Sequence[Line]) -> list[list[Mark]]:
    starts = [line.sentence.span.start for line in lines]
    ends = [line.sentence.span.end for line in lines]
    found: list[list[Mark]] = [[] for _ in lines]
    for mark in _marks(article):
        for index in range(bisect_right(ends, mark.span.start), bisect_left(starts, mark.span.end)):
            found[index].append(mark)
    return found


def _pieces(text: str, span: Span, marks: Sequence[Mark]) -> Iterator[Piece]:
    bounds = {span.start, span.end}
    bounds.update(edge for mark in marks for edge in mark.span if span.start < edge < span.end)
    widest_first = sorted(marks, key=lambda mark: mark.span.start - mark.span.end)
    for start, end in pairwise(sorted(bounds)):
        covering = {mark.role: mark for mark in widest_first if mark.span.covers(Span(start, end))}
        content, cue, source = (covering.get(role) for role in ("content", "cue", "source"))
        yield Piece(
            text=text[start:end],
            content=content.attribution if content else None,
            cue=cue.attribution if cue else None,
            source=source.attribution if source else None,
            quoted="quotation" in covering,
        )
