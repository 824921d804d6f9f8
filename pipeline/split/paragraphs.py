"""Cut a text into paragraphs without touching it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import quantiles

from pipeline.records import Span

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_ENDS_SENTENCE = re.compile(r"[.!?:…][\"'”’»)\]]*\s*$")
_WRAP_COLUMNS = range(45, 101)
"""Widths at which text is commonly hard-wrapped, in code points."""


def paragraphs(text: str) -> list[Span]:
    """Cut `text` at its line breaks into spans that start and end with a visible character, in order.

    A line is a paragraph, except in text that was hard-wrapped (old wire copy, e-mail, Project Gutenberg): there
    a paragraph goes on until a blank line.
    """
    lines = [visible(text, Span(*match.span())) for match in _LINE.finditer(text)]
    lines = [line for line in lines if line.end > line.start]
    return list(_join_wrapped(text, lines)) if _is_hard_wrapped(text, lines) else lines


def visible(text: str, span: Span) -> Span:
    """Shrink a span to its visible characters: no white space at either end. An empty span stays within it."""
    piece = text[span.start : span.end]
    start = span.start + len(piece) - len(piece.lstrip())
    return Span(start, max(start, span.start + len(piece.rstrip())))


def _is_hard_wrapped(text: str, lines: Sequence[Span]) -> bool:
    """Whether most lines that are followed by another stop mid-sentence near one and the same column."""
    followed = [line for line, after in pairwise(lines) if not _blank_between(text, line, after)]
    if len(followed) < 4:
        return False
    widths = [line.end - line.start for line in followed]
    low, *_, high = quantiles(widths, n=10)
    unfinished = sum(not _ENDS_SENTENCE.search(text, line.start, line.end) for line in followed)
    return (
        int(high) in _WRAP_COLUMNS
        and high - low <= 25
        and max(widths) <= _WRAP_COLUMNS[-1]
        and unfinished >= 0.6 * len(followed)
    )


def _join_wrapped(text: str, lines: Sequence[Span]) -> Iterator[Span]:
    start, end = lines[0]
    for line in lines[1:]:
        if _blank_between(text, Span(start, end), line):
            yield Span(start, end)
            start = line.start
        end = line.end
    yield Span(start, end)


def _blank_between(text: str, line: Span, after: Span) -> bool:
    """Whether a blank line stands between two lines."""
    return len(text[line.end : after.start].replace("\r\n", "\n").splitlines()) > 1
