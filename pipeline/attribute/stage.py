"""The stage `attribute`: sentences in; quotations, speakers, attributions and voices out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from importlib.metadata import version
from itertools import islice

from pipeline.attribute.headline import give_headline_role
from pipeline.attribute.lexicon import may_attribute
from pipeline.attribute.linking import find_all
from pipeline.attribute.names import find_names
from pipeline.attribute.organisations import Aliases
from pipeline.attribute.parse import Unparsed, model_name, parse
from pipeline.attribute.quotations import Quote, find_quotations
from pipeline.attribute.scene import Scene, fills_sentences, quotes_by_sentence
from pipeline.attribute.speakers import Speakers
from pipeline.attribute.standins import stand_ins
from pipeline.attribute.voices import find_voices
from pipeline.attribute.writing import write_attributions, write_author, write_quotations, write_speakers
from pipeline.config import AttributeConfig
from pipeline.records import Article, Sentence, Span, overlapping
from pipeline.stage import code_digest, fingerprint

_WORD = re.compile(r"[a-z][a-z-]*")


class Attribute:
    """Find what is said and thought in each article, and by whom; give each sentence its one primary speaker."""

    name = "attribute"
    reads: tuple[str, ...] = ("sentences",)
    writes: tuple[str, ...] = ("quotations", "speakers", "attributions", "voices")

    def __init__(self, config: AttributeConfig | None = None) -> None:
        self._config = config or AttributeConfig()
        self._aliases = Aliases(self._config.organisations)

    @property
    def fingerprint(self) -> str:
        """Changes with the rules, the settings, the parser and its model."""
        rules = code_digest(__package__, "pipeline.letters")
        return fingerprint("attribute", rules, self._config.model_dump(), version("spacy"), model_name())

    def __call__(self, articles: Sequence[Article]) -> list[Article]:
        """Return the articles with quotations, speakers, attributions and voices, each in the order of the text.

        Raises ModelError where no English spaCy model is installed.
        """
        scenes = scenes_of([(article.document.text, article.sentences or ()) for article in articles])
        return [self._attribute(article, scene) for article, scene in zip(articles, scenes, strict=True)]

    def _attribute(self, article: Article, scene: Scene) -> Article:
        """One article: find, resolve, write."""
        doc_id, text = article.document.doc_id, article.document.text
        findings = find_all(scene)
        people = Speakers(scene, findings, self._aliases)
        spoken = people.speak(findings)
        give_headline_role(scene, spoken)
        speakers = write_speakers(doc_id, people.cast.members, (id(each.member) for each in spoken))
        author = write_author(doc_id)
        attributions = write_attributions(doc_id, scene, spoken, speakers)
        return replace(
            article,
            quotations=write_quotations(doc_id, scene, spoken),
            speakers=(author, *speakers.values()),
            attributions=attributions,
            voices=find_voices(
                text,
                scene.sentences,
                attributions,
                author_id=author.speaker_id,
                forces=frozenset(self._config.speaking_forces),
                share=self._config.share_of_sentence,
                weights=[each.finding.weight for each in spoken],
            ),
        )


def scene_of(text: str, sentences: Sequence[Sentence]) -> Scene:
    """One article's scene: see `scenes_of`."""
    return next(scenes_of([(text, sentences)]))


def scenes_of(articles: Sequence[tuple[str, Sequence[Sentence]]]) -> Iterator[Scene]:
    """Texts with their quotations found, parsed where an attribution can be: what the rules work on, one for each.

    The sentences of all articles go through the parser in one stream, which fills its batches.
    """
    scanned = [(text, sentences, find_quotations(text, _paragraphs(sentences))) for text, sentences in articles]
    named = [find_names(text, sentences) for text, sentences in articles]
    near = [quotes_by_sentence(sentences, quotes) for _, sentences, quotes in scanned]
    chosen = [_to_parse(text, sentences, here) for (text, sentences, _), here in zip(scanned, near, strict=True)]
    trees = parse(
        Unparsed(text, sentences[index].span, here[index], surnames)
        for (text, sentences, _), surnames, here, indices in zip(
            scanned, map(stand_ins, named), near, chosen, strict=True
        )
        for index in indices
    )
    for (text, sentences, quotes), names, here, indices in zip(scanned, named, near, chosen, strict=True):
        yield Scene(
            text=text,
            sentences=sentences,
            names=names,
            quotes=quotes,
            quotes_in=here,
            trees=dict(zip(indices, islice(trees, len(indices)), strict=True)),
        )


def _to_parse(text: str, sentences: Sequence[Sentence], quotes_in: Sequence[Sequence[Quote]]) -> list[int]:
    """Which sentences can hold an attribution, or bring in a quotation: these are parsed, and no others."""
    outside = [
        index
        for index, sentence in enumerate(sentences)
        if sentence.kind not in ("metadata", "dateline") and not _is_quoted(sentence, quotes_in[index])
    ]
    return [
        index
        for index in outside
        if quotes_in[index] or _brings_in(sentences, quotes_in, index) or _has_cue(text, sentences[index])
    ]


def _is_quoted(sentence: Sentence, quotes: Sequence[Quote]) -> bool:
    """Whether a sentence begins and ends in one quotation."""
    return any(piece.covers(sentence.span) for quote in quotes for piece in overlapping(quote.pieces, sentence.span))


def _brings_in(sentences: Sequence[Sentence], quotes_in: Sequence[Sequence[Quote]], index: int) -> bool:
    """Whether a quotation without anything beside it begins right after a sentence."""
    after = index + 1
    return after < len(sentences) and any(fills_sentences(sentences, quote, after) for quote in quotes_in[after])


def _has_cue(text: str, sentence: Sentence) -> bool:
    words = text[sentence.span.start : sentence.span.end]
    return words.endswith(":") or may_attribute(_WORD.findall(words.lower()))


def _paragraphs(sentences: Sequence[Sentence]) -> list[Span]:
    """The paragraphs that sentences come from, in order."""
    spans: dict[int, Span] = {}
    for sentence in sentences:
        start = spans.get(sentence.paragraph, sentence.span).start
        spans[sentence.paragraph] = Span(start, sentence.span.end)
    return list(spans.values())
