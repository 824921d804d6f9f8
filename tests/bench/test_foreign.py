"""How often a side is taken in articles about something else: ``make bench`` prints it.

Our own made-up articles (`seeds/speakers.jsonl`), each asked about the topics of `seeds/stance.jsonl` of which it has
no word. Whatever is not *neutral* there is taken for a mistake.
"""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from pipeline.labels import Target
from pipeline.prelabel.foreign import foreign_words
from pipeline.prelabel.onnx_classifier import OnnxClassifier
from pipeline.prelabel.pairs import article_pairs
from pipeline.records import Article, Document
from pipeline.split.stage import Split
from tests.bench.test_main_job import say

pytestmark = pytest.mark.bench

_ARTICLES, _EVERY_SENTENCE, _EVERY_TOPIC = 40, 5, 7


def _rows(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_articles_about_something_else_seldom_take_sides(root):
    texts = [row["text"] for row in _rows(root / "seeds/speakers.jsonl")[:_ARTICLES]]
    topics = sorted({row["target"] for row in _rows(root / "seeds/stance.jsonl")})
    pairs = []
    for place, article in enumerate(Split()([Article(document=Document(doc_id="d", text=text)) for text in texts])):
        asked = [Target(name=name, kind="proposition") for name in topics[place % _EVERY_TOPIC :: _EVERY_TOPIC]]
        foreign = [target for target in asked if foreign_words(article.document.text, target)]
        pairs += [each.pair for each in article_pairs(replace(article, speakers=()), foreign)][::_EVERY_SENTENCE]
    classifier = OnnxClassifier()
    neutral = classifier.labels["stance"].index("neutral")
    for name, asked in (("as if nothing were known", [replace(pair, foreign=0) for pair in pairs]), ("shipped", pairs)):
        sided = float((classifier.probabilities(asked)["stance"].argmax(axis=1) != neutral).mean())
        say(f"sides in articles without a word of the topic, {name}", f"{sided:.3f} of {len(pairs):,}")
    assert sided < 0.08
