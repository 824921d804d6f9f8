"""What the rules hand on: who is meant by a source, and what was found in a sentence."""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from pipeline.records import Force, MentionKind, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A mention of whoever speaks: the whole phrase, its head, the name in it, and what stands beside the name.

    `antecedent` is the phrase that a relative pronoun stands for, or that names who wrote a text (*her letter*);
    `plural` whether several are meant; `beside` a name that the source speaks for (*a spokesman for X*, *X's lawyer*),
    `title` the words for its role.
    """

    span: Span
    head: Span
    kind: MentionKind
    name: Span | None = None
    title: Span | None = None
    beside: Span | None = None
    plural: bool = False
    antecedent: Source | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """An attribution before its speaker is known. `content` pieces are in text order and do not overlap.

    `sentence` is the index of the sentence that holds the cue; `weight` multiplies the share of a sentence that the
    content must have to give the sentence its voice: 0 where the sentence does nothing but report it, more than 1
    where it only modifies the subject of the author's own verb. `by_author`: the author's own voice is meant.
    """

    content: tuple[Span, ...]
    cue: Span | None
    source: Source | None
    force: Force
    rule: str
    sentence: int
    certainty: float = 0.8
    weight: float = 1.0
    by_author: bool = False


OF_MAIN_VERB = 0.5
"""Half the share makes a sentence that of whom its main verb, or *according to*, names: the rest tells who and when."""


def with_more(content: tuple[Span, ...], pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    """Content with further pieces, in order and none twice; what comes after all of it is only put behind."""
    if content and pieces and pieces[0] > content[-1]:
        return content + pieces
    return tuple(sorted({*content, *pieces}))


def letters(text: str, span: Span) -> int:
    """How many letters and digits a span of `text` holds."""
    counts = _letters_before(text)
    return counts[span.end] - counts[span.start]


@lru_cache(maxsize=2)
def _letters_before(text: str) -> array[int]:
    """How many letters and digits stand before each place of `text`, and before its end."""
    return array("I", accumulate(map(str.isalnum, text), initial=0))


_EDGES = " \t\u00a0\n\r,;:–—-―"


def trim(text: str, span: Span) -> Span | None:
    """Shrink a span past commas, dashes, white space and a bracket that only closes; ``None`` if nothing is left."""
    start, end = span
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and (text[end - 1] in _EDGES or (text[end - 1] == ")" and "(" not in text[start:end])):
        end -= 1
    return Span(start, end) if end > start else None


def without(whole: Span, hole: Span) -> tuple[Span, ...]:
    """What is left of a span when a hole is cut out of it: no, one or two pieces, in order."""
    if not whole.overlaps(hole):
        return (whole,)
    pieces = (Span(whole.start, hole.start), Span(hole.end, whole.end))
    return tuple(piece for piece in pieces if piece.end > piece.start)


def pieces_of(text: str, *spans: Span) -> tuple[Span, ...]:
    """Trim spans, drop the empty ones and those without a letter, and put them in text order."""
    trimmed = (trim(text, span) for span in spans)
    return tuple(sorted({span for span in trimmed if span is not None and letters(text, span)}))
