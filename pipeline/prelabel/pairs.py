"""From articles to text pairs: which words are judged, toward which target, and where those words mention it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter
from typing import Literal

from pipeline.labels import Target
from pipeline.prelabel.absence import Absence, forms_of, words_of
from pipeline.prelabel.classifier import Pair
from pipeline.prelabel.encoding import find_mentions
from pipeline.prelabel.foreign import foreign_words, whole_text
from pipeline.prelabel.targets import roles_of, speaker_of_target
from pipeline.records import Article, Attribution, Sentence, Span, Speaker, overlapping

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
    sentence alone (what Nelson said, without *Nelson stated*); else it is the whole sentence. So it is where only the
    rest of the sentence names the target, and somebody else speaks: *Asked about Musk, Nelson said ...*.
    """
    forms = forms_of(article)
    known = [_known_of(article, target, forms) for target in targets]
    document = whole_text(article.document)
    foreign = [foreign_words(document, target) for target in targets]
    for sentence, attribution in _body(article):
        content = _content(article, sentence, attribution) if attribution else ()
        pieces = content or (sentence.span,)
        words, said_by = words_of(article, pieces), attribution.speaker_id if attribution else None
        for target, (mentions, absence), away in zip(targets, known, foreign, strict=True):
            pair = _pair(article, pieces, target, mentions)
            absent = not pair.mentions and absence.holds(words, said_by)
            whole = absent and content and not absence.is_of(said_by) and _within(mentions, sentence.span)
            pair = _pair(article, (sentence.span,), target, mentions) if whole else pair
            yield Asked(
                sentence=sentence,
                target=target,
                pair=replace(pair, foreign=away) if away else pair,
                text_judged="content" if content and not whole else "sentence",
                absent=absent and not whole,
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


def _known_of(article: Article, target: Target, forms: frozenset[str]) -> tuple[tuple[Span, ...], Absence]:
    """Every place that means the target (known to the speaker layer, or its own words), in order; and its absence."""
    speaker = speaker_of_target(target, article.speakers or ())
    known = [mention.span for mention in speaker.mentions] if speaker else []
    known += _by_role(article, speaker) if speaker else []
    for name in (target.name, *target.aliases):
        known.extend(find_mentions(article.document.text, name))
    return tuple(sorted(set(known))), Absence(article, target, speaker, forms)


def _pair(article: Article, pieces: Sequence[Span], target: Target, known: Sequence[Span]) -> Pair:
    """The pair of some stretches of text, put together, with the mentions (of `known`, in order) that lie in them."""
    texts: list[str] = []
    mentions: list[Span] = []
    for piece in pieces:
        shift = sum(len(text) + 1 for text in texts) - piece.start
        texts.append(article.text_of(piece))
        mentions.extend(Span(each.start + shift, each.end + shift) for each in _within(known, piece))
    return Pair(text=" ".join(texts), target=target.name, mentions=tuple(mentions))


def _within(known: Sequence[Span], piece: Span) -> list[Span]:
    """Those of `known`, in order, that lie in a piece."""
    near = known[bisect_left(known, piece.start, key=_START) : bisect_left(known, piece.end, key=_START)]
    return [each for each in near if piece.covers(each)]


def _by_role(article: Article, speaker: Speaker) -> Iterator[Span]:
    """Where a person goes by a role, once the name was given: *the secretary*; in full where others have it too."""
    if speaker.kind != "person" or not speaker.mentions:
        return
    taken = {role for other in article.speakers or () if other is not speaker for role in roles_of(other)}
    for role, words in roles_of(speaker).items():
        if role in taken and not words:
            continue
        before = "".join(rf"(?:{re.escape(word)}\s+){'' if role in taken else '?'}" for word in words)
        pattern = re.compile(rf"\bthe\s+{before}{re.escape(role)}\b", re.IGNORECASE)
        yield from (Span(*found.span()) for found in pattern.finditer(article.document.text, speaker.mentions[0].end))
