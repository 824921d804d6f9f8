"""Find quotations: straight, curly, doubled-single and mixed marks, over paragraphs, unclosed, with marks repaired."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.records import QuotationKind, Span

_MARKS = re.compile(r"''|``|[\"“”„«»‟″]|(?<!\w)['‘](?=\w)|['’](?!\w)")
_OPENING = frozenset("“„«‟") | {"``"}
_CLOSING = frozenset("”»")
_SINGLE = frozenset("'‘’")
_OPENS_AFTER = frozenset(" \t\u00a0([{—–-/…:;,'‘’>*_~")
_LETTER = re.compile(r"\w")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)]*(?=\s|$)")
_SPEECH_END = re.compile(r"[.,!?…—–-]$")
_TITLE_BEFORE = re.compile(
    r"(?:['’]s|\b(?:titled|entitled|called|named|dubbed|book|song|film|movie|show|series|album|headline|article|play|novel|"
    r"segment|program|programme|documentary|episode|memoir|hashtag|on|of))[,:]?\s*$",
    re.IGNORECASE,
)
_SMALL_WORDS = frozenset(
    {"a", "an", "and", "at", "by", "for", "from", "in", "is", "of", "on", "or", "the", "to", "with"}
)
_FEW_WORDS = 4
_CLOSES_SINGLE = re.compile(r"(?<=[\w.,!?…%])['’](?!\w)")
_LONGEST_SINGLE = 600
"""A quotation in single marks is looked for within so many characters."""
_MOST_MARKS = 40
"""Characters before a mark in which the beginning of its paragraph is looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """A quotation as found: `pieces` with their marks in text order, one a paragraph."""

    pieces: tuple[Span, ...]
    kind: QuotationKind

    @property
    def start(self) -> int:
        """Where it begins, its opening mark included."""
        return self.pieces[0].start

    @property
    def body(self) -> int:
        """Where it begins past its opening mark."""
        return self.start + 1

    @property
    def end(self) -> int:
        """Where its last piece ends."""
        return self.pieces[-1].end


class _Piece(NamedTuple):
    span: Span
    closed: bool
    paragraph: int


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quote, ...]:
    """Find the quotations of `text`, in order and without overlap; marks inside a quotation belong to it.

    `paragraphs` are in text order. A paragraph left open is continued by the next if that one opens with a mark too;
    otherwise an unclosed quotation ends with its sentence, or with its paragraph if it began that.
    """
    doubles = sum(text.count(mark) for mark in '"“”«') + text.count("''") + text.count("``")
    pieces = [
        piece for number, span in enumerate(paragraphs) for piece in _scan(text, span, number, singles=doubles < 2)
    ]
    return tuple(_joined(text, paragraphs, pieces))


def stands_apart(text: str, sentence: Span, quote: Quote) -> bool:
    """Whether a quotation is speech by itself and not words within a clause of `sentence`."""
    if quote.kind != "speech":
        return False
    before = text[sentence.start : quote.start].rstrip() if quote.start > sentence.start else ""
    if before and before[-1] not in ",:—–-.!?(":
        return False
    after = text[quote.end : sentence.end].lstrip() if quote.end < sentence.end else ""
    inside = text[quote.start : quote.end].rstrip("\"'”’»")
    return not after or not inside[-1:].isalnum() or not after[0].isalnum()


def _scan(text: str, paragraph: Span, number: int, *, singles: bool) -> Iterator[_Piece]:
    """The quoted pieces of one paragraph."""
    opened: tuple[int, str] | None = None
    for match in _MARKS.finditer(text, paragraph.start, paragraph.end):
        mark = match.group()
        if mark in _SINGLE and not _counts(text, paragraph, match, opened, singles=singles):
            continue
        if opened is None:
            if _can_open(text, paragraph, match):
                opened = (match.start(), mark)
        elif _can_close(text, paragraph, match, opened[1]):
            yield _Piece(Span(opened[0], match.end()), True, number)
            opened = None
    if opened is not None and (opened[1] not in _SINGLE):
        yield _Piece(_unclosed(text, opened[0], paragraph), False, number)


def _counts(text: str, paragraph: Span, match: re.Match[str], opened: tuple[int, str] | None, *, singles: bool) -> bool:
    """Whether a single mark is a quotation mark and not an apostrophe, and not nested in double marks."""
    if opened is not None:
        return opened[1] in _SINGLE and (match.group() != "‘")
    if not _can_open(text, paragraph, match) or match.group() == "’":
        return False
    closing = _CLOSES_SINGLE.search(text, match.end(), min(paragraph.end, match.end() + _LONGEST_SINGLE))
    return closing is not None and (singles or match.group() == "‘" or text[closing.start() - 1] in ",.!?")


def _can_open(text: str, paragraph: Span, match: re.Match[str]) -> bool:
    before = text[match.start() - 1] if match.start() > paragraph.start else " "
    after = text[match.end()] if match.end() < paragraph.end else " "
    if match.group() in _OPENING:
        return True
    if after.isspace():
        return False
    start = max(paragraph.start, match.start() - _MOST_MARKS)
    return before in _OPENS_AFTER or before.isspace() or not _LETTER.search(text, start, match.start())


def _can_close(text: str, paragraph: Span, match: re.Match[str], opening: str) -> bool:
    mark = match.group()
    if mark in _SINGLE or opening in _SINGLE:
        return mark in _SINGLE and opening in _SINGLE
    if mark in _CLOSING:
        return True
    before = text[match.start() - 1]
    after = text[match.end()] if match.end() < paragraph.end else " "
    if mark in _OPENING:
        return not before.isspace() and not after.isalnum()
    return not before.isspace() or not after.isalnum()


def _unclosed(text: str, start: int, paragraph: Span) -> Span:
    """An unclosed quotation: to the end of the paragraph it began, or of its sentence."""
    if not _LETTER.search(text, paragraph.start, start) or text[paragraph.start : start].rstrip().endswith((":", ",")):
        return Span(start, paragraph.end)
    found = _SENTENCE_END.search(text, start, paragraph.end)
    return Span(start, found.end() if found else paragraph.end)


def _joined(text: str, paragraphs: Sequence[Span], pieces: Sequence[_Piece]) -> Iterator[Quote]:
    """Join the pieces of quotations that run over paragraphs, and say what kind each quotation is."""
    chain: list[_Piece] = []
    for piece in pieces:
        if chain and not _continues(text, paragraphs, chain[-1], piece):
            yield _quote(text, chain)
            chain = []
        chain.append(piece)
    if chain:
        yield _quote(text, chain)


def _continues(text: str, paragraphs: Sequence[Span], last: _Piece, piece: _Piece) -> bool:
    if last.closed or piece.paragraph != last.paragraph + 1 or last.span.end < paragraphs[last.paragraph].end:
        return False
    return not _LETTER.search(text, paragraphs[piece.paragraph].start, piece.span.start)


def _quote(text: str, chain: Sequence[_Piece]) -> Quote:
    spans = tuple(piece.span for piece in chain)
    return Quote(pieces=spans, kind=_kind(text, spans))


def _kind(text: str, pieces: Sequence[Span]) -> QuotationKind:
    """Speech, a scare quote (few words that end no clause) or a title (capitals throughout, no full stop)."""
    inside = text[pieces[0].start : pieces[-1].end].strip("\"“”„«»‟″'‘’` \u00a0")
    words = re.findall(r"[^\W_][\w'’-]*", inside)
    ends = bool(_SPEECH_END.search(inside.rstrip())) or _opens_with_comma(text, pieces)
    long_words = [word for word in words if word.lower() not in _SMALL_WORDS]
    titled = len(words) >= 2 and all(word[0].isupper() or word[0].isdigit() for word in long_words)
    if titled and len(words) <= 10 and not inside.endswith((".", "!", "?")) and _names_work(text, pieces[0].start):
        return "title"
    if len(pieces) == 1 and len(words) <= _FEW_WORDS and not (ends and words and words[0][0].isupper()):
        return "scare"
    return "speech"


def _opens_with_comma(text: str, pieces: Sequence[Span]) -> bool:
    """Whether a quotation opens a sentence and a comma stands behind its mark: *"Nothing is decided", he said*."""
    start, end = pieces[0].start, pieces[-1].end
    before = text[max(0, start - _MOST_MARKS) : start].rstrip(" \u00a0")
    return text[end : end + 1] == "," and (not before or before[-1] in '\n.!?»”"')


def _names_work(text: str, start: int) -> bool:
    return bool(_TITLE_BEFORE.search(text, max(0, start - 30), start))
