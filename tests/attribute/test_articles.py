"""Whole articles in many styles: who speaks each sentence, by the person meant."""

from __future__ import annotations

import pytest

from pipeline.attribute.stage import Attribute
from pipeline.evaluate.speakers import evaluate_speakers
from pipeline.split.stage import Split

LEAST = [("speakers.jsonl", 0.95), ("more-speakers.jsonl", 0.93), ("genres.jsonl", 0.87)]


@pytest.mark.parametrize(("name", "least"), LEAST)
def test_made_up_articles_keep_their_speakers(root, name, least):
    scores = evaluate_speakers(root / "seeds" / name, (Split(), Attribute()))
    assert scores["speakers"]["all"]["value"] >= least
    assert scores["speakers"]["author"]["value"] >= 0.93
