"""An article laid out so that what a page says of one sentence is found without going through all of the article."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.records import Article, Attribution, Prediction, Sentence, Speaker, Voice

_CAN_SPEAK = ("person", "organisation", "group")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleIndex:
    """An article, and in it what belongs to a sentence or goes by an id. `index_of` makes it, once an article.

    `sentences`, `voices` and `predictions` are by sentence id; `touching` has for each sentence, by its place in the
    article, the attributions that it holds anything of: words said, cue or source. `able` are the speakers that can
    speak, the most mentioned first; `order` is each speaker's place in the article's list. `body` are the sentences
    that are no headline, dateline or metadata.
    """

    article: Article
    sentences: Mapping[str, Sentence]
    body: tuple[Sentence, ...]
    headline: Sentence | None
    speakers: Mapping[str, Speaker]
    order: Mapping[str, int]
    able: tuple[Speaker, ...]
    author: Speaker | None
    attributions: Mapping[str, Attribution]
    touching: tuple[tuple[Attribution, ...], ...]
    voices: Mapping[str, Voice]
    predictions: Mapping[str, tuple[Prediction, ...]]


def index_of(article: Article) -> ArticleIndex:
    """The index of an article whose sentences are in order and disjoint; of a layer not computed it has nothing."""
    sentences, speakers = article.sentences or (), article.speakers or ()
    able = (speaker for speaker in speakers if speaker.kind in _CAN_SPEAK)
    predictions: dict[str, list[Prediction]] = defaultdict(list)
    for prediction in article.predictions or ():
        predictions[prediction.sentence_id].append(prediction)
    return ArticleIndex(
        article=article,
        sentences={sentence.sentence_id: sentence for sentence in sentences},
        body=tuple(sentence for sentence in sentences if sentence.kind == "body"),
        headline=next((sentence for sentence in sentences if sentence.kind == "headline"), None),
        speakers={speaker.speaker_id: speaker for speaker in speakers},
        order={speaker.speaker_id: place for place, speaker in enumerate(speakers)},
        able=tuple(sorted(able, key=lambda speaker: -len(speaker.mentions))),
        author=next((speaker for speaker in speakers if speaker.kind == "author"), None),
        attributions={attribution.attribution_id: attribution for attribution in article.attributions or ()},
        touching=_touching(article),
        voices={voice.sentence_id: voice for voice in article.voices or ()},
        predictions={sentence_id: tuple(found) for sentence_id, found in predictions.items()},
    )


def _touching(article: Article) -> tuple[tuple[Attribution, ...], ...]:
    """For each sentence, by its place, the attributions that share a code point with it, in the article's order."""
    starts = [sentence.span.start for sentence in article.sentences or ()]
    ends = [sentence.span.end for sentence in article.sentences or ()]
    found: list[list[Attribution]] = [[] for _ in starts]
    for attribution in article.attributions or ():
        spans = [span for span in (*attribution.content, attribution.source, attribution.cue) if span is not None]
        touched = (range(bisect_right(ends, span.start), bisect_left(starts, span.end)) for span in spans)
        for place in set().union(*touched):
            found[place].append(attribution)
    return tuple(map(tuple, found))
