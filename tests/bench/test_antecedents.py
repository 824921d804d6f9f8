"""Whom *he* and *she* mean in real articles, by 200 labels of our own: ``make bench DATA=...`` prints it.

One pronoun each of 200 articles of PolNeAR's training split, drawn at random among those marked as sources. The first
hundred were read while the rules were made; the second were labelled before, and their mistakes never looked at.
"""

from __future__ import annotations

import json

import numpy as np
import pytest

from pipeline.attribute.linking import find_all
from pipeline.attribute.organisations import Aliases
from pipeline.attribute.speakers import Speakers
from pipeline.attribute.stage import scene_of
from pipeline.evaluate.intervals import bootstrap_score, share_of_sums
from pipeline.records import Article, Document, Span
from pipeline.split.stage import Split
from tests.bench.test_main_job import say

pytestmark = pytest.mark.bench


def _is_right(text, title, row):
    """Whether the one who is found is named at a place that the label accepts."""
    (article,) = Split()([Article(document=Document(doc_id="d", text=text, title=title))])
    scene = scene_of(text, article.sentences)
    findings = find_all(scene)
    people = Speakers(scene, findings, Aliases({}))
    people.speak(findings)
    found = people.antecedent(Span(*row["pronoun"]))
    named = [] if found is None else [Span(*at) for at, kind in found.member.mentions.items() if kind != "pronoun"]
    return any(place.overlaps(Span(*wanted)) for place in named for wanted in row["antecedents"])


def test_he_and_she(data, root):
    lines = (data / "attribution/polnear.train.jsonl").open(encoding="utf-8")
    articles = {row["id"]: row for row in map(json.loads, lines)}
    labels = [json.loads(line) for line in (root / "tests/attribute/antecedents.jsonl").open(encoding="utf-8")]
    right = {"first": [], "second": []}
    for row in labels:
        article = articles[row["article"]]
        right[row["half"]].append(_is_right(article["text"], article["title"], row))
    for half, found in right.items():
        score = bootstrap_score(np.array([[float(each), 1.0] for each in found]), share_of_sums)
        figure = f"{score['value']:.2f} [{score['low']:.2f}, {score['high']:.2f}]"
        say(f"he and she, {half} hundred", figure)
        assert score["value"] >= 0.85
