"""An article under work: its text, sentences, quotations and trees, and what stands where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.attribute.findings import letters
from pipeline.attribute.names import Use
from pipeline.attribute.quotations import Quote
from pipeline.attribute.tree import Tree
from pipeline.records import Sentence, Span, overlapping


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """An article under work.

    `names`: those found by capitals, in order; `quotes_in`: the quotations that touch each sentence; `trees`: the
    sentences that were parsed, by index.
    """

    text: str
    sentences: Sequence[Sentence]
    names: Sequence[Use]
    quotes: Sequence[Quote]
    quotes_in: Sequence[Sequence[Quote]]
    trees: Mapping[int, Tree]

    def sentence_at(self, place: int) -> int:
        """The index of the sentence that holds, or comes last before, a place."""
        return max(0, bisect_right(self.sentences, place, key=lambda sentence: sentence.span.start) - 1)

    def same_paragraph(self, one: int, other: int) -> bool:
        """Whether two sentences, given by index, stand in one paragraph."""
        return self.sentences[one].paragraph == self.sentences[other].paragraph

    def paragraph_end(self, index: int) -> int:
        """Where the paragraph of a sentence, given by index, ends."""
        while index + 1 < len(self.sentences) and self.same_paragraph(index, index + 1):
            index += 1
        return self.sentences[index].span.end

    def words_of(self, index: int) -> str:
        """The text of a sentence."""
        span = self.sentences[index].span
        return self.text[span.start : span.end]


def fills_sentences(sentences: Sequence[Sentence], quote: Quote, first: int) -> bool:
    """Whether a quotation begins with sentence `first` and ends with one, so that nothing beside it says who speaks."""
    last = max(0, bisect_right(sentences, quote.end - 1, key=lambda sentence: sentence.span.start) - 1)
    return quote.start <= sentences[first].span.start and sentences[last].span.end <= quote.end


def quotes_by_sentence(sentences: Sequence[Sentence], quotes: Sequence[Quote]) -> list[list[Quote]]:
    """For each sentence the quotations that touch it; both are in text order."""
    found: list[list[Quote]] = []
    at = 0
    for sentence in sentences:
        while at < len(quotes) and quotes[at].end <= sentence.span.start:
            at += 1
        here: list[Quote] = []
        for quote in quotes[at:]:
            if quote.start >= sentence.span.end:
                break
            here.append(quote)
        found.append(here)
    return found


def quoted_share(text: str, pieces: Sequence[Span], quotes: Sequence[Quote]) -> float:
    """The share of the letters and digits of `pieces` that stand within quotation marks."""
    whole = sum(letters(text, piece) for piece in pieces)
    quoted = [part for quote in quotes for part in quote.pieces]
    inside = sum(
        letters(text, Span(max(piece.start, part.start), min(piece.end, part.end)))
        for piece in pieces
        for part in overlapping(quoted, piece)
    )
    return inside / whole if whole else 0.0
