"""The stage `attribute`: sentences in; quotations, speakers, attributions and voices out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.attribute.headline import give_headline_role
from pipeline.attribute.lexicon import is_trigger
from pipeline.attribute.linking import find_all
from pipeline.attribute.organisations import Aliases
from pipeline.attribute.parse import model_name, parse
from pipeline.attribute.quotations import Quote, find_quotations
from pipeline.attribute.scene import Scene, quotes_by_sentence
from pipeline.attribute.speakers import Speakers
from pipeline.attribute.tree import Tree
from pipeline.attribute.voices import find_voices
from pipeline.attribute.writing import write_attributions, write_author, write_quotations, write_speakers
from pipeline.config import AttributeConfig
from pipeline.records import Article, Sentence, Span
from pipeline.stage import fingerprint

_RULES = 2
"""Number of the rules in this package; it goes up whenever they could find something else."""

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
        """Changes with the rules, the settings and the parser's model."""
        return fingerprint("attribute", _RULES, self._config.model_dump(), model_name())

    def __call__(self, articles: Sequence[Article]) -> list[Article]:
        """Return the articles with quotations, speakers, attributions and voices, each in the order of the text.

        Raises ModelError where no English spaCy model is installed.
        """
        return [self._attribute(article) for article in articles]

    def _attribute(self, article: Article) -> Article:
        """One article: scan, parse, find, resolve, write."""
        doc_id, text = article.document.doc_id, article.document.text
        scene = scene_of(text, article.sentences or ())
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
    """A text with its quotations found and parsed where an attribution can be: what the rules work on."""
    quotes = find_quotations(text, _paragraphs(sentences))
    quotes_in = quotes_by_sentence(sentences, quotes)
    trees = _trees(text, sentences, quotes_in)
    return Scene(text=text, sentences=sentences, quotes=quotes, quotes_in=quotes_in, trees=trees)


def _trees(text: str, sentences: Sequence[Sentence], quotes_in: Sequence[Sequence[Quote]]) -> Mapping[int, Tree]:
    """Parse the sentences that can hold an attribution, and no others."""
    chosen = [
        index
        for index, sentence in enumerate(sentences)
        if _can_attribute(text[sentence.span.start : sentence.span.end], sentence, quotes_in[index])
    ]
    trees = parse(text, [(sentences[index].span, quotes_in[index]) for index in chosen])
    return dict(zip(chosen, trees, strict=True))


def _can_attribute(words: str, sentence: Sentence, quotes: Sequence[Quote]) -> bool:
    """Whether a sentence that begins or ends outside quotations has a cue word or a quotation."""
    if sentence.kind in ("metadata", "dateline"):
        return False
    if any(piece.covers(sentence.span) for quote in quotes for piece in quote.pieces):
        return False
    return bool(quotes) or words.endswith(":") or any(map(is_trigger, _WORD.findall(words.lower())))


def _paragraphs(sentences: Sequence[Sentence]) -> list[Span]:
    """The paragraphs that sentences come from, in order."""
    spans: dict[int, Span] = {}
    for sentence in sentences:
        start = spans.get(sentence.paragraph, sentence.span).start
        spans[sentence.paragraph] = Span(start, sentence.span.end)
    return list(spans.values())
