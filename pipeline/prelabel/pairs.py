"""From articles to text pairs: which words are judged, toward which target, and where those words mention it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Literal

from pipeline.labels import Target
from pipeline.prelabel.absence import Absence, words_of
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.encoding import find_mentions
from pipeline.prelabel.targets import speaker_of_target
from pipeline.records import Article, Attribution, Sentence, Span, overlapping

_START = attrgetter("start")
_QUOTES = "\"'“”‘’«»„ \t\r\n"
"""What may stand around attributed words without being of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that is asked: a sentence, a target, the pair that stands for them, and what of it is judged.

    `absent`: the target is a name, and nothing in the text can mean it.
    """

    sentence: Sentence
    target: Target
    pair: Pair
    text_judged: Literal["content", "sentence"]
    absent: bool


def article_pairs(article: Article, targets: Sequence[Target]) -> Iterator[Asked]:
    """Give one pair for each body sentence and target, in the order of the text, then of the targets.

    Where the sentence's primary speaker is someone else than the author, the text is the attributed words in this
    sentence alone (what Nelson said, without *Nelson stated*); else it is the whole sentence.
    """
    known = [_known_of(article, target) for target in targets]
    for sentence, attribution in _body(article):
        content = _content(article, sentence, attribution) if attribution else ()
        pieces = content or (sentence.span,)
        words = words_of(article, pieces)
        for target, (mentions, absence) in zip(targets, known, strict=True):
            pair = _pair(article, pieces, target, mentions)
            yield Asked(
                sentence=sentence,
                target=target,
                pair=pair,
                text_judged="content" if content else "sentence",
                absent=not pair.mentions and absence.holds(words, attribution.speaker_id if attribution else None),
            )


def _body(article: Article) -> Iterator[tuple[Sentence, Attribution | None]]:
    """Body sentences, each with the attribution that says who speaks it."""
    by_id = {attribution.attribution_id: attribution for attribution in article.attributions or ()}
    spoken = {
        voice.sentence_id: by_id.get(voice.attribution_id)
        for voice in article.voices or ()
        if voice.attribution_id is not None
    }
    for sentence in article.sentences or ():
        if sentence.kind == "body":
            yield sentence, spoken.get(sentence.sentence_id)


def _content(article: Article, sentence: Sentence, attribution: Attribution) -> tuple[Span, ...]:
    """The attributed words in the sentence, piece by piece, without quotation marks; none where there are none."""
    pieces = (
        _bare(
            article,
            Span(max(sentence.span.start, piece.start), min(sentence.span.end, piece.end)),
        )
        for piece in overlapping(attribution.content, sentence.span)
    )
    return tuple(piece for piece in pieces if piece.start < piece.end)


def _bare(article: Article, piece: Span) -> Span:
    """The piece without the quotation marks and spaces at its ends."""
    words = article.text_of(piece)
    start = piece.start + len(words) - len(words.lstrip(_QUOTES))
    return Span(start, max(start, piece.end - len(words) + len(words.rstrip(_QUOTES))))


def _known_of(article: Article, target: Target) -> tuple[tuple[Span, ...], Absence]:
    """Every place that means the target (known to the speaker layer, or its own words), in order; and its absence."""
    speaker = speaker_of_target(target, article.speakers or ())
    known = [mention.span for mention in speaker.mentions] if speaker else []
    for name in (target.name, *target.aliases):
        known.extend(find_mentions(article.document.text, name))
    return tuple(sorted(set(known))), Absence(article, target, speaker)


def _pair(article: Article, pieces: Sequence[Span], target: Target, known: Sequence[Span]) -> Pair:
    """The pair of some stretches of text, put together, with the mentions (of `known`, in order) that lie in them."""
    texts: list[str] = []
    mentions: list[Span] = []
    for piece in pieces:
        shift = sum(len(text) + 1 for text in texts) - piece.start
        texts.append(article.text_of(piece))
        near = known[bisect_left(known, piece.start, key=_START) : bisect_left(known, piece.end, key=_START)]
        mentions.extend(Span(mention.start + shift, mention.end + shift) for mention in near if piece.covers(mention))
    return Pair(text=" ".join(texts), target=target.name, mentions=tuple(mentions))
