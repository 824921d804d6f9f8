"""What flows: an `Article`, which is a `Document` and the layers that the stages add to it.

Layers stand off: they point into `Document.text`, which is never altered, by half-open ``[start, end)`` counts of
Unicode code points. A layer that is ``None`` has not been computed; ``()`` means computed and empty. Ids are derived
from the content, never drawn, so the same input gives the same ids. No record holds a clock, a host or a random number.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal, NamedTuple, TypeVar

T = TypeVar("T")
_START, _END = attrgetter("start"), attrgetter("end")

SentenceKind = Literal["headline", "dateline", "metadata", "body"]
QuotationKind = Literal["speech", "scare", "title", "block"]
SpeakerKind = Literal["person", "organisation", "group", "author", "unknown"]
MentionKind = Literal["name", "nominal", "pronoun", "title"]
AttributionType = Literal["direct", "indirect", "mixed"]
Force = Literal["speech", "attitude", "no-comment", "hedged"]
Gender = Literal["female", "male"]

AUTHOR = "author"
"""Name, kind and last part of the speaker id of the article's own voice."""


class Span(NamedTuple):
    """A half-open range ``[start, end)`` of code points in an article's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two ranges share at least one code point."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly within this range."""
        return self.start <= other.start and other.end <= self.end


def overlapping(pieces: Sequence[T], span: Span) -> Sequence[T]:
    """Those of `pieces` that overlap `span`: anything with start and end, in order and sharing nothing. O(log n)."""
    first = bisect_right(pieces, span.start, key=_END)
    return pieces[first : bisect_left(pieces, span.end, lo=first, key=_START)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as it was read. `text` is exact; `date` is ISO 8601 (``YYYY-MM-DD``) where it is known.

    `path` and `line` say where it was read from; they are not part of what the document is, and no id hangs on them.
    """

    doc_id: str
    text: str
    title: str | None = None
    source: str | None = None
    url: str | None = None
    date: str | None = None
    path: str | None = None
    line: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """A sentence: where it is, in which paragraph (from 0), at which place in the article (from 0), and its kind."""

    sentence_id: str
    index: int
    paragraph: int
    span: Span
    kind: SentenceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Quotation:
    """A quoted stretch, marks included. A quotation over several paragraphs has one piece in each, in order."""

    quotation_id: str
    pieces: tuple[Span, ...]
    kind: QuotationKind


class Mention(NamedTuple):
    """One place where a speaker is named or meant, and how."""

    start: int
    end: int
    kind: MentionKind

    @property
    def span(self) -> Span:
        """The place alone."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Speaker:
    """One real speaker of an article, or someone or something it names (a candidate for a target).

    `name` is the fullest name the article gives; `aliases` its other names; `titles` the roles it gives them;
    `speaks_for` the name of the organisation that a spokesperson speaks for; `mentions` the evidence, in order.
    """

    speaker_id: str
    name: str
    kind: SpeakerKind
    aliases: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    gender: Gender | None = None
    speaks_for: str | None = None
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """Something said or thought, and by whom.

    `content` is what was said (quotation marks included), in pieces in order; `cue` the words that say so
    (*said*, *according to*); `source` the mention that names who; `rule` the rule that found it; `evidence` one
    sentence in words; `confidence` a probability in [0, 1] that content and speaker are right; `parent` the
    attribution in whose content this one stands, where there is one; `runner_up` the speaker nearly chosen.
    """

    attribution_id: str
    speaker_id: str
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    type: AttributionType
    force: Force
    rule: str
    confidence: float
    evidence: str = ""
    parent: str | None = None
    runner_up: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """Who speaks a sentence: its one primary speaker, and the attribution that says so (``None``: the author)."""

    sentence_id: str
    speaker_id: str
    attribution_id: str | None
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Prediction:
    """What a model answers about a sentence, toward a target, to a question.

    `scores` gives every label its probability, in the scheme's order, adding up to 1; `label` is the most probable;
    `text_judged` is ``content`` where the attributed words were judged and ``sentence`` otherwise;
    `model` is ``name@revision``. `reason` is ``None`` where the model judged; else a rule gave the label without asking
    it, this says why, and the label's score is 1.
    """

    sentence_id: str
    target: str
    question: str
    label: str
    scores: Mapping[str, float]
    model: str
    text_judged: Literal["content", "sentence"] = "sentence"
    reason: Literal["target not mentioned"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A document and its layers, each in the order of the text. ``None``: not computed; ``()``: computed, empty."""

    document: Document
    sentences: tuple[Sentence, ...] | None = None
    quotations: tuple[Quotation, ...] | None = None
    speakers: tuple[Speaker, ...] | None = None
    attributions: tuple[Attribution, ...] | None = None
    voices: tuple[Voice, ...] | None = None
    predictions: tuple[Prediction, ...] | None = None

    def text_of(self, piece: Sentence | Span | Mention) -> str:
        """The exact text of a sentence, a span or a mention."""
        span = piece.span if isinstance(piece, Sentence) else piece
        return self.document.text[span.start : span.end]

    def speaker_of(self, sentence: Sentence) -> Speaker:
        """The primary speaker of a sentence; the author's own voice where nobody else speaks.

        Raises KeyError when the article has not been attributed, or the sentence is not one of its own.
        """
        voices = self.voices or ()
        if sentence.index >= len(voices) or voices[sentence.index].sentence_id != sentence.sentence_id:
            raise KeyError(sentence.sentence_id)
        return self.speaker(voices[sentence.index].speaker_id)

    def speaker(self, speaker_id: str) -> Speaker:
        """The speaker with this id; raises KeyError when the article has none."""
        for speaker in self.speakers or ():
            if speaker.speaker_id == speaker_id:
                return speaker
        raise KeyError(speaker_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reject:
    """A row or a file that could not be used: where it is (1-based line, where there is one), why, and the fix."""

    file: str
    line: int | None
    reason: str
    fix: str


RemarkKind = Literal["unread_dates", "same_texts", "markup", "garbled", "not_english"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Remark:
    """Something odd about the article `doc_id` that was read all the same, and where it was read.

    `words` are what is odd, as it is written: the date that cannot be read, the markup, the letters that were read in a
    wrong encoding, how a text begins that seems not to be English; of an article with the text of an earlier one, its
    id.
    """

    kind: RemarkKind
    doc_id: str
    file: str
    line: int | None
    words: str


LAYERS = ("sentences", "quotations", "speakers", "attributions", "voices", "predictions")
"""Names of the layers of an `Article`, in the order in which stages compute them."""
